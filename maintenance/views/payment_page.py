"""The page of one payment as a bill, its printable version, and what is done from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from maintenance.forms_payments import DeductionForm, PaymentMoveForm, ReasonForm
from maintenance.kinds import PaymentState
from maintenance.models import PaymentChange, PaymentDeduction, PaymentRequest
from maintenance.parties import office_of, roles_in
from maintenance.payment_bill import bill_of, powers_of, steps_of
from maintenance.payment_blocks import payment_blocks
from maintenance.payment_moves import SETTLED_STATES
from maintenance.payment_roles import PaymentParties
from maintenance.refusals import sentences_of
from maintenance.services import (
    payment_add_deduction,
    payment_move,
    payment_refresh,
    payment_remove_deduction,
)
from sites.access import scope_of_request
from sites.services import NotPermitted, ServiceError


@require_safe
@login_required
def payment_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a payment to its office, the agreement's parties and evaluators; 404 to others."""
    return _page(request, _payment(request, pk))


@require_safe
@login_required
def payment_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the payment as a document to print, sign and file."""
    payment = _payment(request, pk)
    context = {**_bill(payment), "today": timezone.localdate()}
    return render(request, "maintenance/payment_print.html", context)


@require_POST
@login_required
def payment_state(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Move the payment; a refusal lists everything that stands in the way."""
    payment = _concerned(request, pk)
    form = PaymentMoveForm(request.POST)

    def move() -> str:
        given = dict(form.cleaned_data)
        change = payment_move(
            payment=payment,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            at=timezone.now(),
            expected_version=given.pop("version"),
            **given,
        )
        return _("The payment is now: %(state)s.") % {"state": PaymentState(change.to_state).label}

    return _done(request, payment, form, move)


@require_POST
@login_required
def payment_compute(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Compute the draft by what stands now."""
    payment = _concerned(request, pk)

    def compute() -> str:
        payment_refresh(
            payment=payment,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
        )
        return _("The payment was computed anew.")

    return _done(request, payment, forms.Form({}), compute)


@require_POST
@login_required
def payment_deduct(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take an amount off the payment."""
    payment = _concerned(request, pk)
    form = DeductionForm(request.POST)

    def deduct() -> str:
        given = dict(form.cleaned_data)
        payment_add_deduction(
            payment=payment,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            at=timezone.now(),
            expected_version=given.pop("version"),
            **given,
        )
        return _("The deduction was added.")

    return _done(request, payment, form, deduct)


@require_POST
@login_required
def payment_undeduct(request: HttpRequest, pk: UUID, deduction: UUID) -> HttpResponse:
    """Take a deduction back."""
    payment = _concerned(request, pk)
    row = get_object_or_404(PaymentDeduction, pk=deduction, payment=payment)
    form = ReasonForm(request.POST)

    def remove() -> str:
        payment_remove_deduction(
            deduction=row,
            reason=form.cleaned_data["reason"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            at=timezone.now(),
            expected_version=form.cleaned_data["version"],
        )
        return _("The deduction was taken back.")

    return _done(request, payment, form, remove)


def _done(
    request: HttpRequest, payment: PaymentRequest, form: forms.Form, work: Callable[[], str]
) -> HttpResponse:
    """Do what a small form of the page asks for, or show the page with what stands against it."""
    if not form.is_valid():
        return _page(request, payment, refused=_errors(form), status=422)
    try:
        messages.success(request, work())
    except NotPermitted as error:
        if type(error) is NotPermitted:
            raise PermissionDenied from error
        return _page(request, payment, refused=sentences_of(error), status=403)
    except ServiceError as error:
        fresh = _payment(request, payment.pk)
        return _page(request, fresh, refused=sentences_of(error), status=422)
    return redirect("maintenance:payment-detail", pk=payment.pk)


def _errors(form: forms.Form) -> list[str]:
    return [
        f"{form.fields[name].label or name}: {text}" if name in form.fields else str(text)
        for name, found in form.errors.items()
        for text in found
    ]


def _payment(request: HttpRequest, pk: UUID) -> PaymentRequest:
    """Return a visible payment, or raise 404."""
    rows = PaymentRequest.objects.visible_to(scope_of_request(request)).select_related(
        "agreement", "assessment__organisation", "assessment__assessor"
    )
    found: PaymentRequest = get_object_or_404(rows, pk=pk)
    return found


def _concerned(request: HttpRequest, pk: UUID) -> PaymentRequest:
    """Return a payment for somebody who has a part in it; others who see it are refused."""
    payment, scope = _payment(request, pk), scope_of_request(request)
    if office_of(scope, payment.agreement.area_code) is None and not roles_in(
        scope, payment.agreement
    ):
        raise PermissionDenied
    return payment


def _bill(payment: PaymentRequest) -> dict[str, Any]:
    parties = PaymentParties(payment.agreement)
    return {
        "payment": payment,
        "agreement": payment.agreement,
        "bill": bill_of(payment),
        "shares": list(payment.shares.order_by("position")),
        "deductions": list(
            payment.deductions.select_related("added_by", "order", "defect").order_by("id")
        ),
        "steps": steps_of(payment, parties),
        "parties": parties,
    }


def _page(
    request: HttpRequest,
    payment: PaymentRequest,
    *,
    refused: Sequence[str] = (),
    status: int = 200,
) -> HttpResponse:
    facts = _bill(payment)
    settled = payment.state in (*SETTLED_STATES, PaymentState.CANCELLED)
    changes = PaymentChange.objects.filter(payment=payment).select_related("actor", "organisation")
    context = {
        **facts,
        "refused": refused,
        "blocks": [] if settled else payment_blocks(payment, on=timezone.localdate()),
        "is_settled": settled,
        "powers": powers_of(
            payment,
            facts["parties"],
            scope_of_request(request),
            request.user,  # type: ignore[arg-type]
        ),
        "changes": changes.order_by("-recorded_at", "-id")[:50],
        "today": timezone.localdate(),
    }
    return render(request, "maintenance/payment_detail.html", context, status=status)
