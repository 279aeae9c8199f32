"""What programmes without sites delivered: cash benefits, training, purchased services."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.kinds import ServiceState
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaRowQuerySet

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _count(name: StrOrPromise) -> models.PositiveIntegerField:  # type: ignore[type-arg]
    return models.PositiveIntegerField(name, null=True, blank=True)


@pghistory.track(*old_values())
class ServiceRecord(AreaRow, VersionedRecord):
    """A batch of benefits 补助发放, a training course 培训 or a purchased service 购买服务.

    Counts and amounts of an area and period, never names. `people` are those paid, trained or
    served; `passed` and `certified` are parts of them; `amount` is in yuan.
    """

    programme = models.ForeignKey(
        "sites.Programme",
        verbose_name=_("programme"),
        related_name="service_records",
        on_delete=models.PROTECT,
    )
    title = models.CharField(_("title"), max_length=200)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"))
    people = models.PositiveIntegerField(_("people"))
    households = _count(_("households"))
    passed = _count(_("passed"))
    certified = _count(_("certified"))
    amount = models.DecimalField(
        _("amount (yuan)"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    provider = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("provider"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ServiceState, default=ServiceState.REPORTED
    )
    state_reason = models.TextField(_("reason"), blank=True, db_default="")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )
    reviewed_at = models.DateTimeField(null=True, editable=False)
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("service record")
        verbose_name_plural = _("service records")
        ordering = ["-ends_on", "-id"]
        indexes = [models.Index(fields=["programme", "ends_on"], name="service_record_programme")]
        constraints = [
            models.CheckConstraint(
                name="service_record_days_in_order",
                condition=Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                name="service_record_parts_of_people",
                condition=(Q(passed__isnull=True) | Q(passed__lte=F("people")))
                & (Q(certified__isnull=True) | Q(certified__lte=F("people"))),
                violation_error_message=_(
                    "No more people can pass or get a certificate than took part."
                ),
            ),
            models.CheckConstraint(
                name="service_record_amount_not_negative",
                condition=Q(amount__isnull=True) | Q(amount__gte=0),
                violation_error_message=_("Amounts must not be negative."),
            ),
            models.CheckConstraint(
                name="service_record_state_known", condition=Q(state__in=ServiceState.values)
            ),
            models.CheckConstraint(
                name="service_record_returned_has_reason",
                condition=~Q(state="returned") | ~Q(state_reason=""),
                violation_error_message=_("A record is returned with a reason."),
            ),
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return self.title
