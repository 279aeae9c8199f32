"""The rings of a shapefile polygon: which are shells and which shell each hole belongs to."""

from __future__ import annotations

import struct
from typing import Any

import numpy as np
import shapely


def polygon_of(rings: list[bytes]) -> bytes | None:
    """Return the WKB of a polygon or multipolygon from raw rings of (x, y) doubles.

    Shells run clockwise, holes the other way (ESRI 1998, p. 8). Where no ring runs clockwise,
    the writer ignored that rule, and a ring inside another is taken as its hole.
    """
    if not rings:
        return None
    if len(rings) == 1:
        return _polygon([rings[0]])
    arrays = [np.frombuffer(ring, dtype="<f8").reshape(-1, 2) for ring in rings]
    shells = [index for index, ring in enumerate(arrays) if _signed_area(ring) <= 0]
    outlines = [_outline(ring) for ring in arrays]
    if not shells:
        shells = [i for i, _ in enumerate(rings) if _container(i, range(len(rings)), outlines) < 0]
    members: dict[int, list[bytes]] = {index: [rings[index]] for index in shells}
    for index, ring in enumerate(rings):
        if index not in members:
            shell = _container(index, shells, outlines)
            members.setdefault(shell if shell >= 0 else index, []).append(ring)
    polygons = [_polygon(each) for each in members.values()]
    if len(polygons) == 1:
        return polygons[0]
    return struct.pack("<BII", 1, 6, len(polygons)) + b"".join(polygons)


def _polygon(rings: list[bytes]) -> bytes:
    parts = [struct.pack("<I", len(ring) // 16) + ring for ring in rings]
    return struct.pack("<BII", 1, 3, len(parts)) + b"".join(parts)


def _signed_area(ring: Any) -> float:
    """Return twice the area; negative for a clockwise ring."""
    x, y = ring[:, 0] - ring[0, 0], ring[:, 1] - ring[0, 1]
    return float(np.dot(x[:-1], y[1:]) - np.dot(x[1:], y[:-1]))


def _outline(ring: Any) -> Any:
    return shapely.polygons(ring) if len(ring) >= 4 else shapely.Polygon()


def _container(index: int, candidates: Any, outlines: list[Any]) -> int:
    """Return the smallest candidate around a ring's first inner point, -1 if there is none."""
    inside = shapely.point_on_surface(outlines[index])
    around = [
        candidate
        for candidate in candidates
        if candidate != index
        and outlines[candidate].area > outlines[index].area
        and shapely.intersects_xy(outlines[candidate], inside.x, inside.y)
    ]
    return min(around, key=lambda candidate: outlines[candidate].area, default=-1)
