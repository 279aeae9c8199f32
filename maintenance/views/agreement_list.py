"""The list of agreements: one filter in the address, one page after another."""

from __future__ import annotations

import datetime
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maintenance.agreement_filter import NAMES, AgreementFilter
from maintenance.agreement_sums import with_sums
from maintenance.kinds import AgreementModel, AgreementPhase, PartyRole
from maintenance.models import Agreement, AgreementParty
from sites.access import Scope, scope_of_request
from sites.api.paging import BY_ID, Key, Page, read_page, read_text
from sites.filter_choices import Choice
from sites.filters import ParameterError
from sites.models import Organisation
from sites.problems import Problem
from sites.townships import township_names, townships_of

PAGE_SIZE = 50
BY_NUMBER = (Key("number", read_text), *BY_ID)
BY_END = (Key("ends_on", datetime.date.fromisoformat), *BY_ID)
TABS = (
    ("", AgreementFilter()),
    ("in_force", AgreementFilter(phase=(AgreementPhase.ACTIVE, AgreementPhase.EXPIRING))),
    ("needs_renewal", AgreementFilter(needs_renewal=True)),
    ("to_sign", AgreementFilter(to_sign=True)),
    ("negotiating", AgreementFilter(phase=(AgreementPhase.NEGOTIATING,))),
    ("draft", AgreementFilter(phase=(AgreementPhase.DRAFT,))),
)


@require_safe
@login_required
def agreement_list(request: HttpRequest) -> HttpResponse:
    """Show the agreements of a filter; a wrong parameter is named and left out, with status 400."""
    scope = scope_of_request(request)
    chosen, problems = _read(request.GET)
    rows = chosen.apply(with_sums(Agreement.objects.visible_to(scope)), scope)
    parties = AgreementParty.objects.select_related("organisation").order_by("role")
    rows = rows.prefetch_related(Prefetch("parties", parties, to_attr="listed_parties"))
    keys = BY_END if chosen.needs_renewal else BY_NUMBER
    page, is_wrong = _page(rows, keys, request.GET.get("cursor", ""))
    names = township_names(row.township_code for row in page.rows)
    context = {
        "asked": chosen,
        "problems": problems + is_wrong,
        "rows": [_row(row, names) for row in page.rows],
        "next_address": _address(chosen, page.next_cursor) if page.next_cursor else "",
        "is_first": not request.GET.get("cursor"),
        "first_address": _address(chosen),
        "tabs": _tabs(scope, chosen),
        "choices": _choices(scope, chosen),
        "today": timezone.localdate(),
    }
    status = 400 if problems or is_wrong else 200
    return render(request, "maintenance/agreement_list.html", context, status=status)


def _read(query: QueryDict) -> tuple[AgreementFilter, list[str]]:
    """Read an address, leaving out each parameter that is wrong."""
    usable, problems = query.copy(), []
    unknown = sorted(set(query) - {*NAMES, "cursor"})
    problems += [f"{name[:60]}: {_('There is no such parameter.')}" for name in unknown]
    while True:
        try:
            return AgreementFilter.from_query(usable), problems
        except ParameterError as error:
            problems.append(f"{error.parameter}: {error.message}")
            del usable[error.parameter]


def _page(rows: Any, keys: tuple[Key, ...], cursor: str) -> tuple[Page, list[str]]:
    """Return the page after a cursor; a cursor that is not ours gives the first page."""
    asked = QueryDict(mutable=True)
    asked.update({"limit": str(PAGE_SIZE), "cursor": cursor})
    try:
        return read_page(rows, keys, asked), []
    except Problem as problem:
        asked["cursor"] = ""
        return read_page(rows, keys, asked), [str(problem.errors[0].message)]


def _address(chosen: AgreementFilter, cursor: str = "") -> str:
    pairs = chosen.pairs() + ([("cursor", cursor)] if cursor else [])
    query = urlencode(pairs, safe=",:")
    return reverse("maintenance:agreement-list") + (f"?{query}" if query else "")


def _row(agreement: Any, names: dict[str, str]) -> dict[str, Any]:
    bodies: dict[str, list[Any]] = {role: [] for role in PartyRole.values}
    for party in agreement.listed_parties:
        bodies[party.role].append(party.organisation)
    township = names.get(agreement.township_code, agreement.township_code)
    return {"agreement": agreement, "bodies": bodies, "township": township}


def _tabs(scope: Scope, chosen: AgreementFilter) -> list[dict[str, Any]]:
    """Return the questions that are asked most, each with its address."""
    words = {
        "": _("All"),
        "in_force": _("In force"),
        "needs_renewal": _("To be renewed"),
        "to_sign": _("To be signed by me"),
        "negotiating": _("In negotiation"),
        "draft": _("Drafts"),
    }
    shown = [tab for tab in TABS if tab[0] != "draft" or scope.edits_sites]
    return [
        {
            "label": words[name],
            "address": _address(filter_of_tab),
            "is_current": replace(filter_of_tab, as_of=chosen.as_of) == chosen,
        }
        for name, filter_of_tab in shown
    ]


def _choices(scope: Scope, chosen: AgreementFilter) -> dict[str, list[Choice]]:
    bodies = Organisation.objects.visible_to(scope).filter(agreement_parties__isnull=False)
    townships = townships_of(scope).only("code", "name", "name_en")
    return {
        "phase": [Choice(v, str(w), v in chosen.phase) for v, w in AgreementPhase.choices],
        "model": [Choice(v, str(w), v in chosen.model) for v, w in AgreementModel.choices],
        "area": [Choice(t.code, t.label, t.code in chosen.area) for t in townships],
        "organisation": [
            Choice(str(body.pk), body.label, body.pk in chosen.organisation)
            for body in bodies.distinct().only("name", "name_en")
        ],
    }
