"""Upkeep coverage: how much of what must be kept up is managed, what is missing, what it costs.

One grouped read of the assets beside their status, and one of the costs, whatever the number of
assets. Lengths are metres of roads as measured, money is yuan of the twelve months that end on
the day.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Any, Self

from django.db.models import Case, Count, DecimalField, F, Q, QuerySet, Sum, Value, When
from django.db.models.functions import Cast

from assets.filters import AssetFilter
from assets.models import Asset
from maintenance.kinds import UpkeepGap
from maintenance.models import CostEntry
from maintenance.upkeep_gaps import GAPS, PARTS, to_be_managed
from sites.access import Scope
from sites.kinds import Kind

DAYS_OF_A_YEAR = 365
METRES_PER_KM = 1000
FEN = Decimal("0.01")
TENTH = Decimal("0.1")
TO_DECIMETRE = Cast("measured_length_m", DecimalField(max_digits=12, decimal_places=1))
"""Lengths are rounded before they are summed, so that the parts sum to the whole."""


@dataclass(frozen=True, slots=True)
class Tally:
    """A number of assets, and the metres of the roads among them, each taken to the decimetre."""

    assets: int = 0
    road_m: Decimal = Decimal("0.0")

    def __add__(self, other: Self) -> Tally:
        return Tally(self.assets + other.assets, self.road_m + other.road_m)


@dataclass(frozen=True, slots=True)
class CoverageRow:
    """The assets to keep up of one township and kind, parted by the first thing they lack.

    `gaps` has a tally for each `UpkeepGap`; they sum to all. `lacks` counts every asset that lacks
    a thing, whatever else it lacks, so these may overlap. An empty code or kind stands for all.
    """

    township_code: str = ""
    kind: str = ""
    gaps: Mapping[str, Tally] = field(default_factory=dict)
    lacks: Mapping[str, Tally] = field(default_factory=dict)
    cost: Decimal = Decimal("0.00")
    road_cost: Decimal = Decimal("0.00")

    @property
    def every(self) -> Tally:
        """All assets to keep up."""
        return sum((self.gap(gap) for gap in UpkeepGap.values), Tally())

    @property
    def managed(self) -> Tally:
        """Those that lack nothing."""
        return self.gap(UpkeepGap.NONE)

    @property
    def unmanaged(self) -> Tally:
        """Those that lack something (失管)."""
        return sum((self.gap(gap) for gap in GAPS), Tally())

    @property
    def managed_percent(self) -> Decimal | None:
        """Managed assets out of all, rounded down so that 100 means all; None without any."""
        if not self.every.assets:
            return None
        percent = Decimal(100 * self.managed.assets) / self.every.assets
        return percent.quantize(TENTH, ROUND_FLOOR)

    @property
    def cost_per_km(self) -> Decimal | None:
        """Yuan that the roads cost a km in the last year; None without roads."""
        if not self.every.road_m:
            return None
        kilometres = self.every.road_m / METRES_PER_KM
        return (self.road_cost / kilometres).quantize(FEN, ROUND_HALF_UP)

    def gap(self, gap: str) -> Tally:
        """Return the assets whose first lack this is."""
        return self.gaps.get(gap, Tally())

    def lack(self, gap: str) -> Tally:
        """Return the assets that lack the thing."""
        return self.lacks.get(gap, Tally())


@dataclass(frozen=True, slots=True)
class UpkeepCoverage:
    """The coverage of a day, one row a township and kind."""

    as_of: datetime.date
    rows: tuple[CoverageRow, ...]

    @property
    def total(self) -> CoverageRow:
        """All rows in one."""
        return merged(self.rows)

    def by_township(self) -> tuple[CoverageRow, ...]:
        """One row a township, by code."""
        return self._grouped(lambda row: (row.township_code, ""))

    def by_kind(self) -> tuple[CoverageRow, ...]:
        """One row a kind, in the order of kinds."""
        return self._grouped(lambda row: ("", row.kind))

    def _grouped(self, key: Any) -> tuple[CoverageRow, ...]:
        groups: dict[tuple[str, str], list[CoverageRow]] = defaultdict(list)
        for row in self.rows:
            groups[key(row)].append(row)
        order = {kind: place for place, kind in enumerate(Kind.values)}
        keys = sorted(groups, key=lambda group: (group[0], order.get(group[1], -1)))
        return tuple(merged(groups[group], *group) for group in keys)


def merged(rows: Iterable[CoverageRow], township_code: str = "", kind: str = "") -> CoverageRow:
    """Return the sum of rows."""
    gaps: dict[str, Tally] = defaultdict(Tally)
    lacks: dict[str, Tally] = defaultdict(Tally)
    cost = road_cost = Decimal("0.00")
    for row in rows:
        for gap, tally in row.gaps.items():
            gaps[gap] += tally
        for gap, tally in row.lacks.items():
            lacks[gap] += tally
        cost += row.cost
        road_cost += row.road_cost
    return CoverageRow(township_code, kind, dict(gaps), dict(lacks), cost, road_cost)


def upkeep_coverage(scope: Scope, chosen: AssetFilter) -> UpkeepCoverage:
    """Return the coverage of the assets to keep up that the scope sees; two statements.

    `chosen` narrows them down, and its day is the day for which they are judged.
    """
    assets = chosen.apply(Asset.objects.visible_to(scope)).filter(to_be_managed())
    costs = _costs(scope, assets, chosen.as_of)
    cells: dict[tuple[str, str], list[CoverageRow]] = defaultdict(list)
    for row in _counted(assets, chosen.as_of):
        cells[row.township_code, row.kind].append(row)
    rows = []
    for (township, kind), parts in sorted(cells.items()):
        cost = costs.get((township, kind), Decimal("0.00"))
        whole = merged(parts, township, kind)
        road_cost = cost if kind == Kind.ROAD else Decimal("0.00")
        rows.append(CoverageRow(township, kind, whole.gaps, whole.lacks, cost, road_cost))
    return UpkeepCoverage(chosen.as_of, tuple(rows))


def _counted(assets: QuerySet[Any], day: datetime.date) -> Iterable[CoverageRow]:
    flags = {
        gap.value: Case(When(~part(day), then=Value(True)), default=Value(False))
        for gap, part in PARTS.items()
    }
    groups = (
        assets.order_by()
        .annotate(**flags)
        .values("township_code", "kind", *flags)
        .annotate(
            number=Count("pk"),
            metres=Sum(TO_DECIMETRE, filter=Q(kind=Kind.ROAD), default=Decimal(0)),
        )
    )
    for group in groups:
        tally = Tally(group["number"], group["metres"])
        lacking = [gap for gap in GAPS if group[gap]]
        first = lacking[0] if lacking else UpkeepGap.NONE
        yield CoverageRow(
            group["township_code"],
            group["kind"],
            {first.value: tally},
            {gap.value: tally for gap in lacking},
        )


def _costs(
    scope: Scope, assets: QuerySet[Any], day: datetime.date
) -> dict[tuple[str, str], Decimal]:
    since = day - datetime.timedelta(days=DAYS_OF_A_YEAR)
    entries = CostEntry.objects.visible_to(scope).filter(
        incurred_on__gt=since, incurred_on__lte=day, asset__in=assets.order_by().values("pk")
    )
    sums = (
        entries.order_by()
        .values(township=F("asset__township_code"), kind_of=F("asset__kind"))
        .annotate(yuan=Sum("amount"))
    )
    return {(row["township"], row["kind_of"]): row["yuan"] for row in sums}
