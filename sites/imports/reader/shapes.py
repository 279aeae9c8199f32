"""GeoJSON geometry to WKB, checked number by number.

WKB is written directly: it is what every other reader yields, and it costs no geometry object
per vertex. The third ordinate is dropped.
"""

from __future__ import annotations

import struct
from array import array
from collections.abc import Callable
from typing import Any, Final

_POINT: Final = struct.Struct("<BIdd")
_HEAD: Final = struct.Struct("<BII")
_COUNT: Final = struct.Struct("<I")
_NUMBERS: Final = (int, float)


class ShapeError(Exception):
    """A geometry that GeoJSON does not allow; `code` says what is wrong with it."""

    def __init__(self, code: str = "geometry_malformed") -> None:
        super().__init__(code)
        self.code = code


def shape_of(shape: Any) -> bytes:
    """Return the WKB of a GeoJSON geometry object; raises `ShapeError`."""
    if not isinstance(shape, dict):
        raise ShapeError
    kind = shape.get("type")
    if kind == "GeometryCollection":
        raise ShapeError("geometry_collection")
    writer = _WRITERS.get(kind) if isinstance(kind, str) else None
    content = shape.get("coordinates")
    if writer is None or not isinstance(content, list):
        raise ShapeError
    try:
        return writer(content)
    except (TypeError, ValueError, IndexError, OverflowError, struct.error) as error:
        raise ShapeError from error


def _point(content: list[Any]) -> bytes:
    if not content:
        raise ShapeError("geometry_empty")
    x, y = content[0], content[1]
    if type(x) not in _NUMBERS or type(y) not in _NUMBERS:
        raise ShapeError
    return _POINT.pack(1, 1, x, y)


def _positions(content: list[Any]) -> bytes:
    """Return a count and the coordinates of a list of positions."""
    flat = array("d")
    for position in content:
        x, y = position[0], position[1]
        if type(x) not in _NUMBERS or type(y) not in _NUMBERS:
            raise ShapeError
        flat.append(x)
        flat.append(y)
    return _COUNT.pack(len(content)) + flat.tobytes()


def _line(content: list[Any]) -> bytes:
    if not content:
        raise ShapeError("geometry_empty")
    if len(content) < 2:
        raise ShapeError("line_too_short")
    return b"\x01\x02\x00\x00\x00" + _positions(content)


def _polygon(content: list[Any]) -> bytes:
    if not content:
        raise ShapeError("geometry_empty")
    for ring in content:
        if len(ring) < 4:
            raise ShapeError("ring_too_short")
        if ring[0][:2] != ring[-1][:2]:
            raise ShapeError("ring_not_closed")
    return _HEAD.pack(1, 3, len(content)) + b"".join(_positions(ring) for ring in content)


def _many(code: int, part: Callable[[list[Any]], bytes]) -> Callable[[list[Any]], bytes]:
    def write(content: list[Any]) -> bytes:
        if not content:
            raise ShapeError("geometry_empty")
        return _HEAD.pack(1, code, len(content)) + b"".join(part(each) for each in content)

    return write


_WRITERS: Final[dict[str, Callable[[list[Any]], bytes]]] = {
    "Point": _point,
    "LineString": _line,
    "Polygon": _polygon,
    "MultiPoint": _many(4, _point),
    "MultiLineString": _many(5, _line),
    "MultiPolygon": _many(6, _polygon),
}
