"""The codes of upkeep: parties, agreements, checks, defects, orders and payments, with words.

The stored values are part of the stable interface; the words are translated.
"""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class AgreementModel(TextChoices):
    """How upkeep is organised; `three_party` is company + association + cooperative."""

    THREE_PARTY = "three_party", _("Company, association and cooperative")
    PROFESSIONAL = "professional", _("Professional upkeep")
    MARKET = "market", _("Upkeep by the market")
    SELF = "self", _("Upkeep by the village itself")


class PartyRole(TextChoices):
    """What a body does in an agreement (委托, 承担, 监督, 参与)."""

    CLIENT = "client", pgettext_lazy("agreement", "Client")
    EXECUTOR = "executor", pgettext_lazy("agreement", "Executor")
    SUPERVISOR = "supervisor", pgettext_lazy("agreement", "Supervisor")
    PARTICIPANT = "participant", pgettext_lazy("agreement", "Participant")


class UpkeepTask(TextChoices):
    """What is kept up; no two agreements may cover one metre for the same task."""

    ROUTINE = "routine", pgettext_lazy("task", "Routine upkeep")
    CLEANING = "cleaning", pgettext_lazy("task", "Cleaning")
    GREENING = "greening", pgettext_lazy("task", "Greening")
    MINOR_REPAIR = "minor_repair", pgettext_lazy("task", "Minor repair")
    OPERATION = "operation", pgettext_lazy("task", "Operation")


class PriceBasis(TextChoices):
    """In which unit the price of an agreement is stated."""

    PER_KM_YEAR = "per_km_year", _("yuan per km and year")
    PER_SITE_YEAR = "per_site_year", _("yuan per asset and year")
    PER_ORDER = "per_order", _("by work order")


class PaymentCycle(TextChoices):
    """How often an agreement is paid."""

    MONTH = "month", _("Monthly")
    QUARTER = "quarter", _("Quarterly")
    HALF_YEAR = "half_year", _("Half-yearly")
    YEAR = "year", _("Yearly")


class AgreementState(TextChoices):
    """What is written of an agreement's life; the phase of today follows from its dates."""

    DRAFT = "draft", pgettext_lazy("agreement", "Draft")
    NEGOTIATING = "negotiating", pgettext_lazy("agreement", "In negotiation")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed")
    RENEWED = "renewed", pgettext_lazy("agreement", "Renewed")
    TERMINATED = "terminated", pgettext_lazy("agreement", "Terminated")


BINDING_STATES = (AgreementState.SIGNED, AgreementState.RENEWED, AgreementState.TERMINATED)
"""States in which an agreement binds, or bound, its parties within its dates."""


class AgreementPhase(TextChoices):
    """Where an agreement stands on a day: its state, and its dates where it is signed."""

    DRAFT = "draft", pgettext_lazy("agreement", "Draft")
    NEGOTIATING = "negotiating", pgettext_lazy("agreement", "In negotiation")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed, not begun")
    ACTIVE = "active", pgettext_lazy("agreement", "In force")
    EXPIRING = "expiring", pgettext_lazy("agreement", "Ends soon")
    EXPIRED = "expired", pgettext_lazy("agreement", "Expired")
    RENEWED = "renewed", pgettext_lazy("agreement", "Renewed")
    TERMINATED = "terminated", pgettext_lazy("agreement", "Terminated")


class FundingSource(TextChoices):
    """Where upkeep money comes from (县/乡/村 …)."""

    CENTRAL = "central", pgettext_lazy("funding", "Central government")
    PROVINCE = "province", pgettext_lazy("funding", "Province")
    CITY = "city", pgettext_lazy("funding", "City")
    DISTRICT = "district", pgettext_lazy("funding", "District")
    TOWNSHIP = "township", pgettext_lazy("funding", "Township")
    VILLAGE = "village", pgettext_lazy("funding", "Village collective")
    USER_FEES = "user_fees", pgettext_lazy("funding", "User fees")
    DONATION = "donation", pgettext_lazy("funding", "Donations")
    POST_SUBSIDY = "post_subsidy", pgettext_lazy("funding", "Public-benefit post subsidy")
    OTHER = "other", pgettext_lazy("funding", "Other")


class PatrolKind(TextChoices):
    """Why a round is made (日常, 定期, 专项, 夜间, 汛期)."""

    DAILY = "daily", _("Daily patrol")
    PERIODIC = "periodic", _("Periodic patrol")
    SPECIAL = "special", _("Special patrol")
    NIGHT = "night", _("Night patrol")
    FLOOD_SEASON = "flood_season", _("Flood-season patrol")


