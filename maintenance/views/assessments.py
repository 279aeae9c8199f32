"""Scoring a period, and the page of what was scored."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from maintenance.assessment_proposal import Proposal, proposal_for
from maintenance.forms_payments import SPARE_LINES, AssessmentForm
from maintenance.models import Agreement, Assessment
from maintenance.money import Period, period_of
from maintenance.payment_figures import standing_assessment, term_of
from maintenance.payment_roles import PaymentParties, PaymentSide
from maintenance.refusals import sentences_of
from maintenance.services import assessment_record
from sites.access import scope_of_request
from sites.services import NotPermitted, ServiceError


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def assessment_new(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Score a payment period of an agreement, or correct its score.

    `?period=` is a day of the period; without it, the last period that is over.
    """
    scope = scope_of_request(request)
    rows = Agreement.objects.visible_to(scope).select_related("area").defer("area__boundary")
    agreement: Agreement = get_object_or_404(rows, pk=pk)
    parties = PaymentParties(agreement)
    if parties.carries_out(scope) or not parties.acting(
        PaymentSide.VERIFIER,
        scope,
        request.user,  # type: ignore[arg-type]
    ):
        raise PermissionDenied
    period = _period(agreement, request.GET.get("period", ""))
    standing = standing_assessment(agreement, period)
    if request.method == "POST":
        return _recorded(request, agreement, period, standing)
    proposal = proposal_for(agreement, period)
    lines = _lines_of(standing) if standing else _proposed(proposal)
    shown = len(lines) + SPARE_LINES
    initial = {**_initial(lines, standing), "places": shown}
    form = AssessmentForm(None, initial, agreement=agreement, scope=scope, lines=shown)
    return _page(request, agreement, period, form, standing, proposal)


@require_safe
@login_required
def assessment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an assessment: the score, the cause of each lost point, and what it means."""
    rows = Assessment.objects.visible_to(scope_of_request(request)).select_related(
        "agreement", "organisation", "assessor", "supersedes"
    )
    assessment = get_object_or_404(rows, pk=pk)
    newer = Assessment.objects.filter(supersedes=assessment).first()
    context = {
        "assessment": assessment,
        "agreement": assessment.agreement,
        "lines": assessment.lines.select_related("inspection", "defect").order_by("-points"),
        "bands": assessment.agreement.bands.order_by("-from_score"),
        "newer": newer,
        "payment": assessment.payments.first(),
        "may_correct": newer is None and _may_score(request, assessment.agreement),
    }
    return render(request, "maintenance/assessment_detail.html", context)


def _may_score(request: HttpRequest, agreement: Agreement) -> bool:
    scope, parties = scope_of_request(request), PaymentParties(agreement)
    by = parties.acting(PaymentSide.VERIFIER, scope, request.user)  # type: ignore[arg-type]
    return by is not None and not parties.carries_out(scope)


def _recorded(
    request: HttpRequest, agreement: Agreement, period: Period, standing: Assessment | None
) -> HttpResponse:
    scope = scope_of_request(request)
    shown = sum(name.startswith("points_") for name in request.POST)
    form = AssessmentForm(request.POST, None, agreement=agreement, scope=scope, lines=shown)
    if not form.is_valid():
        return _page(request, agreement, period, form, standing, status=422)
    corrected = form.cleaned_data["supersedes"]
    try:
        assessment = assessment_record(
            agreement=agreement,
            period=period,
            score=form.score(),
            lines=form.lines(),
            note=form.cleaned_data["note"],
            supersedes=Assessment.objects.filter(pk=corrected, agreement=agreement).first(),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            at=timezone.now(),
        )
    except NotPermitted as error:
        raise PermissionDenied from error
    except ServiceError as error:
        refused = sentences_of(error)
        return _page(request, agreement, period, form, standing, refused=refused, status=422)
    messages.success(
        request,
        _("The period was assessed with %(score)s points.")
        % {"score": assessment.score.normalize()},
    )
    return redirect("maintenance:assessment-detail", pk=assessment.pk)


def _period(agreement: Agreement, text: str) -> Period:
    """Return the payment period that is to be scored; raises 404 where there is none."""
    term = term_of(agreement)
    if term is None:
        raise Http404
    try:
        day = parse_date(text) if text else _last_over(agreement, term, timezone.localdate())
    except ValueError:
        day = None
    period = period_of(agreement.payment_cycle, day, term) if day else None
    if period is None:
        raise Http404
    return period


def _last_over(agreement: Agreement, term: Period, today: datetime.date) -> datetime.date:
    """Return a day of the last payment period that is over, or of the first one."""
    current = period_of(agreement.payment_cycle, min(today, term.last), term)
    if current is None or current.last <= today:
        return min(today, term.last) if current else term.first
    return max(current.first - datetime.timedelta(days=1), term.first)


def _lines_of(standing: Assessment) -> list[dict[str, Any]]:
    rows = standing.lines.order_by("-points").values(
        "points", "cause", "inspection_id", "defect_id"
    )
    return [dict(row) for row in rows]


def _proposed(proposal: Proposal) -> list[dict[str, Any]]:
    return [
        {
            "points": line.points,
            "cause": line.cause,
            "inspection_id": line.inspection_id,
            "defect_id": line.defect_id,
        }
        for line in proposal.lines
    ]


def _initial(lines: list[dict[str, Any]], standing: Assessment | None) -> dict[str, Any]:
    initial: dict[str, Any] = {"supersedes": standing.pk if standing else None}
    for place, line in enumerate(lines):
        initial[f"points_{place}"] = line["points"] or None
        initial[f"cause_{place}"] = line["cause"]
        initial[f"inspection_{place}"] = line["inspection_id"]
        initial[f"defect_{place}"] = line["defect_id"]
    return initial


def _page(
    request: HttpRequest,
    agreement: Agreement,
    period: Period,
    form: AssessmentForm,
    standing: Assessment | None,
    proposal: Proposal | None = None,
    *,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "agreement": agreement,
        "period": period,
        "form": form,
        "standing": standing,
        "proposal": proposal,
        "refused": refused or [],
        "bands": agreement.bands.order_by("-from_score"),
        "is_over": timezone.localdate() >= period.last,
    }
    return render(request, "maintenance/assessment_form.html", context, status=status)
