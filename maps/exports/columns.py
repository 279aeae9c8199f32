"""The columns of an export as expressions on `ProjectSite`."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Func, JSONField, OuterRef, Subquery, TextField, Value
from django.db.models.expressions import Combinable

from maps.exports.choice import ExportChoice
from sites.functions import shown_geometry
from sites.geometry import STORED_SRID, WGS84_SRID
from sites.kinds import AreaLevel
from sites.models import Area, HouseholdRecord
from sites.site_field import SiteField

SAME_AS_STORED = frozenset({STORED_SRID, WGS84_SRID})
"""PROJ maps CGCS2000 to WGS 84 without any change, so neither do we."""


class LookedUp(Func):
    """The text that a JSON object holds under a column's value; spares a join for each row."""

    arg_joiner = " ->> "
    template = "(%(expressions)s)"
    output_field = TextField()


class InReferenceSystem(Func):
    """The geometry transformed to another reference system."""

    template = "ST_Transform(%(expressions)s, {srid})"

    def __init__(self, expression: Combinable, srid: int) -> None:
        super().__init__(expression, template=f"ST_Transform(%(expressions)s, {srid:d})")


def value_of(entry: SiteField, choice: ExportChoice) -> Combinable:
    """Return the expression of a field's value."""
    if entry.name == "township_name":
        return LookedUp(Value(_township_names(), output_field=JSONField()), F("township_code"))
    if entry.restricted:
        rows = HouseholdRecord.objects.visible_to(choice.scope).filter(site=OuterRef("pk"))
        return Subquery(rows.values(entry.path.rpartition("__")[2])[:1])
    return F(entry.path)


def geometry_of(choice: ExportChoice) -> Any:
    """Return the expression of the shown geometry in the reference system of the export."""
    if choice.srid in SAME_AS_STORED:
        return shown_geometry()
    return InReferenceSystem(shown_geometry(), choice.srid)


def _township_names() -> dict[str, str]:
    townships = Area.objects.filter(level=AreaLevel.TOWNSHIP).order_by("valid_from")
    return dict(townships.values_list("code", "name"))
