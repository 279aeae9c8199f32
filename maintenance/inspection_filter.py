"""The filter of inspections that list and API share: parsed strictly, written in one form."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, fields
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.urls import reverse

from maintenance.kinds import InspectionKind
from sites.access import code_prefix_condition
from sites.filter_values import (
    AREA_CODE,
    Params,
    among,
    as_text,
    choices,
    matching,
    moment_of,
    parsed,
)


@dataclass(frozen=True, slots=True)
class InspectionFilter:
    """Which inspections are asked for; every tuple is an *or*, the fields together an *and*."""

    area: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    asset: tuple[UUID, ...] = ()
    agreement: tuple[UUID, ...] = ()
    standard: tuple[UUID, ...] = ()
    inspected_since: datetime.datetime | None = None

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for the first wrong parameter."""
        return cls(
            area=matching(params, "area", AREA_CODE),
            kind=choices(params, "kind", InspectionKind.values),
            asset=parsed(params, "asset", UUID),
            agreement=parsed(params, "agreement", UUID),
            standard=parsed(params, "standard", UUID),
            inspected_since=moment_of(params, "inspected_since"),
        )

    def apply(self, inspections: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow a queryset of inspections to what is asked for."""
        condition = among(self, "kind", "asset", "agreement", "standard")
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        if self.inspected_since:
            condition &= Q(inspected_at__gte=self.inspected_since)
        return inspections.filter(condition)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        written = [(name, as_text(getattr(self, name))) for name in NAMES]
        return [(name, text) for name, text in written if text]

    def address(self, route: str, cursor: str = "") -> str:
        """Return the address of a page under this filter."""
        pairs = self.pairs() + ([("cursor", cursor)] if cursor else [])
        query = urlencode(pairs, safe=",:")
        return reverse(route) + (f"?{query}" if query else "")


NAMES: Final = tuple(part.name for part in fields(InspectionFilter))
"""The parameters, in the order in which a filter is written."""
