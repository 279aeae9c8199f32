"""The ledger as a list, one entry with its reversal, and a new booking."""

from __future__ import annotations

import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from funding.bookkeeping import keeps_any_books, keeps_books
from funding.forms import EntryForm, ReverseForm
from funding.kinds import EntryKind, SourceLevel, Stage
from funding.ledger_filter import LEDGER_PARAMETERS, LedgerFilter
from funding.models import Contract, FallbackCommitment, LedgerEntry
from funding.services import ledger_post, ledger_reverse
from funding.sums import tables_of
from funding.views.acting import acted, by, readable
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.filter_values import parsed
from sites.identifiers import new_id
from sites.keyset_list import Column, Cursor, Order, keyset_page
from sites.models import Programme, ProjectSite
from sites.townships import townships_of

PAGE_SIZE = 50
RELATED = ("programme", "site", "area", "source", "contract", "payee", "recorded_by", "document")
UNREAD = (
    "site__planned_geometry",
    "site__actual_geometry",
    "site__geometry_3857",
    "site__outline_3857",
    "site__search_text",
    "area__boundary",
)


class EntryOrder(Order):
    """Entries by the day of booking, the newest first."""

    columns = {
        "day": Column(
            lambda: F("booked_on"),
            lambda entry: entry.booked_on,
            datetime.date.fromisoformat,
            descending=True,
        )
    }


NEWEST = EntryOrder("day")


@require_safe
@login_required
def entry_list(request: HttpRequest) -> HttpResponse:
    """Show the entries of a filter with their sums; wrong parameters are named, status 400."""
    scope = scope_of_request(request)
    known = frozenset({*LEDGER_PARAMETERS, "cursor"})
    (asked, cursor), problems = readable(request.GET, known, _read)
    rows = asked.apply(LedgerEntry.objects.visible_to(scope))
    page = keyset_page(
        rows.select_related("programme", "site", "area", "source").defer(*UNREAD),
        order=NEWEST,
        cursor=cursor,
        limit=PAGE_SIZE,
    )
    tables = tables_of(rows)
    context = {
        "asked": asked,
        "problems": problems,
        "entries": page.rows,
        "sums": [
            (stage, table.total)
            for stage, table in tables.items()
            if not asked.stage or stage in asked.stage
        ],
        "is_first": cursor is None,
        "first_address": _address(asked),
        "next_address": _address(asked, page.next) if page.next else "",
        "may_book": keeps_any_books(scope),
        **_choices(scope, asked),
    }
    return render(request, "funding/entry_list.html", context, status=400 if problems else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def entry_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Show one entry with what it reverses or what reversed it; the office reverses it here."""
    scope = scope_of_request(request)
    rows = LedgerEntry.objects.visible_to(scope).select_related(*RELATED, "fallback", "reverses")
    entry = get_object_or_404(rows.defer(*UNREAD), pk=pk)
    may_reverse = keeps_books(scope, entry.area_code)
    back = LedgerEntry.objects.filter(reverses=entry).first()
    form = ReverseForm(request.POST or None)
    if request.method == "POST":
        if not may_reverse:
            raise PermissionDenied
        key = new_id()

        def reversal() -> None:
            ledger_reverse(
                entry=entry, **form.cleaned_data, **by(request), on=timezone.localdate(), id=key
            )

        if acted(request, form, reversal, _("The entry was reversed.")):
            return redirect("funding:entry-detail", pk=key)
    context = {
        "entry": entry,
        "back": back,
        "may_reverse": may_reverse and back is None and entry.kind != EntryKind.REVERSAL,
        "form": form,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "funding/entry_detail.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def entry_new(request: HttpRequest) -> HttpResponse:
    """Book an amount; `?site=`, `?contract=` and `?fallback=` name what it is booked on."""
    scope = scope_of_request(request)
    if not keeps_any_books(scope):
        raise PermissionDenied
    known = frozenset({"site", "contract", "fallback"})
    named, problems = readable(request.GET, known, lambda query: _named(query, scope))
    form = EntryForm(request.POST or None, scope=scope, initial=_initial(named))
    contract, fallback = named["contract"], named["fallback"]

    def post() -> None:
        ledger_post(
            **form.cleaned_data,
            contract=contract,
            fallback=fallback,
            payee=contract.contractor if contract else None,
            **by(request),
            on=timezone.localdate(),
        )

    if request.method == "POST" and acted(request, form, post, _("The amount was booked.")):
        return redirect("funding:entry-detail", pk=form.cleaned_data["id"])
    status = 422 if request.method == "POST" else (400 if problems else 200)
    context = {"form": form, "problems": problems, **named}
    return render(request, "funding/entry_form.html", context, status=status)


def _read(query: Any) -> tuple[LedgerFilter, Cursor | None]:
    return LedgerFilter.from_query(query), Cursor.parse(query.get("cursor", ""), NEWEST)


def _named(query: Any, scope: Scope) -> dict[str, Any]:
    """Return what the address names; 404 for what is not there or not to be known."""
    found: dict[str, Any] = {}
    for name, model in (
        ("site", ProjectSite),
        ("contract", Contract),
        ("fallback", FallbackCommitment),
    ):
        keys = parsed(query, name, UUID)
        rows: Any = model.objects.visible_to(scope)
        found[name] = get_object_or_404(rows, pk=keys[0]) if keys else None
    return found


def _initial(named: dict[str, Any]) -> dict[str, Any]:
    initial: dict[str, Any] = {"id": new_id(), "booked_on": timezone.localdate()}
    contract, fallback, site = named["contract"], named["fallback"], named["site"]
    if contract:
        initial |= {"stage": Stage.PAID, "programme": contract.programme_id}
        sites = list(contract.sites.all()[:2])
        site = site or (sites[0] if len(sites) == 1 else None)
        if len(sites) != 1:
            initial["area"] = contract.area_id
    if fallback:
        initial |= {"programme": fallback.programme_id, "area": fallback.area_id}
    return {**initial, "site": site.code} if site else initial


def _address(asked: LedgerFilter, cursor: Cursor | None = None) -> str:
    query = asked.to_query()
    if cursor:
        query += ("&" if query else "") + f"cursor={cursor.as_text()}"
    return reverse("funding:entry-list") + (f"?{query}" if query else "")


def _choices(scope: Scope, asked: LedgerFilter) -> dict[str, Any]:
    programmes = Programme.objects.visible_to(scope).order_by("-year", "code")
    townships = townships_of(scope).only("code", "name", "name_en")
    years = sorted({programme.year for programme in programmes}, reverse=True)
    return {
        "stage_choices": [Choice(s.value, str(s.label), s in asked.stage) for s in Stage],
        "level_choices": [Choice(v.value, str(v.label), v in asked.level) for v in SourceLevel],
        "year_choices": [Choice(str(y), str(y), y in asked.year) for y in years],
        "programme_choices": [
            Choice(row.code, row.label, row.code in asked.programme) for row in programmes
        ],
        "area_choices": [Choice(row.code, row.label, row.code in asked.area) for row in townships],
    }
