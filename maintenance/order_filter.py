"""The filter of work orders that list, board, map and API share."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.filter_parameters import ROUTE_NUMBER
from assets.models import RoadSection
from maintenance.kinds import OPEN_ORDER_STATES, OrderKind, OrderState, Priority
from maintenance.order_waiting import waits_for_condition
from sites.access import Scope, code_prefix_condition
from sites.filter_values import (
    AREA_CODE,
    Params,
    as_text,
    box_of,
    choices,
    matching,
    moment_of,
    parsed,
    text_of,
    yes_or_no,
)
from sites.functions import BoxInMapProjection
from sites.geometry import Box

LARGEST_NUMBER: Final = 2**63 - 1


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks, and when: what “waits for me” and “overdue” depend on."""

    scope: Scope
    at: datetime.datetime


@dataclass(frozen=True, slots=True)
class OrderParameter:
    """One parameter: how it is read, what it means, and how it is described."""

    label: str | Promise
    read: Callable[[Params], Any]
    condition: Callable[[Any, Asked], Q]
    description: str


def _chosen(name: str, label: str | Promise, words: Any) -> OrderParameter:
    return OrderParameter(
        label,
        lambda params: choices(params, name, words.values),
        lambda values, _asked: Q(**{f"{name}__in": values}),
        f"Separated by commas: {', '.join(words.values)}.",
    )


def _key(name: str, label: str | Promise) -> OrderParameter:
    return OrderParameter(
        label,
        lambda params: parsed(params, name, UUID),
        lambda values, _asked: Q(**{f"{name}_id__in": values}),
        "Identifiers, separated by commas.",
    )


def _route(text: str) -> str:
    number = text.upper()
    if not ROUTE_NUMBER.match(number):
        raise ValueError(text)
    return number


def _on_routes(values: tuple[str, ...], _asked: Asked) -> Q:
    sections = RoadSection.objects.filter(route__route_no__in=values)
    return Q(asset_id__in=sections.values("pk"))


def _in_box(box: Box, _asked: Asked) -> Q:
    envelope = BoxInMapProjection(box.west, box.south, box.east, box.north)
    return Q(point_3857__bboverlaps=envelope)


def _mine(wanted: bool, asked: Asked) -> Q:
    condition = waits_for_condition(asked.scope)
    return condition if wanted else ~condition


def _overdue(wanted: bool, asked: Asked) -> Q:
    condition = Q(state__in=OPEN_ORDER_STATES, due_at__lt=asked.at)
    return condition if wanted else ~condition


def _words(text: str, _asked: Asked) -> Q:
    condition = Q()
    for word in text.split():
        found = Q(title__icontains=word) | Q(asset__name__icontains=word)
        number = word.removeprefix("#")
        if number.isascii() and number.isdecimal() and int(number) <= LARGEST_NUMBER:
            found |= Q(number=int(number))
        condition &= found
    return condition


PARAMETERS: Final[Mapping[str, OrderParameter]] = {
    "state": _chosen("state", _("State"), OrderState),
    "kind": _chosen("kind", _("Kind"), OrderKind),
    "priority": _chosen("priority", _("Priority"), Priority),
    "mine": OrderParameter(
        _("Waits for me"),
        lambda params: yes_or_no(params, "mine"),
        _mine,
        "1: orders whose next move is the caller's; 0: the others.",
    ),
    "overdue": OrderParameter(
        _("Overdue"),
        lambda params: yes_or_no(params, "overdue"),
        _overdue,
        "1: open orders whose time limit has passed; 0: the others.",
    ),
    "agreement": _key("agreement", _("Agreement")),
    "asset": _key("asset", _("Asset")),
    "executor": _key("executor", _("Executor")),
    "route": OrderParameter(
        _("Route"),
        lambda params: parsed(params, "route", _route),
        _on_routes,
        "Route numbers such as Y012, separated by commas.",
    ),
    "area": OrderParameter(
        _("Area"),
        lambda params: matching(params, "area", AREA_CODE),
        lambda codes, _asked: code_prefix_condition("area_code", codes),
        "Area codes with all below them, separated by commas.",
    ),
    "bbox": OrderParameter(
        _("Window of the map"), box_of, _in_box, "west,south,east,north in degrees."
    ),
    "due_before": OrderParameter(
        _("Due before"),
        partial(moment_of, name="due_before"),
        lambda moment, _asked: Q(due_at__lt=moment),
        "RFC 3339 time with offset.",
    ),
    "q": OrderParameter(
        _("Search"),
        lambda params: text_of(params, "q"),
        _words,
        "Words of the title or of the asset's name, or the order's number.",
    ),
    "updated_since": OrderParameter(
        _("Changed since"),
        partial(moment_of, name="updated_since"),
        lambda moment, _asked: Q(updated_at__gte=moment),
        "RFC 3339 time with offset.",
    ),
}


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders are asked for; every tuple is an *or*, the parameters together an *and*."""

    given: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for what cannot be used."""
        read = {name: parameter.read(params) for name, parameter in PARAMETERS.items()}
        return cls({name: value for name, value in read.items() if as_text(value)})

    def __getitem__(self, name: str) -> Any:
        """Return a parameter's value, None where it is not given."""
        return self.given.get(name)

    def apply(self, orders: QuerySet[Any], scope: Scope) -> QuerySet[Any]:
        """Narrow work orders to what is asked for, now."""
        asked = Asked(scope, timezone.now())
        condition = Q()
        for name, value in self.given.items():
            condition &= PARAMETERS[name].condition(value, asked)
        return orders.filter(condition)

    def replaced(self, name: str, value: Any) -> Self:
        """Return the filter with another value of one parameter; nothing leaves it out."""
        given = {**self.given, name: value}
        return type(self)({key: given[key] for key in PARAMETERS if as_text(given.get(key))})

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        return [(name, as_text(self.given[name])) for name in PARAMETERS if name in self.given]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")
