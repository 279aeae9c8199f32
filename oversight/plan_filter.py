"""Which monthly plans are asked for: month, state, area, body, whether filed late."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final, Self
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from oversight.kinds import PlanState
from oversight.months import parse_month
from sites.access import code_prefix_condition
from sites.filter_values import AREA_CODE, Params, as_text, choices, matching, parsed, yes_or_no

NAMES: Final = ("month", "state", "area", "organisation", "late")


@dataclass(frozen=True, slots=True)
class PlanFilter:
    """Which plans are asked for; every tuple is an *or*, the fields together an *and*."""

    month: tuple[datetime.date, ...] = ()
    state: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    organisation: tuple[UUID, ...] = ()
    late: bool | None = None

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter; raises `ParameterError`."""
        return cls(
            month=parsed(params, "month", parse_month),
            state=choices(params, "state", PlanState.values),
            area=matching(params, "area", AREA_CODE),
            organisation=parsed(params, "organisation", UUID),
            late=yes_or_no(params, "late"),
        )

    def apply(self, plans: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow plans to what is asked for."""
        condition = Q()
        if self.month:
            condition &= Q(month__in=self.month)
        if self.state:
            condition &= Q(state__in=self.state)
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        if self.organisation:
            condition &= Q(organisation_id__in=self.organisation)
        plans = plans.filter(condition)
        if self.late is None:
            return plans
        zone = timezone.get_default_timezone()
        filed: QuerySet[Any] = plans.annotate(filed_on=TruncDate("submitted_at", tzinfo=zone))
        late = Q(filed_on__gt=F("due_on"))
        return filed.filter(late) if self.late else filed.exclude(late)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        texts = {
            "month": ",".join(f"{month:%Y-%m}" for month in sorted(self.month)),
            "state": as_text(self.state),
            "area": as_text(self.area),
            "organisation": as_text(self.organisation),
            "late": as_text(self.late),
        }
        return [(name, text) for name, text in texts.items() if text]
