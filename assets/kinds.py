"""The codes of delivered things: states, classes, acceptance and condition, with their words.

The stored values are part of the stable interface; the words are translated. What an asset *is*
uses `sites.kinds.Kind`, so that a site and what it became carry the same code.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AssetState(TextChoices):
    """The life of an asset."""

    BUILDING = "building", pgettext_lazy("asset", "Being built")
    IN_SERVICE = "in_service", pgettext_lazy("asset", "In service")
    RESTRICTED = "restricted", pgettext_lazy("asset", "Restricted use")
    OUT_OF_SERVICE = "out_of_service", pgettext_lazy("asset", "Out of service")
    DECOMMISSIONED = "decommissioned", pgettext_lazy("asset", "Decommissioned")


STATES_TO_KEEP_UP = (AssetState.IN_SERVICE, AssetState.RESTRICTED)
"""Assets that somebody has to keep up."""


class OperatingClass(TextChoices):
    """Whether an asset earns money (发改农经〔2019〕1645号: 非经营性, 准经营性, 经营性)."""

    NON_OPERATING = "non_operating", _("Non-operating")
    QUASI_OPERATING = "quasi_operating", _("Quasi-operating")
    OPERATING = "operating", _("Operating")


class AcceptanceStage(TextChoices):
    """Stages of acceptance."""

    PRELIMINARY = "preliminary", _("Preliminary acceptance")
    FINAL = "final", _("Final acceptance")


class Verdict(TextChoices):
    """What an acceptance concludes."""

    PASSED = "passed", pgettext_lazy("acceptance", "Passed")
    RECTIFY = "rectify", pgettext_lazy("acceptance", "To be rectified")
    FAILED = "failed", pgettext_lazy("acceptance", "Failed")


class CheckResult(TextChoices):
    """The answer to one item of a checklist."""

    OK = "ok", pgettext_lazy("check", "In order")
    FAILED = "failed", pgettext_lazy("check", "Not in order")
    NOT_APPLICABLE = "not_applicable", pgettext_lazy("check", "Does not apply")


class TeamRole(TextChoices):
    """On whose behalf somebody takes part in an acceptance."""

    TOWNSHIP = "township", _("Township government")
    DEPARTMENT = "department", _("Lead department")
    OFFICE = "office", _("Livelihood projects office")
    SUPERVISION = "supervision", _("Construction supervision")
    CONTRACTOR = "contractor", _("Contractor")
    DISCIPLINE = "discipline", _("Discipline inspection")
    AUDIT = "audit", _("Audit")
    QUALITY = "quality", _("Quality inspection")
    VILLAGER = "villager", _("Villagers' representative")
    EXPERT = "expert", _("Expert")


class Severity(TextChoices):
    """How serious a finding or a defect is (轻, 中, 重)."""

    MINOR = "minor", pgettext_lazy("severity", "Minor")
    MODERATE = "moderate", pgettext_lazy("severity", "Moderate")
    SERIOUS = "serious", pgettext_lazy("severity", "Serious")


class FindingState(TextChoices):
    """The life of a finding of an acceptance."""

    OPEN = "open", pgettext_lazy("finding", "Open")
    RECTIFIED = "rectified", pgettext_lazy("finding", "Rectified, to be rechecked")
    CLOSED = "closed", pgettext_lazy("finding", "Closed")


class PhotoStage(TextChoices):
    """At which moment of a work a photo was taken."""

    BEFORE = "before", pgettext_lazy("photo", "Before")
    DURING = "during", pgettext_lazy("photo", "During")
    AFTER = "after", pgettext_lazy("photo", "After")


class DocumentKind(TextChoices):
    """What a document that goes with a handover is."""

    AS_BUILT_DRAWING = "as_built_drawing", _("As-built drawing")
    ACCEPTANCE_RECORD = "acceptance_record", _("Acceptance record")
    SETTLEMENT = "settlement", _("Settlement")
    WARRANTY = "warranty", _("Warranty certificate")
    OPERATING_MANUAL = "operating_manual", _("Operating manual")
    PROPERTY_CERTIFICATE = "property_certificate", _("Property certificate")
    OTHER = "other", _("Other document")


class StructureKind(TextChoices):
    """Structures on a road."""

    BRIDGE = "bridge", _("Bridge")
    CULVERT = "culvert", _("Culvert")
    TUNNEL = "tunnel", _("Tunnel")
    SAFETY = "safety", _("Safety facility")
    SIGN = "sign", _("Traffic sign")
    RETAINING_WALL = "retaining_wall", _("Retaining wall")


class ClosureKind(TextChoices):
    """Whether a closure was announced before it began."""

    PLANNED = "planned", _("Planned closure")
    SUDDEN = "sudden", _("Sudden closure")
    SEASONAL = "seasonal", _("Seasonal closure")


class AllSeasonBasis(TextChoices):
    """On what the statement rests that a road is passable all year."""

    PAVED = "paved", _("Paved surface")
    STATED = "stated", _("Stated by the owner")
    OBSERVED = "observed", _("Observed over a year")
    UNKNOWN = "unknown", _("Not known")


class WaterSource(TextChoices):
    """Where a water works takes its water."""

    RESERVOIR = "reservoir", _("Reservoir")
    RIVER = "river", _("River")
    SPRING = "spring", _("Spring")
    SHALLOW_WELL = "shallow_well", _("Shallow well")
    DEEP_WELL = "deep_well", _("Deep well")
    NETWORK = "network", _("Town network")
    RAIN = "rain", _("Rainwater")


class WaterSampleStage(TextChoices):
    """Where a water sample was taken."""

    SOURCE = "source", _("Source water")
    PLANT = "plant", _("Water leaving the plant")
    TAP = "tap", _("Water at the tap")


class ComponentState(TextChoices):
    """How far a component of a village centre is."""

    PLANNED = "planned", pgettext_lazy("component", "Planned")
    UNDER_WAY = "under_way", pgettext_lazy("component", "Under way")
    DONE = "done", pgettext_lazy("component", "Done")
    OUT_OF_ORDER = "out_of_order", pgettext_lazy("component", "Out of order")


class SurveyMethod(TextChoices):
    """How condition was surveyed."""

    AUTOMATED = "automated", _("Automated survey")
    MANUAL = "manual", _("Manual survey")


class ConditionGrade(TextChoices):
    """Grade of technical condition 优良中次差."""

    EXCELLENT = "excellent", pgettext_lazy("condition", "Excellent")
    GOOD = "good", pgettext_lazy("condition", "Good")
    FAIR = "fair", pgettext_lazy("condition", "Fair")
    POOR = "poor", pgettext_lazy("condition", "Poor")
    BAD = "bad", pgettext_lazy("condition", "Bad")


class CoefficientStatus(TextChoices):
    """Whether a coefficient was compared with the standard's own text."""

    UNVERIFIED = "unverified", pgettext_lazy("coefficient", "Not verified")
    VERIFIED = "verified", pgettext_lazy("coefficient", "Verified")
