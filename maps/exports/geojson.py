"""Rows as one RFC 7946 FeatureCollection, its text made by the database and passed on as it comes.

Longitude, latitude; seven decimals; exterior rings counter-clockwise; no `crs`; flat properties.
"""

from __future__ import annotations

from collections.abc import Generator, Iterator
from itertools import chain
from typing import Any

from django.db.models import Case, Func, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from maps.exports.choice import ExportChoice
from maps.exports.columns import SAME_AS_STORED, value_of
from maps.exports.database import copied
from sites.filters import ParameterError
from sites.kinds import Kind
from sites.site_field import FieldType, SiteField

HEAD = b'{"type":"FeatureCollection","name":"%s","features":[\n'
TAIL = b"]}\n"
TEMPLATES = {
    FieldType.TEXT: "COALESCE(to_json({0}::text)::text, 'null')",
    FieldType.CODE: "COALESCE(to_json({0}::text)::text, 'null')",
    # Constraints of the tables allow the known codes alone, which need no escaping.
    FieldType.CHOICE: "COALESCE('\"' || {0} || '\"', 'null')",
    FieldType.DATE: "COALESCE('\"' || {0} || '\"', 'null')",
    FieldType.MOMENT: "COALESCE(to_json({0})::text, 'null')",
    FieldType.INTEGER: "COALESCE({0}::text, 'null')",
    FieldType.BOOLEAN: "COALESCE({0}::text, 'null')",
    FieldType.DECIMAL: "COALESCE({0}::text, 'null')",
}
ROUNDED = "COALESCE(round({0}::numeric, 3)::text, 'null')"
"""Measured metres come as binary fractions; millimetres are enough."""


class Joined(Func):
    """Texts one after the other."""

    arg_joiner = " || "
    template = "(%(expressions)s)"
    output_field = TextField()


class Member(Func):
    """`,"name":value` of one property; the name is from our own catalogue."""

    output_field = TextField()

    def __init__(self, entry: SiteField, value: Combinable) -> None:
        pattern = ROUNDED if entry.name.startswith("measured_") else TEMPLATES[entry.value_type]
        text = f"""',"{entry.name}":' || {pattern.replace("{0}", "(%(expressions)s)")}"""
        super().__init__(value, template=text)


class GeometryText(Func):
    """A geometry as RFC 7946 writes it, `null` for none.

    Option 0 keeps PostGIS from adding a `crs` member. Only polygons are turned:
    `ST_ForcePolygonCCW` would reverse lines too, and a road has a beginning.
    """

    template = (
        "COALESCE(ST_AsGeoJSON(CASE WHEN ST_Dimension(%(expressions)s) = 2"
        " THEN ST_ForcePolygonCCW(%(expressions)s) ELSE %(expressions)s END, 7, 0), 'null')"
    )
    output_field = TextField()


class WithoutFirst(Func):
    """A text without its first character."""

    template = "substr(%(expressions)s, 2)"
    output_field = TextField()


class FeatureCollection:
    """The text of a collection, piece by piece.

    Whoever stops reading must `close()` it, or the connection stays inside the reading; Django's
    streaming responses and `contextlib.closing` do.
    """

    def __init__(self, name: str, rows: Generator[bytes, None, None]) -> None:
        self._rows = rows
        # Each row begins with a comma; the first one must not.
        first = next(rows, b"")[1:]
        self._pieces = chain((HEAD % name.encode(), first), rows, (TAIL,))

    def __iter__(self) -> Iterator[bytes]:
        return self._pieces

    def close(self) -> None:
        """End the reading in the database."""
        self._rows.close()


def feature_collection(choice: ExportChoice) -> FeatureCollection:
    """Return the text of the collection.

    The first row is read before this returns, so that a query that fails is still an error and
    not half an answer. Raises `ParameterError` for another reference system than RFC 7946 knows.
    """
    refuse_other_systems(choice.srid)
    rows = choice.rows().annotate(feature_text=feature_text(choice))
    return FeatureCollection(choice.layer.name, copied(rows.values_list("feature_text", flat=True)))


def refuse_other_systems(srid: int) -> None:
    """Raise `ParameterError` for coordinates that RFC 7946 does not know."""
    if srid not in SAME_AS_STORED:
        raise ParameterError("srid", "not_geojson", _("GeoJSON is always longitude and latitude."))


def feature_text(choice: ExportChoice) -> Joined:
    """Return the expression of a Feature's text, with a comma before it."""
    shared = [entry for entry in choice.fields if len(entry.kinds) > 1]
    properties: list[Any] = [Member(entry, value_of(entry, choice)) for entry in shared]
    for kind in Kind.values:
        own = [entry for entry in choice.fields if entry.kinds == frozenset({kind})]
        if own:
            members = Joined(_text(""), *(Member(entry, value_of(entry, choice)) for entry in own))
            properties.append(Case(When(kind=kind, then=members), default=_text("")))
    return Joined(
        _text(',{"type":"Feature","id":"'),
        Cast("pk", TextField()),
        _text('","geometry":'),
        GeometryText(choice.subject.geometry()),
        _text(',"properties":{'),
        WithoutFirst(Joined(_text(""), *properties)),
        _text("}}"),
    )


def _text(literal: str) -> Value:
    return Value(literal, output_field=TextField())
