"""Closures and structures of road sections as layers."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.db.models.expressions import Combinable
from django.utils import timezone

from assets.functions import derived_line
from assets.kinds import ClosureKind, StructureKind
from assets.models import Asset, RoadClosure, Structure
from assets.part_fields import CLOSURE_FIELDS, STRUCTURE_FIELDS, part_value
from maps.subjects.places import township_name
from maps.subjects.subject import Subject
from sites.access import Scope, code_prefix_condition
from sites.filter_values import AREA_CODE, Params, as_text, choices, matching, moment_of, parsed
from sites.functions import ToMapProjection
from sites.site_field import SiteField

Read = Callable[[Params], Any]


@dataclass(frozen=True)
class PartFilter:
    """Which parts of assets are asked for; each value is an *or*, together they are an *and*."""

    given: Mapping[str, Any] = field(default_factory=dict)
    as_of: datetime.date = field(default_factory=timezone.localdate, compare=False)

    @classmethod
    def from_query(cls, params: Params, readers: Mapping[str, Read]) -> PartFilter:
        """Read the parameters of the API; raises `ParameterError`."""
        read = {name: reader(params) for name, reader in readers.items()}
        return cls({name: value for name, value in read.items() if as_text(value)})

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        return [(name, as_text(value)) for name, value in self.given.items()]

    def to_query(self) -> str:
        """Return the filter as the query of an address."""
        return urlencode(self.pairs(), safe=",:")

    def apply(self, rows: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow rows with an asset and a kind."""
        condition = Q()
        if kinds := self.given.get("kind"):
            condition &= Q(kind__in=kinds)
        if assets := self.given.get("asset"):
            condition &= Q(asset_id__in=assets)
        if codes := self.given.get("area"):
            inside = Asset.objects.filter(code_prefix_condition("area_code", codes))
            condition &= Q(asset_id__in=inside.values("pk"))
        if since := self.given.get("updated_since"):
            condition &= Q(updated_at__gte=since)
        return rows.filter(condition)


class PartSubject(Subject):
    """Rows that belong to one asset each."""

    model: Any
    catalogue: tuple[SiteField, ...]
    kinds: Sequence[str]

    def readers(self) -> dict[str, Read]:
        """Return how each parameter is read."""
        return {
            "kind": partial(choices, name="kind", allowed=self.kinds),
            "asset": partial(parsed, name="asset", parse=UUID),
            "area": partial(matching, name="area", pattern=AREA_CODE),
            "updated_since": partial(moment_of, name="updated_since"),
        }

    def names(self, *, public: bool = False) -> frozenset[str]:
        """Return the parameters of the API."""
        return frozenset(self.readers())

    def read(self, params: Params) -> PartFilter:
        """Read the filter."""
        return PartFilter.from_query(params, self.readers())

    def day(self, chosen: PartFilter) -> datetime.date:
        """Return the day for which closures are judged."""
        return chosen.as_of

    def key(self, chosen: PartFilter) -> Hashable:
        """Return the filter's text and its day."""
        return (chosen.to_query(), chosen.as_of)

    def rows(self, scope: Scope, chosen: PartFilter) -> QuerySet[Any]:
        """Return the rows of the assets that the scope sees."""
        return chosen.apply(self.model.objects.visible_to(scope))

    def fields(self, kind: str | None = None) -> Sequence[SiteField]:
        """Return the fields of the catalogue."""
        return self.catalogue

    def value_of(self, entry: SiteField, scope: Scope) -> Combinable:
        """Return the value of a field."""
        if entry.name == "township_name":
            return township_name("asset__township_code")
        return part_value(entry)


class ClosureSubject(PartSubject):
    """Closures of stretches; lines are cut from the sections'."""

    model = RoadClosure
    catalogue = CLOSURE_FIELDS
    kinds = ClosureKind.values

    def rows(self, scope: Scope, chosen: PartFilter) -> QuerySet[Any]:
        """Return the closures; the public sees those that are announced to it."""
        rows = super().rows(scope, chosen)
        return rows.filter(is_public=True) if scope.is_public else rows

    def geometry(self) -> Any:
        """Return the stretch of the section's line."""
        return derived_line()

    def mapped(self) -> Any:
        """Return the stretch in the map's projection."""
        return ToMapProjection(derived_line())


class StructureSubject(PartSubject):
    """Bridges, culverts and safety facilities."""

    model = Structure
    catalogue = STRUCTURE_FIELDS
    kinds = StructureKind.values

    def geometry(self) -> Any:
        """Return the surveyed point."""
        return F("point")

    def mapped(self) -> Any:
        """Return the point in the map's projection."""
        return ToMapProjection(F("point"))
