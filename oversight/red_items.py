"""Red items: what a dispatch meeting has to speak about, found by the register itself.

A milestone overdue, a site seriously late, money far behind the work, no evidence of work, a
line of last month's plan that was missed, a decision that is overdue.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Greatest

from funding.kinds import MoneyLag
from funding.money_lag import lag_condition
from oversight.kinds import AgendaCause, ItemResult, PlanState
from oversight.models import Decision, PlanItem
from oversight.months import last_day, month_of, months_on
from oversight.responsible import responsible_of
from sites.access import Scope
from sites.kinds import STATES_VERIFIED, MilestoneKind, State
from sites.models import Area, Milestone, ProgressEntry, ProjectSite, StateChange
from sites.querysets import ProjectSiteQuerySet
from sites.quiet import quiet_condition

MOST_OF_A_CAUSE: Final = 200
"""Red items of one cause that are told, those that waited longest first."""
ENDED: Final = (*STATES_VERIFIED, State.CANCELLED)
"""States of sites that are not red any more: the work was accepted, or given up (our choice)."""


@dataclass(frozen=True, slots=True)
class RedItem:
    """A site that is red, why, since how many days, and who answers for it.

    `detail` is the milestone's kind, the plan's month, or the decision's date.
    """

    site: ProjectSite
    cause: AgendaCause
    detail: str
    days: int | None
    responsible: tuple[Mapping[str, str], ...]


Found = tuple[UUID, str, int | None]


def red_items(scope: Scope, area: Area | str, as_of: datetime.date) -> list[RedItem]:
    """Return what is red in an area on a day, what waited longest first.

    A constant number of statements; at most 200 items of each cause.
    """
    sites = watched_sites(scope, area)
    found = _without_echo(
        [(cause, *row) for cause, find in _FINDERS.items() for row in find(sites, as_of)]
    )
    found = list({row[:3]: row for row in found}.values())
    keys = {site_id for _cause, site_id, _detail, _days in found}
    heavy = ("planned_geometry", "actual_geometry", "geometry_3857", "outline_3857")
    known = ProjectSite.objects.filter(pk__in=keys).select_related("area", "programme")
    rows = {site.pk: site for site in known.defer(*heavy, "area__boundary")}
    answering = responsible_of(rows.values(), as_of)
    items = [
        RedItem(
            rows[site_id],
            cause,
            detail,
            days,
            tuple({"role": r, "person": row.person} for r, row in answering[site_id].items()),
        )
        for cause, site_id, detail, days in found
    ]
    return sorted(items, key=lambda item: (-(item.days or 0), item.site.code, item.cause))


def _without_echo(
    found: list[tuple[AgendaCause, UUID, str, int | None]],
) -> list[tuple[AgendaCause, UUID, str, int | None]]:
    """Leave out that a site is late where its overdue start or completion says the same."""
    told = {
        site_id
        for cause, site_id, detail, _days in found
        if cause == AgendaCause.MILESTONE and detail in (MilestoneKind.START, MilestoneKind.FINISH)
    }
    return [row for row in found if row[0] != AgendaCause.DELAY or row[1] not in told]


def watched_sites(scope: Scope, area: Area | str) -> ProjectSiteQuerySet:
    """Return the sites of an area that can be red: their work is neither accepted nor given up."""
    found: ProjectSiteQuerySet = ProjectSite.objects.visible_to(scope).within(area)
    return found.exclude(state__in=ENDED)


def red_condition(cause: str, as_of: datetime.date) -> Q:
    """Return the condition on sites that are red for a cause on a day."""
    return ~Q(state__in=ENDED) & _CONDITIONS[AgendaCause(cause)](as_of)


def _overdue_milestones(as_of: datetime.date) -> QuerySet[Milestone]:
    return Milestone.objects.filter(due_on__lt=as_of, done_on__isnull=True)


def _missed_items(as_of: datetime.date) -> QuerySet[PlanItem]:
    return PlanItem.objects.filter(
        plan__state=PlanState.CLOSED,
        plan__month=months_on(month_of(as_of), -1),
        result=ItemResult.MISSED,
    )


def _milestones(sites: ProjectSiteQuerySet, as_of: datetime.date) -> Iterator[Found]:
    rows = _overdue_milestones(as_of).filter(site__in=sites).order_by("due_on", "pk")
    for site_id, kind, due_on in rows.values_list("site_id", "kind", "due_on")[:MOST_OF_A_CAUSE]:
        yield site_id, kind, (as_of - due_on).days if due_on else None


def _late(sites: ProjectSiteQuerySet, as_of: datetime.date) -> Iterator[Found]:
    late = sites.with_delay(as_of, red_days=settings.DELAY_RED_DAYS).filter(_is_late(as_of))
    for pk, days in late.order_by("due_on", "pk").values_list("pk", "days_late")[:MOST_OF_A_CAUSE]:
        yield pk, "", days


def _is_late(as_of: datetime.date) -> Q:
    return Q(due_on__lt=as_of - datetime.timedelta(days=settings.DELAY_RED_DAYS))


def _quiet(sites: ProjectSiteQuerySet, as_of: datetime.date) -> Iterator[Found]:
    """Yield quiet sites with the days since anything was heard, by entry, move or start."""
    quiet = sites.filter(quiet_condition(as_of)).annotate(
        heard_on=Greatest(
            _last_of(ProgressEntry, "reported_on"),
            _last_of(StateChange, "effective_on"),
            "actual_start",
        )
    )
    rows = quiet.order_by("heard_on", "pk").values_list("pk", "heard_on")
    for pk, heard_on in rows[:MOST_OF_A_CAUSE]:
        yield pk, "", (as_of - heard_on).days if heard_on else None


def _last_of(model: type[ProgressEntry | StateChange], day: str) -> Subquery:
    """Return a site's last day in a table, looked up by site: two joins would multiply rows."""
    rows = model._default_manager.filter(site=OuterRef("pk")).order_by().values("site")
    return Subquery(rows.annotate(last=Max(day)).values("last"))


