"""Renovated houses by village."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from assets.housing_totals import housing_totals
from sites.access import scope_of_request
from sites.public_totals import SMALLEST_TOLD


@require_safe
@login_required
def housing(request: HttpRequest) -> HttpResponse:
    """Show the totals of villages; small numbers are masked outside the office."""
    totals = housing_totals(scope_of_request(request))
    context = {"totals": totals, "smallest": SMALLEST_TOLD}
    return render(request, "assets/housing.html", context)
