"""The workbench: what is mine, what is due, what waits for me."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from maintenance.models import Agreement
from maintenance.township_burden import township_burden
from maintenance.workbench import piles
from sites.access import Scope, scope_of_request
from sites.kinds import OFFICE_ROLES

OWN_AGREEMENTS = 8
"""Agreements of the own organisation that the page names."""


@require_safe
@login_required
def workbench(request: HttpRequest) -> HttpResponse:
    """Show the piles of the viewer's roles, and townships side by side to who answers for them."""
    scope = scope_of_request(request)
    at = timezone.now()
    today = timezone.localdate(at)
    found = piles(scope, at)
    waiting = [pile for pile in found if pile.number.number]
    mine = [pile for pile in waiting if not pile.is_watched]
    context = {
        "mine": mine,
        "watched": [pile for pile in waiting if pile.is_watched],
        "done": [pile for pile in found if not pile.number.number],
        "total": sum(pile.number.number for pile in mine),
        "is_more": any(pile.number.more for pile in mine),
        "late": sum(pile.late for pile in mine),
        "burden": township_burden(scope, at, today) if _sees_townships(scope) else None,
        "agreements": _own_agreements(scope, today),
        "today": today,
    }
    return render(request, "maintenance/workbench.html", context)


def _sees_townships(scope: Scope) -> bool:
    """Whether somebody answers for, or evaluates, more than single villages."""
    return scope.everything or bool(scope.area_codes())


def _own_agreements(scope: Scope, today: object) -> list[Agreement]:
    """Return the agreements in force of the viewer's organisations."""
    if not scope.organisation_ids() or any(role in OFFICE_ROLES for role in scope.roles):
        return []
    rows = Agreement.objects.visible_to(scope).in_force(today)  # type: ignore[arg-type]
    named = rows.select_related("area").defer("area__boundary")
    return list(named.order_by("ends_on", "number")[:OWN_AGREEMENTS])
