"""Work orders, the logs of what was done, their review, and what it cost."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, GeneratedField, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.kinds import PhotoStage
from assets.models.road import chainage, chainage_in_order
from assets.models.triggers import note_upkeep_change
from maintenance.kinds import (
    OPEN_ORDER_STATES,
    CostKind,
    FundingSource,
    OrderKind,
    OrderState,
    Priority,
    QuantityUnit,
    ReviewVerdict,
    UpkeepTask,
)
from maintenance.models.changes import Change, change_recorded
from maintenance.models.defect import NextNumber
from maintenance.models.work_row import PlacedRow, placed_by_asset
from maintenance.querysets import OrderPartQuerySet, WorkQuerySet
from sites.functions import GeometryIsSound, ToMapProjection
from sites.geometry import STORED_SRID, WEB_MERCATOR_SRID
from sites.identifiers import new_id
from sites.models.state_change import CurrentTransaction
from sites.models.triggers import append_only, old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values(), exclude=["point_3857"])
class WorkOrder(PlacedRow, VersionedRecord):
    """A work order 工单 under an agreement, from issue to the triple confirmation.

    The executor does and submits, the inspector (by the agreement, usually the association)
    inspects, the confirmer (usually the cooperative or the village) confirms, the office closes.
    """

    number = models.BigIntegerField(
        _("number"), unique=True, editable=False, db_default=NextNumber("maintenance_order_no")
    )
    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="orders",
        on_delete=models.PROTECT,
    )
    asset = models.ForeignKey(
        "assets.Asset", verbose_name=_("asset"), related_name="orders", on_delete=models.PROTECT
    )
    kind = models.CharField(_("kind"), max_length=20, choices=OrderKind)
    priority = models.CharField(
        _("priority"), max_length=10, choices=Priority, default=Priority.NORMAL
    )
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=OrderState,
        default=OrderState.ISSUED,
        db_default="issued",
    )
    title = models.CharField(_("title"), max_length=200)
    description = models.TextField(_("description"), blank=True, db_default="")
    start_m = chainage(_("from chainage (m)"), optional=True)
    end_m = chainage(_("to chainage (m)"), optional=True)
    point = models.PointField(_("position"), srid=STORED_SRID, spatial_index=False)
    issued_at = models.DateTimeField(_("issued at"))
    due_at = models.DateTimeField(_("due"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    estimate = models.DecimalField(
        _("estimate (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    agreed_price = models.DecimalField(
        _("agreed price (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True
    )
    executor = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("executor"),
        related_name="orders_to_do",
        on_delete=models.PROTECT,
    )
    inspector = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("inspector"),
        related_name="orders_to_inspect",
        on_delete=models.PROTECT,
    )
    confirmer = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("confirmer"),
        related_name="orders_to_confirm",
        on_delete=models.PROTECT,
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )
    rework_count = models.PositiveSmallIntegerField(
        _("times sent back"), default=0, db_default=0, editable=False
    )
    point_3857 = GeneratedField(
        expression=ToMapProjection(F("point")),
        output_field=models.GeometryField(srid=WEB_MERCATOR_SRID, spatial_index=False),
        db_persist=True,
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("work order")
        verbose_name_plural = _("work orders")
        ordering = ["-issued_at", "-id"]
        indexes = [
            GistIndex(fields=["point_3857"], name="order_place"),
            models.Index(fields=["asset", "-issued_at"], name="order_of_asset"),
            models.Index(fields=["agreement", "state"], name="order_of_agreement"),
            models.Index(fields=["area_code", "state", "due_at"], name="order_area"),
            models.Index(fields=["executor", "state", "due_at"], name="order_executor"),
            models.Index(fields=["-issued_at", "-id"], name="order_latest"),
            models.Index(
                fields=["due_at", "id"],
                condition=Q(state__in=[state.value for state in OPEN_ORDER_STATES]),
                name="order_open_due",
            ),
        ]
        constraints = [
            chainage_in_order("work_order", optional=True),
            models.CheckConstraint(
                name="work_order_state_known", condition=Q(state__in=OrderState.values)
            ),
            models.CheckConstraint(
                name="work_order_kind_known", condition=Q(kind__in=OrderKind.values)
            ),
            models.CheckConstraint(
                name="work_order_priority_known", condition=Q(priority__in=Priority.values)
            ),
            models.CheckConstraint(
                name="work_order_due_after_issue",
                condition=Q(due_at__gt=F("issued_at")),
                violation_error_message=_("An order is due after it was issued."),
            ),
            models.CheckConstraint(
                name="work_order_amounts_not_negative",
                condition=(Q(estimate__isnull=True) | Q(estimate__gte=0))
                & (Q(agreed_price__isnull=True) | Q(agreed_price__gte=0)),
                violation_error_message=_("Amounts must not be negative."),
            ),
            models.CheckConstraint(
                name="work_order_point_is_sound", condition=GeometryIsSound(F("point"))
            ),
            models.CheckConstraint(
                name="work_order_nobody_checks_own_work",
                condition=~Q(executor=F("inspector"))
                & ~Q(executor=F("confirmer"))
                & ~Q(inspector=F("confirmer")),
                violation_error_message=_(
                    "The executor, the inspector and the confirmer are three different bodies."
                ),
            ),
        ]
        triggers = [
            touch(exclude=("point_3857",)),
            note_upkeep_change(),
            placed_by_asset(),
            change_recorded("maintenance_orderchange", "order_id"),
        ]

    def __str__(self) -> str:
        return f"#{self.number} {self.title}"


class OrderChange(Change):
    """A move of a work order between states."""

    order = models.ForeignKey(WorkOrder, related_name="changes", on_delete=models.PROTECT)

    objects = OrderPartQuerySet.as_manager()

    class Meta(Change.Meta):
        verbose_name = _("change of a work order")
        verbose_name_plural = _("changes of work orders")


@pghistory.track(*old_values())
class OrderQuantity(models.Model):
    """A quantity of work in an order: planned, and as done."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    order = models.ForeignKey(WorkOrder, related_name="quantities", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("position"))
    item = models.CharField(_("item"), max_length=120)
    unit = models.CharField(_("unit"), max_length=10, choices=QuantityUnit)
    planned = models.DecimalField(
        _("planned"), max_digits=12, decimal_places=2, null=True, blank=True
    )
    done = models.DecimalField(_("done"), max_digits=12, decimal_places=2, null=True, blank=True)

    objects = OrderPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("quantity of an order")
        verbose_name_plural = _("quantities of orders")
        ordering = ["order", "position"]
        constraints = [
            models.UniqueConstraint(name="order_quantity_once", fields=["order", "position"]),
            models.CheckConstraint(
                name="order_quantity_not_negative",
                condition=(Q(planned__isnull=True) | Q(planned__gte=0))
                & (Q(done__isnull=True) | Q(done__gte=0)),
                violation_error_message=_("Quantities must not be negative."),
            ),
            models.CheckConstraint(
                name="order_quantity_unit_known", condition=Q(unit__in=QuantityUnit.values)
            ),
        ]

    def __str__(self) -> str:
        return self.item


