"""How many sites and assets there are by kind, state and township, for the legend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count, Value

from assets.filters import AssetFilter
from assets.models import Asset
from maps.subjects.assets import gap_or_nothing
from sites.access import Scope
from sites.filters import SiteFilter
from sites.models import ProjectSite
from sites.road_lengths import road_lengths
from sites.townships import township_names

NOT_KEPT = "not_kept"
"""The key for assets that are being built, out of service or decommissioned."""


@dataclass(frozen=True, slots=True)
class TownshipCount:
    """A township and its number of rows; `code` is empty for those in no township."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """Numbers of sites under one filter; each mapping sums to `total`.

    The lengths are those of the roads among them, in metres.
    """

    total: int
    kind: dict[str, int]
    state: dict[str, int]
    delay: dict[str, int]
    township: tuple[TownshipCount, ...]
    declared_length_m: float
    measured_length_m: float


def site_counts(scope: Scope, chosen: SiteFilter) -> SiteCounts:
    """Count the sites that the scope sees under the filter: three queries."""
    sites = chosen.apply(ProjectSite.objects.visible_to(scope))
    lengths = road_lengths(sites)
    groups = (
        sites.order_by()
        .values_list("kind", "state", "delay", "township_code")
        .annotate(count=Count("pk"))
    )
    by: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
    for *values, count in groups:
        for counter, value in zip(by, values, strict=True):
            counter[value] += count
    kind, state, delay, township = by
    return SiteCounts(
        total=kind.total(),
        kind=dict(sorted(kind.items())),
        state=dict(sorted(state.items())),
        delay=dict(sorted(delay.items())),
        township=_townships(township),
        declared_length_m=float(lengths.declared_m),
        measured_length_m=float(lengths.measured_m),
    )


@dataclass(frozen=True, slots=True)
class AssetCounts:
    """Numbers of assets under one filter; each mapping sums to `total`.

    `gap` has the key `not_kept` for assets that nobody has to keep up, and is empty for the
    public.
    """

    total: int
    kind: dict[str, int]
    state: dict[str, int]
    gap: dict[str, int]
    township: tuple[TownshipCount, ...]


def asset_counts(scope: Scope, chosen: AssetFilter) -> AssetCounts:
    """Count the assets that the scope sees under the filter: two queries."""
    gap = Value("") if scope.is_public else gap_or_nothing(chosen.as_of)
    groups = (
        chosen.apply(Asset.objects.visible_to(scope))
        .order_by()
        .annotate(gap=gap)
        .values_list("kind", "state", "gap", "township_code")
        .annotate(count=Count("pk"))
    )
    by: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
    for *values, count in groups:
        for counter, value in zip(by, values, strict=True):
            counter[value] += count
    kind, state, gaps, township = by
    named = {code or NOT_KEPT: number for code, number in gaps.items()}
    return AssetCounts(
        total=kind.total(),
        kind=dict(sorted(kind.items())),
        state=dict(sorted(state.items())),
        gap={} if scope.is_public else dict(sorted(named.items())),
        township=_townships(township),
    )


def _townships(numbers: Counter[str]) -> tuple[TownshipCount, ...]:
    names = township_names(numbers)
    return tuple(
        TownshipCount(code, names.get(code, code), number)
        for code, number in sorted(numbers.items())
    )
