"""Drafting the payments of a month for many agreements at once, with a preview."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from maintenance.payment_plan import Planned, may_draft, month_of, planned_payments
from maintenance.refusals import sentences_of
from maintenance.services import payment_draft
from sites.access import scope_of_request
from sites.services import ServiceError
from sites.townships import township_names


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def payment_bulk(request: HttpRequest) -> HttpResponse:
    """Preview the payments of a month, and draft those that are ticked.

    `?month=2026-09` is the month in which the payment period ends; without it, the last month.
    """
    scope = scope_of_request(request)
    if not may_draft(scope):
        raise PermissionDenied
    asked = request.POST if request.method == "POST" else request.GET
    month = month_of(asked.get("month", "")) or _last_month(timezone.localdate())
    planned = planned_payments(scope, month)
    if request.method != "POST":
        return _page(request, month, planned)
    ticked = set(request.POST.getlist("agreement"))
    wanted = [row for row in planned if str(row.agreement.pk) in ticked]
    if not wanted:
        return _page(request, month, planned, [_("Tick at least one agreement.")], status=422)
    made, refused = _drafted(request, wanted)
    if refused:
        return _page(request, month, planned_payments(scope, month), refused, status=422)
    messages.success(
        request,
        ngettext("%(number)s payment was drafted.", "%(number)s payments were drafted.", made)
        % {"number": made},
    )
    return redirect(f"{reverse('maintenance:payment-list')}?state=drafted")


def _drafted(request: HttpRequest, wanted: list[Planned]) -> tuple[int, list[str]]:
    """Draft each payment for itself: one that is refused does not keep back the others."""
    made, refused = 0, []
    for row in wanted:
        try:
            payment_draft(
                agreement=row.agreement,
                period=row.period,
                actor=request.user,  # type: ignore[arg-type]
                scope=scope_of_request(request),
                at=timezone.now(),
            )
            made += 1
        except ServiceError as error:
            refused += [f"{row.agreement.number}: {text}" for text in sentences_of(error)]
    return made, refused


def _last_month(today: datetime.date) -> datetime.date:
    return (today.replace(day=1) - datetime.timedelta(days=1)).replace(day=1)


def _page(
    request: HttpRequest,
    month: datetime.date,
    planned: list[Planned],
    refused: list[str] | None = None,
    *,
    status: int = 200,
) -> HttpResponse:
    ticked = request.GET.get("agreement", "")
    context: dict[str, Any] = {
        "month": month,
        "planned": planned,
        "names": township_names(row.agreement.township_code for row in planned),
        "refused": refused or [],
        "only": ticked,
        "total": sum((row.figures.payable for row in planned if row.figures), start=0),
    }
    return render(request, "maintenance/payment_bulk.html", context, status=status)
