"""The list of sites: one filter in the address, one order, one page after another."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from sites.access import Scope, scope_of_request
from sites.filter_choices import chips, filter_choices
from sites.filters import ParameterError, SiteFilter
from sites.listing import COLUMNS, Cursor, Order, bounded_count, site_page
from sites.listing_words import ORDER_WORDS
from sites.models import ProjectSite
from sites.road_lengths import road_lengths
from sites.site_lights import Light, lights_of
from sites.townships import township_names

PAGE_SIZES = (25, 50, 100, 200)
DEFAULT_SIZE = 50
DEFAULT_ORDER = Order()


@dataclass(frozen=True, slots=True)
class ListRequest:
    """What an address asks of the list: filter, order, place and size of the page."""

    filter: SiteFilter
    order: Order = DEFAULT_ORDER
    cursor: Cursor | None = None
    size: int = DEFAULT_SIZE

    @classmethod
    def from_query(cls, query: QueryDict) -> ListRequest:
        """Read an address; raises `ParameterError` for the first parameter that is wrong."""
        order = Order.parse(query.get("sort", ""))
        return cls(
            filter=SiteFilter.from_query(query),
            order=order,
            cursor=Cursor.parse(query.get("cursor", ""), order),
            size=_size(query.get("limit", "")),
        )

    def address(self) -> str:
        """Return the one address of this request."""
        pairs = self.filter.pairs()
        if self.order != DEFAULT_ORDER:
            pairs.append(("sort", self.order.as_text()))
        if self.size != DEFAULT_SIZE:
            pairs.append(("limit", str(self.size)))
        if self.cursor:
            pairs.append(("cursor", self.cursor.as_text()))
        query = urlencode(pairs, safe=",:")
        return reverse("sites:site-list") + (f"?{query}" if query else "")

    def with_filter(self, chosen: SiteFilter) -> str:
        """Return the address of the first page under another filter."""
        return replace(self, filter=chosen, cursor=None).address()

    def at(self, cursor: Cursor | None) -> str:
        """Return the address of another page, empty where there is none."""
        return replace(self, cursor=cursor).address() if cursor else ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading that orders the list, with the direction in force for `aria-sort`."""

    column: str
    label: str | Promise
    address: str
    direction: str


@require_safe
@login_required
def site_list(request: HttpRequest) -> HttpResponse:
    """Show the sites of a filter; a wrong parameter is named and left out, with status 400.

    htmx asks for the list alone; a form sent without script is led to its one address.
    """
    asked, problems = _read(request.GET)
    partial = bool(getattr(request, "htmx", False)) and not request.htmx.history_restore_request  # type: ignore[attr-defined]
    if not partial and not problems and "" in request.GET.values():
        return HttpResponseRedirect(asked.address())
    template = "sites/partials/_site_list.html" if partial else "sites/site_list.html"
    context = {**_list_context(request, asked), "problems": problems}
    response = render(request, template, context, status=400 if problems else 200)
    if partial:
        response.headers["HX-Push-Url"] = asked.address()
    response.headers["Vary"] = "HX-Request, Accept-Language, Cookie"
    return response


def _list_context(request: HttpRequest, asked: ListRequest) -> dict[str, object]:
    scope = scope_of_request(request)
    sites = asked.filter.apply(ProjectSite.objects.visible_to(scope))
    count = bounded_count(sites)
    page = site_page(
        sites, order=asked.order, cursor=asked.cursor, limit=asked.size, few=not count.more
    )
    choices = filter_choices(scope, asked.filter)
    return {
        "asked": asked,
        "page": page,
        "count": count,
        "lengths": None if count.more else road_lengths(sites),
        "townships": township_names(site.township_code for site in page.sites),
        "lights": _lit(page.sites, scope, asked.filter.as_of),
        "choices": choices,
        "chips": [(chip, asked.with_filter(chip.without)) for chip in chips(asked.filter, choices)],
        "headings": {column: _heading(asked, column) for column in COLUMNS},
        "orders": _orders(asked.order),
        "next_address": asked.at(page.next),
        "previous_address": asked.at(page.previous),
        "bare_address": asked.with_filter(SiteFilter()),
        "filter_query": asked.filter.to_query(),
    }


def _lit(
    sites: Sequence[ProjectSite], scope: Scope, as_of: datetime.date
) -> dict[UUID, list[Light]]:
    """Return the lights of the page's sites that ask for a look."""
    found = lights_of(sites, scope, as_of)
    return {key: [light for light in lights if light.is_lit] for key, lights in found.items()}


def _read(query: QueryDict) -> tuple[ListRequest, list[ParameterError]]:
    """Read an address, leaving out each parameter that is wrong."""
    usable = query.copy()
    problems: list[ParameterError] = []
    while True:
        try:
            return ListRequest.from_query(usable), problems
        except ParameterError as error:
            problems.append(error)
            del usable[error.parameter]


def _size(text: str) -> int:
    if not text:
        return DEFAULT_SIZE
    if text not in map(str, PAGE_SIZES):
        allowed = ", ".join(map(str, PAGE_SIZES))
        raise ParameterError(
            "limit",
            "unknown_value",
            _("“%(value)s” is not one of: %(allowed)s.") % {"value": text[:60], "allowed": allowed},
        )
    return int(text)


def _heading(asked: ListRequest, column: str) -> Heading:
    current = asked.order.column == column
    following = Order(column, turned=current and not asked.order.turned)
    direction = ("descending" if asked.order.descending else "ascending") if current else "none"
    address = replace(asked, order=following, cursor=None).address()
    return Heading(column, ORDER_WORDS[column][0], address, direction)


def _orders(order: Order) -> list[tuple[str, str | Promise, bool]]:
    return [
        (Order(column, turned).as_text(), words[1 + turned], order == Order(column, turned))
        for column, words in ORDER_WORDS.items()
        for turned in (False, True)
    ]
