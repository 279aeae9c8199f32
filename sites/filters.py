"""The one filter that list, map, tiles, counts, exports and API share.

It is parsed once, strictly, from the query of an address and written back in one canonical form,
so that the same address always means the same rows. Apps above register parameters of their own
when they start, so that a link means the same rows at every door, and imports still run one way.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.utils import timezone

from sites.access import code_prefix_condition
from sites.filter_parameter import Parameter
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

__all__ = [
    "MAX_TEXT",
    "MAX_VALUES",
    "Parameter",
    "ParameterError",
    "Params",
    "SiteFilter",
    "parameter_names",
    "register",
    "registered",
]

PROGRAMME_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")
CATEGORY_CODE = re.compile(r"^[0-9A-Za-z_-]{1,40}$")
_NOT_NAMED = frozenset({"as_of", "given"})
_REGISTERED: dict[str, Parameter] = {}


def register(*further: Parameter) -> None:
    """Add parameters to the filter of sites; called once, when an app starts."""
    for parameter in further:
        if parameter.name in _own_names():
            raise ValueError(f"a parameter of this name exists: {parameter.name}")
        _REGISTERED[parameter.name] = parameter


def registered() -> Mapping[str, Parameter]:
    """Return the added parameters by name, in the order in which a filter is written."""
    return dict(sorted(_REGISTERED.items()))


def parameter_names(*, public: bool = False) -> frozenset[str]:
    """Return every parameter that a filter reads; for the public, those that are open."""
    added = (name for name, entry in _REGISTERED.items() if entry.is_open or not public)
    return _own_names().union(added)


def _own_names() -> frozenset[str]:
    return frozenset(part.name for part in fields(SiteFilter)) - _NOT_NAMED


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """Which sites are asked for; every tuple is an *or*, the fields together an *and*.

    `area` and `township` are area codes and mean the whole subtree. `given` holds the value of
    each registered parameter that narrows something down. `as_of` is the day for which delay and
    whatever else has a date is judged; it is no parameter of the address.
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
    given: tuple[tuple[str, Any], ...] = ()
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
            given=_given({name: entry.read(params) for name, entry in registered().items()}),
        )

    def __getitem__(self, name: str) -> Any:
        """Return a registered parameter's value; what it has for nothing when not given."""
        return dict(self.given).get(name, _REGISTERED[name].nothing)

    def replaced(self, name: str, value: Any) -> SiteFilter:
        """Return the filter with another value of one parameter; nothing leaves it out."""
        if name in _own_names():
            return replace(self, **{name: value})
        return replace(self, given=_given({**dict(self.given), name: value}))

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
        for name, value in self.given:
            condition &= _REGISTERED[name].condition(value, self.as_of)
        return condition

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        found: list[tuple[str, str]] = []
        for part in fields(self):
            text = "" if part.name in _NOT_NAMED else as_text(getattr(self, part.name))
            if text:
                found.append((part.name, text))
        return found + [(name, as_text(value)) for name, value in self.given]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed down."""
        return not self.pairs()


def _given(values: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((name, values[name]) for name in registered() if as_text(values.get(name)))


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
