"""Assets as layers: how each stands with its upkeep, as far as the viewer may know."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    ExpressionWrapper,
    F,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils import timezone

from assets.field_values import value_of
from assets.fields import fields_of
from assets.filters import AssetFilter, parameters
from assets.models import Asset
from maintenance.fields import ASSET_UPKEEP_FIELDS
from maintenance.models import Defect
from maintenance.upkeep_gaps import gap_of, to_be_managed
from maps.subjects.places import township_name
from maps.subjects.subject import Subject
from sites.access import Scope, code_prefix_condition
from sites.filter_values import Params
from sites.kinds import OFFICE_ROLES
from sites.site_field import SiteField

PUBLIC_NAMES: Final = frozenset(
    {"kind", "state", "road_class", "pavement", "area", "township", "route", "id", "q", "bbox"}
)
"""What the public may ask for; who owns and keeps up an asset, and what it lacks, is not."""


class AssetSubject(Subject):
    """Assets of all kinds."""

    def names(self, *, public: bool = False) -> frozenset[str]:
        """Return the parameters of the filter of assets, those of apps above included."""
        return PUBLIC_NAMES if public else frozenset(parameters())

    def read(self, params: Params) -> AssetFilter:
        """Read the filter of assets."""
        return AssetFilter.from_query(params)

    def day(self, chosen: AssetFilter) -> datetime.date:
        """Return the day for which warranties and gaps are judged."""
        return chosen.as_of

    def rows(self, scope: Scope, chosen: AssetFilter) -> QuerySet[Any]:
        """Return the assets."""
        return chosen.apply(Asset.objects.visible_to(scope))

    def fields(self, kind: str | None = None) -> Sequence[SiteField]:
        """Return the fields of assets of one kind, or of all."""
        return (*fields_of(kind), *ASSET_UPKEEP_FIELDS)

    def value_of(self, entry: SiteField, scope: Scope) -> Combinable:
        """Return the value of a field; a restricted one where the office itself answers."""
        if entry.name == "township_name":
            return township_name()
        if entry.name == "gap":
            return gap_or_nothing(timezone.localdate())
        if entry in ASSET_UPKEEP_FIELDS:
            return F(entry.path)
        value = value_of(entry, scope)
        return for_office(value, scope) if entry.restricted else value

    def geometry(self) -> Any:
        """Return the as-built geometry."""
        return F("geometry")

    def mapped(self) -> Any:
        """Return the column kept for the map."""
        return F("geometry_3857")


def for_office(value: Combinable, scope: Scope, area: str = "area_code") -> Combinable:
    """Return a value where the row lies in the area of the scope's office, nothing elsewhere."""
    if scope.everything:
        return value
    inside = code_prefix_condition(area, scope.area_codes(OFFICE_ROLES))
    return Case(When(inside, then=value), default=None)


def gap_or_nothing(day: datetime.date) -> Case:
    """Return the gap of an asset on a day; empty for what nobody has to keep up."""
    return Case(
        When(to_be_managed(), then=gap_of(day)), default=Value(""), output_field=CharField()
    )


def has_open_defects(scope: Scope) -> Any:
    """Return whether an asset has open defects that the scope may know of.

    A body sees defects on the stretches of its own agreements alone, so for it they are looked
    up; for everybody else the database keeps the number beside the asset.
    """
    if scope.organisation_ids():
        open_defects = Defect.objects.visible_to(scope).open()
        return Exists(open_defects.filter(asset=OuterRef("pk")))
    return ExpressionWrapper(Q(upkeep_status__open_defects__gt=0), output_field=BooleanField())
