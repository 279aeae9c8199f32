"""The list of payments: what waits for whom, and what is due and paid by source."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import F
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maintenance.kinds import PaymentState
from maintenance.models import PaymentRequest
from maintenance.payment_filter import PAYMENT_PARAMETERS, PeriodFilter
from maintenance.payment_plan import may_draft
from maintenance.payment_sums import summed, sums_by_source
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.filter_values import ParameterError
from sites.keyset_list import Column, Cursor, Order, keyset_page
from sites.townships import township_names, townships_of

PAGE_SIZE = 50


class PaymentOrder(Order):
    """Payments by the first day of their period, the newest first."""

    columns = {
        "period": Column(
            lambda: F("period_start"),
            lambda payment: payment.period_start,
            datetime.date.fromisoformat,
            descending=True,
        )
    }


NEWEST = PaymentOrder("period")


@require_safe
@login_required
def payment_list(request: HttpRequest) -> HttpResponse:
    """Show the payments of a filter; a wrong parameter is named and left out, with status 400."""
    scope = scope_of_request(request)
    chosen, cursor, problems = _read(request.GET)
    payments = chosen.apply(PaymentRequest.objects.visible_to(scope), scope)
    page = keyset_page(
        payments.select_related("agreement", "assessment"),
        order=NEWEST,
        cursor=cursor,
        limit=PAGE_SIZE,
    )
    sources = sums_by_source(payments)
    context = {
        "asked": chosen,
        "problems": problems,
        "payments": page.rows,
        "names": township_names(payment.agreement.township_code for payment in page.rows),
        "sources": sources,
        "sums": summed(sources),
        "is_first": cursor is None,
        "first_address": _address(chosen),
        "next_address": _address(chosen, page.next) if page.next else "",
        "tabs": _tabs(chosen),
        "townships": _townships(scope, chosen),
        "may_draft": may_draft(scope),
    }
    status = 400 if problems else 200
    return render(request, "maintenance/payment_list.html", context, status=status)


def _read(query: QueryDict) -> tuple[PeriodFilter, Cursor | None, list[str]]:
    """Read an address, leaving out each parameter that is wrong."""
    usable = query.copy()
    unknown = sorted(set(query) - {*PAYMENT_PARAMETERS, "cursor"})
    problems = [f"{name[:60]}: {_('There is no such parameter.')}" for name in unknown]
    while True:
        try:
            chosen = PeriodFilter.from_query(usable)
            return chosen, Cursor.parse(usable.get("cursor", ""), NEWEST), problems
        except ParameterError as error:
            problems.append(f"{error.parameter}: {error.message}")
            del usable[error.parameter]


def _address(chosen: PeriodFilter, cursor: Cursor | None = None) -> str:
    query = chosen.to_query()
    if cursor:
        query += ("&" if query else "") + f"cursor={cursor.as_text()}"
    return reverse("maintenance:payment-list") + (f"?{query}" if query else "")


def _tabs(chosen: PeriodFilter) -> list[dict[str, Any]]:
    """Return the questions that are asked most, each with its address."""
    bare = replace(chosen, state=(), waits=None)
    tabs = [(_("All"), bare), (_("Waits for me"), replace(bare, waits=True))]
    tabs += [(str(state.label), replace(bare, state=(state.value,))) for state in PaymentState]
    return [
        {"label": label, "address": _address(asked), "is_current": asked == chosen}
        for label, asked in tabs
    ]


def _townships(scope: Scope, chosen: PeriodFilter) -> list[Choice]:
    rows = townships_of(scope).only("code", "name", "name_en")
    return [Choice(row.code, row.label, row.code in chosen.area) for row in rows]
