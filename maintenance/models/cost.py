"""What upkeep cost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from maintenance.kinds import CostKind, FundingSource
from maintenance.models.order import WorkOrder
from maintenance.models.work_row import PlacedRow, placed_by_asset
from maintenance.querysets import WorkQuerySet
from sites.identifiers import new_id
from sites.models.triggers import append_only


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
