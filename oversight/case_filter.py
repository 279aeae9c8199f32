"""The filter of cases that list and API share: parsed strictly, written in one form."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from oversight.case_ladder import OPEN_STATES
from oversight.kinds import CaseCause, CaseLevel, CaseState
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
    yes_or_no,
)


@dataclass(frozen=True, slots=True)
class CaseFilter:
    """Which cases are asked for; every tuple is an *or*, the fields together an *and*."""

    level: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    cause: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    organisation: tuple[UUID, ...] = ()
    site: tuple[UUID, ...] = ()
    decision: tuple[UUID, ...] = ()
    open: bool | None = None
    overdue: bool | None = None
    updated_since: datetime.datetime | None = None
    as_of: datetime.date = field(default_factory=timezone.localdate, compare=False)

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for the first wrong parameter."""
        return cls(
            level=choices(params, "level", CaseLevel.values),
            state=choices(params, "state", CaseState.values),
            cause=choices(params, "cause", CaseCause.values),
            area=matching(params, "area", AREA_CODE),
            organisation=parsed(params, "organisation", UUID),
            site=parsed(params, "site", UUID),
            decision=parsed(params, "decision", UUID),
            open=yes_or_no(params, "open"),
            overdue=yes_or_no(params, "overdue"),
            updated_since=moment_of(params, "updated_since"),
        )

    def apply(self, cases: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow a queryset of cases to what is asked for."""
        condition = among(self, "level", "state", "cause", "organisation", "site", "decision")
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        late = Q(state=CaseState.NOTIFIED, reply_due_on__lt=self.as_of)
        for asked, meant in ((self.open, Q(state__in=OPEN_STATES)), (self.overdue, late)):
            if asked is not None:
                condition &= meant if asked else ~meant
        if self.updated_since:
            condition &= Q(updated_at__gte=self.updated_since)
        return cases.filter(condition)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        written = [(name, as_text(getattr(self, name))) for name in CASE_PARAMETERS]
        return [(name, text) for name, text in written if text]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")


CASE_PARAMETERS: Final = {
    "level": f"Levels, separated by commas: {', '.join(CaseLevel.values)}.",
    "state": f"States, separated by commas: {', '.join(CaseState.values)}.",
    "cause": f"Causes, separated by commas: {', '.join(CaseCause.values)}.",
    "area": "Area codes with all below them, separated by commas.",
    "organisation": "Identifiers of the bodies that the cases are about, separated by commas.",
    "site": "Identifiers of sites, separated by commas.",
    "decision": "Identifiers of decisions, separated by commas.",
    "open": "1 for cases that are not closed or withdrawn.",
    "overdue": "1 for cases whose reply is overdue.",
    "updated_since": "RFC 3339 time with offset.",
}
"""The parameters, in the order in which a filter is written."""
