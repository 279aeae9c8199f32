"""Spatial functions for the ORM, each in one place with the reason for its flags."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.contrib.postgres.fields import ArrayField
from django.db.models import (
    BooleanField,
    Case,
    DateField,
    F,
    FloatField,
    Func,
    IntegerField,
    TextField,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce, Collate, Least
from django.db.models.sql.compiler import SQLCompiler

from sites.geometry import STORED_SRID, WEB_MERCATOR_SRID
from sites.kinds import FINISHED_OR_CANCELLED, STATES_BEFORE_WORK

WORLD_HALF_WIDTH_M = 20037508.342789244
CLUSTER_ZOOM = 22
"""The grid that points are counted on: 2^22 columns round the world, 9.55 m wide."""


class Repeated(Func):
    """A function whose template names its one argument several times as `{0}`."""

    pattern = ""
    arity = 1

    def as_sql(self, compiler: SQLCompiler, connection: Any, *_: Any, **extra: Any) -> Any:
        """Put the argument's SQL at every `{0}`, and its values as often."""
        sql, params = compiler.compile(self.source_expressions[0])
        return self.pattern.format(sql), tuple(params) * self.pattern.count("{0}")


class GeometryIsSound(Repeated):
    """Whether a geometry may be stored: absent, or two-dimensional, not empty, valid, in bounds.

    Bounds are compared coordinate by coordinate, because a box operator lets NaN through.
    Latitudes end at 85 degrees, where the map's Mercator projection does.
    """

    output_field = BooleanField()
    pattern = (
        "({0} IS NULL OR (ST_NDims({0}) = 2 AND NOT ST_IsEmpty({0}) AND ST_IsValid({0})"
        " AND ST_XMin({0}) >= -180 AND ST_XMax({0}) <= 180"
        " AND ST_YMin({0}) >= -85 AND ST_YMax({0}) <= 85))"
    )


class GeometryTypeIn(Func):
    """Whether a geometry is of one of the given types (see `GEOMETRY_TYPES_BY_KIND`)."""

    output_field = BooleanField()

    def __init__(self, expression: Combinable, types: tuple[str, ...] = (), **extra: Any) -> None:
        listed = ", ".join(f"'{name.upper()}'" for name in types)
        extra.setdefault("template", f"(GeometryType(%(expressions)s) IN ({listed}))")
        super().__init__(expression, **extra)


class EllipsoidLength(Func):
    """Length in metres on the ellipsoid; 0 for points and polygons."""

    template = "ST_Length((%(expressions)s)::geography)"
    output_field = FloatField()


class EllipsoidArea(Func):
    """Area in square metres on the ellipsoid; 0 for points and lines."""

    template = "ST_Area((%(expressions)s)::geography)"
    output_field = FloatField()


class ToMapProjection(Func):
    """The geometry in Web Mercator, kept beside the stored one because tiles are cut in it."""

    template = f"ST_Transform(%(expressions)s, {WEB_MERCATOR_SRID})"
    output_field = GeometryField(srid=WEB_MERCATOR_SRID)


class Generalised(Func):
    """The geometry in Web Mercator with details under 60 m removed, for zooms below 12.

    `true` keeps what would collapse to nothing, so that no short road vanishes.
    """

    template = f"ST_Simplify(ST_Transform(%(expressions)s, {WEB_MERCATOR_SRID}), 60, true)"
    output_field = GeometryField(srid=WEB_MERCATOR_SRID)


class GridColumn(Func):
    """Column of the cluster grid (see `CLUSTER_ZOOM`) in which the geometry's centre lies."""

    template = (
        f"floor((ST_X(ST_Centroid(ST_Transform(%(expressions)s, {WEB_MERCATOR_SRID})))"
        f" + {WORLD_HALF_WIDTH_M}) / {2 * WORLD_HALF_WIDTH_M / 2**CLUSTER_ZOOM})::integer"
    )
    output_field = IntegerField()


class GridRow(Func):
    """Row of the cluster grid, counted from the north as tiles are."""

    template = (
        f"floor(({WORLD_HALF_WIDTH_M} - ST_Y(ST_Centroid("
        f"ST_Transform(%(expressions)s, {WEB_MERCATOR_SRID}))))"
        f" / {2 * WORLD_HALF_WIDTH_M / 2**CLUSTER_ZOOM})::integer"
    )
    output_field = IntegerField()


