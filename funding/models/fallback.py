"""Money set aside: the reserve for new or raised items, and the district's fallback."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from funding.kinds import DrawReason, FallbackState
from funding.models.ledger_triggers import RESERVE_SQL
from sites.identifiers import new_id
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import append_only, old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaRowQuerySet


@pghistory.track(*old_values())
class Reserve(AreaRow, VersionedRecord):
    """A share of a year's budget kept back 预留 for new items or raised standards, in yuan."""

    year = models.PositiveSmallIntegerField(_("year"))
    name = models.CharField(_("name"), max_length=200)
    budget = models.DecimalField(
        _("budget that it is part of (yuan)"),
        max_digits=18,
        decimal_places=2,
        null=True,
        blank=True,
    )
    percent = models.DecimalField(
        _("share of the budget (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2)
    document = models.ForeignKey(
        "funding.OfficialDocument",
        verbose_name=_("document"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("reserve")
        verbose_name_plural = _("reserves")
        ordering = ["-year", "name"]
        constraints = [
            models.CheckConstraint(
                name="reserve_amount_positive",
                condition=Q(amount__gt=0),
                violation_error_message=_("The amount must be above zero."),
            ),
            models.CheckConstraint(
                name="reserve_percent_in_range",
                condition=Q(percent__isnull=True) | Q(percent__gt=0, percent__lte=100),
                violation_error_message=_("A share lies above 0 and at most at 100 percent."),
            ),
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return f"{self.year} {self.name}"


class ReserveDraw(models.Model):
    """One use of a reserve, in yuan; a negative draw puts money back. Append-only."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    reserve = models.ForeignKey(
        Reserve, verbose_name=_("reserve"), related_name="draws", on_delete=models.PROTECT
    )
    programme = models.ForeignKey(
        "sites.Programme",
        verbose_name=_("programme"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    reason = models.CharField(_("reason"), max_length=16, choices=DrawReason)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=16, decimal_places=2)
    drawn_on = models.DateField(_("day"))
    document_number = models.CharField(
        _("document number"), max_length=80, blank=True, db_default=""
    )
    note = models.TextField(_("note"), blank=True, db_default="")
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    class Meta:
        verbose_name = _("draw from a reserve")
        verbose_name_plural = _("draws from reserves")
        ordering = ["drawn_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="reserve_draw_not_zero",
                condition=~Q(amount=0),
                violation_error_message=_("The amount must not be zero."),
            ),
            models.CheckConstraint(
                name="reserve_draw_reason_known", condition=Q(reason__in=DrawReason.values)
            ),
        ]
        triggers = [
            append_only(),
            pgtrigger.Trigger(
                name="within_reserve",
                when=pgtrigger.After,
                operation=pgtrigger.Insert,
                func=RESERVE_SQL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drawn_on} {self.amount}"


@pghistory.track(*old_values())
class FallbackCommitment(AreaRow, VersionedRecord):
    """The district's promise to pay what was done beyond the assigned number 区级兜底.

    amount = max(0, executed − assigned) × unit cost − other sources, never below zero. The
    numbers are those of the day of the proposal; what may be booked on it is at most `amount`,
    and only after the approval 区人大常委会审议.
    """

    programme = models.ForeignKey(
        "sites.Programme",
        verbose_name=_("programme"),
        related_name="fallbacks",
        on_delete=models.PROTECT,
    )
    year = models.PositiveSmallIntegerField(_("year"))
    assigned = models.DecimalField(_("assigned"), max_digits=16, decimal_places=3)
    executed = models.DecimalField(_("executed"), max_digits=16, decimal_places=3)
    unit_cost = models.DecimalField(_("unit cost (yuan)"), max_digits=16, decimal_places=2)
    other_sources = models.DecimalField(
        _("covered by other sources (yuan)"), max_digits=16, decimal_places=2, default=0
    )
    amount = models.DecimalField(
        _("fallback (yuan)"), max_digits=16, decimal_places=2, editable=False
    )
    as_of = models.DateField(_("as of"))
    state = models.CharField(
        _("state"), max_length=10, choices=FallbackState, default=FallbackState.PROPOSED
    )
    approval = models.ForeignKey(
        "funding.OfficialDocument",
        verbose_name=_("approval document"),
        related_name="fallbacks",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("district fallback")
        verbose_name_plural = _("district fallbacks")
        ordering = ["-year", "programme__code", "area_code"]
        constraints = [
            models.UniqueConstraint(
                name="fallback_once",
                fields=["programme", "area", "year"],
                condition=~Q(state="withdrawn"),
                violation_error_message=_(
                    "This programme already has a fallback for that area and year."
                ),
            ),
            models.CheckConstraint(
                name="fallback_state_known", condition=Q(state__in=FallbackState.values)
            ),
            models.CheckConstraint(
                name="fallback_approved_with_document",
                condition=~Q(state="approved")
                | Q(approval__isnull=False, approved_on__isnull=False),
                violation_error_message=_("A fallback is approved by a document."),
            ),
            models.CheckConstraint(
                name="fallback_amounts_not_negative",
                condition=Q(
                    assigned__gte=0,
                    executed__gte=0,
                    unit_cost__gte=0,
                    other_sources__gte=0,
                    amount__gte=0,
                ),
                violation_error_message=_("Amounts must not be negative."),
            ),
            models.CheckConstraint(
                name="fallback_amount_follows_the_rule",
                condition=Q(amount=0)
                | Q(
                    amount__gte=(F("executed") - F("assigned")) * F("unit_cost")
                    - F("other_sources")
                    - models.Value(0.005, output_field=models.DecimalField()),
                    amount__lte=(F("executed") - F("assigned")) * F("unit_cost")
                    - F("other_sources")
                    + models.Value(0.005, output_field=models.DecimalField()),
                ),
                violation_error_message=_("The fallback does not follow from its numbers."),
            ),
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return f"{self.year} {self.amount}"
