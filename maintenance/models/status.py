"""How each asset stands with its upkeep: one narrow row beside each asset, kept by the database."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class UpkeepStatus(models.Model):
    """The upkeep of one asset in dates and counts, so that lists and tiles need no joins.

    Dates, not judgements: whether an agreement is in force or an inspection overdue depends on
    the day that asks. `covered_from`–`covered_until` is the term of the binding agreement that
    covers the whole asset and ends last; a partly covered asset has none. A function
    of the database computes the row anew when something that it rests on changes.
    """

    asset = models.OneToOneField(
        "assets.Asset", related_name="upkeep_status", on_delete=models.CASCADE, primary_key=True
    )
    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="+",
        on_delete=models.SET_NULL,
        null=True,
    )
    covered_from = models.DateField(null=True)
    covered_until = models.DateField(null=True)
    has_keeper = models.BooleanField(db_default=False)
    is_funded = models.BooleanField(db_default=False)
    last_inspected_on = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    open_defects = models.PositiveIntegerField(db_default=0)
    open_orders = models.PositiveIntegerField(db_default=0)

    class Meta:
        verbose_name = _("upkeep status")
        verbose_name_plural = _("upkeep statuses")
        indexes = [
            models.Index(fields=["next_due_on", "asset"], name="upkeep_status_due"),
            models.Index(
                fields=["asset"], condition=Q(covered_until__isnull=True), name="upkeep_status_bare"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id}"
