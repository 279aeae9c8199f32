"""What lies within a distance of lines, points or areas, counted once however many reach it.

People at points are counted by their distance to the nearest source: that is the union of all
buffers, exactly, without a polygon's corners. Areas are shared by the dissolved buffers, whose
circles have 128 corners: the radius is short by 0.03 % at most between two corners.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from maps.coverage.metric import Geometries, Zone

QUAD_SEGMENTS: Final = 32
"""Segments of a quarter circle: cos(π / 128) leaves the radius short by 0.03 %."""
MOST_VERTICES: Final = 24
"""Longer lines are searched in parts of so many vertices."""
EXACT_M: Final = 1.0
"""Bends of a line below a metre are left out before it is buffered: 0.05 % of 2 km."""
DRAWN_M: Final = 25.0
DRAWN_SEGMENTS: Final = 12
MAP_TOLERANCE_M: Final = 40
_SEVENTH_DECIMAL: Final = 1e-7
Shares = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Reach:
    """Everything within `radius_m` of any of the sources (metres of one zone)."""

    sources: Geometries
    radius_m: float

    @cached_property
    def _parts(self) -> Geometries:
        return _short_parts(self.sources)

    @cached_property
    def _tree(self) -> Any:
        return shapely.STRtree(self._parts)

    @cached_property
    def dissolved(self) -> Any:
        """The union of all buffers as one geometry, true to a metre: what areas are counted by."""
        return self._union(EXACT_M, QUAD_SEGMENTS)

    @cached_property
    def drawn(self) -> Any:
        """The union as a map shows it: many times cheaper, true to 25 m, never counted by."""
        if "dissolved" in self.__dict__:
            return self.dissolved
        return self._union(DRAWN_M, DRAWN_SEGMENTS)

    def _union(self, tolerance_m: float, segments: int) -> Any:
        if not len(self.sources):
            return shapely.MultiPolygon()
        plain = shapely.simplify(self.sources, tolerance_m)
        return shapely.union_all(shapely.buffer(plain, self.radius_m, quad_segs=segments))

    def shares(self, places: Geometries) -> Shares:
        """Return for each place the part of it that is reached, 0 to 1.

        A point is in or out; an area counts by the share of its square metres.
        """
        found = np.zeros(len(places))
        if not len(self._parts) or not len(places):
            return found
        points = shapely.get_type_id(places) == shapely.GeometryType.POINT
        found[points] = self._within(places[points])
        found[~points] = self._area_shares(places[~points])
        return found

    def missed(self, place: Any) -> Any:
        """Return a point in the part of an area that is not reached."""
        rest = shapely.difference(place, self.dissolved)
        return shapely.point_on_surface(place if shapely.is_empty(rest) else rest)

    def _within(self, points: Geometries) -> Shares:
        near = np.zeros(len(points))
        pairs = self._tree.query_nearest(points, max_distance=self.radius_m, all_matches=False)
        near[pairs[0]] = 1.0
        return near

    def _area_shares(self, places: Geometries) -> Shares:
        if not len(places):
            return np.zeros(0)
        areas = shapely.area(places)
        reached = shapely.area(shapely.intersection(places, self.dissolved))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.clip(np.where(areas > 0, reached / areas, 0.0), 0.0, 1.0)


def for_the_map(reach: Any, outline: Any, zone: Zone) -> Any:
    """Return the reach in degrees as a valid multipolygon, generalised to 40 m, in its outline."""
    drawn = shapely.simplify(reach, MAP_TOLERANCE_M)
    if outline is not None:
        drawn = shapely.intersection(drawn, outline)
    stored = zone.to_stored(np.array([drawn], dtype=object))[0]
    return polygons_of(shapely.set_precision(shapely.make_valid(stored), _SEVENTH_DECIMAL))


def polygons_of(geometry: Any) -> Any:
    """Return the polygons of a geometry as one multipolygon; None without any."""
    parts = shapely.get_parts(np.array([geometry], dtype=object))
    parts = shapely.get_parts(parts)
    kept = [part for part in parts if part.geom_type == "Polygon" and not part.is_empty]
    return shapely.MultiPolygon(kept) if kept else None


def _short_parts(sources: Geometries) -> Geometries:
    """Return the sources with long lines cut into parts, which a tree finds faster."""
    single = shapely.get_parts(sources)
    lines = shapely.get_type_id(single) == shapely.GeometryType.LINESTRING
    sizes = shapely.get_num_coordinates(single)
    long = lines & (sizes > MOST_VERTICES)
    cut = [part for line in single[long] for part in _cut(line)]
    return np.concatenate([single[~long], np.array(cut, dtype=object)])


def _cut(line: Any) -> list[Any]:
    points = shapely.get_coordinates(line)
    starts = range(0, len(points) - 1, MOST_VERTICES - 1)
    return [shapely.LineString(points[start : start + MOST_VERTICES]) for start in starts]
