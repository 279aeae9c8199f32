"""Money at a glance, and the report by level, programme and township with its downloads."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from openpyxl import Workbook

from funding.bookkeeping import keeps_any_books
from funding.kinds import SourceLevel, Stage
from funding.overview import (
    ReportRow,
    programme_lines,
    report_rows,
    report_sum,
    source_lines,
    township_lines,
)
from funding.sums import money_by_stage
from funding.views.acting import readable
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.filter_values import (
    AREA_CODE,
    ParameterError,
    choices,
    matching,
    parsed,
    single,
    year_of,
)
from sites.models import Programme
from sites.townships import townships_of

PARAMETERS = frozenset({"year", "area"})
REPORT_PARAMETERS = PARAMETERS | {"stage", "format"}
FORMATS = ("csv", "xlsx")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@login_required
def overview(request: HttpRequest) -> HttpResponse:
    """Show the money that the viewer sees: by source, programme and township."""
    scope = scope_of_request(request)
    asked, problems = readable(request.GET, PARAMETERS, _asked)
    context = {
        "sources": source_lines(money_by_stage(scope, **asked)),
        "programmes": programme_lines(scope, **asked),
        "townships": township_lines(scope, **asked),
        "problems": problems,
        "may_book": keeps_any_books(scope),
        "stages": Stage,
        **_choices(scope, asked),
    }
    return render(request, "funding/overview.html", context, status=400 if problems else 200)


@require_safe
@login_required
def money_report(request: HttpRequest) -> HttpResponse:
    """Show level × programme × township at one stage; `format=csv` or `xlsx` downloads it."""
    scope = scope_of_request(request)
    asked, problems = readable(request.GET, REPORT_PARAMETERS, _report_asked)
    stage, form = asked.pop("stage"), asked.pop("form")
    rows = report_rows(scope, stage=stage, **asked)
    if form and not problems:
        return _download(rows, stage, form)
    sums = report_sum(rows)
    context = {
        "rows": rows,
        "sums": sums,
        "total": sum(sums.values()),
        "upper": sums[SourceLevel.CENTRAL] + sums[SourceLevel.PROVINCE],
        "problems": problems,
        "stage": Stage(stage),
        "stage_choices": [
            Choice(s.value, str(s.label), s == stage) for s in Stage if s != Stage.PAID
        ],
        "levels": SourceLevel,
        "download": _query(request.GET),
        **_choices(scope, asked),
    }
    return render(request, "funding/money_report.html", context, status=400 if problems else 200)


def _asked(query: QueryDict) -> dict[str, Any]:
    years, areas = parsed(query, "year", year_of), matching(query, "area", AREA_CODE)
    for name, values in (("year", years), ("area", areas)):
        if len(values) > 1:
            raise ParameterError(name, "too_many_values", _("Give one value."))
    return {"year": years[0] if years else None, "area": areas[0] if areas else None}


def _report_asked(query: QueryDict) -> dict[str, Any]:
    stages, form = choices(query, "stage", Stage.values), single(query, "format")
    if form and form not in FORMATS:
        sentence = _("Give one of: %(allowed)s.") % {"allowed": ", ".join(FORMATS)}
        raise ParameterError("format", "unknown_value", sentence)
    return {**_asked(query), "stage": stages[0] if stages else Stage.PAID.value, "form": form}


def _query(query: QueryDict) -> str:
    kept = query.copy()
    kept.pop("format", None)
    return kept.urlencode()


def _choices(scope: Scope, asked: dict[str, Any]) -> dict[str, Any]:
    known = Programme.objects.visible_to(scope).order_by("-year")
    years = known.values_list("year", flat=True).distinct()
    townships = townships_of(scope).only("code", "name", "name_en")
    narrowed = [f"{name}={value}" for name, value in asked.items() if value]
    return {
        "years": [Choice(str(year), str(year), year == asked["year"]) for year in years],
        "areas": [Choice(row.code, row.label, row.code == asked["area"]) for row in townships],
        "asked_query": "&".join(narrowed),
    }


def _table(rows: list[ReportRow], stage: str) -> list[list[Any]]:
    head = [_("Year"), _("Programme"), _("Name"), _("Township"), _("Stage")]
    head += [str(level.label) for level in SourceLevel]
    head += [_("Central and provincial"), _("Total")]
    body = [
        [
            row.programme.year,
            row.programme.code,
            row.programme.label,
            row.township,
            str(Stage(stage).label),
            *row.levels.values(),
            row.upper,
            row.total,
        ]
        for row in rows
    ]
    return [head, *body]


def _download(rows: list[ReportRow], stage: str, form: str) -> HttpResponse:
    table, name = _table(rows, stage), f"money-{stage}.{form}"
    if form == "csv":
        text = io.StringIO()
        csv.writer(text).writerows(table)
        content, media_type = ("\ufeff" + text.getvalue()).encode(), "text/csv; charset=utf-8"
    else:
        book = Workbook(write_only=True)
        sheet = book.create_sheet(_("Money"))
        for line in table:
            sheet.append(line)
        stream = io.BytesIO()
        book.save(stream)
        content, media_type = stream.getvalue(), XLSX
    response = HttpResponse(content, content_type=media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Cache-Control"] = "private, no-store"
    return response
