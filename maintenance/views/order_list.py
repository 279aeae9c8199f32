"""Work orders as a list and as a board by state: one filter in the address."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.db.models import F, QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from maintenance.kinds import OPEN_ORDER_STATES, OrderKind, OrderState, Priority
from maintenance.models import WorkOrder
from maintenance.newest_first import read_leniently
from maintenance.order_filter import PARAMETERS, OrderFilter
from maintenance.order_roles import may_issue
from maintenance.order_waiting import waits_for_condition
from sites.access import Scope, scope_of_request
from sites.api.paging import BY_ID, Key, Page, read_moment, read_page
from sites.filter_choices import Choice
from sites.problems import Problem
from sites.townships import townships_of

PAGE_SIZE: Final = 50
MINE_SHOWN: Final = 10
CARDS_SHOWN: Final = 30
BY_DUE = (Key("due_at", read_moment), *BY_ID)
OPEN_STATES = tuple(state.value for state in OPEN_ORDER_STATES)
TABS: Final[Mapping[str, OrderFilter]] = {
    "mine": OrderFilter({"mine": True}),
    "open": OrderFilter({"state": OPEN_STATES}),
    "overdue": OrderFilter({"overdue": True}),
    "to_close": OrderFilter({"state": (OrderState.CONFIRMED.value,)}),
    "closed": OrderFilter({"state": (OrderState.CLOSED.value,)}),
    "all": OrderFilter({"state": tuple(OrderState.values)}),
}
VIEWS = ("list", "board")


@require_safe
@login_required
def order_list(request: HttpRequest) -> HttpResponse:
    """Show the work orders of a filter, those that wait for the viewer first.

    A wrong parameter is named and left out, with status 400.
    """
    scope = scope_of_request(request)
    chosen, problems = read_leniently(OrderFilter.from_query, request.GET, (*PARAMETERS, "view"))
    as_board = request.GET.get("view") == "board"
    visible = listed(WorkOrder.objects.visible_to(scope))
    found = _narrowed(chosen).apply(visible, scope)
    context: dict[str, Any] = {"now": timezone.now(), "asked": chosen, "as_board": as_board}
    if as_board:
        context["columns"] = _columns(found)
    else:
        page, wrong = _page(found, request.GET.get("cursor", ""))
        problems += wrong
        context |= {
            "rows": page.rows,
            "next_address": _address(chosen, cursor=page.next_cursor) if page.next_cursor else "",
            "is_first": not request.GET.get("cursor"),
            "mine": _mine(visible, scope) if not chosen.given else [],
        }
    context |= _frame(scope, chosen, as_board=as_board)
    context["problems"] = problems
    status = 400 if problems else 200
    return render(request, "maintenance/order_list.html", context, status=status)


def listed(orders: QuerySet[Any]) -> QuerySet[Any]:
    """Return orders with the few columns of other tables that lists show."""
    rows: QuerySet[Any] = (
        orders.select_related("agreement", "executor", "inspector", "confirmer")
        .defer("description", "point", "point_3857", "agreement__standard_text")
        .annotate(
            asset_code=F("asset__code"),
            asset_name=F("asset__name"),
            asset_name_en=F("asset__name_en"),
        )
    )
    return rows


def _narrowed(chosen: OrderFilter) -> OrderFilter:
    """Return the filter with open orders only, where nothing is said of states."""
    said = {"state", "overdue", "mine"} & set(chosen.given)
    return chosen if said else chosen.replaced("state", OPEN_STATES)


def _mine(orders: QuerySet[Any], scope: Scope) -> list[Any]:
    return list(orders.filter(waits_for_condition(scope)).order_by("due_at", "id")[:MINE_SHOWN])


def _page(rows: QuerySet[Any], cursor: str) -> tuple[Page, list[str]]:
    asked = QueryDict(mutable=True)
    asked.update({"limit": str(PAGE_SIZE), "cursor": cursor})
    try:
        return read_page(rows, BY_DUE, asked), []
    except Problem as problem:
        asked["cursor"] = ""
        return read_page(rows, BY_DUE, asked), [str(problem.errors[0].message)]


def _columns(found: QuerySet[Any]) -> list[dict[str, Any]]:
    """Return the open states with their orders, the most urgent limit first."""
    columns = []
    for state in OPEN_ORDER_STATES:
        rows = list(found.filter(state=state).order_by("due_at", "id")[: CARDS_SHOWN + 1])
        columns.append(
            {
                "state": state.value,
                "label": state.label,
                "rows": rows[:CARDS_SHOWN],
                "more": len(rows) > CARDS_SHOWN,
                "address": _address(OrderFilter({"state": (state.value,)})),
            }
        )
    return columns


def _address(chosen: OrderFilter, *, cursor: str = "", board: bool = False) -> str:
    pairs = chosen.pairs()
    pairs += [("view", "board")] if board else []
    pairs += [("cursor", cursor)] if cursor else []
    query = urlencode(pairs, safe=",:")
    return reverse("maintenance:order-list") + (f"?{query}" if query else "")


def _frame(scope: Scope, chosen: OrderFilter, *, as_board: bool) -> dict[str, Any]:
    words = {
        "mine": _("Waits for me"),
        "open": pgettext("tab", "Not closed"),
        "overdue": _("Overdue"),
        "to_close": pgettext("tab", "To be closed"),
        "closed": pgettext("tab", "Closed"),
        "all": _("All"),
    }
    states = dict(chosen.given)
    rest = {key: states[key] for key in states if key not in {"state", "mine", "overdue"}}
    tabs = []
    for name, question in TABS.items():
        asked = OrderFilter({**rest, **question.given})
        address = _address(asked, board=as_board)
        current = asked.pairs() == chosen.pairs()
        tabs.append({"label": words[name], "address": address, "is_current": current})
    return {
        "tabs": tabs,
        "choices": _choices(scope, chosen),
        "list_address": _address(chosen),
        "board_address": _address(chosen, board=True),
        "kept": [(n, v) for n, v in chosen.pairs() if n in {"asset", "agreement", "executor"}],
        "may_issue": may_issue(scope),
    }


def _choices(scope: Scope, chosen: OrderFilter) -> dict[str, list[Choice]]:
    townships = townships_of(scope).only("code", "name", "name_en")
    areas = chosen["area"] or ()
    return {
        **{
            name: [Choice(v, str(w), v in (chosen[name] or ())) for v, w in words.choices]
            for name, words in (("state", OrderState), ("priority", Priority), ("kind", OrderKind))
        },
        "area": [Choice(t.code, t.label, t.code in areas) for t in townships],
    }
