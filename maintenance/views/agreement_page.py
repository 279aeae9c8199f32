"""The page of one agreement, its printable version, and what is done from it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
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
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from maintenance.agreement_gaps import terms_missing
from maintenance.agreement_history import agreement_history
from maintenance.agreement_page import (
    Powers,
    money_facts,
    page_posts,
    powers,
    role_columns,
    scope_drawing,
    stretches,
)
from maintenance.forms_agreements import AgreementMoveForm, KeeperForm, RenewForm, SignForm
from maintenance.kinds import AgreementState
from maintenance.models import Agreement, AgreementScope
from maintenance.services import (
    agreement_negotiate,
    agreement_remove,
    agreement_renew,
    agreement_return_to_draft,
    agreement_sign,
    agreement_terminate,
    keeper_change,
)
from maintenance.services.agreements import same_term
from sites.access import scope_of_request
from sites.models import Organisation
from sites.services import NotPermitted, RefusedByRegister, ServiceError

ONE_DAY = datetime.timedelta(days=1)


@require_safe
@login_required
def agreement_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show an agreement to its office, its parties and evaluators; 404 to everybody else."""
    return _page(request, _agreement(request, pk))


@require_safe
@login_required
def agreement_print(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show the agreement as a document to print and sign by hand."""
    agreement = _agreement(request, pk)
    scope, today = scope_of_request(request), timezone.localdate()
    covered = stretches(agreement, scope, every=True)
    context = {
        "agreement": agreement,
        "columns": role_columns(scope, agreement, today),
        "covered": covered,
        "money": money_facts(agreement, covered),
        "shares": agreement.shares.order_by("position"),
        "bands": agreement.bands.order_by("-from_score"),
        "today": today,
    }
    return render(request, "maintenance/agreement_print.html", context)


@require_POST
@login_required
def agreement_move(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Lay the agreement before its parties, return it to draft, or end it early."""
    agreement = _agreement(request, pk)
    if not powers(scope_of_request(request), agreement).any:
        raise PermissionDenied
    form = AgreementMoveForm(request.POST)
    return _done(request, agreement, form, lambda: _move(request, agreement, form))


@require_POST
@login_required
def agreement_signature(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Sign for the own organisation, or enter the signature of one without an account."""
    agreement = _agreement(request, pk)
    scope = scope_of_request(request)
    form = SignForm(request.POST)
    if not _concerned(scope, agreement):
        raise PermissionDenied

    def sign() -> str:
        given = form.cleaned_data
        parties = Organisation.objects.filter(agreement_parties__agreement=agreement)
        organisation = parties.filter(pk=given["organisation"]).first()
        if organisation is None:
            raise NotPermitted
        signed = agreement_sign(
            agreement=agreement,
            organisation=organisation,
            signatory=given["signatory"],
            on=given["signed_on"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            at=timezone.now(),
            expected_version=given["version"],
        )
        if signed.state == AgreementState.SIGNED:
            return _("All have signed. The agreement binds its parties.")
        return _("The signature was recorded.")

    return _done(request, agreement, form, sign)


@require_POST
@login_required
def agreement_renewal(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Draft the agreement that follows on this one."""
    agreement = _agreement(request, pk)
    scope = scope_of_request(request)
    if not powers(scope, agreement).renew:
        raise PermissionDenied
    form = RenewForm(request.POST)
    if not form.is_valid():
        return _page(request, agreement, refused=_sentences(form), status=422)
    given = dict(form.cleaned_data)
    try:
        renewal = agreement_renew(
            agreement=agreement,
            actor=request.user,  # type: ignore[arg-type]
            scope=scope,
            expected_version=given.pop("version"),
            **given,
        )
    except ServiceError as error:
        return _page(request, agreement, refused=_reasons(error), status=422)
    messages.success(request, _("The renewal was drafted with the terms of this agreement."))
    return redirect("maintenance:agreement-detail", pk=renewal.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def agreement_keeper(request: HttpRequest, pk: UUID, stretch: UUID) -> HttpResponse:
    """Name who is in charge of a stretch from now on."""
    agreement = _agreement(request, pk)
    scope = scope_of_request(request)
    if not powers(scope, agreement).keepers:
        raise PermissionDenied
    rows = AgreementScope.objects.filter(agreement=agreement).select_related("agreement", "asset")
    row = get_object_or_404(rows.defer("asset__geometry"), pk=stretch)
    names = {"keeper_name": row.keeper_name, "keeper_phone": row.keeper_phone}
    form = KeeperForm(request.POST or None, initial={"version": agreement.version, **names})
    if request.method == "POST" and form.is_valid():
        try:
            keeper_change(
                row=row,
                name=form.cleaned_data["keeper_name"],
                phone=form.cleaned_data["keeper_phone"],
                actor=request.user,  # type: ignore[arg-type]
                scope=scope,
                expected_version=form.cleaned_data["version"],
                reason=form.cleaned_data["reason"],
            )
            messages.success(request, _("The person in charge was recorded."))
            return redirect("maintenance:agreement-detail", pk=pk)
        except ServiceError as error:
            for sentence in _reasons(error):
                form.add_error(None, sentence)
    context = {"agreement": agreement, "row": row, "form": form}
    status = 422 if request.method == "POST" else 200
    return render(request, "maintenance/agreement_keeper.html", context, status=status)


@require_POST
@login_required
def agreement_delete(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Remove a draft that was never negotiated."""
    agreement = _agreement(request, pk)
    scope = scope_of_request(request)
    if not powers(scope, agreement).edit:
        raise PermissionDenied
    try:
        agreement_remove(agreement=agreement, scope=scope, expected_version=agreement.version)
    except ServiceError as error:
        return _page(request, agreement, refused=_reasons(error), status=422)
    messages.success(request, _("The draft was removed."))
    return redirect("maintenance:agreement-list")


def _move(request: HttpRequest, agreement: Agreement, form: AgreementMoveForm) -> str:
    given = form.cleaned_data
    common: dict[str, Any] = {
        "agreement": agreement,
        "actor": request.user,
        "scope": scope_of_request(request),
        "at": timezone.now(),
        "expected_version": given["version"],
    }
    match given["to_state"]:
        case AgreementState.NEGOTIATING:
            agreement_negotiate(**common)
            return _("The agreement lies before its parties, who can sign it now.")
        case AgreementState.DRAFT:
            agreement_return_to_draft(**common, reason=given["reason"])
            return _("The agreement is a draft again, and all signatures have fallen.")
        case _other:
            if given["on"] is None:
                raise RefusedByRegister([("on", "required", _("Give the last day."))])
            agreement_terminate(**common, reason=given["reason"], on=given["on"])
            return _("The agreement was terminated.")


def _done(
    request: HttpRequest, agreement: Agreement, form: forms.Form, work: Callable[[], str]
) -> HttpResponse:
    """Do what a small form of the page asks for, or show the page with what stands against it."""
    if not form.is_valid():
        return _page(request, agreement, refused=_sentences(form), status=422)
    try:
        messages.success(request, work())
    except NotPermitted as error:
        if type(error) is NotPermitted:
            raise PermissionDenied from error
        return _page(request, agreement, refused=_reasons(error), status=403)
    except ServiceError as error:
        return _page(
            request, _agreement(request, agreement.pk), refused=_reasons(error), status=422
        )
    return redirect("maintenance:agreement-detail", pk=agreement.pk)


def _sentences(form: forms.Form) -> list[str]:
    return [
        f"{form.fields[name].label}: {text}" if name in form.fields else str(text)
        for name, found in form.errors.items()
        for text in found
    ]


def _reasons(error: ServiceError) -> list[str]:
    if isinstance(error, RefusedByRegister):
        return [text for _field, _code, text in error.errors]
    return [str(error.message)]


def _concerned(scope: Any, agreement: Agreement) -> bool:
    """Whether somebody has a part in the agreement: its office, or one of its parties."""
    own = agreement.parties.filter(organisation_id__in=scope.organisation_ids())
    return scope.covers_area(agreement.area_code) or own.exists()


def _agreement(request: HttpRequest, pk: UUID) -> Agreement:
    """Return a visible agreement, or raise 404."""
    agreements = Agreement.objects.visible_to(scope_of_request(request))
    rows = agreements.select_related("area", "renews").defer("area__boundary")
    found: Agreement = get_object_or_404(rows, pk=pk)
    return found


def _page(
    request: HttpRequest,
    agreement: Agreement,
    *,
    refused: list[str] | None = None,
    status: int = 200,
) -> HttpResponse:
    scope, today = scope_of_request(request), timezone.localdate()
    able = powers(scope, agreement)
    covered = stretches(agreement, scope, every=request.GET.get("scopes") == "all")
    month = today.replace(day=1)
    context = {
        "agreement": agreement,
        "today": today,
        "powers": able,
        "refused": refused or [],
        "columns": role_columns(scope, agreement, today),
        "missing": terms_missing(agreement) if agreement.state == AgreementState.DRAFT else [],
        "covered": covered,
        "drawing": scope_drawing(agreement),
        "money": money_facts(agreement, covered),
        "shares": agreement.shares.order_by("position"),
        "bands": agreement.bands.order_by("-from_score"),
        "renewals": agreement.renewals.order_by("starts_on"),
        "posts": page_posts(agreement, scope, month),
        "month": month,
        "history": agreement_history(agreement),
        **_forms(agreement, able, today),
    }
    return render(request, "maintenance/agreement_detail.html", context, status=status)


def _forms(agreement: Agreement, able: Powers, today: datetime.date) -> dict[str, Any]:
    if not able.renew:
        return {}
    first = agreement.ends_on + ONE_DAY
    initial = {
        "version": agreement.version,
        "starts_on": first,
        "ends_on": same_term(agreement.starts_on, agreement.ends_on, first),
        "unit_price": agreement.unit_price,
    }
    return {"renew_form": RenewForm(initial=initial)}
