"""The list of monthly plans of a month: who filed, who is late, what became of it."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from maintenance.newest_first import page_leniently, read_leniently
from oversight.kinds import ItemResult, PlanState
from oversight.models import MonthlyPlan
from oversight.months import filing_day, month_of, months_on
from oversight.plan_filter import NAMES, PlanFilter
from oversight.plan_waiting import bodies_without_plan
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.townships import townships_of

MONTHS_SHOWN = 6


@require_safe
@login_required
def plan_list(request: HttpRequest) -> HttpResponse:
    """Show the plans of a month, this one unless another is asked for; strict parameters."""
    scope, today = scope_of_request(request), timezone.localdate()
    chosen, problems = read_leniently(PlanFilter.from_query, request.GET, NAMES)
    month = max(chosen.month) if chosen.month else month_of(today)
    chosen = replace(chosen, month=(month,))
    rows = _counted(chosen.apply(MonthlyPlan.objects.visible_to(scope)))
    cursor = request.GET.get("cursor", "")
    page = page_leniently(rows, "created_at", cursor, problems)
    context = {
        "month": month,
        "due_on": filing_day(month),
        "problems": problems,
        "plans": sorted(page.rows, key=lambda plan: (plan.area_code, plan.organisation.name)),
        "absent": bodies_without_plan(scope, month) if not cursor else [],
        "choices": _choices(scope, chosen),
        "asked": chosen,
        "tabs": _tabs(chosen, month, today),
        "today": today,
        "may_file": scope.edits_sites,
        "next_address": _address(chosen, page.next_cursor) if page.next_cursor else "",
        "first_address": _address(chosen),
        "is_first": not cursor,
    }
    status = 400 if problems else 200
    return render(request, "oversight/plan_list.html", context, status=status)


def _counted(plans: QuerySet[Any]) -> QuerySet[Any]:
    def of(result: str) -> Count:
        return Count("items", filter=Q(items__result=result))

    counted: QuerySet[Any] = plans.annotate(
        lines=Count("items"),
        met=of(ItemResult.MET),
        partly=of(ItemResult.PARTLY),
        missed=of(ItemResult.MISSED),
    )
    return counted.select_related("organisation", "area").defer("area__boundary")


def _address(chosen: PlanFilter, cursor: str = "") -> str:
    pairs = chosen.pairs() + ([("cursor", cursor)] if cursor else [])
    return f"{reverse('oversight:plan-list')}?{urlencode(pairs, safe=',:')}"


def _tabs(chosen: PlanFilter, month: datetime.date, today: datetime.date) -> list[dict[str, Any]]:
    """Return the months around today, and the one asked for."""
    shown = {months_on(month_of(today), number) for number in range(1 - MONTHS_SHOWN, 2)}
    return [
        {
            "month": one,
            "address": _address(replace(chosen, month=(one,))),
            "is_current": one == month,
        }
        for one in sorted(shown | {month})
    ]


def _choices(scope: Scope, chosen: PlanFilter) -> dict[str, list[Choice]]:
    townships = townships_of(scope).only("code", "name", "name_en")
    return {
        "area": [Choice(a.code, a.label, a.code in chosen.area) for a in townships],
        "state": [Choice(str(s.value), str(s.label), s.value in chosen.state) for s in PlanState],
    }
