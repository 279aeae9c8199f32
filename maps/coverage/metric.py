"""The metric zone of an area: 3-degree Gauss-Krueger on CGCS2000, chosen by longitude.

A district is computed in one zone. Within two degrees of the central meridian lengths are true to
0.05 %, so a radius of 2 km is true to a metre.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely
from django.conf import settings
from pyproj import CRS, Transformer

from sites.geometry import STORED_SRID

Geometries = npt.NDArray[np.object_]
LONGEST_STEP_DEGREES: Final = 0.02
"""Longer stretches between two vertices get vertices between, so that they bend as the ground."""
_FIRST_SRID, _FIRST_MERIDIAN, _LAST_MERIDIAN = 4534, 75, 135
_NUMBERED_SRID, _NUMBERED_ZONES = 4513, 21
_NEAR_DEGREES: Final = 2.0


@dataclass(frozen=True)
class Zone:
    """A transverse Mercator zone of CGCS2000 with its central meridian in degrees."""

    meridian: int

    @property
    def name(self) -> str:
        """The EPSG code where there is one (75° to 135° E), else the meridian."""
        if _FIRST_MERIDIAN <= self.meridian <= _LAST_MERIDIAN:
            return f"EPSG:{_FIRST_SRID + (self.meridian - _FIRST_MERIDIAN) // 3}"
        return f"CGCS2000 / {self.meridian}°"

    @cached_property
    def _ways(self) -> tuple[Any, Any]:
        return _transformers(self.meridian)

    def to_metric(self, geometries: Geometries) -> Geometries:
        """Return stored geometries (degrees) in metres of the zone."""
        even = shapely.segmentize(geometries, LONGEST_STEP_DEGREES)
        return _moved(even, self._ways[0])

    def to_stored(self, geometries: Geometries) -> Geometries:
        """Return geometries of the zone in degrees of the register."""
        return _moved(geometries, self._ways[1])


def zone_of(longitude: float) -> Zone:
    """Return the zone for a place: the district's own (`DISTRICT_SRID`) where it is near enough."""
    own = _meridian_of(settings.DISTRICT_SRID)
    if own is not None and abs(longitude - own) <= _NEAR_DEGREES:
        return Zone(own)
    return Zone(round(longitude / 3) * 3)


def _meridian_of(srid: int) -> int | None:
    if _NUMBERED_SRID <= srid < _NUMBERED_SRID + _NUMBERED_ZONES:
        return _FIRST_MERIDIAN + 3 * (srid - _NUMBERED_SRID)
    meridian = _FIRST_MERIDIAN + 3 * (srid - _FIRST_SRID)
    return meridian if _FIRST_MERIDIAN <= meridian <= _LAST_MERIDIAN else None


@lru_cache(maxsize=32)
def _transformers(meridian: int) -> tuple[Any, Any]:
    stored = CRS.from_epsg(STORED_SRID)
    metric = CRS.from_proj4(
        f"+proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m"
    )
    return (
        Transformer.from_crs(stored, metric, always_xy=True),
        Transformer.from_crs(metric, stored, always_xy=True),
    )


def _moved(geometries: Geometries, transformer: Any) -> Geometries:
    def move(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.column_stack(transformer.transform(points[:, 0], points[:, 1]))

    moved: Geometries = shapely.transform(geometries, move)
    return moved
