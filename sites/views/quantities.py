"""The page of claimed against mapped quantities."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sites.access import scope_of_request
from sites.filter_choices import filter_choices
from sites.filters import ParameterError, SiteFilter, parameter_names
from sites.length_gap_condition import LengthGap
from sites.length_gaps import GapRow, gap_rows, gap_total, worst_sites
from sites.lengths import TOLERATED_M, TOLERATED_SHARE
from sites.models import Programme
from sites.townships import township_names

BEYOND = (LengthGap.BEYOND.value,)
COMPARED_VALUES = (LengthGap.BEYOND.value, LengthGap.WITHIN.value)


@require_safe
@login_required
def quantities(request: HttpRequest) -> HttpResponse:
    """Show declared against measured lengths by programme and township of a year."""
    scope = scope_of_request(request)
    chosen, problems = _asked(request.GET)
    if not chosen.year and not request.GET:
        chosen = replace(chosen, year=_latest_year(scope))
    rows = gap_rows(scope, chosen)
    worst = worst_sites(scope, chosen)
    context = {
        "chosen": chosen,
        "choices": filter_choices(scope, chosen),
        "problems": problems,
        "groups": _by_programme(rows),
        "total": gap_total(rows),
        "all_link": chosen.replaced("length_gap", BEYOND),
        "worst": worst,
        "townships": township_names(site.township_code for site in worst),
        "share": TOLERATED_SHARE * 100,
        "metres": TOLERATED_M,
    }
    return render(request, "sites/quantities.html", context, status=400 if problems else 200)


def _asked(query: QueryDict) -> tuple[SiteFilter, list[str]]:
    """Read the filter; a wrong parameter is named and left out."""
    usable, problems = query.copy(), []
    for name in sorted(set(query) - parameter_names()):
        problems.append(f"{name[:60]}: {_('There is no such parameter.')}")
        del usable[name]
    while True:
        try:
            return SiteFilter.from_query(usable), problems
        except ParameterError as error:
            problems.append(f"{error.parameter}: {error.message}")
            del usable[error.parameter]


def _latest_year(scope: Any) -> tuple[int, ...]:
    years = Programme.objects.visible_to(scope).order_by("-year").values_list("year", flat=True)
    return tuple(years[:1])


def _by_programme(rows: list[GapRow]) -> list[tuple[Programme, list[tuple[GapRow, str, str]], Any]]:
    """Return rows by programme, each with the links to its sites, and the programme's sums."""
    groups: dict[Any, list[GapRow]] = {}
    for row in rows:
        groups.setdefault(row.programme, []).append(row)
    return [
        (
            programme,
            [
                (
                    row,
                    row.link.replaced("length_gap", COMPARED_VALUES).to_query(),
                    row.link.replaced("length_gap", BEYOND).to_query(),
                )
                for row in found
            ],
            gap_total(found),
        )
        for programme, found in groups.items()
    ]
