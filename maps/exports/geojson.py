"""Sites as one RFC 7946 FeatureCollection, its text made by the database and passed on as it comes.

Longitude, latitude; seven decimals; exterior rings counter-clockwise; no `crs`; flat properties.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db.models import Case, F, Func, TextField, Value, When
from django.db.models.expressions import Combinable
from django.utils.translation import gettext as _

from maps.exports.choice import ExportChoice
from maps.exports.columns import SAME_AS_STORED, value_of
from maps.exports.database import copied
from sites.filters import ParameterError
from sites.functions import shown_geometry
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


class FeatureStart(Func):
    """The part of a Feature before its properties, from the identifier and the geometry.

    Option 0 keeps PostGIS from adding a `crs` member. Only polygons are turned:
    `ST_ForcePolygonCCW` would reverse lines too, and a road has a beginning.
    """

    output_field = TextField()

    def as_sql(self, compiler: Any, connection: Any, **extra: Any) -> tuple[str, list[Any]]:
        """Name the geometry three times; it holds no values."""
        pk, geometry = (compiler.compile(part)[0] for part in self.source_expressions)
        turned = (
            f"CASE WHEN ST_Dimension({geometry}) = 2 THEN ST_ForcePolygonCCW({geometry})"
            f" ELSE {geometry} END"
        )
        sql = (
            f"""',{{"type":"Feature","id":"' || {pk} || '","geometry":'"""
            f""" || COALESCE(ST_AsGeoJSON({turned}, 7, 0), 'null') || ',"properties":{{'"""
        )
        return sql, []


def feature_collection(choice: ExportChoice) -> Iterator[bytes]:
    """Yield the text of the collection.

    The first row is read before this returns, so that a query that fails is still an error and
    not half an answer. Raises `ParameterError` for another reference system than RFC 7946 knows.
    """
    if choice.srid not in SAME_AS_STORED:
        raise ParameterError("srid", "not_geojson", _("GeoJSON is always longitude and latitude."))
    sites = choice.sites().annotate(feature_text=_feature(choice))
    pieces = copied(sites.values_list("feature_text", flat=True))
    first = next(pieces, b"")
    head = HEAD % choice.layer.name.encode()
    # Each row begins with a comma; the first one must not.
    return chain((head, first[1:]), pieces, (TAIL,))


def _feature(choice: ExportChoice) -> Combinable:
    shared = [entry for entry in choice.fields if len(entry.kinds) > 1]
    parts: list[Any] = [Member(entry, value_of(entry, choice)) for entry in shared]
    for kind in Kind.values:
        own = [entry for entry in choice.fields if entry.kinds == frozenset({kind})]
        if own:
            members = _joined([Member(entry, value_of(entry, choice)) for entry in own])
            parts.append(Case(When(kind=kind, then=members), default=_text("")))
    start = FeatureStart(F("pk"), shown_geometry())
    if not parts:
        return _joined([start, _text("}}")])
    return _joined([start, WithoutFirst(_joined(parts)), _text("}}")])


class WithoutFirst(Func):
    """A text without its first character."""

    template = "substr(%(expressions)s, 2)"
    output_field = TextField()


def _joined(parts: list[Any]) -> Any:
    return parts[0] if len(parts) == 1 else Joined(*parts)


def _text(literal: str) -> Value:
    return Value(literal, output_field=TextField())
