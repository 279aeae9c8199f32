"""An administrative unit at a glance: its sites by kind and state, its mileage, its delays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, QuerySet

from sites.access import Scope
from sites.filters import SiteFilter
from sites.kinds import STATES_FINISHED, AreaLevel, Delay, Kind, State
from sites.mileage import Mileage, MileageRow, mileage
from sites.models import Area, ProjectSite
from sites.townships import townships_of


@dataclass(frozen=True, slots=True)
class Tally:
    """Numbers of sites of some unit: all, finished, and by traffic light."""

    sites: int = 0
    finished: int = 0
    yellow: int = 0
    red: int = 0

    @property
    def finished_percent(self) -> int:
        """Finished sites as whole percent of all, rounded down so that 100 means all."""
        return self.finished * 100 // self.sites if self.sites else 0


@dataclass(frozen=True, slots=True)
class AreaSummary:
    """What the page of a unit tells; `matrix[kind][state]` are numbers of sites."""

    area: Area
    filter: SiteFilter
    kinds: tuple[str, ...]
    states: tuple[str, ...]
    matrix: Mapping[str, Mapping[str, int]]
    kind_totals: Mapping[str, int]
    state_totals: Mapping[str, int]
    tally: Tally
    mileage: Mileage
    late: tuple[ProjectSite, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One unit below the page's unit, with its tally and its road mileage."""

    area: Area
    tally: Tally
    roads: MileageRow | None = None


def area_summary(scope: Scope, area: Area, chosen: SiteFilter) -> AreaSummary:
    """Return the summary of the sites that the scope sees in an area: three statements.

    `chosen` may narrow it down (to a year, say); its area is replaced by this one.
    """
    own = replace(chosen, area=(area.code,), township=())
    sites = own.apply(ProjectSite.objects.visible_to(scope))
    groups = list(
        sites.order_by().values_list("kind", "state", "delay").annotate(number=Count("pk"))
    )
    cells: Counter[tuple[str, str]] = Counter()
    for kind, state, _delay, number in groups:
        cells[kind, state] += number
    kinds = tuple(kind for kind in Kind.values if any(k == kind for k, _s in cells))
    states = tuple(state for state in State.values if any(s == state for _k, s in cells))
    matrix = {kind: {state: cells[kind, state] for state in states} for kind in kinds}
    return AreaSummary(
        area=area,
        filter=own,
        kinds=kinds,
        states=states,
        matrix=matrix,
        kind_totals={kind: sum(matrix[kind].values()) for kind in kinds},
        state_totals={state: sum(matrix[kind][state] for kind in kinds) for state in states},
        tally=_tally(groups),
        mileage=mileage(scope, own),
        late=_latest(sites),
    )


def township_rows(scope: Scope, chosen: SiteFilter, *, below: str = "") -> list[UnitRow]:
    """Return the townships of the viewer with tallies and roads: three statements."""
    townships = townships_of(scope).filter(code__startswith=below)
    narrowed = replace(chosen, area=(below,)) if below else chosen
    tallies = _tallies(scope, narrowed, "township_code")
    roads = {row.township_code: row for row in mileage(scope, narrowed).by_township()}
    return [
        UnitRow(area, tallies.get(area.code, Tally()), roads.get(area.code))
        for area in townships.defer("boundary")
    ]


def village_rows(scope: Scope, township: Area, chosen: SiteFilter) -> list[UnitRow]:
    """Return the villages of a township with their tallies: two statements."""
    villages = Area.objects.visible_to(scope).filter(
        code__startswith=township.code, level=AreaLevel.VILLAGE, valid_to__isnull=True
    )
    narrowed = replace(chosen, area=(township.code,))
    tallies: dict[str, Tally] = {}
    for code, tally in _tallies(scope, narrowed, "area_code").items():
        tallies[code[:12]] = _added(tallies.get(code[:12], Tally()), tally)
    return [
        UnitRow(area, tallies.get(area.code, Tally()))
        for area in villages.order_by("code").defer("boundary")
    ]


def _tallies(scope: Scope, chosen: SiteFilter, column: str) -> dict[str, Tally]:
    sites = chosen.apply(ProjectSite.objects.visible_to(scope)).order_by()
    rows: QuerySet[Any] = sites.values(column).annotate(
        sites=Count("pk"),
        finished=Count("pk", filter=Q(state__in=STATES_FINISHED)),
        yellow=Count("pk", filter=Q(delay=Delay.YELLOW)),
        red=Count("pk", filter=Q(delay=Delay.RED)),
    )
    return {row.pop(column): Tally(**row) for row in rows}


def _added(one: Tally, other: Tally) -> Tally:
    return Tally(
        sites=one.sites + other.sites,
        finished=one.finished + other.finished,
        yellow=one.yellow + other.yellow,
        red=one.red + other.red,
    )


def _tally(groups: list[tuple[str, str, str, int]]) -> Tally:
    return Tally(
        sites=sum(number for *_rest, number in groups),
        finished=sum(number for _k, state, _d, number in groups if state in STATES_FINISHED),
        yellow=sum(number for *_rest, delay, number in groups if delay == Delay.YELLOW),
        red=sum(number for *_rest, delay, number in groups if delay == Delay.RED),
    )


def _latest(sites: QuerySet[Any], limit: int = 10) -> tuple[ProjectSite, ...]:
    late = sites.filter(days_late__gt=0).order_by("due_on", "pk")
    columns = ("code", "name", "name_en", "kind", "state", "township_code", "due_on")
    return tuple(late.only(*columns)[:limit])