class MaintenanceLog(PlacedRow):
    """An entry of what was done 管护日志, under the identifier that the device gave it.

    Append-only: a correction is a new entry that points to the old one. `device_time` is the
    device's clock, `received_at` ours; `server_seq` and `xid` order entries for those who pull.
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


class CostEntry(PlacedRow):
    """What upkeep cost 费用: yuan by kind and source. Append-only: a reversal is a negative row."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    asset = models.ForeignKey(
        "assets.Asset", verbose_name=_("asset"), related_name="costs", on_delete=models.PROTECT
    )
    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="costs",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    order = models.ForeignKey(
        WorkOrder,
        verbose_name=_("work order"),
        related_name="costs",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    kind = models.CharField(_("kind"), max_length=10, choices=CostKind)
    source = models.CharField(_("source"), max_length=20, choices=FundingSource)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=14, decimal_places=2)
    incurred_on = models.DateField(_("date"))
    note = models.CharField(_("note"), max_length=200, blank=True, db_default="")
    reverses = models.OneToOneField(
        "self",
        verbose_name=_("reverses"),
        related_name="reversal",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )

    objects = WorkQuerySet.as_manager()

    class Meta:
        verbose_name = _("cost entry")
        verbose_name_plural = _("cost entries")
        ordering = ["-incurred_on", "-id"]
        indexes = [
            models.Index(fields=["asset", "incurred_on"], name="cost_of_asset"),
            models.Index(fields=["area_code", "incurred_on"], name="cost_area"),
        ]
        constraints = [
            models.CheckConstraint(
                name="cost_kind_known",
                condition=Q(kind__in=CostKind.values, source__in=FundingSource.values),
            ),
            models.CheckConstraint(
                name="cost_sign",
                condition=Q(reverses__isnull=True, amount__gt=0)
                | Q(reverses__isnull=False, amount__lt=0),
                violation_error_message=_("A cost is positive; only a reversal is negative."),
            ),
        ]
        triggers = [append_only(), placed_by_asset()]

    def __str__(self) -> str:
        return f"{self.incurred_on} {self.amount}"
