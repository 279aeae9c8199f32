"""Two rates beside the programmes: how much is kept up, and how many people reach a road."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from decimal import ROUND_FLOOR, Decimal
from typing import Any

from assets.filters import AssetFilter
from maintenance.upkeep_coverage import upkeep_coverage
from maps.kinds import Indicator, RunState
from maps.models import CoverageRow, CoverageRun
from maps.subjects.subject import UPKEEP_MARKS
from reports.dashboard.choice import Choice
from reports.dashboard.memory import remembered
from reports.dashboard.places import TOWNSHIP_DIGITS
from sites.access import Scope, code_prefix_condition
from sites.data_version import current_version

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate with its parts, the day it is of, and the page that explains it."""

    numerator: Decimal
    denominator: Decimal
    day: datetime.date
    address: str

    @property
    def percent(self) -> Decimal | None:
        """The rate, rounded down to a tenth; None where there is nothing to cover."""
        if not self.denominator:
            return None
        return (self.numerator * 100 / self.denominator).quantize(TENTH, ROUND_FLOOR)


def upkeep(scope: Scope, choice: Choice) -> Rate | None:
    """Return the share of assets that are kept up today in the chosen places; None without any."""
    codes = choice.filter.township or choice.filter.area
    query = {"area": ",".join(codes)} if codes else {}
    chosen = replace(AssetFilter.from_query(query), as_of=choice.today)
    version = f"{current_version()}/{current_version(UPKEEP_MARKS)}"

    def count() -> tuple[int, int]:
        total = upkeep_coverage(scope, chosen).total
        return total.managed.assets, total.every.assets

    managed, every = remembered(scope, f"upkeep:{codes}", choice.today, version, count)
    if not every:
        return None
    suffix = f"?area={','.join(codes)}" if codes else ""
    return Rate(Decimal(managed), Decimal(every), choice.today, f"/maintenance/coverage/{suffix}")


def rural_access(scope: Scope, choice: Choice) -> Rate | None:
    """Return the latest rural access index up to the day; None where none was computed."""
    codes = choice.filter.township or choice.filter.area
    runs = CoverageRun.objects.visible_to(scope).filter(
        indicator=Indicator.RURAL_ACCESS, state=RunState.READY, as_of__lte=choice.day
    )
    townships = bool(codes) and all(len(code) == TOWNSHIP_DIGITS for code in codes)
    if townships:
        parts = CoverageRow.objects.filter(township_code__in=codes, run__in=runs.values("pk"))
        newest = parts.order_by("-run__as_of", "-run__created_at").select_related(None)
        first: Any = newest.values("run_id", "run__as_of").first()
        if first is None:
            return None
        rows = CoverageRow.objects.filter(run=first["run_id"], township_code__in=codes)
        found = list(rows.values_list("numerator", "denominator"))
        return _rate(
            sum((n for n, _d in found), Decimal(0)),
            sum((d for _n, d in found), Decimal(0)),
            first["run__as_of"],
        )
    if codes:
        runs = runs.filter(code_prefix_condition("area_code", codes))
    run = runs.order_by("area_code", "-as_of", "-created_at").defer("reach").first()
    if run is None or run.numerator is None:
        return None
    return _rate(run.numerator, run.denominator or Decimal(0), run.as_of)


def _rate(numerator: Decimal, denominator: Decimal, day: datetime.date) -> Rate:
    return Rate(numerator, denominator, day, "/coverage/")
