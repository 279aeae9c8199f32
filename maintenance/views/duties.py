"""Duties: what is due and overdue, one duty, and rounds planned over many of them."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maintenance.duty_page import (
    SOON,
    agreements_over,
    assets_in_order,
    overdue_by_township,
    parties_over,
    plans_shown,
    schedules_shown,
)
from maintenance.forms_duties import PlanForm, ScheduleForm
from maintenance.models import PatrolPlan, UpkeepSchedule
from maintenance.newest_first import read_leniently
from maintenance.parties import agreement_covering
from maintenance.schedule_filter import NAMES, ScheduleFilter
from maintenance.services import patrol_plan_create, schedule_change
from maintenance.services.field_bodies import checker_of
from sites.access import Scope, scope_of_request
from sites.api.paging import BY_ID, Key, Page, read_page
from sites.filter_choices import Choice
from sites.forms import add_service_error
from sites.kinds import Kind
from sites.problems import Problem
from sites.services import NotPermitted, ServiceError
from sites.townships import township_names, townships_of

PAGE_SIZE = 50
MOST_CHOSEN = 200
BY_DUE = (Key("next_due_on", datetime.date.fromisoformat), *BY_ID)


@require_safe
@login_required
def duty_list(request: HttpRequest) -> HttpResponse:
    """Show duties by the day on which they are due; unless asked otherwise, until in two weeks."""
    scope, today = scope_of_request(request), timezone.localdate()
    chosen, problems = read_leniently(ScheduleFilter.from_query, request.GET, NAMES)
    asked = (
        chosen if chosen.overdue or chosen.due_until else replace(chosen, due_until=today + SOON)
    )
    page, is_wrong = _page(schedules_shown(scope, asked), request.GET.get("cursor", ""))
    townships = townships_of(scope).only("code", "name", "name_en")
    problems += is_wrong
    context = {
        "asked": chosen,
        "problems": problems,
        "rows": page.rows,
        "names": township_names(row.asset.township_code for row in page.rows),
        "by_township": overdue_by_township(scope, today),
        "plans": list(plans_shown(scope, today)),
        "today": today,
        "until": asked.due_until,
        "next_address": _address(chosen, page.next_cursor) if page.next_cursor else "",
        "first_address": _address(chosen),
        "is_first": not request.GET.get("cursor"),
        "tabs": _tabs(chosen),
        "kinds": [Choice(v, str(w), v in chosen.kind) for v, w in Kind.choices],
        "areas": [Choice(t.code, t.label, t.code in chosen.area) for t in townships],
        "may_plan": scope.edits_sites or bool(scope.organisation_ids()),
    }
    return render(request, "maintenance/duty_list.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def duty_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one duty of one asset, and change how often it is due."""
    scope = scope_of_request(request)
    rows = UpkeepSchedule.objects.visible_to(scope).select_related("asset__area", "standard")
    schedule = get_object_or_404(rows.defer("asset__area__boundary"), pk=pk)
    today = timezone.localdate()
    agreement = agreement_covering(schedule.asset, on=today)
    area_code = schedule.asset.area_code
    may_change = checker_of(scope, request.user, agreement, area_code) is not None  # type: ignore[arg-type]
    initial = {
        "frequency_days": schedule.frequency_days,
        "next_due_on": schedule.next_due_on,
        "is_active": schedule.is_active,
        "version": schedule.version,
    }
    context = {"schedule": schedule, "agreement": agreement, "today": today}
    if request.method != "POST":
        form = ScheduleForm(initial=initial) if may_change else None
        return render(request, "maintenance/duty_detail.html", {**context, "form": form})
    if not may_change:
        raise PermissionDenied
    form = ScheduleForm(request.POST, initial=initial)
    if form.is_valid():
        try:
            schedule_change(
                schedule=schedule,
                values=form.changes(),
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                on=today,
                expected_version=form.cleaned_data["version"],
            )
            messages.success(request, _("The changes were saved."))
            return redirect("maintenance:duty-detail", pk=pk)
        except ServiceError as error:
            add_service_error(form, error)
    return render(request, "maintenance/duty_detail.html", {**context, "form": form}, status=422)


