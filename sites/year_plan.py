"""The plan of a year down to its points: sites by programme, township and stage, and key plans."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Q

from sites.access import Scope
from sites.filters import SiteFilter
from sites.kinds import STATES_BEFORE_WORK, STATES_FINISHED, State
from sites.models import Programme, ProjectSite
from sites.townships import TOWNSHIP_DIGITS, township_names

PREPARING = (State.PROPOSED, State.SHORTLISTED, State.DESIGNED, State.APPROVED)
STAGES: Mapping[str, tuple[State, ...]] = {
    **{state.value: (state,) for state in PREPARING},
    "procurement": (State.TENDERING, State.CONTRACTED),
    "work": (State.UNDER_CONSTRUCTION, State.RECTIFYING, State.SUSPENDED),
    "finished": STATES_FINISHED,
}
"""Stages of a plan: the four of preparation, then tender and contract, work, and the finish."""
KEY_PLANS = 60


@dataclass(frozen=True, slots=True)
class PlanCell:
    """How many sites stand in a stage, and the parameters that list them."""

    number: int
    query: str


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One programme or township: sites by stage, all of them, and those that are key plans."""

    label: str
    code: str
    cells: tuple[PlanCell, ...]
    total: PlanCell
    key_plans: PlanCell


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The plan of a year under a filter; cancelled sites are left out."""

    year: int
    stages: tuple[str, ...]
    programmes: tuple[PlanRow, ...]
    townships: tuple[PlanRow, ...]
    whole: PlanRow
    key_plans: tuple[ProjectSite, ...]
    query: str


def plan_years(scope: Scope) -> list[int]:
    """Return the years that have programmes, the newest first."""
    found = Programme.objects.visible_to(scope).order_by().values_list("year", flat=True)
    return sorted(set(found), reverse=True)


def default_year(scope: Scope, this_year: int) -> int:
    """Return next year where it has sites, else the last year that has sites still to begin."""
    sites = ProjectSite.objects.visible_to(scope).order_by()
    if sites.filter(year=this_year + 1).exists():
        return this_year + 1
    waiting = sites.filter(state__in=STATES_BEFORE_WORK).aggregate(last=Max("year"))["last"]
    return int(waiting or this_year)


def year_plan(scope: Scope, chosen: SiteFilter, year: int) -> YearPlan:
    """Return the plan of a year under a filter: four statements."""
    of_year = replace(chosen, year=(year,), state=())
    sites = of_year.apply(ProjectSite.objects.visible_to(scope)).exclude(state=State.CANCELLED)
    groups = list(
        sites.order_by()
        .values("programme_id", "township_code", "state")
        .annotate(number=Count("pk"), keys=Count("pk", filter=Q(is_key_plan=True)))
    )
    programmes = Programme.objects.in_bulk({group["programme_id"] for group in groups})
    names = township_names(group["township_code"] for group in groups)
    key_plans = sites.filter(is_key_plan=True).select_related("programme").order_by("code")
    return YearPlan(
        year=year,
        stages=tuple(STAGES),
        programmes=_programme_rows(of_year, groups, programmes),
        townships=_township_rows(of_year, groups, names),
        whole=_row("", "", of_year, groups),
        key_plans=tuple(key_plans[:KEY_PLANS]),
        query=replace(of_year, state=_live()).to_query(),
    )


def _programme_rows(
    chosen: SiteFilter, groups: list[dict[str, Any]], programmes: Mapping[UUID, Programme]
) -> tuple[PlanRow, ...]:
    rows = []
    sorted_out = _sorted_out(groups, "programme_id")
    for programme in sorted(programmes.values(), key=lambda row: row.code):
        narrowed = replace(chosen, programme=(programme.code,))
        rows.append(_row(programme.label, programme.code, narrowed, sorted_out[programme.pk]))
    return tuple(rows)


def _township_rows(
    chosen: SiteFilter, groups: list[dict[str, Any]], names: Mapping[str, str]
) -> tuple[PlanRow, ...]:
    """Return a row a township; a filter on a village below it stays as it is."""
    rows = []
    sorted_out = _sorted_out(groups, "township_code")
    for code in sorted(names):
        deeper = any(len(area) > TOWNSHIP_DIGITS for area in chosen.area)
        narrowed = replace(chosen, township=(code,)) if deeper else replace(chosen, area=(code,))
        rows.append(_row(names[code], code, narrowed, sorted_out[code]))
    return tuple(rows)


def _sorted_out(groups: list[dict[str, Any]], column: str) -> dict[Any, list[dict[str, Any]]]:
    """Return the groups by the value of one column."""
    found: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for group in groups:
        found[group[column]].append(group)
    return found


def _row(label: str, code: str, chosen: SiteFilter, groups: list[dict[str, Any]]) -> PlanRow:
    numbers: Counter[str] = Counter()
    for group in groups:
        numbers[group["state"]] += group["number"]
    cells = tuple(
        PlanCell(
            sum(numbers[state] for state in states),
            replace(chosen, state=tuple(map(str, states))).to_query(),
        )
        for states in STAGES.values()
    )
    live = replace(chosen, state=_live())
    return PlanRow(
        label=label,
        code=code,
        cells=cells,
        total=PlanCell(sum(numbers.values()), live.to_query()),
        key_plans=PlanCell(
            sum(group["keys"] for group in groups), replace(live, key_plan=True).to_query()
        ),
    )


def _live() -> tuple[str, ...]:
    """Return every state but the cancelled one, as the address wants them."""
    return tuple(state.value for state in State if state != State.CANCELLED)
