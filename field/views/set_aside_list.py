"""The list of entries set aside: one filter in the address, the newest first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from field.set_aside_words import in_short, title_of
from maintenance.kinds import FieldEntity, SetAsideCause, SetAsideState
from maintenance.models import SetAsideEntry
from maintenance.newest_first import page_leniently, read_leniently
from maintenance.set_aside_filter import PARAMETERS, SetAsideFilter
from sites.access import Scope, scope_of_request
from sites.filter_choices import Choice
from sites.listing import BoundedCount, bounded_count
from sites.models import Area
from sites.people import person_name
from sites.townships import TOWNSHIP_DIGITS, township_names, townships_of

COUNTED: Final = 999
"""Above this many a tab says "more than": counting on would cost more than it tells."""
HEAVY: Final = (
    "body",
    "sides",
    "choices",
    "asset__geometry",
    "asset__geometry_3857",
    "asset__outline_3857",
    "asset__search_text",
)
TABS: Final = (
    ("open", (SetAsideState.OPEN,)),
    ("taken", (SetAsideState.TAKEN,)),
    ("dismissed", (SetAsideState.DISMISSED,)),
    ("all", ()),
)


@require_safe
@login_required
def set_aside_list(request: HttpRequest) -> HttpResponse:
    """Show the entries of a filter; a wrong parameter is named and left out, with status 400."""
    scope = scope_of_request(request)
    chosen, problems = read_leniently(SetAsideFilter.from_query, request.GET, tuple(PARAMETERS))
    seen = SetAsideEntry.objects.visible_to(scope)
    rows = chosen.apply(seen).select_related("asset", "sender").defer(*HEAVY)
    cursor = request.GET.get("cursor", "")
    page = page_leniently(rows, "received_at", cursor, problems)
    context = {
        "asked": chosen,
        "problems": problems,
        "rows": [
            (row, title_of(row), in_short(row), row.area_code[:TOWNSHIP_DIGITS])
            for row in page.rows
        ],
        "places": _places(row.area_code for row in page.rows),
        "next_address": _address(chosen, page.next_cursor) if page.next_cursor else "",
        "first_address": _address(chosen),
        "is_first": not cursor,
        "tabs": _tabs(chosen, _waiting(seen, chosen)),
        "chips": _chips(chosen, seen),
        "choices": _choices(scope, chosen),
        "takes_files": scope.edits_sites,
        "is_office": scope.edits_sites,
    }
    status = 400 if problems else 200
    return render(request, "field/set_aside_list.html", context, status=status)


def _places(codes: Iterable[str]) -> dict[str, str]:
    """Return the names of townships, and of larger areas where no smaller one is known."""
    wanted = {code[:TOWNSHIP_DIGITS] for code in codes if code}
    rows = Area.objects.filter(code__in=wanted).order_by("valid_from")
    return {area.code: area.label for area in rows.only("code", "name", "name_en")}


def _waiting(seen: Any, chosen: SetAsideFilter) -> BoundedCount:
    rest = replace(chosen, state=(SetAsideState.OPEN.value,))
    return bounded_count(rest.apply(seen), COUNTED)


def _address(chosen: SetAsideFilter, cursor: str = "") -> str:
    pairs = chosen.pairs() + ([("cursor", cursor)] if cursor else [])
    query = urlencode(pairs, safe=",:")
    return reverse("field_office:set-aside-list") + (f"?{query}" if query else "")


def _tabs(chosen: SetAsideFilter, waiting: BoundedCount) -> list[dict[str, Any]]:
    words = {"all": _("All")} | {state.value: str(state.label) for state in SetAsideState}
    return [
        {
            "label": words[name],
            "address": _address(replace(chosen, state=tuple(s.value for s in states))),
            "is_current": chosen.state == tuple(s.value for s in states),
            "number": waiting if name == "open" else None,
        }
        for name, states in TABS
    ]


def _chips(chosen: SetAsideFilter, seen: Any) -> list[tuple[str, str]]:
    """Return what is narrowed down, each with the address without it."""
    words: dict[tuple[str, object], str] = {
        **{("cause", value): str(label) for value, label in SetAsideCause.choices},
        **{("entity", value): str(label) for value, label in FieldEntity.choices},
        **{("area", code): name for code, name in township_names(chosen.area).items()},
        **{("sender", key): name for key, name in _senders(chosen.sender, seen).items()},
    }
    return [
        (words.get((name, value), str(value)), _address(chosen.without(name, value)))
        for name in ("cause", "entity", "area", "sender")
        for value in getattr(chosen, name)
    ]


def _senders(keys: tuple[int, ...], seen: Any) -> dict[int, str]:
    """Return the names of senders of whom the viewer may see an entry."""
    if not keys:
        return {}
    sent = Exists(seen.filter(sender_id=OuterRef("pk")))
    users = get_user_model().objects.filter(sent, pk__in=keys)
    return {user.pk: person_name(user) for user in users}


def _choices(scope: Scope, chosen: SetAsideFilter) -> dict[str, list[Choice]]:
    townships = townships_of(scope).only("code", "name", "name_en")
    return {
        "cause": [Choice(v, str(w), v in chosen.cause) for v, w in SetAsideCause.choices],
        "entity": [Choice(v, str(w), v in chosen.entity) for v, w in FieldEntity.choices],
        "area": [Choice(t.code, t.label, t.code in chosen.area) for t in townships],
    }
