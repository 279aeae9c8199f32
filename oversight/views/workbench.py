"""The first page of steering: what waits for whoever looks."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from oversight.workbench import steering_piles
from sites.access import scope_of_request


@require_safe
@login_required
def workbench(request: HttpRequest) -> HttpResponse:
    """Show the piles of the viewer's roles, empty ones at the end."""
    scope = scope_of_request(request)
    found = steering_piles(scope, timezone.localdate())
    context = {
        "mine": [pile for pile in found if pile.number.number],
        "done": [pile for pile in found if not pile.number.number],
    }
    return render(request, "oversight/workbench.html", context)
