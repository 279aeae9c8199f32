"""The rule sets of condition rating: their numbers, and who verified each of them."""

from __future__ import annotations

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
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assets.condition.coefficient_history import coefficient_history
from assets.condition.words import FORMULAS, meaning_of
from assets.forms_condition import VerifyForm, WithdrawForm
from assets.kinds import CoefficientStatus
from assets.models import RatingCoefficient, RatingRuleset
from assets.services.coefficients import coefficient_verify, coefficient_withdraw
from assets.services.condition import surveys_rate_again
from sites.access import scope_of_request
from sites.forms import add_service_error
from sites.services import ConcurrentChange, ServiceError


@require_safe
@login_required
def ruleset_list(request: HttpRequest) -> HttpResponse:
    """Show every rule set with its numbers and what is known of each."""
    scope = scope_of_request(request)
    rulesets = RatingRuleset.objects.visible_to(scope).order_by("code")
    rows = []
    for ruleset in rulesets.prefetch_related("coefficients__verified_by"):
        coefficients = sorted(ruleset.coefficients.all(), key=_place)
        verified = sum(each.status == CoefficientStatus.VERIFIED for each in coefficients)
        numbers = [(each, *meaning_of(each.symbol)) for each in coefficients]
        rows.append((ruleset, numbers, verified))
    context = {"rulesets": rows, "formulas": FORMULAS, "may_verify": scope.manages_register}
    return render(request, "assets/ruleset_list.html", context)


ORDER = ("PCI", "RQI", "PQI", "MQI", "GRADE")
GRADE_ORDER = ("GRADE.excellent", "GRADE.good", "GRADE.fair", "GRADE.poor")


def _place(coefficient: RatingCoefficient) -> tuple[int, int, str]:
    symbol = coefficient.symbol
    index = symbol.partition(".")[0]
    return (
        ORDER.index(index) if index in ORDER else len(ORDER),
        GRADE_ORDER.index(symbol) if symbol in GRADE_ORDER else 0,
        symbol,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def coefficient_page(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a coefficient with its history, and take its verification from the planner."""
    coefficient = _coefficient(request, pk)
    if request.method != "POST":
        return _page(request, coefficient)
    _require_planner(request)
    form = VerifyForm(request.POST)

    def verify(values: dict[str, Any]) -> None:
        coefficient_verify(
            coefficient=coefficient,
            value=values["value"],
            source=values["source"],
            on=values["verified_on"],
            today=timezone.localdate(),
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected_version=values["version"],
        )

    return _changed(request, coefficient, form, verify, "verify_form")


@require_POST
@login_required
def coefficient_take_back(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Take the verification of a coefficient back, with the reason."""
    coefficient = _coefficient(request, pk)
    _require_planner(request)
    form = WithdrawForm(request.POST)

    def withdraw(values: dict[str, Any]) -> None:
        coefficient_withdraw(
            coefficient=coefficient,
            reason=values["reason"],
            actor=request.user,  # type: ignore[arg-type]
            scope=scope_of_request(request),
            expected_version=values["version"],
        )

    return _changed(request, coefficient, form, withdraw, "withdraw_form")


@require_POST
@login_required
def ruleset_rate_again(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Rate the surveys of a rule set with the coefficients that are verified now."""
    scope = scope_of_request(request)
    ruleset = get_object_or_404(RatingRuleset.objects.visible_to(scope), pk=pk)
    _require_planner(request)
    again = surveys_rate_again(ruleset=ruleset, actor=request.user, scope=scope)  # type: ignore[arg-type]
    sentence = ngettext(
        "%(number)s survey was rated again.", "%(number)s surveys were rated again.", again.number
    )
    messages.success(request, sentence % {"number": again.number})
    if not again.is_complete:
        messages.warning(request, _("There are more; press the button once more."))
    return redirect("assets:ruleset-list")


def _coefficient(request: HttpRequest, pk: UUID) -> RatingCoefficient:
    visible = RatingCoefficient.objects.visible_to(scope_of_request(request))
    found: RatingCoefficient = get_object_or_404(
        visible.select_related("ruleset", "verified_by"), pk=pk
    )
    return found


def _require_planner(request: HttpRequest) -> None:
    if not scope_of_request(request).manages_register:
        raise PermissionDenied


def _changed(
    request: HttpRequest,
    coefficient: RatingCoefficient,
    form: forms.Form,
    change: Callable[[dict[str, Any]], None],
    name: str,
) -> HttpResponse:
    if form.is_valid():
        try:
            change(form.cleaned_data)
        except ConcurrentChange:
            messages.error(request, _("Somebody changed this record in the meantime."))
            return redirect("assets:coefficient", pk=coefficient.pk)
        except ServiceError as error:
            add_service_error(form, error)
        else:
            messages.success(request, _("The changes were saved."))
            return redirect("assets:ruleset-list")
    return _page(request, coefficient, status=422, **{name: form})


def _page(
    request: HttpRequest,
    coefficient: RatingCoefficient,
    *,
    verify_form: forms.Form | None = None,
    withdraw_form: forms.Form | None = None,
    status: int = 200,
) -> HttpResponse:
    may_verify = scope_of_request(request).manages_register
    first = {
        "value": None if coefficient.value is None else coefficient.value.normalize(),
        "source": coefficient.source,
        "verified_on": timezone.localdate(),
        "version": coefficient.version,
    }
    is_verified = coefficient.status == CoefficientStatus.VERIFIED
    context = {
        "coefficient": coefficient,
        "meaning": meaning_of(coefficient.symbol),
        "history": coefficient_history(coefficient),
        "is_verified": is_verified,
        "verify_form": (verify_form or VerifyForm(initial=first)) if may_verify else None,
        "withdraw_form": (withdraw_form or WithdrawForm(initial={"version": coefficient.version}))
        if may_verify and is_verified
        else None,
    }
    return render(request, "assets/coefficient.html", context, status=status)
