"""The one filter that list, map, tiles, counts, exports and API share.

It is parsed once, strictly, from the query of an address and written back in one canonical form,
so that the same address always means the same rows.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils import timezone

from sites.access import code_prefix_condition
from sites.filter_values import (
    AREA_CODE,
    MAX_TEXT,
    MAX_VALUES,
    ParameterError,
    Params,
    as_text,
    box_of,
    choices,
    matching,
    moment_of,
    parsed,
    text_condition,
    text_of,
    year_of,
    yes_or_no,
)
from sites.functions import due_date_or_never
from sites.geometry import Box
from sites.kinds import Delay, Kind, RoadClass, State
from sites.models import Programme, RoadDetail
from sites.querysets import ProjectSiteQuerySet

__all__ = ["MAX_TEXT", "MAX_VALUES", "ParameterError", "Params", "SiteFilter"]

PROGRAMME_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")
CATEGORY_CODE = re.compile(r"^[0-9A-Za-z_-]{1,40}$")


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """Which sites are asked for; every tuple is an *or*, the fields together an *and*.

    `area` and `township` are area codes and mean the whole subtree. `as_of` is the day for which
    delay is judged; it is no parameter of the address.
    """

    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    area: tuple[str, ...] = ()
    township: tuple[str, ...] = ()
    delay: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    road_class: tuple[str, ...] = ()
    id: tuple[UUID, ...] = ()
    q: str = ""
    bbox: Box | None = None
    updated_since: datetime.datetime | None = None
    key_plan: bool | None = None
    as_of: datetime.date = field(default_factory=timezone.localdate, compare=False)

    @classmethod
    def from_query(cls, params: Params) -> SiteFilter:
        """Read a filter from an address's parameters; unknown parameters are left to others.

        Raises `ParameterError` for the first parameter that cannot be used.
        """
        return cls(
            kind=choices(params, "kind", Kind.values),
            state=choices(params, "state", State.values),
            delay=choices(params, "delay", Delay.values),
            road_class=choices(params, "road_class", RoadClass.values),
            programme=matching(params, "programme", PROGRAMME_CODE),
            category=matching(params, "category", CATEGORY_CODE),
            area=matching(params, "area", AREA_CODE),
            township=matching(params, "township", AREA_CODE),
            year=parsed(params, "year", year_of),
            id=parsed(params, "id", UUID),
            q=text_of(params, "q"),
            bbox=box_of(params),
            updated_since=moment_of(params, "updated_since"),
            key_plan=yes_or_no(params, "key_plan"),
        )

    def apply(self, sites: ProjectSiteQuerySet) -> ProjectSiteQuerySet:
        """Narrow a queryset to what is asked for and annotate `delay` and `days_late`."""
        sites = sites.with_delay(self.as_of, red_days=settings.DELAY_RED_DAYS).filter(
            self._conditions()
        )
        if self.bbox:
            sites = sites.in_box(self.bbox)
        return sites

    def _conditions(self) -> Q:
        condition = Q()
        for path, values in (
            ("kind", self.kind),
            ("state", self.state),
            ("category__code", self.category),
            ("year", self.year),
            ("pk", self.id),
        ):
            if values:
                condition &= Q(**{f"{path}__in": values})
        for codes in (self.area, self.township):
            if codes:
                condition &= code_prefix_condition("area_code", codes)
        return condition & self._further_conditions()

    def _further_conditions(self) -> Q:
        condition = Q()
        if self.delay:
            condition &= _delay_condition(self.delay, self.as_of)
        if self.programme:
            condition &= _programme_condition(self.programme)
        if self.road_class:
            roads = RoadDetail.objects.filter(site=OuterRef("pk"), road_class__in=self.road_class)
            condition &= Q(Exists(roads))
        if self.q:
            condition &= text_condition(self.q, _sites_on_routes)
        if self.updated_since:
            condition &= Q(updated_at__gte=self.updated_since)
        if self.key_plan is not None:
            condition &= Q(is_key_plan=self.key_plan)
        return condition

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        found: list[tuple[str, str]] = []
        for part in fields(self):
            if part.name == "as_of":
                continue
            text = as_text(getattr(self, part.name))
            if text:
                found.append((part.name, text))
        return found

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed down."""
        return not self.pairs()


def _delay_condition(delays: Iterable[str], as_of: datetime.date) -> Q:
    """Return the traffic lights as ranges of the due date, which an index answers."""
    due, today = due_date_or_never(), Value(as_of)
    edge = Value(as_of - datetime.timedelta(days=settings.DELAY_RED_DAYS))
    meaning = {
        Delay.GREEN: Q(GreaterThanOrEqual(due, today)),
        Delay.YELLOW: Q(LessThan(due, today)) & Q(GreaterThanOrEqual(due, edge)),
        Delay.RED: Q(LessThan(due, edge)),
    }
    condition = Q()
    for delay in delays:
        condition |= meaning[Delay(delay)]
    return condition


def _programme_condition(codes: Sequence[str]) -> Q:
    """Return the condition on programmes; one code is looked up first, so that an index serves."""
    programmes = Programme.objects.filter(code__in=codes).values("pk")
    return Q(programme=Subquery(programmes)) if len(codes) == 1 else Q(programme__in=programmes)


def _sites_on_routes(beginning: str) -> QuerySet[Any]:
    return RoadDetail.objects.filter(route_code__startswith=beginning).values("pk")
