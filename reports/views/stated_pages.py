"""What departments state beside what the register says, and recording what they state."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reports.forms import StatedChangeForm, StatedForm, VersionForm
from reports.models import StatedFigure
from reports.refusals import sentences_of
from reports.services import figure_state, stated_change, stated_remove
from reports.stated_table import stated_table
from reports.views.answers import done
from sites.access import Scope, scope_of_request
from sites.filter_values import AREA_CODE, ParameterError, matching, parsed, year_of
from sites.models import Area
from sites.services import NotPermitted, ServiceError

STATED_PARAMETERS = frozenset({"area", "year"})


@require_safe
@login_required
def stated_list(request: HttpRequest) -> HttpResponse:
    """Show the figures of a year that bodies state, beside the register's, differences marked."""
    scope, today = scope_of_request(request), timezone.localdate()
    rows = _visible(scope)
    years, areas, problems = _read(request)
    offered = list(rows.order_by("-year").values_list("year", flat=True).distinct())
    year = years[0] if years else (offered[0] if offered else today.year)
    places = Area.objects.filter(pk__in=rows.filter(year=year).values("area")).order_by("code")
    area = next((place for place in places if not areas or place.code == areas[0]), None)
    table = None
    if area:
        stated = rows.filter(year=year, area=area)
        table = stated_table(stated, area=area, year=year, today=today, scope=scope)
    context = {
        "table": table,
        "year": year,
        "years": offered,
        "area": area,
        "areas": places,
        "problems": problems,
        "today": today,
        "may_state": scope.edits_sites,
    }
    return render(request, "reports/stated_list.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def stated_new(request: HttpRequest) -> HttpResponse:
    """Record what a body states."""
    scope, today = scope_of_request(request), timezone.localdate()
    if not scope.edits_sites:
        raise PermissionDenied
    form = StatedForm(request.POST or None, scope=scope, initial={"year": today.year - 1})
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        try:
            row = figure_state(
                values=form.cleaned_data,
                on=today,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
            )
            return HttpResponseRedirect(_address(row))
        except ServiceError as error:
            problems = sentences_of(error)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "problems": problems}
    return render(request, "reports/stated_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def stated_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change what a body states."""
    row = _editable(request, pk)
    initial = {"version": row.version, "value": row.value.normalize(), "note": row.note}
    form = StatedChangeForm(request.POST or None, initial=initial)
    problems: list[str] = []
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        try:
            stated_change(
                row=row,
                expected_version=given.pop("version"),
                values=given,
                on=timezone.localdate(),
                actor=request.user,  # type: ignore[arg-type]
                scope=scope_of_request(request),
            )
            return HttpResponseRedirect(_address(row))
        except NotPermitted as error:
            raise PermissionDenied from error
        except ServiceError as error:
            problems = sentences_of(error)
    return _edit_page(request, row, form, problems)


@require_POST
@login_required
def stated_removed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take a stated figure back."""
    row, form = _editable(request, pk), VersionForm(request.POST)

    def remove() -> str:
        stated_remove(
            row=row,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected_version=form.cleaned_data["version"],
        )
        return _("The stated figure was taken back.")

    def refused(problems: Any, status: int) -> HttpResponse:
        initial = {"version": row.version, "value": row.value.normalize(), "note": row.note}
        return _edit_page(request, row, StatedChangeForm(initial=initial), problems, status)

    return done(request, form, remove, address=_address(row), refused=refused)


def _edit_page(
    request: HttpRequest, row: StatedFigure, form: Any, problems: Any, status: int = 0
) -> HttpResponse:
    context = {"row": row, "form": form, "problems": problems}
    shown = status or (422 if request.method == "POST" else 200)
    return render(request, "reports/stated_edit.html", context, status=shown)


def _visible(scope: Scope) -> QuerySet[Any]:
    rows: QuerySet[Any] = StatedFigure.objects.visible_to(scope)
    return rows.select_related("figure", "organisation")


def _editable(request: HttpRequest, pk: UUID) -> StatedFigure:
    """Return a stated figure for the office of its area; others who see it are refused."""
    scope = scope_of_request(request)
    row: StatedFigure = get_object_or_404(_visible(scope), pk=pk)
    if not scope.covers_area(row.area_code):
        raise PermissionDenied
    return row


def _read(request: HttpRequest) -> tuple[tuple[int, ...], tuple[str, ...], list[str]]:
    """Read year and area, leaving out what is wrong."""
    unknown = sorted(set(request.GET) - STATED_PARAMETERS)
    problems = [f"{name[:60]}: {_('There is no such parameter.')}" for name in unknown]
    years: tuple[int, ...] = ()
    areas: tuple[str, ...] = ()
    try:
        years = parsed(request.GET, "year", year_of)
    except ParameterError as error:
        problems.append(f"{error.parameter}: {error.message}")
    try:
        areas = matching(request.GET, "area", AREA_CODE)
    except ParameterError as error:
        problems.append(f"{error.parameter}: {error.message}")
    return years, areas, problems


def _address(row: StatedFigure) -> str:
    return f"{reverse('reports:stated-list')}?year={row.year}&area={row.area_code}"
