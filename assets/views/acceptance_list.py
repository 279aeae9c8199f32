"""The list of what waits in the acceptance chain, by what is to be done next."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.db.models import F, Value
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assets.waiting import (
    FINDINGS,
    Waiting,
    totals,
    township_rows,
    waiting_findings,
    waiting_sites,
)
from sites.access import Scope, scope_of_request
from sites.filter_values import ParameterError
from sites.functions import ComesAfter
from sites.townships import township_names

SIZE = 50
TOWNSHIP_DIGITS = 9
LONGEST_CODE = 60


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks: which list, of which township, after which row."""

    waiting: str
    township: str = ""
    after: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> Asked:
        """Read an address; raises `ParameterError` for what cannot be used."""
        for name in query:
            if name not in {"waiting", "township", "after"}:
                raise ParameterError(
                    name[:60], "unknown_parameter", _("There is no such parameter.")
                )
        waiting = query.get("waiting", Waiting.OPEN)
        if waiting not in Waiting.values:
            allowed = ", ".join(Waiting.values)
            sentence = _("Give one of: %(allowed)s.") % {"allowed": allowed}
            raise ParameterError("waiting", "unknown_value", sentence)
        township = query.get("township", "")
        digits = township.isascii() and township.isdecimal() and len(township) == TOWNSHIP_DIGITS
        if township and not digits:
            raise ParameterError("township", "bad_code", _("Give the code of a township."))
        return cls(waiting, township, query.get("after", ""))

    def address(self, **changes: str) -> str:
        """Return the address of this list with some of it changed; the first page."""
        given = {"waiting": self.waiting, "township": self.township, **changes}
        pairs = {name: value for name, value in given.items() if value}
        return f"{reverse('assets:acceptance-list')}?{urlencode(pairs)}"


@require_safe
@login_required
def acceptance_list(request: HttpRequest) -> HttpResponse:
    """Show what waits; a wrong parameter is named, with status 400."""
    scope, today = scope_of_request(request), timezone.localdate()
    problem, status = None, 200
    try:
        asked = Asked.from_query(request.GET)
        rows = _rows(scope, asked)
    except ParameterError as error:
        problem, status = error, 400
        asked = Asked(Waiting.OPEN)
        rows = _rows(scope, asked)
    return render(
        request,
        "assets/acceptance_list.html",
        _context(scope, asked, rows, today)
        | {
            "problem": problem,
        },
        status=status,
    )


def _context(scope: Scope, asked: Asked, rows: list[Any], today: datetime.date) -> dict[str, Any]:
    townships = township_rows(scope, today)
    sums = totals(townships)
    shown = rows[:SIZE]
    return {
        "asked": asked,
        "rows": shown,
        "are_findings": asked.waiting in FINDINGS,
        "next_address": asked.address(after=_key(asked, shown[-1])) if len(rows) > SIZE else "",
        "tabs": [
            (asked.address(waiting=value), label, sums[value], value == asked.waiting)
            for value, label in Waiting.choices
        ],
        "townships": [
            (
                row,
                [
                    (row.counts[value], asked.address(waiting=value, township=row.code))
                    for value in Waiting.values
                ],
            )
            for row in townships
        ],
        "names": township_names({*(row.code for row in townships), asked.township} - {""}),
        "headings": Waiting.labels,
        "everywhere": asked.address(township=""),
        "today": today,
    }


def _rows(scope: Scope, asked: Asked) -> list[Any]:
    """Return one page and one row more."""
    if asked.waiting in FINDINGS:
        return _finding_rows(scope, asked)
    sites = waiting_sites(scope, asked.waiting).select_related("contractor")
    if asked.township:
        sites = sites.filter(township_code=asked.township)
    if asked.after:
        if len(asked.after) > LONGEST_CODE or not asked.after.isprintable():
            raise _bad_place()
        sites = sites.filter(code__gt=asked.after)
    columns = ("code", "name", "name_en", "kind", "state", "township_code", "actual_finish")
    return list(
        sites.only(*columns, "contractor__name", "contractor__name_en").order_by("code")[: SIZE + 1]
    )


def _finding_rows(scope: Scope, asked: Asked) -> list[Any]:
    findings = waiting_findings(scope, asked.waiting).select_related("acceptance__site__contractor")
    if asked.township:
        findings = findings.filter(acceptance__site__township_code=asked.township)
    if asked.after:
        day, _sep, identifier = asked.after.partition("~")
        try:
            place = (Value(datetime.date.fromisoformat(day)), Value(UUID(identifier)))
        except ValueError as error:
            raise _bad_place() from error
        findings = findings.filter(ComesAfter(F("due_on"), F("id"), *place))
    return list(findings.order_by("due_on", "id")[: SIZE + 1])


def _key(asked: Asked, row: Any) -> str:
    return f"{row.due_on.isoformat()}~{row.pk}" if asked.waiting in FINDINGS else str(row.code)


def _bad_place() -> ParameterError:
    return ParameterError("after", "bad_cursor", _("This page does not exist."))
