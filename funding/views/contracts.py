"""Contracts: the list, one with its variations, settlement and payments, and its form."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from funding.bookkeeping import keeps_any_books, keeps_books
from funding.contract_sums import contract_sum, contract_sums
from funding.forms import ContractForm, SettlementForm, VariationForm, programmes_of
from funding.models import Contract, LedgerEntry
from funding.services import contract_save, settlement_record, variation_record
from funding.views.acting import acted, by, readable
from sites.access import code_prefix_condition, scope_of_request
from sites.filter_choices import Choice
from sites.filter_values import AREA_CODE, as_text, matching
from sites.filters import PROGRAMME_CODE
from sites.keyset_list import Column, Cursor, Order, keyset_page
from sites.models import ProjectSite
from sites.townships import townships_of

PAGE_SIZE = 50
MOST_PAYMENTS = 100
PARAMETERS = frozenset({"programme", "area", "cursor"})
ACTIONS: dict[str, tuple[type[forms.Form], Callable[..., object], Any]] = {
    "vary": (VariationForm, variation_record, gettext_lazy("The variation was recorded.")),
    "settle": (SettlementForm, settlement_record, gettext_lazy("The settlement was recorded.")),
}
"""Form, service and what is told afterwards."""


class ContractOrder(Order):
    """Contracts by the day of signing, the newest first."""

    columns = {
        "signed": Column(
            lambda: F("signed_on"),
            lambda contract: contract.signed_on,
            datetime.date.fromisoformat,
            descending=True,
        )
    }


NEWEST = ContractOrder("signed")


@require_safe
@login_required
def contract_list(request: HttpRequest) -> HttpResponse:
    """Show the contracts that the viewer sees, each with what it comes to and what is paid."""
    scope = scope_of_request(request)
    (programmes, areas, cursor), problems = readable(request.GET, PARAMETERS, _read)
    rows = Contract.objects.visible_to(scope).select_related("programme", "contractor", "client")
    rows = rows.filter(programme__code__in=programmes) if programmes else rows
    rows = rows.filter(code_prefix_condition("area_code", areas)) if areas else rows
    page = keyset_page(rows, order=NEWEST, cursor=cursor, limit=PAGE_SIZE)
    sums = contract_sums(page.rows)
    townships = townships_of(scope).only("code", "name", "name_en")
    context = {
        "contracts": [(row, sums[row.pk]) for row in page.rows],
        "problems": problems,
        "is_first": cursor is None,
        "first_address": _address(programmes, areas),
        "next_address": _address(programmes, areas, page.next) if page.next else "",
        "programmes": [Choice(p.code, p.label, p.code in programmes) for p in programmes_of(scope)],
        "areas": [Choice(row.code, row.label, row.code in areas) for row in townships],
        "may_book": keeps_any_books(scope),
    }
    return render(request, "funding/contract_list.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contract_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show a contract; the office of its area varies and settles it here (`action`)."""
    contract = _contract(request, pk)
    scope = scope_of_request(request)
    may_change = keeps_books(scope, contract.area_code)
    made = {name: action[0]() for name, action in ACTIONS.items()}
    if request.method == "POST":
        if not may_change:
            raise PermissionDenied
        name = request.POST.get("action", "")
        if name not in ACTIONS:
            return HttpResponse(status=400)
        if _done(request, contract, name, made):
            return redirect("funding:contract-detail", pk=pk)
    entries = LedgerEntry.objects.visible_to(scope).filter(contract=contract)
    visible = ProjectSite.objects.visible_to(scope).filter(contract_parts__contract=contract)
    context = {
        "contract": contract,
        "sums": contract_sum(contract),
        "parts": contract.parts.filter(site__in=visible).select_related("site"),
        "variations": contract.variations.select_related("recorded_by"),
        "settlements": contract.settlements.select_related("recorded_by"),
        "entries": entries.select_related("source", "programme", "site")[:MOST_PAYMENTS],
        "may_change": may_change,
        **{f"{name}_form": form for name, form in made.items()},
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "funding/contract_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contract_new(request: HttpRequest) -> HttpResponse:
    """Enter a contract."""
    if not keeps_any_books(scope_of_request(request)):
        raise PermissionDenied
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def contract_edit(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Change a contract."""
    contract = _contract(request, pk)
    if not keeps_books(scope_of_request(request), contract.area_code):
        raise PermissionDenied
    return _form_page(request, contract)


def _form_page(request: HttpRequest, contract: Contract | None) -> HttpResponse:
    scope = scope_of_request(request)
    initial: dict[str, Any] = {"version": contract.version} if contract else {}
    if contract:
        parts = contract.parts.select_related("site")
        initial["sites"] = "\n".join(f"{p.site.code} {p.amount or ''}".strip() for p in parts)
    form = ContractForm(request.POST or None, instance=contract, initial=initial, scope=scope)
    saved: list[Contract] = []

    def save() -> None:
        values = form.values()
        further: dict[str, Any] = {}
        if contract:
            further = {
                "contract": contract,
                "expected_version": form.cleaned_data["version"] or contract.version,
            }
            values = {name: v for name, v in values.items() if name not in ("programme", "area")}
        saved.append(
            contract_save(
                values=values,
                parts=form.cleaned_data["sites"],
                **further,
                **by(request),
                on=timezone.localdate(),
            )
        )

    if request.method == "POST" and acted(request, form, save, _("The contract was saved.")):
        return redirect("funding:contract-detail", pk=saved[0].pk)
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "contract": contract}
    return render(request, "funding/contract_form.html", context, status=status)


def _done(request: HttpRequest, contract: Contract, name: str, made: dict[str, Any]) -> bool:
    form_class, service, told = ACTIONS[name]
    form = made[name] = form_class(request.POST)
    return acted(
        request,
        form,
        lambda: service(
            contract=contract, **form.cleaned_data, **by(request), on=timezone.localdate()
        ),
        str(told),
    )


def _contract(request: HttpRequest, pk: UUID) -> Contract:
    rows = Contract.objects.visible_to(scope_of_request(request))
    related = ("programme", "client", "contractor", "area", "document")
    found: Contract = get_object_or_404(
        rows.select_related(*related).defer("area__boundary"), pk=pk
    )
    return found


def _read(query: QueryDict) -> tuple[tuple[str, ...], tuple[str, ...], Cursor | None]:
    programmes = matching(query, "programme", PROGRAMME_CODE)
    areas = matching(query, "area", AREA_CODE)
    return programmes, areas, Cursor.parse(query.get("cursor", ""), NEWEST)


def _address(
    programmes: tuple[str, ...], areas: tuple[str, ...], cursor: Cursor | None = None
) -> str:
    query = QueryDict(mutable=True)
    for name, text in (
        ("programme", as_text(programmes)),
        ("area", as_text(areas)),
        ("cursor", cursor.as_text() if cursor else ""),
    ):
        if text:
            query[name] = text
    return reverse("funding:contract-list") + (f"?{query.urlencode()}" if query else "")
