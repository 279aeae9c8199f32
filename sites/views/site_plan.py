"""The page of one site's plan: its milestones, and its planned curve in numbers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from sites.access import scope_of_request
from sites.curve_picture import curve_picture
from sites.forms_plan import MilestonesForm, point_rows, points_of
from sites.milestones import milestones_mark
from sites.models import Milestone, Organisation, PlannedProgress, ProjectSite
from sites.progress_curve import Curve, Point, curve_of, points_mark
from sites.services import (
    ConcurrentChange,
    RefusedByRegister,
    milestones_save,
    planned_progress_save,
)
from sites.services.progress import is_office
from sites.site_facts import nodes


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def site_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a site's plan to those who see the site, and let the office change it."""
    scope = scope_of_request(request)
    site = get_object_or_404(ProjectSite.objects.visible_to(scope), pk=pk)
    if request.method != "POST":
        return _page(request, site)
    if not is_office(scope, site):
        raise PermissionDenied
    if request.POST.get("part") == "points":
        return _save_points(request, site)
    return _save_milestones(request, site)


def _save_milestones(request: HttpRequest, site: ProjectSite) -> HttpResponse:
    form = MilestonesForm(_milestones(site), _units(request), request.POST)
    if not form.is_valid():
        return _page(request, site, milestones=form, status=422)
    try:
        milestones_save(
            site=site,
            plan=form.plan(),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            on=timezone.localdate(),
            expected=request.POST.get("mark", ""),
        )
    except ConcurrentChange as error:
        return _page(request, site, refused=[str(error.message)], status=409)
    except RefusedByRegister as error:
        form.refuse(error.errors)
        return _page(request, site, milestones=form, status=422)
    messages.success(request, _("The milestones were saved."))
    return redirect("sites:site-plan", pk=site.pk)


def _save_points(request: HttpRequest, site: ProjectSite) -> HttpResponse:
    rows = point_rows((), request.POST)
    if not rows.is_valid():
        return _page(request, site, points=rows, status=422)
    try:
        planned_progress_save(
            site=site,
            points=points_of(rows),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected=request.POST.get("mark", ""),
        )
    except ConcurrentChange as error:
        return _page(request, site, refused=[str(error.message)], status=409)
    except RefusedByRegister as error:
        told = [text for _field, _code, text in error.errors]
        return _page(request, site, points=rows, refused=told, status=422)
    messages.success(request, _("The planned curve was saved."))
    return redirect("sites:site-plan", pk=site.pk)


def _page(
    request: HttpRequest,
    site: ProjectSite,
    *,
    milestones: MilestonesForm | None = None,
    points: Any = None,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), timezone.localdate()
    standing, planned = list(_milestones(site)), list(_points(site))
    curve = curve_of(site, scope, today)
    context = {
        "site": site,
        "may_edit": is_office(scope, site),
        "milestones": milestones or MilestonesForm(standing, _units(request)),
        "milestones_mark": milestones_mark(standing),
        "nodes": {node.milestone.kind: node for node in nodes(standing, today)},
        "points": points or point_rows(planned),
        "points_mark": points_mark(Point(row.on, row.percent) for row in planned),
        "curve": curve,
        "picture": curve_picture(curve),
        "numbers": _numbers(curve),
        "refused": refused or [],
    }
    return render(request, "sites/site_plan.html", context, status=status)


def _numbers(curve: Curve) -> list[tuple[Any, Any, Any]]:
    """Return day, planned and actual percentage of every point, in the order of days."""
    planned = {point.on: point.percent for point in curve.planned}
    actual = {point.on: point.percent for point in curve.actual}
    return [(on, planned.get(on), actual.get(on)) for on in sorted(planned.keys() | actual.keys())]


def _milestones(site: ProjectSite) -> Any:
    return Milestone.objects.filter(site=site).select_related("responsible")


def _points(site: ProjectSite) -> Any:
    return PlannedProgress.objects.filter(site=site).order_by("on")


def _units(request: HttpRequest) -> Any:
    units = Organisation.objects.visible_to(scope_of_request(request))
    return units.order_by("name").only("name", "name_en")
