"""How long the rural roads are, by township and class: as declared, as measured, and apart.

The measured length is the stored length of the shown geometry on the ellipsoid
(`ProjectSite.measured_length_m`), so a whole province is one grouped read.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any, Self
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Count, Q, QuerySet, Sum

from sites.access import Scope
from sites.filters import SiteFilter
from sites.kinds import STATES_FINISHED, Kind, RoadClass
from sites.models import ProjectSite

CLASS_ORDER = {code: place for place, code in enumerate(RoadClass.values)}
"""County roads come first; a road without a class comes last."""


@dataclass(frozen=True, slots=True)
class Lengths:
    """Lengths in metres of some roads.

    `compared_m` is the measured length of those roads that declare one: the difference is taken
    between like and like, so a road without a declared length makes no false difference.
    """

    sites: int = 0
    undeclared: int = 0
    declared_m: Decimal = Decimal(0)
    measured_m: float = 0.0
    compared_m: float = 0.0

    @property
    def difference_m(self) -> float:
        """Measured minus declared metres, over the roads that declare a length."""
        return self.compared_m - float(self.declared_m)

    @property
    def difference_percent(self) -> float | None:
        """The difference as percent of the declared length; None when nothing is declared."""
        return self.difference_m / float(self.declared_m) * 100 if self.declared_m else None

    def __add__(self, other: Self) -> Lengths:
        return Lengths(
            sites=self.sites + other.sites,
            undeclared=self.undeclared + other.undeclared,
            declared_m=self.declared_m + other.declared_m,
            measured_m=self.measured_m + other.measured_m,
            compared_m=self.compared_m + other.compared_m,
        )


@dataclass(frozen=True, slots=True)
class MileageRow:
    """The roads of one class in one township; `finished` is the part whose work is done.

    An empty township code means that the road lies in no township, an empty class that its class
    is not known. `identifiers` are the sites behind the numbers, in order, when asked for.
    """

    township_code: str
    road_class: str
    every: Lengths
    finished: Lengths
    identifiers: tuple[UUID, ...] = field(default=(), repr=False)

    @property
    def identifiers_sha256(self) -> str:
        """SHA-256 of the identifiers, one a line, by which two answers can be compared."""
        return hashlib.sha256("\n".join(map(str, self.identifiers)).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Mileage:
    """The mileage of all roads under a filter, ordered by township and class."""

    rows: tuple[MileageRow, ...]

    @property
    def total(self) -> MileageRow:
        """All rows in one."""
        return _merged("", "", self.rows)

    def by_township(self) -> tuple[MileageRow, ...]:
        """One row a township, its classes merged."""
        return self._grouped(lambda row: (row.township_code, ""))

    def by_class(self) -> tuple[MileageRow, ...]:
        """One row a road class, its townships merged, in the order of the classes."""
        merged = self._grouped(lambda row: ("", row.road_class))
        return tuple(sorted(merged, key=_order))

    def _grouped(self, key: Callable[[MileageRow], tuple[str, str]]) -> tuple[MileageRow, ...]:
        groups: dict[tuple[str, str], list[MileageRow]] = {}
        for row in self.rows:
            groups.setdefault(key(row), []).append(row)
        return tuple(_merged(*names, rows) for names, rows in groups.items())


def mileage(scope: Scope, site_filter: SiteFilter, *, with_identifiers: bool = False) -> Mileage:
    """Return the mileage of the roads that the scope sees under the filter: one statement."""
    roads: QuerySet[Any] = site_filter.apply(ProjectSite.objects.visible_to(scope))
    groups = roads.filter(kind=Kind.ROAD).order_by().values("township_code", "road__road_class")
    columns: dict[str, Any] = {**_columns("every"), **_columns("finished", *STATES_FINISHED)}
    if with_identifiers:
        columns["identifiers"] = ArrayAgg("pk", order_by="pk")
    return Mileage(tuple(sorted(map(_row, groups.annotate(**columns)), key=_order)))


def _columns(name: str, *states: str) -> dict[str, Any]:
    chosen = Q(state__in=states) if states else None
    declared = Q(declared_length_m__isnull=False)
    compared = declared & chosen if chosen else declared
    return {
        f"{name}_sites": Count("pk", filter=chosen),
        f"{name}_compared": Count("declared_length_m", filter=chosen),
        f"{name}_declared_m": Sum("declared_length_m", filter=chosen, default=Decimal(0)),
        f"{name}_measured_m": Sum("measured_length_m", filter=chosen, default=0.0),
        f"{name}_compared_m": Sum("measured_length_m", filter=compared, default=0.0),
    }


def _row(values: dict[str, Any]) -> MileageRow:
    return MileageRow(
        township_code=values["township_code"],
        road_class=values["road__road_class"] or "",
        every=_lengths(values, "every"),
        finished=_lengths(values, "finished"),
        identifiers=tuple(values.get("identifiers", ())),
    )


def _lengths(values: dict[str, Any], name: str) -> Lengths:
    return Lengths(
        sites=values[f"{name}_sites"],
        undeclared=values[f"{name}_sites"] - values[f"{name}_compared"],
        declared_m=values[f"{name}_declared_m"],
        measured_m=values[f"{name}_measured_m"],
        compared_m=values[f"{name}_compared_m"],
    )


def _merged(township_code: str, road_class: str, rows: Iterable[MileageRow]) -> MileageRow:
    found = tuple(rows)
    return MileageRow(
        township_code=township_code,
        road_class=road_class,
        every=sum((row.every for row in found), Lengths()),
        finished=sum((row.finished for row in found), Lengths()),
        identifiers=tuple(sorted(pk for row in found for pk in row.identifiers)),
    )


def _order(row: MileageRow) -> tuple[str, int]:
    return row.township_code or "~", CLASS_ORDER.get(row.road_class, len(CLASS_ORDER))


def filter_of(row: MileageRow, chosen: SiteFilter) -> SiteFilter | None:
    """Return the filter that lists exactly the sites behind a row found under `chosen`.

    None for roads without township or class, which no filter can name. A code of a village in
    `chosen` stays, because the township alone would be wider.
    """
    if not (row.township_code and row.road_class):
        return None
    for slot in ("township", "area"):
        if all(len(code) <= len(row.township_code) for code in getattr(chosen, slot)):
            own: dict[str, Any] = {slot: (row.township_code,)}
            return replace(chosen, kind=(Kind.ROAD,), road_class=(row.road_class,), **own)
    return None
