"""Reserves: the list with the form of a new one, and one with its draws."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import DecimalField, F, Sum, Value
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from funding.forms import DrawForm, ReserveForm
from funding.models import Reserve
from funding.services import reserve_draw, reserve_save
from funding.views.acting import acted, by
from sites.access import Scope, scope_of_request

MOST_ROWS = 200


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reserve_list(request: HttpRequest) -> HttpResponse:
    """Show the reserves with what is left of them; the planner sets a new one aside."""
    scope = scope_of_request(request)
    form = ReserveForm(
        request.POST or None, scope=scope, initial={"year": timezone.localdate().year}
    )
    if request.method == "POST":
        if not scope.manages_register:
            raise PermissionDenied

        def save() -> None:
            values = {name: value for name, value in form.cleaned_data.items() if value is not None}
            reserve_save(values=values, **by(request))

        if acted(request, form, save, _("The reserve was set aside.")):
            return redirect("funding:reserve-list")
    context = {
        "reserves": _reserves(scope)[:MOST_ROWS],
        "form": form,
        "may_change": scope.manages_register,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "funding/reserve_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def reserve_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a reserve with its draws; the planner draws on it."""
    scope = scope_of_request(request)
    reserve = get_object_or_404(_reserves(scope), pk=pk)
    may_change = scope.manages_area(reserve.area_code)
    form = DrawForm(request.POST or None, scope=scope, initial={"drawn_on": timezone.localdate()})
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied

        def draw() -> None:
            reserve_draw(
                reserve=reserve, **form.cleaned_data, **by(request), on=timezone.localdate()
            )

        if acted(request, form, draw, _("The draw was recorded.")):
            return redirect("funding:reserve-detail", pk=pk)
    context = {
        "reserve": reserve,
        "draws": reserve.draws.select_related("programme", "recorded_by"),
        "form": form,
        "may_change": may_change,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "funding/reserve_detail.html", context, status=status)


def _reserves(scope: Scope) -> Any:
    nothing = Value(0, output_field=DecimalField(max_digits=18, decimal_places=2))
    rows = Reserve.objects.visible_to(scope).select_related("area", "document")
    drawn = rows.defer("area__boundary").annotate(drawn=Coalesce(Sum("draws__amount"), nothing))
    return drawn.annotate(left=F("amount") - F("drawn")).order_by("-year", "name", "pk")
