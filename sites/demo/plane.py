"""The metric plane that a district is drawn on, its grid of cells, and the way to degrees."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from pyproj import Geod, Transformer
from shapely.geometry.base import BaseGeometry

CELL_M = 150.0
"""Side of a grid cell in metres: the resolution of relief, borders and roads."""

PLANE_SRID = 4548
"""CGCS2000, 3-degree zone with the central meridian 117°E."""

STORED_SRID = 4490
ORIGIN = (528_600.0, 3_431_250.0)
"""Easting and northing of the plane's (0, 0): about 117.3°E 31.0°N. A position, not a place."""

Geometries = npt.NDArray[np.object_]
ELLIPSOID = Geod(ellps="GRS80")


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of grid cells; its lower left corner is (column, row) × CELL_M."""

    column: int
    row: int
    columns: int
    rows: int

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns, as numpy counts them."""
        return self.rows, self.columns

    @property
    def xs(self) -> npt.NDArray[np.float64]:
        """Centres of the columns, metres."""
        return np.asarray((self.column + np.arange(self.columns) + 0.5) * CELL_M, np.float64)

    @property
    def ys(self) -> npt.NDArray[np.float64]:
        """Centres of the rows, metres."""
        return np.asarray((self.row + np.arange(self.rows) + 0.5) * CELL_M, np.float64)

    def centre_of(self, cells: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
        """Centres of flat cell indices, metres, shape (n, 2)."""
        row, column = np.divmod(cells, self.columns)
        return np.column_stack([self.xs[column], self.ys[row]])

    def cell_at(self, x: float, y: float) -> int:
        """Flat index of the cell that holds a point of the plane (metres)."""
        column = int(np.floor(x / CELL_M)) - self.column
        row = int(np.floor(y / CELL_M)) - self.row
        return row * self.columns + column

    def cropped(
        self, mask: npt.NDArray[np.bool_], margin: int
    ) -> tuple[Window, tuple[slice, slice]]:
        """The smallest window around a mask plus a margin of cells, and the slices that cut it."""
        rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
        low, high = max(int(rows[0]) - margin, 0), min(int(rows[-1]) + margin + 1, self.rows)
        left = max(int(columns[0]) - margin, 0)
        right = min(int(columns[-1]) + margin + 1, self.columns)
        window = Window(self.column + left, self.row + low, right - left, high - low)
        return window, (slice(low, high), slice(left, right))


def points_at(places: npt.NDArray[np.float64]) -> Geometries:
    """Points at coordinates of shape (n, 2)."""
    return np.asarray(shapely.points(places), dtype=object)


@cache
def _transformer() -> Transformer:
    return Transformer.from_crs(PLANE_SRID, STORED_SRID, always_xy=True)


def to_degrees(geometries: Any) -> Any:
    """Plane geometries (an array or one) as CGCS2000 longitude/latitude with seven decimals."""

    def degrees(points: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        lon, lat = _transformer().transform(points[:, 0] + ORIGIN[0], points[:, 1] + ORIGIN[1])
        return np.round(np.column_stack([lon, lat]), 7)

    return shapely.transform(geometries, degrees)


def ellipsoid_length_m(line: BaseGeometry) -> float:
    """Length of a line in degrees on the GRS80 ellipsoid, metres."""
    return float(ELLIPSOID.geometry_length(line))