@require_POST
@login_required
def duty_plan(request: HttpRequest) -> HttpResponse:
    """Plan a round over the chosen duties: first shown as it would be, then made."""
    scope = scope_of_request(request)
    if not (scope.edits_sites or scope.organisation_ids()):
        raise PermissionDenied
    schedules = _chosen(request.POST, scope)
    if not schedules:
        messages.warning(request, _("Choose the duties first that the round shall serve."))
        return redirect("maintenance:duty-list")
    assets = assets_in_order(scope, schedules)
    agreements = agreements_over(scope, assets)
    options: dict[str, Any] = {
        "agreements": agreements,
        "organisations": parties_over(agreements),
    }
    context = {"assets": assets, "schedules": schedules, "agreements": list(agreements)}
    if "confirm" not in request.POST:
        form = PlanForm(initial=_first_values(assets, list(agreements)), **options)
        return render(request, "maintenance/duty_plan.html", {**context, "form": form})
    form = PlanForm(request.POST, **options)
    if form.is_valid():
        try:
            plan = patrol_plan_create(
                agreement=form.cleaned_data["agreement"],
                organisation=form.cleaned_data["organisation"],
                values=form.values(),
                stops=assets,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                on=timezone.localdate(),
            )
            messages.success(request, _("The round “%(name)s” was planned.") % {"name": plan.name})
            return redirect("maintenance:patrol-plan", pk=plan.pk)
        except NotPermitted as error:
            raise PermissionDenied from error
        except ServiceError as error:
            add_service_error(form, error)
    return render(request, "maintenance/duty_plan.html", {**context, "form": form}, status=422)


@require_safe
@login_required
def patrol_plan(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one round with its stops and when it was made."""
    scope = scope_of_request(request)
    rows = PatrolPlan.objects.visible_to(scope).select_related("agreement", "organisation")
    plan = get_object_or_404(rows, pk=pk)
    context = {
        "plan": plan,
        "stops": plan.stops.select_related("asset").order_by("position"),
        "patrols": plan.patrols.select_related("performed_by").order_by("-started_at")[:20],
        "today": timezone.localdate(),
    }
    return render(request, "maintenance/patrol_plan.html", context)


def _chosen(data: QueryDict, scope: Scope) -> list[Any]:
    """Return the chosen duties that the viewer may see; what cannot be read is left out."""
    keys = []
    for text in data.getlist("schedule")[:MOST_CHOSEN]:
        try:
            keys.append(UUID(text))
        except ValueError:
            continue
    rows = UpkeepSchedule.objects.visible_to(scope).filter(pk__in=keys, is_active=True)
    return list(rows.select_related("standard"))


def _first_values(assets: list[Any], agreements: list[Any]) -> dict[str, Any]:
    first: dict[str, Any] = {
        "name": _("Round of %(asset)s") % {"asset": assets[0].name} if assets else "",
        "next_due_on": timezone.localdate(),
    }
    if len(agreements) == 1:
        first["agreement"] = agreements[0].pk
    return first


def _page(rows: Any, cursor: str) -> tuple[Page, list[str]]:
    """Return the page after a cursor; a cursor that is not ours gives the first page."""
    asked = QueryDict(mutable=True)
    asked.update({"limit": str(PAGE_SIZE), "cursor": cursor})
    try:
        return read_page(rows, BY_DUE, asked), []
    except Problem as problem:
        asked["cursor"] = ""
        return read_page(rows, BY_DUE, asked), [str(problem.errors[0].message)]


def _address(chosen: ScheduleFilter, cursor: str = "") -> str:
    pairs = chosen.pairs() + ([("cursor", cursor)] if cursor else [])
    query = urlencode(pairs, safe=",:")
    return reverse("maintenance:duty-list") + (f"?{query}" if query else "")


def _tabs(chosen: ScheduleFilter) -> list[dict[str, Any]]:
    plain = replace(chosen, overdue=None, due_until=None)
    month = replace(plain, due_until=chosen.as_of + datetime.timedelta(days=90))
    tabs = (
        (_("Due within two weeks"), plain),
        (_("Overdue"), replace(plain, overdue=True)),
        (_("Due within 90 days"), month),
    )
    return [
        {"label": label, "address": _address(asked), "is_current": asked == chosen}
        for label, asked in tabs
    ]