class InspectionKind(TextChoices):
    """What an inspection is for."""

    PATROL = "patrol", _("Patrol check")
    SUPERVISION = "supervision", _("Supervisor's inspection")
    TOWNSHIP = "township", _("Township inspection")
    DEPARTMENT = "department", _("Department inspection")
    THIRD_PARTY = "third_party", _("Third-party inspection")


class DefectKind(TextChoices):
    """What is wrong; broad groups that each office can tell apart without a handbook."""

    POTHOLE = "pothole", _("Pothole")
    CRACK = "crack", _("Crack")
    SUBSIDENCE = "subsidence", _("Subsidence")
    EDGE_DAMAGE = "edge_damage", _("Damaged edge or shoulder")
    LANDSLIDE = "landslide", _("Landslide or fallen rock")
    BLOCKED_DRAIN = "blocked_drain", _("Blocked ditch or culvert")
    STRUCTURE_DAMAGE = "structure_damage", _("Damaged structure")
    SAFETY_MISSING = "safety_missing", _("Missing or damaged safety facility")
    LITTER = "litter", _("Litter or obstruction")
    LEAK = "leak", _("Leak")
    NO_WATER = "no_water", _("No water")
    WATER_QUALITY = "water_quality", _("Bad water quality")
    EQUIPMENT = "equipment", _("Equipment failure")
    LIGHTING = "lighting", _("Lamp out of order")
    BUILDING = "building", _("Damaged building")
    ENCROACHMENT = "encroachment", _("Encroachment")
    OTHER = "other", _("Other defect")


class DefectSource(TextChoices):
    """Where a defect was learned of."""

    PATROL = "patrol", _("Patrol")
    INSPECTION = "inspection", _("Inspection")
    SURVEY = "survey", _("Condition survey")
    PUBLIC = "public", _("Public report")
    OFFICE = "office", _("Office")


class DefectState(TextChoices):
    """The life of a defect."""

    REPORTED = "reported", pgettext_lazy("defect", "Reported")
    VERIFIED = "verified", pgettext_lazy("defect", "Verified")
    DUPLICATE = "duplicate", pgettext_lazy("defect", "Duplicate")
    REJECTED = "rejected", pgettext_lazy("defect", "Rejected")
    ORDERED = "ordered", pgettext_lazy("defect", "Ordered")
    REPAIRED = "repaired", pgettext_lazy("defect", "Repaired")
    CLOSED = "closed", pgettext_lazy("defect", "Closed")


OPEN_DEFECT_STATES = (
    DefectState.REPORTED,
    DefectState.VERIFIED,
    DefectState.ORDERED,
    DefectState.REPAIRED,
)


class OrderKind(TextChoices):
    """What a work order is (日常, 小修, 应急, 养护工程)."""

    ROUTINE = "routine", pgettext_lazy("order", "Routine")
    MINOR_REPAIR = "minor_repair", pgettext_lazy("order", "Minor repair")
    EMERGENCY = "emergency", pgettext_lazy("order", "Emergency")
    ENGINEERING = "engineering", pgettext_lazy("order", "Upkeep engineering")


class Priority(TextChoices):
    """How soon an order has to be done."""

    NORMAL = "normal", pgettext_lazy("priority", "Normal")
    HIGH = "high", pgettext_lazy("priority", "High")
    URGENT = "urgent", pgettext_lazy("priority", "Urgent")


class OrderState(TextChoices):
    """The life of a work order."""

    ISSUED = "issued", pgettext_lazy("order", "Issued")
    ACCEPTED = "accepted", pgettext_lazy("order", "Accepted by the executor")
    DOING = "doing", pgettext_lazy("order", "Under way")
    SUBMITTED = "submitted", pgettext_lazy("order", "Submitted")
    INSPECTED = "inspected", pgettext_lazy("order", "Inspected")
    CONFIRMED = "confirmed", pgettext_lazy("order", "Confirmed")
    CLOSED = "closed", pgettext_lazy("order", "Closed")
    CANCELLED = "cancelled", pgettext_lazy("order", "Cancelled")


OPEN_ORDER_STATES = (
    OrderState.ISSUED,
    OrderState.ACCEPTED,
    OrderState.DOING,
    OrderState.SUBMITTED,
    OrderState.INSPECTED,
    OrderState.CONFIRMED,
)


