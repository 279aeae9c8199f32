"""Which decisions are asked for: state, overdue, meeting, site, body, area."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Final, Self
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from oversight.kinds import DecisionState
from sites.access import code_prefix_condition
from sites.filter_values import AREA_CODE, Params, as_text, choices, matching, parsed, yes_or_no

NAMES: Final = ("state", "overdue", "area", "meeting", "site", "organisation")


@dataclass(frozen=True, slots=True)
class DecisionFilter:
    """Which decisions are asked for; every tuple is an *or*, the fields together an *and*."""

    state: tuple[str, ...] = ()
    overdue: bool | None = None
    area: tuple[str, ...] = ()
    meeting: tuple[UUID, ...] = ()
    site: tuple[UUID, ...] = ()
    organisation: tuple[UUID, ...] = ()
    as_of: datetime.date = field(default_factory=timezone.localdate, compare=False)

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter; raises `ParameterError`."""
        return cls(
            state=choices(params, "state", DecisionState.values),
            overdue=yes_or_no(params, "overdue"),
            area=matching(params, "area", AREA_CODE),
            meeting=parsed(params, "meeting", UUID),
            site=parsed(params, "site", UUID),
            organisation=parsed(params, "organisation", UUID),
        )

    def apply(self, decisions: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow decisions to what is asked for."""
        condition = Q()
        if self.state:
            condition &= Q(state__in=self.state)
        if self.overdue is not None:
            late = Q(state=DecisionState.OPEN, meeting__state="held", due_on__lt=self.as_of)
            condition &= late if self.overdue else ~late
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        for name in ("meeting", "site", "organisation"):
            if values := getattr(self, name):
                condition &= Q(**{f"{name}_id__in": values})
        return decisions.filter(condition)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        texts = [(name, as_text(getattr(self, name))) for name in NAMES]
        return [(name, text) for name, text in texts if text]
