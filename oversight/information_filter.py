"""The filter of information filed that page and API share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet

from maintenance.payment_filter import day_of
from oversight.kinds import SentTo
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

INFORMATION_PARAMETERS: Final = {
    "area": "Area codes with all below them, separated by commas.",
    "organisation": "Identifiers of the bodies that filed, separated by commas.",
    "sent_to": f"Separated by commas: {', '.join(SentTo.values)}.",
    "from": "A date: sent on it or later.",
    "until": "A date: sent on it or earlier.",
    "published": "1 for what was published, 0 for what was not.",
    "updated_since": "RFC 3339 time with offset.",
}


@dataclass(frozen=True, slots=True)
class InformationFilter:
    """Which pieces are asked for; every tuple is an *or*, the fields together an *and*."""

    area: tuple[str, ...] = ()
    organisation: tuple[UUID, ...] = ()
    sent_to: tuple[str, ...] = ()
    first: datetime.date | None = None
    last: datetime.date | None = None
    published: bool | None = None
    updated_since: datetime.datetime | None = None

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for the first wrong parameter."""
        return cls(
            area=matching(params, "area", AREA_CODE),
            organisation=parsed(params, "organisation", UUID),
            sent_to=choices(params, "sent_to", SentTo.values),
            first=day_of(params, "from"),
            last=day_of(params, "until"),
            published=yes_or_no(params, "published"),
            updated_since=moment_of(params, "updated_since"),
        )

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow a queryset of pieces to what is asked for."""
        condition = Q()
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        if self.organisation:
            condition &= Q(organisation_id__in=self.organisation)
        if self.sent_to:
            condition &= Q(sent_to__in=self.sent_to)
        if self.first:
            condition &= Q(sent_on__gte=self.first)
        if self.last:
            condition &= Q(sent_on__lte=self.last)
        if self.published is not None:
            condition &= Q(published_on__isnull=not self.published)
        if self.updated_since:
            condition &= Q(updated_at__gte=self.updated_since)
        return rows.filter(condition)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        values = (
            self.area,
            self.organisation,
            self.sent_to,
            self.first,
            self.last,
            self.published,
            self.updated_since,
        )
        written = zip(INFORMATION_PARAMETERS, map(as_text, values), strict=True)
        return [(name, text) for name, text in written if text]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")
