"""Warranty claims: the list for both sides, and the moves made from it."""

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
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from maintenance.defect_thread import photos_by_stage
from maintenance.forms_defects import ClaimMoveForm
from maintenance.kinds import ClaimState
from maintenance.models import Defect, WarrantyClaim
from maintenance.newest_first import newest_page
from maintenance.services import claim_move
from maintenance.services.claims import moves_open_to
from sites.access import scope_of_request
from sites.filter_values import ParameterError
from sites.services import NotPermitted, ServiceError

MOVE_WORDS = {
    ClaimState.ACCEPTED: gettext_lazy("Accept the claim"),
    ClaimState.REFUSED: gettext_lazy("Refuse the claim"),
    ClaimState.RAISED: gettext_lazy("Raise the claim again"),
    ClaimState.SETTLED: gettext_lazy("It is repaired: settle the claim"),
    ClaimState.WITHDRAWN: gettext_lazy("Withdraw the claim"),
}
OPEN = (ClaimState.RAISED, ClaimState.ACCEPTED, ClaimState.REFUSED)


@require_safe
@login_required
def claim_list(request: HttpRequest) -> HttpResponse:
    """Show the claims that the viewer raised or has to answer, the newest first."""
    scope = scope_of_request(request)
    rows = WarrantyClaim.objects.visible_to(scope)
    if request.GET.get("open") == "1":
        rows = rows.filter(state__in=OPEN)
    rows = rows.select_related("asset", "defect", "contractor", "agreement").defer(
        "asset__geometry", "asset__geometry_3857", "asset__outline_3857", "defect__point_3857"
    )
    try:
        page = newest_page(rows, "created_at", request.GET.get("cursor", ""), size=20)
    except ParameterError:
        page = newest_page(rows, "created_at", size=20)
    seen = set(
        Defect.objects.visible_to(scope)
        .filter(pk__in=[row.defect_id for row in page.rows])
        .values_list("pk", flat=True)
    )
    claims = [
        {
            "claim": row,
            "moves": [
                (move.to_state.value, MOVE_WORDS[move.to_state])
                for move in moves_open_to(row, request.user, scope)  # type: ignore[arg-type]
            ],
            "sees_defect": row.defect_id in seen,
            "stages": photos_by_stage(row.defect),
        }
        for row in page.rows
    ]
    context = {
        "claims": claims,
        "today": timezone.localdate(),
        "is_open": request.GET.get("open") == "1",
        "next_address": f"?cursor={page.next_cursor}" if page.next_cursor else "",
        "first_address": "?",
        "is_first": not request.GET.get("cursor"),
    }
    return render(request, "maintenance/claim_list.html", context)


@require_POST
@login_required
def claim_moved(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move a claim; a refusal is told on the list."""
    scope = scope_of_request(request)
    claim: Any = get_object_or_404(WarrantyClaim.objects.visible_to(scope), pk=pk)
    form = ClaimMoveForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("The claim was not changed: choose what becomes of it."))
        return redirect("maintenance:claim-list")
    try:
        claim_move(
            claim=claim,
            to_state=form.cleaned_data["to_state"],
            reason=form.cleaned_data["reason"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            at=timezone.now(),
            expected_version=form.cleaned_data["version"],
        )
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        messages.error(request, str(error.message))
    else:
        words = {"state": claim.get_state_display()}
        messages.success(request, _("The claim is now: %(state)s.") % words)
    return redirect("maintenance:claim-list")
