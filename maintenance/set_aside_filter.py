"""The filter of entries set aside that list, API and workbench share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, Self
from urllib.parse import urlencode

from django.db.models import Q, QuerySet

from maintenance.kinds import FieldEntity, SetAsideCause, SetAsideState
from sites.access import code_prefix_condition
from sites.filter_values import AREA_CODE, Params, among, as_text, choices, matching, parsed

LARGEST_USER: Final = 2**31 - 1
PARAMETERS: Final[Mapping[str, str]] = {
    "state": f"States, separated by commas: {', '.join(SetAsideState.values)}.",
    "cause": f"Causes, separated by commas: {', '.join(SetAsideCause.values)}.",
    "entity": f"Records, separated by commas: {', '.join(FieldEntity.values)}.",
    "area": "Area codes with all below them, separated by commas.",
    "sender": "Identifiers of the accounts that sent the entries, separated by commas.",
}
"""The parameters, in the order in which a filter is written, and what they mean."""


@dataclass(frozen=True, slots=True)
class SetAsideFilter:
    """Which entries are asked for; every tuple is an *or*, the fields together an *and*."""

    state: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    entity: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    sender: tuple[int, ...] = field(default=())

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for the first wrong parameter."""
        return cls(
            state=choices(params, "state", SetAsideState.values),
            cause=choices(params, "cause", SetAsideCause.values),
            entity=choices(params, "entity", FieldEntity.values),
            area=matching(params, "area", AREA_CODE),
            sender=parsed(params, "sender", _account),
        )

    def apply(self, entries: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow entries to what is asked for."""
        condition = among(self, "state", "cause", "entity")
        if self.sender:
            condition &= Q(sender_id__in=self.sender)
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        return entries.filter(condition)

    def without(self, name: str, value: object) -> Self:
        """Return the filter with one value of a parameter left out."""
        kept = tuple(held for held in getattr(self, name) if held != value)
        return replace(self, **{name: kept})

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        written = [(name, as_text(getattr(self, name))) for name in PARAMETERS]
        return [(name, text) for name, text in written if text]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")


def _account(text: str) -> int:
    """Return the key of an account; raises `ValueError`."""
    if not (text.isascii() and text.isdecimal() and len(text) <= 10):
        raise ValueError(text)
    number = int(text)
    if number > LARGEST_USER:
        raise ValueError(text)
    return number
