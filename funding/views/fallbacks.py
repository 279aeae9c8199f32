"""The district's fallback: proposed from the register, approved, withdrawn, printed."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from funding.fallback_figures import with_booked
from funding.fallback_proposal import NOTHING, over_target
from funding.forms import ApprovalForm, ProposalForm, WithdrawForm
from funding.kinds import FallbackState
from funding.models import FallbackCommitment, LedgerEntry
from funding.services import fallback_approve, fallback_propose, fallback_withdraw
from funding.views.acting import acted, by
from sites.access import Scope, scope_of_request

MOST_ROWS = 300
MOST_ENTRIES = 100


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def fallback_list(request: HttpRequest) -> HttpResponse:
    """Show the fallbacks and the targets that were exceeded; the planner proposes one."""
    scope = scope_of_request(request)
    today = timezone.localdate()
    form = ProposalForm(request.POST or None, scope=scope, initial=_asked(request))
    made: list[FallbackCommitment] = []
    if request.method == "POST":
        if not scope.manages_register:
            raise PermissionDenied

        def propose() -> None:
            values = dict(form.cleaned_data)
            values["other_sources"] = values["other_sources"] or NOTHING
            made.append(fallback_propose(**values, **by(request), as_of=today))

        if acted(request, form, propose, _("The fallback was proposed.")):
            return redirect("funding:fallback-detail", pk=made[0].pk)
    years = (today.year, today.year - 1)
    context = {
        "fallbacks": _fallbacks(scope)[:MOST_ROWS],
        "exceeded": [row for y in years for row in over_target(scope, year=y, as_of=today)],
        "form": form,
        "may_change": scope.manages_register,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "funding/fallback_list.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def fallback_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show how a fallback is computed and what was paid; the planner approves or withdraws it."""
    scope = scope_of_request(request)
    fallback = get_object_or_404(_fallbacks(scope), pk=pk)
    may_change = scope.manages_area(fallback.area_code)
    made: dict[str, Any] = {"approve": ApprovalForm(scope=scope), "withdraw": WithdrawForm()}
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        if request.POST.get("action") not in made:
            return HttpResponse(status=400)
        if _done(request, fallback, made):
            return redirect("funding:fallback-detail", pk=pk)
    entries = LedgerEntry.objects.visible_to(scope).filter(fallback=fallback)
    context = {
        "fallback": fallback,
        "cost": fallback.gap * fallback.unit_cost,
        "entries": entries.select_related("source", "programme", "site")[:MOST_ENTRIES],
        "may_change": may_change,
        "is_proposed": fallback.state == FallbackState.PROPOSED,
        "is_approved": fallback.state == FallbackState.APPROVED,
        "today": timezone.localdate(),
        **{f"{name}_form": form for name, form in made.items()},
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "funding/fallback_detail.html", context, status=status)


@require_safe
@login_required
def fallback_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the table of a fallback as a document to print, sign and file."""
    fallback = get_object_or_404(_fallbacks(scope_of_request(request)), pk=pk)
    context = {
        "fallback": fallback,
        "cost": fallback.gap * fallback.unit_cost,
        "today": timezone.localdate(),
    }
    return render(request, "funding/fallback_print.html", context)


def _done(request: HttpRequest, fallback: FallbackCommitment, made: dict[str, Any]) -> bool:
    name = request.POST["action"]
    if name == "approve":
        approval = made[name] = ApprovalForm(request.POST, scope=scope_of_request(request))
        return acted(
            request,
            approval,
            lambda: fallback_approve(
                fallback=fallback, **approval.cleaned_data, **by(request), on=timezone.localdate()
            ),
            _("The fallback was approved."),
        )
    form = made[name] = WithdrawForm(request.POST)
    return acted(
        request,
        form,
        lambda: fallback_withdraw(fallback=fallback, **form.cleaned_data, **by(request)),
        _("The fallback was withdrawn."),
    )


def _asked(request: HttpRequest) -> dict[str, str]:
    """Return what a row of exceeded targets fills into the form."""
    return {name: request.GET.get(name, "")[:40] for name in ("programme", "area")}


def _fallbacks(scope: Scope) -> Any:
    rows = FallbackCommitment.objects.visible_to(scope)
    related = rows.select_related("programme", "area", "approval").defer("area__boundary")
    return with_booked(related).order_by("-year", "programme__code", "area_code", "pk")
