"""Milestones of a site's plan and the evidence of its progress."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sites.functions import GeometryIsSound
from sites.geometry import STORED_SRID
from sites.identifiers import new_id
from sites.kinds import MilestoneKind, ProgressVerdict
from sites.models.triggers import append_only, old_values
from sites.querysets import SitePartQuerySet


@pghistory.track(*old_values())
class Milestone(models.Model):
    """A node 节点 of a site's plan with due date and responsible unit; overdue is computed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="milestones",
        on_delete=models.CASCADE,
    )
    kind = models.CharField(_("milestone"), max_length=30, choices=MilestoneKind)
    due_on = models.DateField(_("due"), null=True, blank=True)
    done_on = models.DateField(_("done"), null=True, blank=True)
    responsible = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("responsible unit"),
        related_name="milestones",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["due_on", "id"]
        constraints = [
            models.UniqueConstraint(name="milestone_once_a_site", fields=["site", "kind"]),
            models.CheckConstraint(
                name="milestone_kind_known", condition=Q(kind__in=MilestoneKind.values)
            ),
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())


class ProgressEntry(models.Model):
    """Reported progress with its evidence: where and when it was captured, and the photo's hash.

    `captured_at` is the device's clock, `received_at` ours. `quantity` is what stands built by
    then, in the unit of the site's programme. An entry that needs a review moves the site's
    percentage only once it is verified. Append-only.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="progress_entries",
        on_delete=models.PROTECT,
    )
    reported_on = models.DateField(_("reported on"))
    percent = models.DecimalField(_("progress (%)"), max_digits=5, decimal_places=2)
    quantity = models.DecimalField(
        _("quantity"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    needs_review = models.BooleanField(_("needs a review"), default=False, db_default=False)
    note = models.TextField(_("note"), blank=True)
    position = models.PointField(_("position"), srid=STORED_SRID, null=True, blank=True)
    accuracy_m = models.FloatField(_("accuracy (m)"), null=True, blank=True)
    captured_at = models.DateTimeField(_("captured at"), null=True, blank=True)
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)
    photo_sha256 = models.CharField(_("photo (SHA-256)"), max_length=64, blank=True)
    reported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reported by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("progress entry")
        verbose_name_plural = _("progress entries")
        ordering = ["-reported_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="progress_entry_percent_in_range",
                condition=Q(percent__gte=0, percent__lte=100),
                violation_error_message=_("Progress must lie between 0 and 100 percent."),
            ),
            models.CheckConstraint(
                name="progress_entry_quantity_not_negative",
                condition=Q(quantity__isnull=True) | Q(quantity__gte=0),
                violation_error_message=_("The quantity must not be negative."),
            ),
            models.CheckConstraint(
                name="progress_entry_position_is_sound",
                condition=GeometryIsSound(F("position")),
            ),
            models.CheckConstraint(
                name="progress_entry_photo_hash_form",
                condition=Q(photo_sha256="") | Q(photo_sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]
        indexes = [
            models.Index(fields=["site", "-reported_on"], name="progress_entry_of_site"),
            models.Index(
                fields=["id"], condition=Q(needs_review=True), name="progress_entry_to_review"
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.reported_on}: {self.percent} %"


class ProgressReview(models.Model):
    """Whether a progress entry counts: verified, or returned with a reason. The latest holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    entry = models.ForeignKey(ProgressEntry, related_name="reviews", on_delete=models.PROTECT)
    verdict = models.CharField(_("verdict"), max_length=10, choices=ProgressVerdict)
    reason = models.TextField(_("reason"), blank=True, db_default="")
    at = models.DateTimeField(_("reviewed at"), db_default=Now(), editable=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("reviewed by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )

    class Meta:
        verbose_name = _("review of progress")
        verbose_name_plural = _("reviews of progress")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["entry", "-at"], name="progress_review_latest")]
        constraints = [
            models.CheckConstraint(
                name="progress_review_returned_has_reason",
                condition=Q(verdict="verified") | (Q(verdict="returned") & ~Q(reason="")),
                violation_error_message=_("An entry is returned with a reason."),
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return str(self.get_verdict_display())


@pghistory.track(*old_values())
class PlannedProgress(models.Model):
    """A point of a site's planned curve: how far it is to be on a day, in percent.

    Between two points, and from the planned start (0 %) to the planned finish (100 %), the curve
    is a straight line (our choice).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="planned_progress",
        on_delete=models.CASCADE,
    )
    on = models.DateField(_("day"))
    percent = models.DecimalField(_("planned progress (%)"), max_digits=5, decimal_places=2)

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("planned progress")
        verbose_name_plural = _("planned progress")
        ordering = ["on"]
        constraints = [
            models.UniqueConstraint(name="planned_progress_once_a_day", fields=["site", "on"]),
            models.CheckConstraint(
                name="planned_progress_percent_in_range",
                condition=Q(percent__gte=0, percent__lte=100),
                violation_error_message=_("Progress must lie between 0 and 100 percent."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.on}: {self.percent} %"
