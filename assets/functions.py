"""Functions of assets in the ORM: linear referencing, and keys to sort by.

The functions that `sql/linear_referencing.sql` makes take the line and the chainage of its two
ends first. They serve whole tables and answer NULL where there is no answer; `assets/linear.py`
has the calls that say why.
"""

from __future__ import annotations

import datetime

from django.contrib.gis.db.models import GeometryField
from django.db.models import DateField, F, FloatField, Func, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce

from sites.geometry import STORED_SRID


class ChainageAt(Func):
    """Chainage in metres of the point of a line nearest to a place: line, start, end, place.

    Among points equally near, the one of the lowest chainage.
    """

    function = "assets_chainage_at"
    arity = 4
    output_field = FloatField()


class PointAt(Func):
    """The point of a line at a chainage: line, start, end, chainage. NULL outside the line."""

    function = "assets_point_at"
    arity = 4
    output_field = GeometryField(srid=STORED_SRID)


class PartBetween(Func):
    """The part of a line between two chainages: line, start, end, from, to.

    Cut off at the line's ends; NULL where the stretch and the line share nothing.
    """

    function = "assets_part_between"
    arity = 5
    output_field = GeometryField(srid=STORED_SRID)


class AsGeoJSONText(Func):
    """A point or a line as GeoJSON text: seven decimals, and no `crs`, as RFC 7946 wants it."""

    template = "ST_AsGeoJSON(%(expressions)s, 7, 0)"
    output_field = TextField()


def derived_line(path: str = "asset__", start: str = "start_m", end: str = "end_m") -> PartBetween:
    """Return the geometry of an event that is given by chainage; `path` leads to its asset."""
    section = f"{path}road_section__"
    ends = (F(f"{section}start_m"), F(f"{section}end_m"))
    return PartBetween(F(f"{path}geometry"), *ends, F(start), F(end))


def warranty_or_never() -> Combinable:
    """The end of the warranty as a key to sort by, where an unknown one comes last."""
    return Coalesce(F("warranty_until"), Value(datetime.date.max), output_field=DateField())
