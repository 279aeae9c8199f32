"""The lists of reports and of published figures: one strict address, page after page."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import F, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _

from reports.kinds import ReportKind, ReportState
from reports.models import Report, ReportFigure
from sites.access import Scope
from sites.filter_values import ParameterError, Params, choices, parsed, text_of, year_of
from sites.keyset_list import Column, Cursor, Order, keyset_page

PAGE_SIZE = 50
FIGURES_A_PAGE = 100


class ReportOrder(Order):
    """Reports by the last day of their period, the newest first."""

    columns = {
        "period": Column(
            lambda: F("period_end"),
            lambda report: report.period_end,
            datetime.date.fromisoformat,
            descending=True,
        )
    }


class LedgerOrder(Order):
    """Published figures by the moment they were computed, the newest first."""

    columns = {
        "computed": Column(
            lambda: F("computed_at"),
            lambda figure: figure.computed_at.isoformat(),
            datetime.datetime.fromisoformat,
            descending=True,
        )
    }


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of a list, what was asked, and what of it could not be used."""

    rows: tuple[Any, ...]
    asked: Mapping[str, Any]
    problems: tuple[str, ...]
    is_first: bool
    first_address: str
    next_address: str

    def context(self) -> dict[str, Any]:
        """Return the page as a template wants it."""
        return {
            "rows": self.rows,
            "asked": self.asked,
            "problems": self.problems,
            "is_first": self.is_first,
            "first_address": self.first_address,
            "next_address": self.next_address,
        }


Readers = Mapping[str, Callable[[Params], Any]]
REPORT_PARAMETERS: Readers = {
    "kind": lambda params: choices(params, "kind", ReportKind.values),
    "state": lambda params: choices(params, "state", ReportState.values),
    "year": lambda params: parsed(params, "year", year_of),
}
LEDGER_PARAMETERS: Readers = {
    "key": lambda params: text_of(params, "key"),
    "year": lambda params: parsed(params, "year", year_of),
}
"""How each parameter of the two lists is read."""


def reports_of(scope: Scope, asked: Mapping[str, Any]) -> QuerySet[Any]:
    """Return the reports that the scope sees under what is asked."""
    rows: QuerySet[Any] = Report.objects.visible_to(scope)
    if asked.get("kind"):
        rows = rows.filter(template__kind__in=asked["kind"])
    if asked.get("state"):
        rows = rows.filter(state__in=asked["state"])
    if asked.get("year"):
        rows = rows.filter(period_end__year__in=asked["year"])
    return rows


def published_figures(scope: Scope, asked: Mapping[str, Any]) -> QuerySet[Any]:
    """Return the figures of signed and withdrawn reports that the scope sees."""
    reports = Report.objects.visible_to(scope).exclude(state=ReportState.DRAFT)
    if asked.get("year"):
        reports = reports.filter(period_end__year__in=asked["year"])
    rows = ReportFigure.objects.filter(report__in=reports).defer("identifiers", "amounts")
    return rows.filter(key=asked["key"]) if asked.get("key") else rows


def report_rows(query: QueryDict, scope: Scope) -> ListPage:
    """Return the page of reports that an address asks for."""
    asked, cursor, problems = _read(query, REPORT_PARAMETERS, ReportOrder("period"))
    rows = reports_of(scope, asked).select_related("template", "area")
    return _page(rows, asked, cursor, problems, ReportOrder("period"), PAGE_SIZE)


def ledger_rows(query: QueryDict, scope: Scope) -> ListPage:
    """Return the page of published figures that an address asks for."""
    asked, cursor, problems = _read(query, LEDGER_PARAMETERS, LedgerOrder("computed"))
    rows = published_figures(scope, asked).select_related("report__area")
    return _page(rows, asked, cursor, problems, LedgerOrder("computed"), FIGURES_A_PAGE)


def _read(
    query: QueryDict, readers: Readers, order: Order
) -> tuple[dict[str, Any], Cursor | None, list[str]]:
    """Read an address, leaving out each parameter that is wrong."""
    usable = query.copy()
    unknown = sorted(set(query) - {*readers, "cursor"})
    problems = [f"{name[:60]}: {_('There is no such parameter.')}" for name in unknown]
    while True:
        try:
            asked = {name: read(usable) for name, read in readers.items()}
            return asked, Cursor.parse(usable.get("cursor", ""), order), problems
        except ParameterError as error:
            problems.append(f"{error.parameter}: {error.message}")
            del usable[error.parameter]


def _page(
    rows: QuerySet[Any],
    asked: Mapping[str, Any],
    cursor: Cursor | None,
    problems: list[str],
    order: Order,
    limit: int,
) -> ListPage:
    page = keyset_page(rows, order=order, cursor=cursor, limit=limit)
    pairs = [
        (name, ",".join(map(str, value)) if isinstance(value, tuple) else str(value))
        for name, value in asked.items()
        if value
    ]
    following = [*pairs, ("cursor", page.next.as_text())] if page.next else []
    return ListPage(
        rows=page.rows,
        asked=asked,
        problems=tuple(problems),
        is_first=cursor is None,
        first_address="?" + urlencode(pairs, safe=","),
        next_address="?" + urlencode(following, safe=",") if following else "",
    )
