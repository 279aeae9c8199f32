"""What waits for somebody in steering: one pile a task, with its first lines."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from oversight.kinds import MeetingState, PlanState
from oversight.matrix_filter import NEEDING
from oversight.models import AccountabilityCase, Decision, DispatchMeeting, MonthlyPlan
from oversight.months import filing_day, month_of, months_on
from oversight.plan_waiting import without_plan
from oversight.responsible import blank_condition
from sites.access import Scope, code_prefix_condition
from sites.formatting import day
from sites.keyset_list import BoundedCount, bounded_count
from sites.kinds import OFFICE_ROLES, Role
from sites.models import ProjectSite

LINES: Final = 5
SOON_DAYS: Final = 14


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that waits: its page, its title, and since or until when."""

    address: str
    title: str
    detail: str = ""
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class Pile:
    """Things of one kind that wait for the viewer."""

    name: str
    label: str
    number: BoundedCount
    address: str
    lines: tuple[Line, ...] = ()
    is_late: bool = False


def steering_piles(scope: Scope, today: datetime.date) -> list[Pile]:
    """Return the piles of a viewer's roles; those that wait for nobody are empty."""
    makers: list[Callable[[Scope, datetime.date], Iterator[Pile]]] = []
    if scope.edits_sites:
        makers += [_to_file, _blanks]
    if scope.manages_register:
        makers += [_to_judge, _meetings, _cases_of_the_office]
    makers += [_decisions, _cases_to_answer]
    return [pile for maker in makers for pile in maker(scope, today)]


def _address(name: str, **query: str) -> str:
    return f"{reverse(f'oversight:{name}')}?{urlencode(query, safe=',:')}"


def _own(rows: QuerySet[Any], scope: Scope, *roles: Role) -> QuerySet[Any]:
    """Return the rows of the areas in which the scope holds a role."""
    if scope.everything:
        return rows
    return rows.filter(code_prefix_condition("area_code", scope.area_codes(roles)))


def _to_file(scope: Scope, today: datetime.date) -> Iterator[Pile]:
    """Plans of this month and, from this month's first day on, of the next that are not filed."""
    for month in (month_of(today), months_on(month_of(today), 1)):
        due = filing_day(month)
        asked = {"month": f"{month:%Y-%m}"}
        bodies = without_plan(scope, month).select_related("area").defer("area__boundary")
        drafts = _own(MonthlyPlan.objects.filter(month=month), scope, *OFFICE_ROLES)
        drafts = drafts.filter(state__in=(PlanState.DRAFT, PlanState.RETURNED))
        lines = [
            Line(_address("plan-new", organisation=str(body.pk), **asked), body.label)
            for body in bodies.order_by("area__code")[:LINES]
        ]
        lines += [
            Line(
                reverse("oversight:plan-detail", args=[plan.pk]),
                plan.organisation.label,
                str(plan.get_state_display()),
            )
            for plan in drafts.select_related("organisation").order_by("area_code")[:LINES]
        ]
        label = _("Plans to file for %(month)s, by %(day)s")
        yield Pile(
            f"file-{month:%Y-%m}",
            label % {"month": f"{month:%Y-%m}", "day": day(due)},
            BoundedCount(bodies.count() + drafts.count(), False),
            _address("plan-list", **asked),
            tuple(lines[:LINES]),
            today > due,
        )


def _to_judge(scope: Scope, today: datetime.date) -> Iterator[Pile]:
    """Plans to confirm, and confirmed ones whose month is over."""
    plans = _own(MonthlyPlan.objects.all(), scope, Role.DISTRICT_PLANNER)
    filed = plans.filter(state=PlanState.SUBMITTED)
    over = plans.filter(state=PlanState.CONFIRMED, month__lt=month_of(today))
    for name, label, rows in (
        ("confirm", _("Plans to confirm"), filed),
        ("close", _("Plans to close against facts"), over),
    ):
        first = list(rows.select_related("organisation").order_by("month", "area_code")[:LINES])
        asked = {"month": f"{first[0].month:%Y-%m}"} if first else {}
        lines = tuple(
            Line(
                reverse("oversight:plan-detail", args=[plan.pk]),
                plan.organisation.label,
                f"{plan.month:%Y-%m}",
            )
            for plan in first
        )
        yield Pile(name, label, bounded_count(rows), _address("plan-list", **asked), lines)


