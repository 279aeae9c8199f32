"""The filter of defects that list, API and map share: parsed strictly, written in one form."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass, field, fields
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from assets.kinds import Severity
from assets.models import RoadSection
from maintenance.kinds import (
    OPEN_DEFECT_STATES,
    OPEN_ORDER_STATES,
    DefectKind,
    DefectSource,
    DefectState,
)
from maintenance.models import WorkOrder
from sites.access import code_prefix_condition
from sites.filter_values import (
    AREA_CODE,
    Params,
    among,
    as_text,
    box_of,
    choices,
    matching,
    moment_of,
    parsed,
    yes_or_no,
)
from sites.functions import BoxInMapProjection
from sites.geometry import Box

ROUTE_NUMBER: Final = re.compile(r"^[GSXYCZ][0-9A-Z]{3,9}$", re.ASCII)
CHECK_DAYS: Final = 7
"""Days within which somebody says whether a reported defect is one: our choice."""


@dataclass(frozen=True, slots=True)
class DefectFilter:
    """Which defects are asked for; every tuple is an *or*, the fields together an *and*.

    `open` are those on which something is left to be done; `overdue` those of them whose work
    order is past its time limit, or that nobody verified for 7 days. `as_of` is the moment for
    which that is judged; it is no parameter of the address.
    """

    state: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    area: tuple[str, ...] = ()
    asset: tuple[UUID, ...] = ()
    agreement: tuple[UUID, ...] = ()
    route: tuple[str, ...] = ()
    open: bool | None = None
    overdue: bool | None = None
    bbox: Box | None = None
    updated_since: datetime.datetime | None = None
    as_of: datetime.datetime = field(default_factory=timezone.now, compare=False)

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for the first wrong parameter."""
        return cls(
            state=choices(params, "state", DefectState.values),
            severity=choices(params, "severity", Severity.values),
            kind=choices(params, "kind", DefectKind.values),
            source=choices(params, "source", DefectSource.values),
            area=matching(params, "area", AREA_CODE),
            asset=parsed(params, "asset", UUID),
            agreement=parsed(params, "agreement", UUID),
            route=matching(params, "route", ROUTE_NUMBER),
            open=yes_or_no(params, "open"),
            overdue=yes_or_no(params, "overdue"),
            bbox=box_of(params),
            updated_since=moment_of(params, "updated_since"),
        )

    def apply(self, defects: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow a queryset of defects to what is asked for."""
        condition = among(self, "state", "severity", "kind", "source", "asset", "agreement")
        if self.area:
            condition &= code_prefix_condition("area_code", self.area)
        if self.route:
            sections = RoadSection.objects.filter(
                asset=OuterRef("asset_id"), route__route_no__in=self.route
            )
            condition &= Q(Exists(sections))
        if self.open is not None:
            is_open = Q(state__in=OPEN_DEFECT_STATES)
            condition &= is_open if self.open else ~is_open
        return defects.filter(condition & self._further())

    def _further(self) -> Q:
        condition = Q()
        if self.overdue is not None:
            late = overdue_condition(self.as_of)
            condition &= late if self.overdue else ~late
        if self.bbox:
            box = self.bbox
            envelope = BoxInMapProjection(box.west, box.south, box.east, box.north)
            condition &= Q(point_3857__bboverlaps=envelope)
        if self.updated_since:
            condition &= Q(updated_at__gte=self.updated_since)
        return condition

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        written = [(name, as_text(getattr(self, name))) for name in NAMES]
        return [(name, text) for name, text in written if text]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed down."""
        return not self.pairs()


NAMES: Final = tuple(part.name for part in fields(DefectFilter) if part.name != "as_of")
"""The parameters, in the order in which a filter is written."""


def overdue_condition(at: datetime.datetime) -> Q:
    """Return the condition that somebody should have acted on a defect before the moment."""
    orders = WorkOrder.objects.filter(
        pk=OuterRef("order_id"), state__in=OPEN_ORDER_STATES, due_at__lt=at
    )
    waiting = Q(state=DefectState.REPORTED, found_at__lt=at - datetime.timedelta(days=CHECK_DAYS))
    return waiting | Q(Exists(orders), state__in=OPEN_DEFECT_STATES)
