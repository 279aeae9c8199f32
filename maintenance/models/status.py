"""How each asset stands with its upkeep: one narrow row beside each asset, kept by the database."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from maintenance.day_ranges import DaysField


class UpkeepStatus(models.Model):
    """The upkeep of one asset in days and counts, so that lists and tiles need no joins.

    Days, not judgements: whether an asset is covered depends on the day that asks. `covered_days`
    are those on which binding agreements cover the whole asset, `kept_days` those on which every
    part of it has a person in charge besides, `funded_days` those on which every part is priced
    and its shares are settled. `agreement` is the binding one that ends last. Triggers of the
    database compute the row anew when something that it rests on changes
    (`maintenance/sql/upkeep_status.sql`); nobody else writes it.
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
    covered_days = DaysField(db_default="{}", editable=False)
    kept_days = DaysField(db_default="{}", editable=False)
    funded_days = DaysField(db_default="{}", editable=False)
    last_inspected_on = models.DateField(null=True)
    next_due_on = models.DateField(null=True)
    open_defects = models.PositiveIntegerField(db_default=0)
    open_orders = models.PositiveIntegerField(db_default=0)

    class Meta:
        verbose_name = _("upkeep status")
        verbose_name_plural = _("upkeep statuses")
        indexes = [
            models.Index(fields=["next_due_on", "asset"], name="upkeep_status_due"),
        ]

    def __str__(self) -> str:
        return f"{self.asset_id}"
