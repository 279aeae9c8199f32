"""One programme at a glance: its targets, its sites by state, and its service records."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db.models import Count, Q

from sites.access import Scope
from sites.filters import SiteFilter
from sites.kinds import STATES_FINISHED, Delay, ProgrammeKind, State
from sites.models import Programme, ProjectSite, ServiceRecord
from sites.service_sums import ServiceSum, service_sums
from sites.target_matrix import Line, Matrix, target_matrix


@dataclass(frozen=True, slots=True)
class StateCount:
    """How many sites stand in a state, and the parameters that list them."""

    state: State
    number: int
    query: str


@dataclass(frozen=True, slots=True)
class ProgrammeSites:
    """The sites of a programme that the viewer may see; cancelled ones are in `states` only."""

    total: int
    finished: int
    late: int
    states: tuple[StateCount, ...]
    query: str


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """What the page of a programme tells."""

    programme: Programme
    matrix: Matrix
    lines: tuple[Line, ...]
    sites: ProgrammeSites
    services: ServiceSum | None


def programme_page(scope: Scope, programme: Programme, *, as_of: datetime.date) -> ProgrammePage:
    """Return the programme's page for a viewer: nine statements at most."""
    matrix = target_matrix(scope, year=programme.year, as_of=as_of, programme=programme.code)
    lines = tuple(line for _level, found in matrix.levels for line in found)
    services = None
    if programme.kind != ProgrammeKind.ENGINEERING:
        records = ServiceRecord.objects.visible_to(scope).filter(programme=programme)
        services = next(iter(service_sums(records)), None)
    return ProgrammePage(programme, matrix, lines, _sites(scope, programme, as_of), services)


def _sites(scope: Scope, programme: Programme, as_of: datetime.date) -> ProgrammeSites:
    chosen = SiteFilter(programme=(programme.code,))
    groups = list(
        ProjectSite.objects.visible_to(scope)
        .filter(programme=programme)
        .with_delay(as_of, red_days=settings.DELAY_RED_DAYS)
        .order_by()
        .values("state")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(delay=Delay.RED)))
    )
    numbers = {group["state"]: group["number"] for group in groups}
    live = [group for group in groups if group["state"] != State.CANCELLED]
    return ProgrammeSites(
        total=sum(group["number"] for group in live),
        finished=sum(numbers.get(state, 0) for state in STATES_FINISHED),
        late=sum(group["late"] for group in live),
        states=tuple(_counts(chosen, numbers)),
        query=chosen.to_query(),
    )


def _counts(chosen: SiteFilter, numbers: dict[str, int]) -> Iterable[StateCount]:
    for state in State:
        if numbers.get(state):
            query = replace(chosen, state=(state.value,)).to_query()
            yield StateCount(state, numbers[state], query)
