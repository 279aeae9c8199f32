"""Rule sets of condition rating with the provenance of their numbers, and condition surveys."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.kinds import CoefficientStatus, ConditionGrade, SurveyMethod
from assets.models.asset import Asset
from assets.models.road import chainage, chainage_in_order
from assets.models.stretch_trigger import keep_stretches
from assets.querysets import AssetPartQuerySet, RulesetQuerySet
from sites.identifiers import new_id
from sites.models.naming import NamedRecord
from sites.models.triggers import append_only, old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class RatingRuleset(NamedRecord, VersionedRecord):
    """A standard's way to rate condition, in one version; its numbers are coefficients."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    standard = models.CharField(_("standard"), max_length=60)
    edition = models.CharField(_("edition"), max_length=40)
    applies_to = models.CharField(_("applies to"), max_length=200, blank=True, db_default="")
    valid_from = models.DateField(_("valid from"), null=True, blank=True)

    objects = RulesetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating rule set")
        verbose_name_plural = _("rating rule sets")
        ordering = ["code"]
        triggers = [touch()]


@pghistory.track(*old_values())
class RatingCoefficient(VersionedRecord):
    """One number of a rule set, with where it was read and whether anybody verified it.

    `symbol` is the number's place in the formulas, such as `PCI.a0.asphalt`.
    """

    ruleset = models.ForeignKey(
        RatingRuleset, related_name="coefficients", on_delete=models.CASCADE
    )
    symbol = models.CharField(_("symbol"), max_length=60)
    value = models.DecimalField(_("value"), max_digits=14, decimal_places=6, null=True, blank=True)
    status = models.CharField(
        _("status"),
        max_length=12,
        choices=CoefficientStatus,
        default=CoefficientStatus.UNVERIFIED,
        db_default="unverified",
    )
    source = models.CharField(_("source"), max_length=300, blank=True, db_default="")
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("verified by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    objects = RulesetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating coefficient")
        verbose_name_plural = _("rating coefficients")
        ordering = ["ruleset", "symbol"]
        constraints = [
            models.UniqueConstraint(name="rating_coefficient_once", fields=["ruleset", "symbol"]),
            models.CheckConstraint(
                name="rating_coefficient_verified_has_source",
                condition=Q(status="unverified")
                | (
                    Q(status="verified", value__isnull=False, verified_on__isnull=False)
                    & ~Q(source="")
                ),
                violation_error_message=_(
                    "A verified coefficient needs its value, its source and the day."
                ),
            ),
        ]
        triggers = [touch()]

    def __str__(self) -> str:
        return self.symbol


class ConditionSurvey(models.Model):
    """What a survey found on a stretch on a day. Append-only: a newer one supersedes it.

    `damage_percent` is DR in %, `iri_m_per_km` the roughness; `sci`, `bci`, `tci` are indices
    that the surveyor states. The computed indices are kept only when every coefficient of the
    rule set was verified. `stated_grade` is the grade of the testing body's report.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asset = models.ForeignKey(Asset, related_name="condition_surveys", on_delete=models.PROTECT)
    start_m = chainage(_("from chainage (m)"), optional=True)
    end_m = chainage(_("to chainage (m)"), optional=True)
    surveyed_on = models.DateField(_("surveyed on"))
    method = models.CharField(_("method"), max_length=12, choices=SurveyMethod)
    ruleset = models.ForeignKey(
        RatingRuleset,
        verbose_name=_("rule set"),
        related_name="surveys",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    damage_percent = models.DecimalField(
        _("damage ratio DR (%)"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    iri_m_per_km = models.DecimalField(
        _("roughness IRI (m/km)"), max_digits=6, decimal_places=3, null=True, blank=True
    )
    sci = models.DecimalField("SCI", max_digits=5, decimal_places=2, null=True, blank=True)
    bci = models.DecimalField("BCI", max_digits=5, decimal_places=2, null=True, blank=True)
    tci = models.DecimalField("TCI", max_digits=5, decimal_places=2, null=True, blank=True)
    pci = models.DecimalField(
        "PCI", max_digits=5, decimal_places=2, null=True, blank=True, editable=False
    )
    rqi = models.DecimalField(
        "RQI", max_digits=5, decimal_places=2, null=True, blank=True, editable=False
    )
    pqi = models.DecimalField(
        "PQI", max_digits=5, decimal_places=2, null=True, blank=True, editable=False
    )
    mqi = models.DecimalField(
        "MQI", max_digits=5, decimal_places=2, null=True, blank=True, editable=False
    )
    computed_grade = models.CharField(
        max_length=10, choices=ConditionGrade, blank=True, db_default="", editable=False
    )
    stated_grade = models.CharField(
        _("grade stated by the testing body"),
        max_length=10,
        choices=ConditionGrade,
        blank=True,
        db_default="",
    )
    testing_body = models.CharField(_("testing body"), max_length=120, blank=True, db_default="")
    report_no = models.CharField(_("report number"), max_length=80, blank=True, db_default="")
    note = models.TextField(_("note"), blank=True, db_default="")
    supersedes = models.ForeignKey(
        "self",
        verbose_name=_("corrects"),
        related_name="corrections",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )

    objects = AssetPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("condition survey")
        verbose_name_plural = _("condition surveys")
        ordering = ["-surveyed_on", "-id"]
        indexes = [
            models.Index(fields=["asset", "-surveyed_on"], name="condition_survey_latest"),
            models.Index(fields=["recorded_at", "id"], name="condition_survey_recorded"),
        ]
        constraints = [
            chainage_in_order("condition_survey", optional=True),
            models.UniqueConstraint(
                name="condition_survey_corrected_once",
                fields=["supersedes"],
                violation_error_message=_("This survey was corrected before."),
            ),
            models.CheckConstraint(
                name="condition_survey_method_known", condition=Q(method__in=SurveyMethod.values)
            ),
            models.CheckConstraint(
                name="condition_survey_grades_known",
                condition=Q(
                    computed_grade__in=["", *ConditionGrade.values],
                    stated_grade__in=["", *ConditionGrade.values],
                ),
            ),
            models.CheckConstraint(
                name="condition_survey_damage_in_range",
                condition=Q(damage_percent__isnull=True)
                | Q(damage_percent__gte=0, damage_percent__lte=100),
                violation_error_message=_("A percentage lies between 0 and 100."),
            ),
            models.CheckConstraint(
                name="condition_survey_roughness_in_range",
                condition=Q(iri_m_per_km__isnull=True)
                | Q(iri_m_per_km__gte=0, iri_m_per_km__lte=50),
                violation_error_message=_("The roughness lies between 0 and 50 m/km."),
            ),
            models.CheckConstraint(
                name="condition_survey_stated_grade_has_body",
                condition=Q(stated_grade="") | ~Q(testing_body=""),
                violation_error_message=_("A stated grade names the testing body."),
            ),
            *(
                models.CheckConstraint(
                    name=f"condition_survey_{index}_in_range",
                    condition=Q(**{f"{index}__isnull": True})
                    | Q(**{f"{index}__gte": 0, f"{index}__lte": 100}),
                    violation_error_message=_("An index lies between 0 and 100."),
                )
                for index in ("sci", "bci", "tci", "pci", "rqi", "pqi", "mqi")
            ),
        ]
        triggers = [append_only(), keep_stretches()]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.surveyed_on}"
