"""Upkeep coverage: figures by township and kind, the assets behind each number, and a CSV file."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assets.filters import AssetFilter, parameters
from assets.models import Asset
from maintenance.coverage_listing import BY_CODE, coverage_page_of
from maintenance.kinds import UpkeepGap
from maintenance.upkeep_coverage import CoverageRow, UpkeepCoverage, upkeep_coverage
from maintenance.upkeep_filter import GapAsked
from maintenance.upkeep_gaps import GAPS, to_be_managed
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.filter_values import ParameterError
from sites.keyset_list import Cursor
from sites.kinds import Kind
from sites.townships import township_names, townships_of

PAGE_SIZE = 50


@require_safe
@login_required
def coverage_page(request: HttpRequest) -> HttpResponse:
    """Show how much of what must be kept up is managed; the filter of assets narrows it down."""
    scope = scope_of_request(request)
    chosen, _cursor, problems = _read(request.GET)
    coverage = upkeep_coverage(scope, chosen)
    townships = coverage.by_township()
    context = {
        "asked": chosen,
        "problems": problems,
        "coverage": coverage,
        "total": coverage.total,
        "gaps": UpkeepGap,
        "lacking": [(gap, coverage.total.lack(gap)) for gap in GAPS],
        "townships": [(row, _bar(row)) for row in townships],
        "kinds": [(row, _bar(row)) for row in coverage.by_kind()],
        "names": township_names(row.township_code for row in townships),
        "query": chosen.to_query(),
        "base": f"{chosen.to_query()}&" if chosen.given else "",
        "total_parts": _bar(coverage.total),
        "choices": _choices(scope, chosen),
    }
    status = 400 if problems else 200
    return render(request, "maintenance/coverage.html", context, status=status)


@require_safe
@login_required
def coverage_assets(request: HttpRequest) -> HttpResponse:
    """List the assets behind a number, with what each has and lacks."""
    scope = scope_of_request(request)
    chosen, cursor, problems = _read(request.GET)
    assets = chosen.apply(Asset.objects.visible_to(scope)).filter(to_be_managed())
    page = coverage_page_of(assets, day=chosen.as_of, cursor=cursor, limit=PAGE_SIZE)
    context = {
        "asked": chosen,
        "problems": problems,
        "assets": page.rows,
        "count": page.count,
        "names": township_names(asset.township_code for asset in page.rows),
        "tabs": _tabs(chosen),
        "query": chosen.to_query(),
        "is_first": cursor is None,
        "first_address": _list_address(chosen),
        "next_address": _list_address(chosen, page.next) if page.next else "",
        "today": chosen.as_of,
    }
    status = 400 if problems else 200
    return render(request, "maintenance/coverage_assets.html", context, status=status)


@require_safe
@login_required
def coverage_csv(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Answer the figures as a CSV file: one row a township and kind, lengths in metres."""
    chosen, _cursor, problems = _read(request.GET)
    if problems:
        return HttpResponse("\n".join(problems), status=400, content_type="text/plain")
    coverage = upkeep_coverage(scope_of_request(request), chosen)
    response = StreamingHttpResponse(_csv_lines(coverage), content_type="text/csv; charset=utf-8")
    name = f"upkeep-coverage-{coverage.as_of.isoformat()}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, value: str) -> str:
        """Return the line."""
        return value


def _csv_lines(coverage: UpkeepCoverage) -> Iterator[str]:
    names = township_names(row.township_code for row in coverage.rows)
    gaps = UpkeepGap.values
    writer = csv.writer(_Echo())
    yield "\ufeff"
    yield writer.writerow(
        ["as_of", "township", "township_name", "kind", "assets", "road_m"]
        + [f"{gap}_assets" for gap in gaps]
        + [f"{gap}_road_m" for gap in gaps]
        + ["managed_percent", "cost_yuan", "cost_per_km_yuan"]
    )
    for row in coverage.rows:
        every = row.every
        yield writer.writerow(
            [coverage.as_of.isoformat(), row.township_code]
            + [names.get(row.township_code, ""), row.kind, every.assets, every.road_m]
            + [row.gap(gap).assets for gap in gaps]
            + [row.gap(gap).road_m for gap in gaps]
            + [row.managed_percent, row.cost, row.cost_per_km]
        )


def _read(query: QueryDict) -> tuple[AssetFilter, Cursor | None, list[str]]:
    """Read an address, leaving out each parameter that is wrong."""
    usable = query.copy()
    unknown = sorted(set(query) - {*parameters(), "cursor"})
    problems = [f"{name[:60]}: {_('There is no such parameter.')}" for name in unknown]
    while True:
        try:
            chosen = AssetFilter.from_query(usable)
            return chosen, Cursor.parse(usable.get("cursor", ""), BY_CODE), problems
        except ParameterError as error:
            problems.append(f"{error.parameter}: {error.message}")
            del usable[error.parameter]


def _bar(row: CoverageRow) -> list[dict[str, Any]]:
    """Return the parts of a bar 1000 units wide, which sum to it exactly."""
    whole, left, parts = row.every.assets, 0, []
    reached = 0
    for gap in UpkeepGap:
        reached += row.gap(gap).assets
        right = 1000 * reached // whole if whole else 0
        parts.append({"gap": gap, "x": left, "width": right - left, "tally": row.gap(gap)})
        left = right
    return parts


def _list_address(chosen: AssetFilter, cursor: Cursor | None = None) -> str:
    pairs = chosen.pairs() + ([("cursor", cursor.as_text())] if cursor else [])
    query = urlencode(pairs, safe=",:")
    return reverse("maintenance:coverage-assets") + (f"?{query}" if query else "")


def _tabs(chosen: AssetFilter) -> list[dict[str, Any]]:
    bare = chosen.replaced("gap", ())
    tabs = [(_("All to keep up"), bare)]
    tabs += [(str(word.label), bare.replaced("gap", (word.value,))) for word in GapAsked]
    return [
        {"label": label, "address": _list_address(asked), "is_current": asked == chosen}
        for label, asked in tabs
    ]


def _choices(scope: Scope, chosen: AssetFilter) -> dict[str, list[Choice]]:
    townships = townships_of(scope).only("code", "name", "name_en")
    return {
        "township": [Choice(t.code, t.label, t.code in chosen["township"]) for t in townships],
        "kind": [
            Choice(kind.value, str(kind.label), kind.value in chosen["kind"])
            for kind in Kind
            if kind != Kind.HOUSING
        ],
    }
