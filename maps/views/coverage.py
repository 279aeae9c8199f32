"""The pages of coverage: the newest numbers of an area, one run, and the list of its gaps."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maps.coverage.run_page import run_page
from maps.coverage.runs import (
    coverage_request,
    is_small,
    latest_run,
    percent_of,
    run_coverage,
)
from maps.forms_coverage import RunForm, areas_of
from maps.kinds import Indicator, RunState
from maps.models import CoverageRun
from maps.tasks import compute_coverage
from sites.access import Scope, scope_of_request
from sites.forms import add_service_error
from sites.kinds import AreaLevel
from sites.models import Area
from sites.services import ServiceError

SHOWN_RUNS = 30


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def coverage_overview(request: HttpRequest) -> HttpResponse:
    """Show each indicator's newest number of an area; the office starts runs here."""
    scope = scope_of_request(request)
    today = timezone.localdate()
    if request.method != "POST":
        return _overview(request, scope, None)
    if not (scope.everything or scope.edits_sites):
        raise PermissionDenied
    form = RunForm(request.POST, scope=scope, today=today)
    if not form.is_valid():
        return _overview(request, scope, form, status=422)
    try:
        ready = _start(request, scope, form)
    except ServiceError as error:
        add_service_error(form, error)
        return _overview(request, scope, form, status=422)
    if ready:
        messages.success(request, _("The numbers were computed."))
    else:
        messages.info(request, _("The area is large: the numbers are being computed."))
    address = f"{request.path}?area={form.cleaned_data['area'].code}"
    return redirect(address)


def _start(request: HttpRequest, scope: Scope, form: RunForm) -> bool:
    """Compute what is asked for at once where it is quick, else with the worker."""
    asked = form.cleaned_data
    common: dict[str, Any] = {
        "area": asked["area"],
        "as_of": asked["as_of"],
        "population": asked["population"],
        "without_year": asked["without_year"],
        "actor": request.user,
        "scope": scope,
    }
    small = is_small(asked["area"], asked["population"])
    with transaction.atomic():
        for indicator in form.indicators():
            if small:
                run_coverage(indicator=indicator, **common)
            else:
                run = coverage_request(indicator=indicator, **common)
                compute_coverage.defer(run_id=str(run.pk))
    return small


def _overview(
    request: HttpRequest, scope: Scope, form: RunForm | None, *, status: int = 200
) -> HttpResponse:
    today = timezone.localdate()
    areas = list(areas_of(scope))
    area = _chosen(request, areas)
    form = form or RunForm(
        scope=scope, today=today, initial={"area": area.code if area else None, "as_of": today}
    )
    runs = CoverageRun.objects.visible_to(scope).select_related("rule").defer("reach")
    history = runs.filter(area_code=area.code) if area else runs.none()
    context = {
        "areas": areas,
        "area": area,
        "form": form,
        "cards": [_card(indicator, area) for indicator in Indicator] if area else [],
        "history": [
            (run, percent_of(run.numerator, run.denominator))
            for run in history.order_by("-created_at", "-id")[:SHOWN_RUNS]
        ],
        "may_run": scope.edits_sites and bool(areas),
        "may_manage": scope.manages_register,
    }
    return render(request, "maps/coverage_overview.html", context, status=status)


def _chosen(request: HttpRequest, areas: list[Area]) -> Area | None:
    """Return the area asked for among the viewer's, else the viewer's first district."""
    code = request.GET.get("area", "")
    asked = next((area for area in areas if area.code == code), None)
    district = next((area for area in areas if area.level == AreaLevel.DISTRICT), None)
    return asked or district or (areas[0] if areas else None)


def _card(indicator: Indicator, area: Area) -> dict[str, Any]:
    run = latest_run(indicator, area)
    rate = percent_of(run.numerator, run.denominator) if run else None
    return {"indicator": indicator, "run": run, "rate": rate}


@require_safe
@login_required
def coverage_run(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one run: number, townships, map, gaps, inputs and the method beside it."""
    scope = scope_of_request(request)
    run = get_object_or_404(_runs(scope), pk=pk)
    others = _comparable(scope, run)
    earlier = _earlier(request, others)
    context: dict[str, Any] = {"run": run, "others": others, "earlier": earlier}
    if run.state == RunState.READY:
        context["page"] = run_page(run, earlier)
    return render(request, "maps/coverage_run.html", context)


def _runs(scope: Scope) -> QuerySet[Any]:
    rows: QuerySet[Any] = CoverageRun.objects.visible_to(scope)
    return rows.select_related("rule", "population", "area", "created_by")


def _comparable(scope: Scope, run: CoverageRun) -> list[CoverageRun]:
    """Return the finished runs of the same indicator and area that this one is compared with."""
    rows = _runs(scope).filter(
        indicator=run.indicator, area_code=run.area_code, state=RunState.READY
    )
    found = rows.exclude(pk=run.pk).defer("reach").order_by("-as_of", "-created_at", "-id")
    return list(found[:SHOWN_RUNS])


def _earlier(request: HttpRequest, others: list[CoverageRun]) -> CoverageRun | None:
    asked = request.GET.get("before", "")
    return next((run for run in others if str(run.pk) == asked), None)
