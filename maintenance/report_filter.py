"""The filter of public reports that list and API share: parsed strictly, written in one form."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, fields
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from maintenance.kinds import ReportState
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

ANSWER_DAYS: Final = 7
"""Days after which a report that nobody took up is overdue: our choice."""
WAITING: Final = (ReportState.RECEIVED, ReportState.REOPENED)
"""Reports on which the office has to act."""


@dataclass(frozen=True, slots=True)
class ReportFilter:
    """Which reports are asked for; every tuple is an *or*, the fields together an *and*.

    `waiting` are those on which the office has to act, `overdue` those of them older than 7 days.
    """

    state: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    asset: tuple[UUID, ...] = ()
    defect: tuple[UUID, ...] = ()
    waiting: bool | None = None
    overdue: bool | None = None
    updated_since: datetime.datetime | None = None
    as_of: datetime.datetime = field(default_factory=timezone.now, compare=False)

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for the first wrong parameter."""
        return cls(
            state=choices(params, "state", ReportState.values),
            area=matching(params, "area", AREA_CODE),
            asset=parsed(params, "asset", UUID),
            defect=parsed(params, "defect", UUID),
            waiting=yes_or_no(params, "waiting"),
            overdue=yes_or_no(params, "overdue"),
            updated_since=moment_of(params, "updated_since"),
        )

    def apply(self, reports: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow a queryset of reports to what is asked for."""
        condition = among(self, "state", "asset", "defect")
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        for asked, meant in (
            (self.waiting, Q(state__in=WAITING)),
            (self.overdue, overdue_condition(self.as_of)),
        ):
            if asked is not None:
                condition &= meant if asked else ~meant
        if self.updated_since:
            condition &= Q(updated_at__gte=self.updated_since)
        return reports.filter(condition)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        written = [(name, as_text(getattr(self, name))) for name in NAMES]
        return [(name, text) for name, text in written if text]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")


NAMES: Final = tuple(part.name for part in fields(ReportFilter) if part.name != "as_of")
"""The parameters, in the order in which a filter is written."""


def overdue_condition(at: datetime.datetime) -> Q:
    """Return the condition that a report has waited for the office too long at a moment."""
    return Q(state__in=WAITING, updated_at__lt=at - datetime.timedelta(days=ANSWER_DAYS))
