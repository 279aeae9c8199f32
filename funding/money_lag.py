"""Money lag: how far payment is behind the work, in percentage points, as a traffic light.

Work is the verified physical progress of a site; payment is what was paid in percent of what was
allocated to the site. A site to which nothing was allocated has no lag. The borders are our
choice (`MONEY_LAG_YELLOW`, `MONEY_LAG_RED`); payment ahead of the work is no lag.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce
from operator import or_
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import F, Q, Sum, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from funding.kinds import MoneyLag, Stage
from funding.models import LedgerEntry
from sites.access import Scope
from sites.filter_parameter import Parameter, chosen
from sites.kinds import State
from sites.models import ProjectSite
from sites.site_lights import Light

TENTH: Final = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Lag:
    """One site: physical progress and paid share in percent, and the light."""

    progress: Decimal
    paid_share: Decimal

    @property
    def points(self) -> Decimal:
        """How far payment is behind the work, in percentage points; below zero it is ahead."""
        return self.progress - self.paid_share

    @property
    def light(self) -> MoneyLag:
        """The traffic light."""
        if self.points > settings.MONEY_LAG_RED:
            return MoneyLag.RED
        return MoneyLag.YELLOW if self.points > settings.MONEY_LAG_YELLOW else MoneyLag.GREEN


def money_lag_of(
    site_ids: Iterable[UUID], *, as_of: datetime.date, scope: Scope
) -> dict[UUID, Lag]:
    """Return the lag of each site that the caller sees and to which money was allocated."""
    rows = _shares(
        LedgerEntry.objects.visible_to(scope).filter(site__in=list(site_ids)), as_of
    ).values_list("site_id", "site__progress_percent", "share")
    return {
        key: Lag(progress, share.quantize(TENTH, ROUND_HALF_UP)) for key, progress, share in rows
    }


def lag_condition(lights: Sequence[str], as_of: datetime.date) -> Q:
    """Return the condition that a site has one of the lights, found by one grouped statement."""
    points = F("site__progress_percent") - F("share")
    rows = _shares(LedgerEntry.objects.filter(site__isnull=False), as_of).annotate(points=points)
    yellow, red = Value(settings.MONEY_LAG_YELLOW), Value(settings.MONEY_LAG_RED)
    meaning: Mapping[str, Q] = {
        MoneyLag.GREEN: Q(points__lte=yellow),
        MoneyLag.YELLOW: Q(points__gt=yellow, points__lte=red),
        MoneyLag.RED: Q(points__gt=red),
    }
    wanted = reduce(or_, (meaning[light] for light in lights))
    return Q(pk__in=rows.filter(wanted).values("site_id")) & ~Q(state=State.CANCELLED)


MONEY_LAG: Final[Parameter] = chosen(
    "money_lag", gettext_lazy("Money lag"), MoneyLag, lag_condition
)
"""The parameter of the filter of sites."""


def lag_light(
    sites: Sequence[ProjectSite], scope: Scope, as_of: datetime.date
) -> Mapping[UUID, Light]:
    """The light of money for whoever sees the books of the sites' areas."""
    asked = [site.pk for site in sites if site.state != State.CANCELLED]
    if not (scope.everything or scope.area_codes()):
        return {}
    words = _("work %(progress)s %%, paid %(paid)s %% of what was allocated")
    return {
        key: Light(
            "money",
            lag.light.value,
            str(lag.light.label),
            words % {"progress": f"{lag.progress:.1f}", "paid": f"{lag.paid_share:.1f}"},
        )
        for key, lag in money_lag_of(asked, as_of=as_of, scope=scope).items()
        if lag.light != MoneyLag.GREEN
    }


def _shares(entries: Any, as_of: datetime.date) -> Any:
    """Return sites with the share in percent that was paid of what was allocated to them."""
    nothing = Value(Decimal(0))
    return (
        entries.filter(booked_on__lte=as_of, stage__in=[Stage.ALLOCATED, Stage.PAID])
        .order_by()
        .values("site_id", "site__progress_percent")
        .annotate(
            allocated=Coalesce(Sum("amount", filter=Q(stage=Stage.ALLOCATED)), nothing),
            paid=Coalesce(Sum("amount", filter=Q(stage=Stage.PAID)), nothing),
        )
        .filter(allocated__gt=0)
        .annotate(share=F("paid") * Value(Decimal(100)) / F("allocated"))
    )
