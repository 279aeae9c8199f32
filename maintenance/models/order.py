"""Work orders, their moves and their quantities of work."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.contrib.gis.db import models
from django.contrib.postgres.indexes import GistIndex
from django.db.models import F, GeneratedField, Q
from django.utils.translation import gettext_lazy as _

from assets.models.road import chainage, chainage_in_order
from assets.models.triggers import note_upkeep_change
from maintenance.kinds import (
    OPEN_ORDER_STATES,
    OrderKind,
    OrderState,
    Priority,
    QuantityUnit,
)
from maintenance.models.changes import Change, change_recorded
from maintenance.models.defect import NextNumber
from maintenance.models.work_row import PlacedRow, placed_by_asset
from maintenance.querysets import OrderPartQuerySet, WorkQuerySet
from sites.functions import GeometryIsSound, ToMapProjection
from sites.geometry import STORED_SRID, WEB_MERCATOR_SRID
from sites.identifiers import new_id
from sites.models.triggers import old_values, touch
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