class QuantityUnit(TextChoices):
    """Units of work quantities."""

    METRE = "m", pgettext_lazy("quantity", "m")
    SQUARE_METRE = "m2", pgettext_lazy("quantity", "m²")
    CUBIC_METRE = "m3", pgettext_lazy("quantity", "m³")
    PLACE = "place", pgettext_lazy("quantity", "places")
    PIECE = "piece", pgettext_lazy("quantity", "pieces")


class ReviewVerdict(TextChoices):
    """What the review of a field entry says."""

    VERIFIED = "verified", pgettext_lazy("review", "Verified")
    RETURNED = "returned", pgettext_lazy("review", "Returned")


class CostKind(TextChoices):
    """What upkeep money was spent on."""

    LABOUR = "labour", _("Labour")
    MATERIAL = "material", _("Material")
    MACHINE = "machine", _("Machines")
    OTHER = "other", pgettext_lazy("cost", "Other")


class PaymentState(TextChoices):
    """The life of a payment request."""

    DRAFTED = "drafted", pgettext_lazy("payment", "Drafted")
    VERIFIED = "verified", pgettext_lazy("payment", "Verified by the supervisor")
    CONFIRMED = "confirmed", pgettext_lazy("payment", "Confirmed by the participant")
    APPROVED = "approved", pgettext_lazy("payment", "Approved")
    PAID = "paid", pgettext_lazy("payment", "Paid")
    CANCELLED = "cancelled", pgettext_lazy("payment", "Cancelled")


class ReportState(TextChoices):
    """The life of a report from the public."""

    RECEIVED = "received", pgettext_lazy("report", "Received")
    LINKED = "linked", pgettext_lazy("report", "Being dealt with")
    ANSWERED = "answered", pgettext_lazy("report", "Answered")
    REJECTED = "rejected", pgettext_lazy("report", "Not taken up")
    REOPENED = "reopened", pgettext_lazy("report", "Reopened")


class ClaimState(TextChoices):
    """The life of a warranty claim."""

    RAISED = "raised", pgettext_lazy("claim", "Raised")
    ACCEPTED = "accepted", pgettext_lazy("claim", "Accepted by the contractor")
    REFUSED = "refused", pgettext_lazy("claim", "Refused by the contractor")
    SETTLED = "settled", pgettext_lazy("claim", "Settled")
    WITHDRAWN = "withdrawn", pgettext_lazy("claim", "Withdrawn")


class UpkeepGap(TextChoices):
    """The first thing that an asset's upkeep lacks: agreement, person, money, timely inspection.

    Each asset to keep up has exactly one of these, so that their numbers sum to all.
    """

    NONE = "none", pgettext_lazy("gap", "Managed")
    NO_AGREEMENT = "no_agreement", pgettext_lazy("gap", "No agreement")
    NO_KEEPER = "no_keeper", pgettext_lazy("gap", "No person in charge")
    NO_MONEY = "no_money", pgettext_lazy("gap", "No money")
    NO_INSPECTION = "no_inspection", pgettext_lazy("gap", "Not inspected in time")


class FieldEntity(TextChoices):
    """The records that a phone sends or follows."""

    LOG = "log", pgettext_lazy("field record", "Log entry")
    INSPECTION = "inspection", pgettext_lazy("field record", "Inspection")
    PATROL = "patrol", pgettext_lazy("field record", "Patrol")
    DEFECT = "defect", pgettext_lazy("field record", "Defect")
    ORDER = "order", pgettext_lazy("field record", "Work order")


class SetAsideCause(TextChoices):
    """Why something that a phone sent was not taken as it came."""

    CLASH = "clash", pgettext_lazy("set aside", "Clashes with the office's values")
    OTHER_CONTENT = "other_content", pgettext_lazy("set aside", "Other content, same identifier")
    REFUSED = "refused", pgettext_lazy("set aside", "Not taken by the register")
    NOT_PERMITTED = "not_permitted", pgettext_lazy("set aside", "Not permitted")
    MALFORMED = "malformed", pgettext_lazy("set aside", "Cannot be read")


class SetAsideState(TextChoices):
    """How an entry that was set aside stands."""

    OPEN = "open", pgettext_lazy("set aside", "To be decided")
    TAKEN = "taken", pgettext_lazy("set aside", "Taken in")
    DISMISSED = "dismissed", pgettext_lazy("set aside", "Dismissed")
