"""Log entries of what was done, their photos, and whether they count."""

from __future__ import annotations

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.kinds import PhotoStage
from assets.models.road import chainage
from maintenance.kinds import QuantityUnit, ReviewVerdict, UpkeepTask
from maintenance.models.defect import NextNumber
from maintenance.models.order import WorkOrder
from maintenance.models.work_row import PlacedRow, placed_by_asset
from maintenance.querysets import WorkQuerySet
from sites.functions import GeometryIsSound
from sites.geometry import STORED_SRID
from sites.identifiers import new_id
from sites.models.state_change import CurrentTransaction
from sites.models.triggers import append_only


class MaintenanceLog(PlacedRow):
    """An entry of what was done 管护日志, under the identifier that the device gave it.

    Append-only: a correction is a new entry that points to the old one. `device_time` is the
    device's clock, `received_at` ours; `clock_skew_s` is how far the device's clock was ahead of
    ours when it sent the entry, in seconds, where it told; `server_seq` and `xid` order entries.
    `distance_m` is how far from the asset the entry was made. `content_hash` tells a repeat
    from another content under the same identifier.
    """

    id = models.UUIDField(primary_key=True, default=new_id)
    order = models.ForeignKey(
        WorkOrder,
        verbose_name=_("work order"),
        related_name="logs",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="logs",
        on_delete=models.PROTECT,
    )
    asset = models.ForeignKey(
        "assets.Asset", verbose_name=_("asset"), related_name="logs", on_delete=models.PROTECT
    )
    task = models.CharField(_("task"), max_length=20, choices=UpkeepTask)
    device_time = models.DateTimeField(_("time on the device"))
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)
    server_seq = models.BigIntegerField(
        unique=True, editable=False, db_default=NextNumber("maintenance_log_seq")
    )
    xid = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    clock_skew_s = models.FloatField(
        _("device's clock ahead of ours (s)"), null=True, blank=True, editable=False
    )
    position = models.PointField(
        _("position"), srid=STORED_SRID, null=True, blank=True, spatial_index=False
    )
    accuracy_m = models.FloatField(_("accuracy (m)"), null=True, blank=True)
    distance_m = models.FloatField(_("distance from the asset (m)"), null=True, blank=True)
    chainage_m = chainage(_("chainage (m)"), optional=True)
    quantity = models.DecimalField(
        _("quantity"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    unit = models.CharField(
        _("unit"), max_length=10, choices=QuantityUnit, blank=True, db_default=""
    )
    labour_days = models.DecimalField(
        _("labour-days"), max_digits=7, decimal_places=2, null=True, blank=True
    )
    material = models.CharField(_("material"), max_length=200, blank=True, db_default="")
    note = models.TextField(_("note"), blank=True, db_default="")
    worker = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("worker"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("organisation"),
        related_name="logs",
        on_delete=models.PROTECT,
    )
    device_id = models.CharField(max_length=80, blank=True, db_default="", editable=False)
    corrects = models.ForeignKey(
        "self",
        verbose_name=_("corrects"),
        related_name="corrections",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    content_hash = models.CharField(max_length=64, editable=False)

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("maintenance log")
        verbose_name_plural = _("maintenance logs")
        ordering = ["-server_seq"]
        indexes = [
            models.Index(fields=["asset", "-server_seq"], name="log_of_asset"),
            models.Index(
                fields=["order", "-server_seq"],
                condition=Q(order__isnull=False),
                name="log_of_order",
            ),
            models.Index(fields=["agreement", "-server_seq"], name="log_of_agreement"),
            models.Index(fields=["area_code", "-server_seq"], name="log_area"),
        ]
        constraints = [
            models.CheckConstraint(name="log_task_known", condition=Q(task__in=UpkeepTask.values)),
            models.CheckConstraint(
                name="log_unit_known", condition=Q(unit__in=["", *QuantityUnit.values])
            ),
            models.CheckConstraint(
                name="log_position_is_sound",
                condition=GeometryIsSound(F("position")),
                violation_error_message=_("The geometry is empty, invalid or out of bounds."),
            ),
            models.CheckConstraint(
                name="log_amounts_in_range",
                condition=(Q(quantity__isnull=True) | Q(quantity__gte=0))
                & (Q(labour_days__isnull=True) | Q(labour_days__gte=0)),
                violation_error_message=_("Quantities must not be negative."),
            ),
            models.CheckConstraint(
                name="log_is_not_its_own_correction",
                condition=Q(corrects__isnull=True) | ~Q(corrects=F("id")),
            ),
        ]
        triggers = [append_only(), placed_by_asset()]

    def __str__(self) -> str:
        return f"{self.server_seq}"


class LogPhoto(models.Model):
    """A photo of a log entry, before, during or after the work."""

    id = models.BigAutoField(primary_key=True)
    log = models.ForeignKey(MaintenanceLog, related_name="photos", on_delete=models.PROTECT)
    photo = models.ForeignKey("assets.Photo", related_name="+", on_delete=models.PROTECT)
    stage = models.CharField(_("stage"), max_length=10, choices=PhotoStage)

    class Meta:
        verbose_name = _("photo of a log")
        verbose_name_plural = _("photos of logs")
        constraints = [models.UniqueConstraint(name="log_photo_once", fields=["log", "photo"])]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.log_id} {self.stage}"


class LogReview(models.Model):
    """Whether an entry counts: verified, or returned with a reason. The latest review holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    log = models.ForeignKey(MaintenanceLog, related_name="reviews", on_delete=models.PROTECT)
    verdict = models.CharField(_("verdict"), max_length=10, choices=ReviewVerdict)
    reason = models.TextField(_("reason"), blank=True, db_default="")
    at = models.DateTimeField(db_default=Now(), editable=False)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )
    organisation = models.ForeignKey(
        "sites.Organisation",
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )

    class Meta:
        verbose_name = _("review of a log")
        verbose_name_plural = _("reviews of logs")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["log", "-at"], name="log_review_latest")]
        constraints = [
            models.CheckConstraint(
                name="log_review_returned_has_reason",
                condition=Q(verdict="verified") | (Q(verdict="returned") & ~Q(reason="")),
                violation_error_message=_("An entry is returned with a reason."),
            )
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.verdict
