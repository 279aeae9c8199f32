"""The filter of field entries that list and API share."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maintenance.kinds import UpkeepTask
from maintenance.log_review import LogStanding, marked_condition, standing_condition
from sites.access import code_prefix_condition
from sites.filter_values import (
    AREA_CODE,
    Params,
    as_text,
    choices,
    matching,
    moment_of,
    parsed,
    yes_or_no,
)


@dataclass(frozen=True, slots=True)
class LogParameter:
    """One parameter: how it is read, what it means, and how it is described."""

    label: str | Promise
    read: Callable[[Params], Any]
    condition: Callable[[Any], Q]
    description: str


def _key(name: str, label: str | Promise) -> LogParameter:
    return LogParameter(
        label,
        lambda params: parsed(params, name, UUID),
        lambda values: Q(**{f"{name}_id__in": values}),
        "Identifiers, separated by commas.",
    )


def _standings(values: tuple[str, ...]) -> Q:
    condition = Q()
    for value in values:
        condition |= standing_condition(value)
    return condition


PARAMETERS: Final[Mapping[str, LogParameter]] = {
    "standing": LogParameter(
        _("Review"),
        lambda params: choices(params, "standing", LogStanding.values),
        _standings,
        f"Separated by commas: {', '.join(LogStanding.values)}.",
    ),
    "task": LogParameter(
        _("Task"),
        lambda params: choices(params, "task", UpkeepTask.values),
        lambda values: Q(task__in=values),
        f"Separated by commas: {', '.join(UpkeepTask.values)}.",
    ),
    "marked": LogParameter(
        _("To be looked at with care"),
        lambda params: yes_or_no(params, "marked"),
        lambda wanted: marked_condition() if wanted else ~marked_condition(),
        "1: entries far from their asset, inaccurate, or from a wrong clock; 0: the others.",
    ),
    "order": _key("order", _("Work order")),
    "asset": _key("asset", _("Asset")),
    "agreement": _key("agreement", _("Agreement")),
    "organisation": _key("organisation", _("Organisation")),
    "area": LogParameter(
        _("Area"),
        lambda params: matching(params, "area", AREA_CODE),
        lambda codes: code_prefix_condition("area_code", codes),
        "Area codes with all below them, separated by commas.",
    ),
    "received_since": LogParameter(
        _("Received since"),
        partial(moment_of, name="received_since"),
        lambda moment: Q(received_at__gte=moment),
        "RFC 3339 time with offset.",
    ),
    "received_before": LogParameter(
        _("Received before"),
        partial(moment_of, name="received_before"),
        lambda moment: Q(received_at__lt=moment),
        "RFC 3339 time with offset.",
    ),
}


@dataclass(frozen=True, slots=True)
class LogFilter:
    """Which entries are asked for; every tuple is an *or*, the parameters together an *and*."""

    given: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for what cannot be used."""
        read = {name: parameter.read(params) for name, parameter in PARAMETERS.items()}
        return cls({name: value for name, value in read.items() if as_text(value)})

    def __getitem__(self, name: str) -> Any:
        """Return a parameter's value, None where it is not given."""
        return self.given.get(name)

    def apply(self, logs: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow entries of `with_standing` to what is asked for."""
        condition = Q()
        for name, value in self.given.items():
            condition &= PARAMETERS[name].condition(value)
        return logs.filter(condition)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        return [(name, as_text(self.given[name])) for name in PARAMETERS if name in self.given]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")