def _unpaid(sites: ProjectSiteQuerySet, as_of: datetime.date) -> Iterator[Found]:
    rows = sites.filter(lag_condition((MoneyLag.RED,), as_of)).order_by("code")
    for pk in rows.values_list("pk", flat=True)[:MOST_OF_A_CAUSE]:
        yield pk, "", None


def _missed(sites: ProjectSiteQuerySet, as_of: datetime.date) -> Iterator[Found]:
    rows = _missed_items(as_of).filter(site__in=sites).order_by("pk").distinct()
    for site_id, month in rows.values_list("site_id", "plan__month")[:MOST_OF_A_CAUSE]:
        yield site_id, f"{month:%Y-%m}", (as_of - last_day(month)).days


def _undone(sites: ProjectSiteQuerySet, as_of: datetime.date) -> Iterator[Found]:
    rows = Decision.objects.overdue(as_of).filter(site__in=sites).order_by("due_on", "pk")
    for site_id, due_on in rows.values_list("site_id", "due_on")[:MOST_OF_A_CAUSE]:
        if site_id is not None:
            yield site_id, f"{due_on:%Y-%m-%d}", (as_of - due_on).days


def _of_site(rows: QuerySet[Any]) -> Q:
    return Q(Exists(rows.filter(site=OuterRef("pk"))))


_FINDERS: Mapping[AgendaCause, Callable[[ProjectSiteQuerySet, datetime.date], Iterable[Found]]] = {
    AgendaCause.MILESTONE: _milestones,
    AgendaCause.DELAY: _late,
    AgendaCause.MONEY_LAG: _unpaid,
    AgendaCause.QUIET: _quiet,
    AgendaCause.PLAN_MISSED: _missed,
    AgendaCause.DECISION: _undone,
}
_CONDITIONS: Mapping[AgendaCause, Callable[[datetime.date], Q]] = {
    AgendaCause.MILESTONE: lambda day: _of_site(_overdue_milestones(day)),
    AgendaCause.DELAY: _is_late,
    AgendaCause.MONEY_LAG: lambda day: lag_condition((MoneyLag.RED,), day),
    AgendaCause.QUIET: quiet_condition,
    AgendaCause.PLAN_MISSED: lambda day: _of_site(_missed_items(day)),
    AgendaCause.DECISION: lambda day: _of_site(Decision.objects.overdue(day)),
}
