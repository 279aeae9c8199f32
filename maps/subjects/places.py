"""Project sites and administrative units as layers."""

from __future__ import annotations

import datetime
from collections.abc import Hashable, Sequence
from typing import Any

from django.db.models import F, Func, JSONField, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.expressions import Combinable

from maps.subjects.subject import SiteMarked
from sites.access import Scope
from sites.fields import FIELDS
from sites.filter_values import Params
from sites.filters import SiteFilter, parameter_names
from sites.functions import shown_geometry
from sites.kinds import AreaLevel
from sites.models import Area, HouseholdRecord, ProjectSite
from sites.site_field import SiteField


class LookedUp(Func):
    """The text that a JSON object holds under a column's value; spares a join for each row."""

    arg_joiner = " ->> "
    template = "(%(expressions)s)"
    output_field = TextField()


def township_name(code: str = "township_code") -> Combinable:
    """Return the name of the township whose code stands at a path from the row."""
    townships = Area.objects.filter(level=AreaLevel.TOWNSHIP).order_by("valid_from")
    names = dict(townships.values_list("code", "name"))
    return LookedUp(Value(names, output_field=JSONField()), F(code))


class SiteSubject(SiteMarked):
    """Project sites."""

    def names(self, *, public: bool = False) -> frozenset[str]:
        """Return the parameters of the filter of sites, those of apps above included."""
        return parameter_names(public=public)

    def read(self, params: Params) -> SiteFilter:
        """Read the filter of sites."""
        return SiteFilter.from_query(params)

    def key(self, chosen: SiteFilter) -> Hashable:
        """Return the filter and its day."""
        return (chosen, chosen.as_of)

    def day(self, chosen: SiteFilter) -> datetime.date:
        """Return the day for which delays are judged."""
        return chosen.as_of

    def rows(self, scope: Scope, chosen: SiteFilter) -> QuerySet[Any]:
        """Return the sites."""
        return chosen.apply(ProjectSite.objects.visible_to(scope))

    def fields(self, kind: str | None = None) -> Sequence[SiteField]:
        """Return the fields of sites of one kind, or of all."""
        return tuple(entry for entry in FIELDS if kind is None or kind in entry.kinds)

    def value_of(self, entry: SiteField, scope: Scope) -> Combinable:
        """Return a column; a household's from the rows that the scope sees."""
        if entry.name == "township_name":
            return township_name()
        if entry.restricted:
            rows = HouseholdRecord.objects.visible_to(scope).filter(site=OuterRef("pk"))
            return Subquery(rows.values(entry.path.rpartition("__")[2])[:1])
        return F(entry.path)

    def geometry(self) -> Any:
        """Return the actual geometry, else the planned one."""
        return shown_geometry()

    def mapped(self) -> Any:
        """Return the column kept for the map."""
        return F("geometry_3857")


class PlaceSubject(SiteSubject):
    """Administrative units: only the day and the area of a filter of sites concern them."""

    def rows(self, scope: Scope, chosen: SiteFilter) -> QuerySet[Any]:
        """Return the units in force on the filter's day."""
        return Area.objects.visible_to(scope).in_force(chosen.as_of)

    def mapped(self) -> Any:
        """Return the boundary, which stays in degrees."""
        return F("boundary")