def _meetings(scope: Scope, today: datetime.date) -> Iterator[Pile]:
    rows = _own(DispatchMeeting.objects.filter(state=MeetingState.PLANNED), scope, *OFFICE_ROLES)
    lines = tuple(
        Line(
            reverse("oversight:meeting-detail", args=[meeting.pk]),
            meeting.title,
            day(meeting.held_on),
            meeting.held_on < today,
        )
        for meeting in rows.order_by("held_on")[:LINES]
    )
    address = reverse("oversight:meeting-list")
    yield Pile("meetings", _("Meetings to prepare and hold"), bounded_count(rows), address, lines)


def _decisions(scope: Scope, today: datetime.date) -> Iterator[Pile]:
    """Decisions that the viewer's office or body has to carry out, overdue or due soon."""
    rows = Decision.objects.visible_to(scope)
    if not scope.everything:
        own = Q(organisation_id__in=scope.organisation_ids())
        rows = rows.filter(own | code_prefix_condition("area_code", scope.area_codes(OFFICE_ROLES)))
    overdue = rows.overdue(today)
    soon = rows.overdue(today + datetime.timedelta(days=SOON_DAYS + 1)).filter(due_on__gte=today)
    for name, label, found, asked in (
        ("overdue", _("Decisions overdue"), overdue, {"overdue": "1"}),
        (
            "soon",
            _("Decisions due within %(days)s days") % {"days": SOON_DAYS},
            soon,
            {"state": "open"},
        ),
    ):
        lines = tuple(
            Line(
                reverse("oversight:decision-detail", args=[decision.pk]),
                decision.action[:80],
                day(decision.due_on),
                name == "overdue",
            )
            for decision in found.order_by("due_on", "pk")[:LINES]
        )
        number = bounded_count(found)
        yield Pile(
            name, label, number, _address("decision-list", **asked), lines, name == "overdue"
        )


def _blanks(scope: Scope, today: datetime.date) -> Iterator[Pile]:
    sites = ProjectSite.objects.visible_to(scope).filter(state__in=NEEDING)
    blank = sites.filter(blank_condition(today))
    lines = tuple(
        Line(reverse("oversight:responsibility-site", args=[site.pk]), site.label, site.code)
        for site in blank.only("id", "code", "name", "name_en").order_by("code")[:LINES]
    )
    address = _address("responsibility-list", blank="1")
    yield Pile("blanks", _("Sites with a blank role"), bounded_count(blank), address, lines, True)


def _cases_of_the_office(scope: Scope, today: datetime.date) -> Iterator[Pile]:
    """Cases on which the office acts next: send, judge a reply, decide an appeal, go further."""
    cases = _own(AccountabilityCase.objects.all(), scope, Role.DISTRICT_PLANNER)
    late = _own(AccountabilityCase.objects.overdue(today), scope, Role.DISTRICT_PLANNER)
    for name, label, rows, asked in (
        ("send", _("Letters to send"), cases.filter(state="raised"), {"state": "raised"}),
        ("replies", _("Replies to judge"), cases.filter(state="replied"), {"state": "replied"}),
        ("appeals", _("Appeals to decide"), cases.filter(state="appealed"), {"state": "appealed"}),
        ("silent", _("Replies overdue"), late, {"overdue": "1"}),
    ):
        yield _case_pile(name, label, rows, _address("case-list", **asked), today)


def _cases_to_answer(scope: Scope, today: datetime.date) -> Iterator[Pile]:
    """Cases about the viewer's own body whose reply is waited for."""
    if not (scope.organisation_ids() or Role.TOWNSHIP_OFFICER in scope.roles):
        return
    rows = AccountabilityCase.objects.visible_to(scope).about(scope).filter(state="notified")
    address = _address("case-list", state="notified")
    yield _case_pile("answer", _("Letters to answer"), rows, address, today)


def _case_pile(
    name: str, label: str, rows: QuerySet[Any], address: str, today: datetime.date
) -> Pile:
    first = rows.select_related("organisation").order_by("reply_due_on", "raised_on", "id")
    lines = tuple(
        Line(
            reverse("oversight:case-detail", args=[case.pk]),
            f"{case.get_level_display()} · {case.organisation.label}",
            day(case.reply_due_on or case.raised_on),
            bool(case.reply_due_on and case.reply_due_on < today),
        )
        for case in first[:LINES]
    )
    is_late = any(line.is_late for line in lines)
    return Pile(f"cases-{name}", label, bounded_count(rows), address, lines, is_late)
