"""How many sites there are by kind, state, delay and township, for the legend."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count

from sites.access import Scope
from sites.filters import SiteFilter
from sites.models import ProjectSite
from sites.townships import township_names


@dataclass(frozen=True, slots=True)
class TownshipCount:
    """A township and its number of sites; `code` is empty for sites in no township."""

    code: str
    name: str
    count: int


@dataclass(frozen=True, slots=True)
class SiteCounts:
    """Numbers of sites under one filter; each mapping sums to `total`."""

    total: int
    kind: dict[str, int]
    state: dict[str, int]
    delay: dict[str, int]
    township: tuple[TownshipCount, ...]


def site_counts(scope: Scope, chosen: SiteFilter) -> SiteCounts:
    """Count the sites that the scope sees under the filter: two queries."""
    groups = (
        chosen.apply(ProjectSite.objects.visible_to(scope))
        .order_by()
        .values_list("kind", "state", "delay", "township_code")
        .annotate(count=Count("pk"))
    )
    by: tuple[Counter[str], ...] = (Counter(), Counter(), Counter(), Counter())
    for *values, count in groups:
        for counter, value in zip(by, values, strict=True):
            counter[value] += count
    kind, state, delay, township = by
    names = township_names(township)
    return SiteCounts(
        total=kind.total(),
        kind=dict(sorted(kind.items())),
        state=dict(sorted(state.items())),
        delay=dict(sorted(delay.items())),
        township=tuple(
            TownshipCount(code, names.get(code, code), number)
            for code, number in sorted(township.items())
        ),
    )
