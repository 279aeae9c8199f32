"""Facts for the evaluation: how townships and bodies stand in each, and the rows behind."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maintenance.newest_first import read_leniently
from oversight.kinds import CaseLevel
from oversight.standing import BY, Measure, StandingRow, members_of, standing_rows
from oversight.standing_facts import FACTS, Fact
from oversight.standing_members import members
from oversight.standing_period import STANDING_PARAMETERS, StandingQuestion
from sites.access import Scope, scope_of_request
from sites.filter_values import AREA_CODE

MOST_MEMBERS = 200
YEARS = 5


@dataclass(frozen=True, slots=True)
class Cell:
    """One number of the table with the address of the rows behind it."""

    label: str | Promise
    measure: Measure
    address: str
    levels: list[tuple[str, int]]


@require_safe
@login_required
def standing(request: HttpRequest) -> HttpResponse:
    """Show the table; for the office and evaluators."""
    scope, today = _scope(request), timezone.localdate()
    question, problems = _question(request, today)
    rows = standing_rows(question.asked(scope, today=today), by=question.by, sort=question.sort)
    context = {
        "question": question,
        "problems": problems,
        "facts": [
            {
                "fact": fact,
                "address": _address(question, sort=code),
                "is_sorted": code == question.sort,
            }
            for code, fact in _columns(question)
        ],
        "rows": [(row, _cells(row, question)) for row in rows],
        "ways": [
            {
                "label": label,
                "address": _address(question, by=way),
                "is_current": way == question.by,
            }
            for way, label in zip(BY, (_("By township"), _("By body")), strict=True)
        ],
        "years": _years(question, today),
    }
    status = 400 if problems else 200
    return render(request, "oversight/standing.html", context, status=status)


@require_safe
@login_required
def standing_members(request: HttpRequest, fact: str) -> HttpResponse:
    """Show the rows behind a number: those that count, and which of them are good."""
    scope, today = _scope(request), timezone.localdate()
    if fact not in FACTS:
        raise Http404
    question, problems = _question(request, today)
    asked, chosen = question.asked(scope, today=today), FACTS[fact]
    key = _key(question, request.GET.get("key", ""))
    rows = members_of(asked, fact=chosen, by=question.by, key=key)
    good = members_of(asked, fact=chosen, by=question.by, key=key, good=True)
    page = list(rows.order_by("pk")[: MOST_MEMBERS + 1])
    context = {
        "fact": chosen,
        "question": question,
        "problems": problems,
        "members": members(page[:MOST_MEMBERS], good),
        "has_more": len(page) > MOST_MEMBERS,
        "most": MOST_MEMBERS,
        "back": _address(question),
    }
    status = 400 if problems else 200
    return render(request, "oversight/standing_members.html", context, status=status)


def _scope(request: HttpRequest) -> Scope:
    scope = scope_of_request(request)
    if not (scope.everything or scope.area_codes()):
        raise PermissionDenied
    return scope


def _question(request: HttpRequest, today: datetime.date) -> tuple[StandingQuestion, list[str]]:
    def read(params: Any) -> StandingQuestion:
        return StandingQuestion.from_query(params, today=today)

    question, problems = read_leniently(read, request.GET, (*STANDING_PARAMETERS, "key"))
    return question, problems


def _key(question: StandingQuestion, key: str) -> str:
    if not key:
        return ""
    try:
        valid = str(UUID(key)) if question.by == "organisation" else AREA_CODE.fullmatch(key)
    except ValueError as error:
        raise Http404 from error
    if not valid:
        raise Http404
    return key


def _cells(row: StandingRow, question: StandingQuestion) -> list[Cell]:
    return [
        Cell(
            FACTS[code].label,
            measure,
            reverse("oversight:standing-members", args=[code])
            + f"?{question.to_query(key=row.key)}",
            [
                (str(CaseLevel(level).label), count)
                for level, count in measure.levels.items()
                if count
            ],
        )
        for code, measure in ((code, row.measures[code]) for code, _fact in _columns(question))
    ]


def _columns(question: StandingQuestion) -> list[tuple[str, Fact]]:
    """Return the facts, the one by which the rows are ordered first."""
    return sorted(FACTS.items(), key=lambda column: column[0] != question.sort)


def _address(question: StandingQuestion, **changed: str) -> str:
    return f"{reverse('oversight:standing')}?{question.to_query(**changed)}"


def _years(question: StandingQuestion, today: datetime.date) -> list[dict[str, Any]]:
    years = range(today.year, today.year - YEARS, -1)
    made = []
    for year in years:
        first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
        last = min(last, today)
        days = {"from": first.isoformat(), "until": last.isoformat()}
        is_current = (question.starts_on, question.ends_on) == (first, last)
        made.append(
            {"label": year, "address": _address(question, **days), "is_current": is_current}
        )
    return made
