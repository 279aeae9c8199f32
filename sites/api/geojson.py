"""Geometry in and out as RFC 7946, checked before the database so that people learn the place."""

from __future__ import annotations

import json
import math
from collections.abc import Collection, Iterator
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.validation import explain_validity

from sites.geometry import STORED_SRID

MAX_POSITIONS = 100_000
DEPTHS = {
    "Point": 0,
    "MultiPoint": 1,
    "LineString": 1,
    "MultiLineString": 2,
    "Polygon": 2,
    "MultiPolygon": 3,
}
"""How many lists surround the positions of each type."""


def read_geometry(value: Any, types: Collection[str]) -> GEOSGeometry:
    """Return a GeoJSON geometry as one that may be stored (EPSG:4490, two-dimensional, valid).

    Raises DRF's `ValidationError` with a stable code and, where there is one, the place.
    """
    kind = _kind(value, types)
    coordinates = value.get("coordinates")
    positions = list(_positions(coordinates, DEPTHS[kind]))
    if not positions or len(positions) > MAX_POSITIONS:
        raise _refused(
            "bad_size",
            _("A geometry has 1 to %(limit)s positions.") % {"limit": MAX_POSITIONS},
        )
    for position in positions:
        _check_position(position)
    return _checked_shape({"type": kind, "coordinates": coordinates})


def write_geometry(text: str | None) -> Any:
    """Return the GeoJSON geometry that the database wrote as text, or None."""
    return json.loads(text) if text else None


def _kind(value: Any, types: Collection[str]) -> str:
    if not isinstance(value, dict):
        raise _refused("not_geometry", _("Give a GeoJSON geometry."))
    if set(value) - {"type", "coordinates", "bbox"}:
        raise _refused(
            "unknown_member",
            _("A geometry has type and coordinates only; coordinates are longitude, latitude."),
        )
    kind = value.get("type")
    if not isinstance(kind, str) or kind not in DEPTHS or kind not in types:
        raise _refused(
            "wrong_type", _("Give one of: %(allowed)s.") % {"allowed": ", ".join(sorted(types))}
        )
    return kind


def _positions(value: Any, depth: int) -> Iterator[Any]:
    if depth == 0:
        yield value
        return
    if not isinstance(value, list) or not value:
        raise _refused("not_coordinates", _("The coordinates do not fit the type."))
    for item in value:
        yield from _positions(item, depth - 1)


def _check_position(position: Any) -> None:
    if not isinstance(position, list) or len(position) != 2:
        raise _refused("not_position", _("A position is two numbers: longitude, latitude."))
    if not all(_is_finite_number(number) for number in position):
        raise _refused("not_finite", _("A position is two finite numbers."))
    longitude, latitude = position
    if not (-180 <= longitude <= 180 and -85 <= latitude <= 85):
        raise _refused(
            "out_of_bounds",
            _("Longitude %(lon)s, latitude %(lat)s is outside -180 to 180 and -85 to 85.")
            % {"lon": f"{longitude:.10g}", "lat": f"{latitude:.10g}"},
        )


def _is_finite_number(number: Any) -> bool:
    if isinstance(number, bool) or not isinstance(number, int | float):
        return False
    try:
        return math.isfinite(number)
    except OverflowError:
        return False


def _checked_shape(geometry: dict[str, Any]) -> GEOSGeometry:
    try:
        found = shape(geometry)
    except (ShapelyError, ValueError, TypeError) as error:
        raise _refused(
            "not_geometry", _("Lines have two positions or more, rings four, and rings are closed.")
        ) from error
    if found.is_empty or not found.is_valid:
        raise _refused(
            "not_valid",
            _("The geometry is not valid: %(reason)s.") % {"reason": explain_validity(found)},
        )
    return GEOSGeometry(memoryview(shapely.to_wkb(found)), srid=STORED_SRID)


def _refused(code: str, message: str) -> ValidationError:
    return ValidationError(message, code=code)
