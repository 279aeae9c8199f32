"""Cases of accountability: from a reminder to the transfer, each step a row."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from oversight.kinds import CaseCause, CaseLevel, CaseState, StepKind
from oversight.querysets import CaseQuerySet
from sites.identifiers import new_id
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import append_only, old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class AccountabilityCase(AreaRow, VersionedRecord):
    """A case 责任追究 against a body and, where named, a person.

    `level` only ever climbs the ladder. Every step is a `CaseStep`.
    """

    number = models.CharField(_("case number"), max_length=40, unique=True)
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="accountability_cases",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("body"),
        related_name="accountability_cases",
        on_delete=models.PROTECT,
    )
    person = models.CharField(_("person"), max_length=60, blank=True, db_default="")
    cause = models.CharField(_("cause"), max_length=12, choices=CaseCause)
    facts = models.TextField(_("facts"))
    decision = models.ForeignKey(
        "oversight.Decision",
        verbose_name=_("decision"),
        related_name="cases",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    milestone = models.ForeignKey(
        "sites.Milestone",
        verbose_name=_("milestone"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    plan = models.ForeignKey(
        "oversight.MonthlyPlan",
        verbose_name=_("monthly plan"),
        related_name="cases",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    finding = models.ForeignKey(
        "assets.Finding",
        verbose_name=_("finding"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    level = models.CharField(
        _("level"), max_length=12, choices=CaseLevel, default=CaseLevel.REMINDER
    )
    state = models.CharField(_("state"), max_length=10, choices=CaseState, default=CaseState.RAISED)
    raised_on = models.DateField(_("raised on"))
    reply_due_on = models.DateField(_("reply until"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True, db_default="")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("accountability case")
        verbose_name_plural = _("accountability cases")
        ordering = ["-raised_on", "-id"]
        indexes = [
            models.Index(fields=["area_code", "-raised_on", "-id"], name="case_area"),
            models.Index(fields=["state", "reply_due_on"], name="case_reply_due"),
        ]
        constraints = [
            models.CheckConstraint(
                name="case_codes_known",
                condition=Q(
                    cause__in=CaseCause.values,
                    level__in=CaseLevel.values,
                    state__in=CaseState.values,
                ),
            ),
            models.CheckConstraint(
                name="case_closed_with_day_and_outcome",
                condition=~Q(state__in=["closed", "withdrawn"])
                | (Q(closed_on__isnull=False) & ~Q(outcome="")),
                violation_error_message=_("A case is closed on a day and with an outcome."),
            ),
            models.UniqueConstraint(
                name="case_of_decision_once",
                fields=["decision"],
                condition=Q(decision__isnull=False) & ~Q(state="withdrawn"),
                violation_error_message=_("There is a case about this decision already."),
            ),
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return self.number


class CaseStep(models.Model):
    """One step of a case: what, at which level, by whom, with which words. Append-only.

    `letter` is the text that was sent, as it was sent.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    case = models.ForeignKey(AccountabilityCase, related_name="steps", on_delete=models.PROTECT)
    kind = models.CharField(_("step"), max_length=10, choices=StepKind)
    level = models.CharField(_("level"), max_length=12, choices=CaseLevel)
    on = models.DateField(_("day"))
    text = models.TextField(_("text"), blank=True, db_default="")
    letter = models.TextField(_("letter"), blank=True, db_default="")
    due_on = models.DateField(_("reply until"), null=True, blank=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("on behalf of"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("step of a case")
        verbose_name_plural = _("steps of cases")
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="case_step_codes_known",
                condition=Q(kind__in=StepKind.values, level__in=CaseLevel.values),
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.on} {self.kind}"


class CaseEvidence(models.Model):
    """A photo or document that a step rests on. Append-only."""

    id = models.BigAutoField(primary_key=True)
    step = models.ForeignKey(CaseStep, related_name="evidence", on_delete=models.PROTECT)
    photo = models.ForeignKey(
        "assets.Photo", related_name="+", on_delete=models.PROTECT, null=True, blank=True
    )
    document = models.ForeignKey(
        "funding.OfficialDocument",
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("evidence of a case")
        verbose_name_plural = _("evidence of cases")
        constraints = [
            models.CheckConstraint(
                name="case_evidence_is_one_thing",
                condition=Q(photo__isnull=False, document__isnull=True)
                | Q(photo__isnull=True, document__isnull=False),
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.step_id}"
