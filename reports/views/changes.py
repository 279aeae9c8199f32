"""What changed between two dates: numbers by kind, a drawing, and a list that leads to the map."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from reports.dashboard.changed_sites import (
    MOST_POINTS,
    ChangedPoint,
    changed_counts,
    changed_page,
    changed_points,
)
from reports.dashboard.changes_choice import ChangesChoice
from reports.dashboard.kinds import ChangeKind
from sites.access import scope_of_request
from sites.filter_choices import chips, filter_choices
from sites.filter_values import ParameterError
from sites.filters import SiteFilter
from sites.townships import township_names


@require_safe
@login_required
def changes(request: HttpRequest) -> HttpResponse:
    """Show what changed; a wrong parameter is named and left out, with status 400."""
    asked, problems = _read(request.GET)
    context = {**_context(request, asked), "problems": problems}
    return render(request, "reports/changes.html", context, status=400 if problems else 200)


def _context(request: HttpRequest, asked: ChangesChoice) -> dict[str, Any]:
    scope = scope_of_request(request)
    chosen = asked.sites()
    page = changed_page(scope, chosen, asked.span, after=asked.after, limit=asked.size)
    counts = changed_counts(scope, asked.filter, asked.span)
    points = changed_points(scope, chosen, asked.span)
    choices = filter_choices(scope, asked.filter)
    return {
        "asked": asked,
        "page": page,
        "tabs": [
            (kind, counts[kind], asked.of_kinds(kind), asked.what == (kind.value,))
            for kind in ChangeKind
        ],
        "every": asked.of_kinds(),
        "chips": [
            (chip.label, asked.with_filter(chip.without)) for chip in chips(asked.filter, choices)
        ],
        "bare": asked.with_filter(SiteFilter()),
        "townships": township_names(row.site.township_code for row in page.rows),
        "choices": choices,
        "following": asked.at(page.following) if page.following else "",
        "first": asked.at("") if asked.after else "",
        "sites_query": chosen.to_query(),
        "points": _drawn(points, asked.filter),
        "more_points": len(points) == MOST_POINTS,
    }


def _drawn(points: tuple[ChangedPoint, ...], chosen: SiteFilter) -> dict[str, Any]:
    shapes = reverse("api-dashboard-shapes")
    area = ",".join(chosen.area)
    return {
        "shapes": f"{shapes}?area={area}" if area else shapes,
        "words": {kind.value: str(kind.label) for kind in ChangeKind},
        "points": [
            {
                "name": point.label,
                "code": point.code,
                "href": reverse("sites:site-detail", args=[point.site_id]),
                "at": [point.longitude, point.latitude],
                "kind": point.kind.value,
            }
            for point in points
        ],
    }


def _read(query: QueryDict) -> tuple[ChangesChoice, list[ParameterError]]:
    """Read an address, leaving out each parameter that is wrong."""
    usable = query.copy()
    problems: list[ParameterError] = []
    today = timezone.localdate()
    while True:
        try:
            return ChangesChoice.from_query(usable, today=today), problems
        except ParameterError as error:
            problems.append(error)
            for name in [name for name in usable if name[:60] == error.parameter]:
                del usable[name]