class BoxInMapProjection(Func):
    """A box of degrees as an envelope in Web Mercator, to be met with the spatial index."""

    template = f"ST_Transform(ST_MakeEnvelope(%(expressions)s, {STORED_SRID}), {WEB_MERCATOR_SRID})"
    output_field = GeometryField(srid=WEB_MERCATOR_SRID)

    def __init__(self, west: float, south: float, east: float, north: float) -> None:
        super().__init__(Value(west), Value(south), Value(east), Value(north))


def shown_geometry() -> Coalesce:
    """The geometry that maps and measures use: the actual one, else the planned one."""
    return Coalesce(F("actual_geometry"), F("planned_geometry"))


class JoinedText(Func):
    """Texts joined by spaces; immutable, unlike PostgreSQL's `concat`, so columns can hold it."""

    arg_joiner = " || ' ' || "
    template = "(%(expressions)s)"
    output_field = TextField()


class DaysAfter(Func):
    """Whole days from the second date to the first; null when either is unknown.

    PostgreSQL subtracts dates to an integer, where Django's own subtraction makes an interval.
    """

    arg_joiner = "::date - "
    template = "(%(expressions)s)"
    output_field = IntegerField()


def due_date() -> Case:
    """The day after which a site is late: empty when nothing is left to be done.

    Before work starts the planned start counts as well as the planned finish.
    """
    return Case(
        When(state__in=FINISHED_OR_CANCELLED, then=Value(None)),
        When(state__in=STATES_BEFORE_WORK, then=Least("planned_start", "planned_finish")),
        default=F("planned_finish"),
        output_field=DateField(),
    )


def due_date_or_never() -> Combinable:
    """The due date as a key to sort by, where a site that cannot be late comes last."""
    return Coalesce(F("due_on"), Value(datetime.date.max), output_field=DateField())


def in_pinyin_order(field: str) -> Combinable:
    """A text to sort by as Chinese dictionaries do."""
    return Collate(F(field), "zh-x-icu")


class ComesAfter(Func):
    """Whether a pair of columns comes after a pair of values (before, when `descending`).

    A comparison of rows, which an index on the pair answers at once; `a > x or (a = x and b > y)`
    is read from the start of the index.
    """

    output_field = BooleanField()
    conditional = True

    def __init__(self, *pairs: Any, descending: bool = False, **extra: Any) -> None:
        extra.setdefault("operator", "<" if descending else ">")
        super().__init__(*pairs, **extra)

    def as_sql(self, compiler: SQLCompiler, connection: Any, *_: Any, **extra: Any) -> Any:
        """Write `(column, column) > (value, value)`."""
        parts = [compiler.compile(expression) for expression in self.source_expressions]
        half = len(parts) // 2
        sides = [", ".join(sql for sql, _params in side) for side in (parts[:half], parts[half:])]
        params = [value for _sql, values in parts for value in values]
        return f"({sides[0]}) {self.extra['operator']} ({sides[1]})", params


class GroundDistance(Func):
    """Shortest distance of two geometries in metres on the ellipsoid."""

    arg_joiner = ")::geography, ("
    template = "ST_Distance((%(expressions)s)::geography)"
    output_field = FloatField()


class Coarse(Func):
    """A geometry with details under about 30 m removed, for small drawings; never empty."""

    template = "ST_Simplify(%(expressions)s, 0.0003, true)"
    output_field = GeometryField(srid=STORED_SRID)


class IsAmong(Func):
    """Whether a column is one of an array's values; an index on the column serves it."""

    arg_joiner = " = ANY("
    template = "(%(expressions)s))"
    output_field = BooleanField()
    conditional = True


class CharacterPairs(Func):
    """The distinct pairs of neighbouring characters outside ASCII, as an array.

    Chinese names are searched by two characters, for which trigrams know nothing; an index on
    the pairs answers them. The function is made by a migration.
    """

    function = "sites_character_pairs"
    output_field = ArrayField(TextField())


class HoldsPair(Func):
    """Whether a text holds a pair of characters outside ASCII."""

    template = "(sites_character_pairs(%(expressions)s::text])"
    arg_joiner = ") @> ARRAY["
    output_field = BooleanField()
    conditional = True
