"""Linear referencing computed a second way, with pyproj and shapely and without the database.

Lengths are cumulated geodesics. The foot of a place is the nearest point in an azimuthal
equidistant projection centred on the place, where distances from the place are true; its
chainage is the cumulated length up to its segment plus the geodesic within it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
from pyproj import Geod, Transformer
from shapely import LineString, Point

GEOD = Geod(ellps="GRS80")


@dataclass(frozen=True)
class Road:
    """A line of (longitude, latitude) pairs."""

    coords: tuple[tuple[float, float], ...]

    @cached_property
    def cumulated(self):
        """Geodesic metres from the beginning to each vertex."""
        places = np.array(self.coords)
        _, _, steps = GEOD.inv(places[:-1, 0], places[:-1, 1], places[1:, 0], places[1:, 1])
        return np.concatenate([[0.0], np.cumsum(steps)])

    @property
    def length(self):
        return float(self.cumulated[-1])

    def at(self, metres):
        """The place so many metres along the line."""
        last = len(self.coords) - 2
        index = min(max(int(np.searchsorted(self.cumulated, metres, side="right")) - 1, 0), last)
        azimuth, _, _ = GEOD.inv(*self.coords[index], *self.coords[index + 1])
        longitude, latitude, _ = GEOD.fwd(
            *self.coords[index], azimuth, metres - self.cumulated[index]
        )
        return longitude, latitude

    def beside(self, metres, offset):
        """The place so many metres along the line and then to its right."""
        ahead = min(metres + 0.5, self.length)
        azimuth, _, _ = GEOD.inv(*self.at(ahead - 1.0), *self.at(ahead))
        longitude, latitude, _ = GEOD.fwd(*self.at(metres), azimuth + 90, offset)
        return longitude, latitude

    def foot(self, place):
        """Metres along the line to the point nearest to a place, and the distance to it."""
        plane = Transformer.from_crs(
            "+proj=longlat +ellps=GRS80",
            f"+proj=aeqd +lon_0={place[0]} +lat_0={place[1]} +ellps=GRS80",
            always_xy=True,
        )
        flat = np.column_stack(plane.transform(*np.array(self.coords).T))
        here = Point(0, 0)
        segments = [LineString(pair) for pair in pairwise(flat)]
        away = [segment.distance(here) for segment in segments]
        index = int(np.argmin(away))
        near = segments[index].interpolate(segments[index].project(here))
        foot = plane.transform(near.x, near.y, direction="INVERSE")
        _, _, within = GEOD.inv(*self.coords[index], *foot)
        return float(self.cumulated[index] + within), distance(place, foot)

    def part(self, start, end):
        """The vertices of the line between two distances along it."""
        inner = [
            place
            for place, metres in zip(self.coords, self.cumulated, strict=True)
            if start < metres < end
        ]
        return Road((self.at(start), *inner, self.at(end)))


def distance(one, other):
    """Geodesic metres between two places."""
    return GEOD.inv(*one, *other)[2]
