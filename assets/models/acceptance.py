"""Acceptance of a site: who took part, what was measured, what was found and rectified."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.kinds import (
    AcceptanceStage,
    CheckResult,
    FindingState,
    PhotoStage,
    Severity,
    TeamRole,
    Verdict,
)
from assets.querysets import AcceptancePartQuerySet, AcceptanceQuerySet
from sites.identifiers import new_id
from sites.kinds import Unit
from sites.models.triggers import append_only, old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class Acceptance(VersionedRecord):
    """One acceptance 验收 of a site: preliminary, then final; open until it has a verdict.

    `claimed_quantity` is what the builder reports, `measured_quantity` what the team measured,
    both in `unit`. A round that ended in `rectify` or `failed` is followed by another one.
    """

    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="acceptances",
        on_delete=models.PROTECT,
    )
    stage = models.CharField(_("stage"), max_length=20, choices=AcceptanceStage)
    round_no = models.PositiveSmallIntegerField(_("round"), default=1, db_default=1)
    held_on = models.DateField(_("held on"))
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    claimed_quantity = models.DecimalField(_("claimed quantity"), max_digits=14, decimal_places=3)
    measured_quantity = models.DecimalField(
        _("measured quantity"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    discrepancy_reason = models.TextField(_("reason for the difference"), blank=True, db_default="")
    verdict = models.CharField(
        _("verdict"), max_length=10, choices=Verdict, blank=True, db_default=""
    )
    concluded_on = models.DateField(_("concluded on"), null=True, blank=True)
    concluded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("concluded by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("acceptance")
        verbose_name_plural = _("acceptances")
        ordering = ["held_on", "id"]
        constraints = [
            models.UniqueConstraint(
                name="acceptance_round_once",
                fields=["site", "stage", "round_no"],
                violation_error_message=_("This round of the acceptance exists already."),
            ),
            models.UniqueConstraint(
                name="acceptance_one_open",
                fields=["site"],
                condition=Q(verdict=""),
                violation_error_message=_("The site has an acceptance that is not concluded."),
            ),
            models.CheckConstraint(
                name="acceptance_stage_known", condition=Q(stage__in=AcceptanceStage.values)
            ),
            models.CheckConstraint(
                name="acceptance_verdict_known",
                condition=Q(verdict__in=["", *Verdict.values]),
            ),
            models.CheckConstraint(
                name="acceptance_concluded_is_whole",
                condition=Q(verdict="", concluded_on__isnull=True)
                | (
                    ~Q(verdict="")
                    & Q(concluded_on__isnull=False, measured_quantity__isnull=False)
                    & Q(concluded_on__gte=F("held_on"))
                ),
                violation_error_message=_(
                    "A concluded acceptance has a measured quantity and a day after its start."
                ),
            ),
            models.CheckConstraint(
                name="acceptance_quantities_not_negative",
                condition=Q(claimed_quantity__gte=0)
                & (Q(measured_quantity__isnull=True) | Q(measured_quantity__gte=0)),
                violation_error_message=_("Quantities must not be negative."),
            ),
        ]
        triggers = [touch()]

    def __str__(self) -> str:
        return f"{self.get_stage_display()} {self.held_on}"


@pghistory.track(*old_values())
class AcceptanceMember(models.Model):
    """Somebody of the acceptance team, and when they signed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    acceptance = models.ForeignKey(Acceptance, related_name="members", on_delete=models.CASCADE)
    role = models.CharField(_("on behalf of"), max_length=20, choices=TeamRole)
    name = models.CharField(_("name"), max_length=60)
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("organisation"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, blank=True)

    objects = AcceptancePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the acceptance team")
        verbose_name_plural = _("members of the acceptance team")
        ordering = ["role", "name"]
        constraints = [
            models.UniqueConstraint(
                name="acceptance_member_once", fields=["acceptance", "role", "name"]
            ),
            models.CheckConstraint(
                name="acceptance_member_role_known", condition=Q(role__in=TeamRole.values)
            ),
        ]

    def __str__(self) -> str:
        return self.name


@pghistory.track(*old_values())
class AcceptanceCheck(models.Model):
    """One item of an acceptance's checklist and its answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    acceptance = models.ForeignKey(Acceptance, related_name="checks", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("position"))
    item = models.CharField(_("item"), max_length=200)
    item_en = models.CharField(_("item in English"), max_length=200, blank=True, db_default="")
    result = models.CharField(
        _("result"), max_length=20, choices=CheckResult, blank=True, db_default=""
    )
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AcceptancePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("acceptance check")
        verbose_name_plural = _("acceptance checks")
        ordering = ["acceptance", "position"]
        constraints = [
            models.UniqueConstraint(
                name="acceptance_check_once", fields=["acceptance", "position"]
            ),
            models.CheckConstraint(
                name="acceptance_check_result_known",
                condition=Q(result__in=["", *CheckResult.values]),
            ),
        ]

    def __str__(self) -> str:
        return self.item


@pghistory.track(*old_values())
class Finding(VersionedRecord):
    """Something to be rectified 整改项, with a due day and photo pairs; closed by a recheck."""

    acceptance = models.ForeignKey(Acceptance, related_name="findings", on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField(_("number"))
    text = models.TextField(_("what was found"))
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity, default=Severity.MODERATE
    )
    due_on = models.DateField(_("due"))
    state = models.CharField(
        _("state"),
        max_length=10,
        choices=FindingState,
        default=FindingState.OPEN,
        db_default="open",
    )
    photos = models.ManyToManyField(
        "assets.Photo", through="FindingPhoto", related_name="findings", blank=True
    )

    objects = AcceptancePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("finding")
        verbose_name_plural = _("findings")
        ordering = ["acceptance", "number"]
        constraints = [
            models.UniqueConstraint(name="finding_number_once", fields=["acceptance", "number"]),
            models.CheckConstraint(
                name="finding_state_known", condition=Q(state__in=FindingState.values)
            ),
            models.CheckConstraint(
                name="finding_severity_known", condition=Q(severity__in=Severity.values)
            ),
        ]
        triggers = [touch()]

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:60]}"


class FindingChange(models.Model):
    """One step of a finding: rectified with a note, sent back with a reason, or closed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    finding = models.ForeignKey(Finding, related_name="changes", on_delete=models.PROTECT)
    from_state = models.CharField(max_length=10, choices=FindingState)
    to_state = models.CharField(max_length=10, choices=FindingState)
    note = models.TextField(_("note"), blank=True, db_default="")
    effective_on = models.DateField(_("effective on"))
    at = models.DateTimeField(db_default=Now(), editable=False)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )

    class Meta:
        verbose_name = _("step of a finding")
        verbose_name_plural = _("steps of findings")
        ordering = ["at", "id"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


class FindingPhoto(models.Model):
    """A photo of a finding, before or after it was rectified."""

    id = models.BigAutoField(primary_key=True)
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT)
    photo = models.ForeignKey("assets.Photo", on_delete=models.PROTECT)
    stage = models.CharField(_("stage"), max_length=10, choices=PhotoStage)

    class Meta:
        verbose_name = _("photo of a finding")
        verbose_name_plural = _("photos of findings")
        constraints = [
            models.UniqueConstraint(name="finding_photo_once", fields=["finding", "photo"])
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} {self.stage}"
