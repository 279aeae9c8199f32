"""The page of road condition: kilometres by grade, from the whole down to the sections."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from io import StringIO
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from assets.condition.grade_filter import GradeOrNone
from assets.condition.summary import (
    ConditionRow,
    ConditionSummary,
    GradeLengths,
    condition_summary,
    filter_of,
)
from assets.filters import AssetFilter, parameters
from assets.kinds import CoefficientStatus, ConditionGrade
from assets.models import RatingCoefficient
from sites.access import scope_of_request
from sites.filter_values import ParameterError, as_text
from sites.kinds import Pavement, RoadClass
from sites.townships import township_names

LIST: Final = "/assets/"


@dataclass(frozen=True, slots=True)
class Cell:
    """Metres of one grade, and the address of the list of its sections, empty where none is."""

    grade: str
    metres: Decimal
    address: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a table: what it is called, its lengths by grade, and where it leads."""

    name: str
    lengths: GradeLengths
    cells: Sequence[Cell]
    address: str
    narrower: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A value that narrows the page down, and the address without it."""

    label: str
    without: str


@require_safe
@login_required
def condition_page(request: HttpRequest) -> HttpResponse:
    """Show kilometres by grade; a wrong parameter is named and left out, with status 400."""
    chosen, problems = _read(request.GET)
    summary = condition_summary(scope_of_request(request), chosen)
    names = township_names(row.township_code for row in summary.rows)
    context = {
        "summary": summary,
        "total": summary.total,
        "total_cells": _cells(summary.total, chosen.replaced("kind", ("road",))),
        "tables": _tables(summary, chosen, names),
        "chips": _chips(chosen, names),
        "query": chosen.to_query(),
        "problems": problems,
        "unverified": _unverified(),
        "grades": ConditionGrade.choices,
        "today": timezone.localdate(),
    }
    status = 400 if problems else 200
    return render(request, "assets/condition_summary.html", context, status=status)


@require_safe
@login_required
def condition_csv(request: HttpRequest) -> HttpResponse:
    """Answer the rows of the page as a CSV table, one for each township, class and pavement."""
    chosen, problems = _read(request.GET)
    if problems:
        return HttpResponse(problems[0].message, status=400, content_type="text/plain")
    summary = condition_summary(scope_of_request(request), chosen)
    names = township_names(row.township_code for row in summary.rows)
    text = StringIO("\ufeff")
    text.seek(0, 2)
    writer = csv.writer(text)
    writer.writerow(_headings())
    writer.writerows(_csv_row(row, names) for row in summary.rows)
    writer.writerow(["", _("Total"), "", "", *_csv_lengths(summary.total)])
    response = HttpResponse(text.getvalue(), content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = 'attachment; filename="condition.csv"'
    return response


def _read(query: QueryDict) -> tuple[AssetFilter, list[ParameterError]]:
    """Read an address, leaving out each parameter that is wrong or unknown."""
    usable, known = query.copy(), parameters()
    problems = [
        ParameterError(name, "unknown_parameter", _("There is no such parameter."))
        for name in usable
        if name not in known
    ]
    while True:
        try:
            return AssetFilter.from_query(usable), problems
        except ParameterError as error:
            problems.append(error)
            del usable[error.parameter]


def _unverified() -> int:
    return RatingCoefficient.objects.exclude(status=CoefficientStatus.VERIFIED).count()


def _tables(
    summary: ConditionSummary, chosen: AssetFilter, names: Mapping[str, str]
) -> list[tuple[str, str, list[Line]]]:
    """Return the three tables: identifier, title, lines."""
    townships = (
        _line(row, chosen, "township", names.get(row.township_code, _("Not in a township")))
        for row in summary.by_township()
    )
    classes = (
        _line(row, chosen, "road_class", str(RoadClass(row.road_class).label))
        for row in summary.by_class()
    )
    pavements = (
        _line(row, chosen, "pavement", _pavement(row.pavement)) for row in summary.by_pavement()
    )
    return [
        ("township", _("By township"), list(townships)),
        ("class", _("By road class"), list(classes)),
        ("pavement", _("By pavement"), list(pavements)),
    ]


def _pavement(code: str) -> str:
    return str(Pavement(code).label) if code else _("Pavement not known")


def _line(row: ConditionRow, chosen: AssetFilter, key: str, name: str) -> Line:
    own = filter_of(row, chosen, (key,))
    value = row.township_code or row.road_class or row.pavement
    narrower = chosen.replaced(key, (value,)).to_query() if own else ""
    return Line(
        name=name,
        lengths=row.lengths,
        cells=_cells(row.lengths, own),
        address=f"{LIST}?{own.to_query()}" if own else "",
        narrower=narrower,
    )


def _cells(lengths: GradeLengths, own: AssetFilter | None) -> list[Cell]:
    metres = [(grade, lengths.metres(grade)) for grade in ConditionGrade.values]
    metres.append((GradeOrNone.NOT_RATED.value, lengths.not_rated_m))
    return [
        Cell(grade, number, f"{LIST}?{own.replaced('grade', (grade,)).to_query()}" if own else "")
        for grade, number in metres
    ]


def _chips(chosen: AssetFilter, names: Mapping[str, str]) -> list[Chip]:
    known = parameters()
    return [
        Chip(
            f"{known[name].label}: {_words(name, value, names)}",
            chosen.replaced(name, known[name].nothing).to_query(),
        )
        for name, value in chosen.given.items()
    ]


def _words(name: str, value: object, names: Mapping[str, str]) -> str:
    choices = parameters()[name].choices
    if choices is not None and isinstance(value, tuple):
        return ", ".join(str(choices(code).label) for code in value)
    if name == "township" and isinstance(value, tuple):
        return ", ".join(names.get(code, code) for code in value)
    return as_text(value)


def _headings() -> list[str]:
    grades = [
        _("%(grade)s (km)") % {"grade": label}
        for label in (*ConditionGrade.labels, GradeOrNone.NOT_RATED.label)
    ]
    return [
        _("Township code"),
        _("Township"),
        _("Road class"),
        _("Pavement"),
        _("Sections"),
        _("Length (km)"),
        *grades,
        _("Of it stated by testing bodies (km)"),
        _("Excellent and good (%)"),
        _("Excellent, good and fair (%)"),
    ]


def _csv_row(row: ConditionRow, names: Mapping[str, str]) -> list[object]:
    name = names.get(row.township_code, "")
    road_class = str(RoadClass(row.road_class).label)
    return [
        row.township_code,
        f"'{name}" if name[:1] in "=+-@\t\r" and name else name,
        road_class,
        _pavement(row.pavement),
        *_csv_lengths(row.lengths),
    ]


def _csv_lengths(lengths: GradeLengths) -> Iterable[object]:
    metres = [lengths.metres(grade) for grade in ConditionGrade.values]
    kilometres = [lengths.total_m, *metres, lengths.not_rated_m, lengths.stated_m]
    percents = (lengths.good_percent, lengths.fair_percent)
    return [
        lengths.sections,
        *(f"{number / 1000:.4f}" for number in kilometres),
        *("" if percent is None else f"{percent:.2f}" for percent in percents),
    ]
