"""Geometry of one batch: two-dimensional, finite, in degrees, valid; or a problem each."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from sites.imports.reader.coordinates import FileCrs, to_stored
from sites.imports.reader.outcome import Problem
from sites.imports.reader.source import Row

Geometries = npt.NDArray[np.object_]
MAX_VERTICES: Final = 1_000_000
_PLACE: Final = re.compile(r"^(?P<reason>[^\[]+)\[(?P<x>\S+) (?P<y>\S+)\]$")


@dataclass(slots=True)
class Batch:
    """Some rows of a file in step: numbers, own ids, attributes, geometries, problems.

    `problems` maps the position in the batch to what is wrong there.
    """

    rows: list[int] = field(default_factory=list)
    ids: list[str | None] = field(default_factory=list)
    properties: list[dict[str, Any]] = field(default_factory=list)
    geometries: list[Any] = field(default_factory=list)
    problems: dict[int, Problem] = field(default_factory=dict)
    size: int = 0

    def add(
        self,
        row: int,
        properties: dict[str, Any],
        geometry: Any,
        *,
        own_id: str | None = None,
        problem: Problem | None = None,
        size: int = 200,
    ) -> None:
        """Append a row; `geometry` is a shapely geometry, WKB bytes or None, `size` in bytes."""
        if problem is not None:
            self.problems[len(self.rows)] = problem
        self.rows.append(row)
        self.ids.append(own_id)
        self.properties.append(properties)
        self.geometries.append(geometry)
        self.size += size


def usual_bounds(rows: Iterable[Row]) -> tuple[float, float, float, float] | None:
    """Return west, south, east, north of the middle half of the vertices, None without any.

    A few wild coordinates must not decide what the whole file is taken for.
    """
    found = [row.geometry for row in rows if row.geometry]
    coordinates = shapely.get_coordinates(shapely.from_wkb(found, on_invalid="ignore"))
    coordinates = coordinates[np.isfinite(coordinates).all(axis=1)]
    if not len(coordinates):
        return None
    (west, south), (east, north) = np.quantile(coordinates, (0.25, 0.75), axis=0, method="nearest")
    return float(west), float(south), float(east), float(north)


def settle(batch: Batch, source: FileCrs) -> Geometries:
    """Return the batch's geometries in the stored CRS; each bad one is None with a problem."""
    geometries = as_geometries(batch)
    _refuse(batch, geometries, shapely.is_missing(geometries), "geometry_missing")
    _refuse(batch, geometries, shapely.is_empty(geometries), "geometry_empty")
    _refuse_large(batch, geometries)
    geometries = shapely.force_2d(geometries)
    _refuse_not_finite(batch, geometries, "geometry_not_finite")
    geometries = shapely.transform(geometries, lambda c: to_stored(c, source))
    _refuse_not_finite(batch, geometries, "coordinates_not_transformable")
    _refuse_out_of_range(batch, geometries)
    _refuse_invalid(batch, geometries)
    return geometries


def as_geometries(batch: Batch) -> Geometries:
    """Return the batch's geometries as shapely objects; WKB that can't be read is a problem."""
    geometries = np.empty(len(batch.rows), dtype=object)
    geometries[:] = batch.geometries
    encoded = np.array([isinstance(g, bytes) for g in batch.geometries], dtype=bool)
    if encoded.any():
        geometries[encoded] = shapely.from_wkb(geometries[encoded], on_invalid="ignore")
        _refuse(batch, geometries, encoded & shapely.is_missing(geometries), "geometry_malformed")
    return geometries


def _refuse(batch: Batch, geometries: Geometries, which: npt.NDArray[np.bool_], code: str) -> None:
    for position in np.flatnonzero(which):
        batch.problems.setdefault(int(position), {"code": code})
        geometries[position] = None


def _refuse_large(batch: Batch, geometries: Geometries) -> None:
    counts = shapely.get_num_coordinates(geometries)
    for position in np.flatnonzero(counts > MAX_VERTICES):
        geometries[position] = None
        batch.problems[int(position)] = {
            "code": "too_many_vertices",
            "vertices": int(counts[position]),
            "limit": MAX_VERTICES,
        }


def _refuse_not_finite(batch: Batch, geometries: Geometries, code: str) -> None:
    coordinates, owner = shapely.get_coordinates(geometries, return_index=True)
    bad = np.zeros(len(geometries), dtype=bool)
    bad[owner[~np.isfinite(coordinates).all(axis=1)]] = True
    _refuse(batch, geometries, bad, code)


def _refuse_out_of_range(batch: Batch, geometries: Geometries) -> None:
    """Refuse what is no longitude and latitude; say so when the two look swapped."""
    west, south, east, north = shapely.bounds(geometries).T
    wild = (west < -180) | (east > 180) | (south < -90) | (north > 90)
    for position in np.flatnonzero(wild):
        box = [round(float(v[position]), 6) for v in (west, south, east, north)]
        swapped = box[0] >= -90 and box[2] <= 90 and box[1] >= -180 and box[3] <= 180
        code = "coordinates_swapped" if swapped else "coordinates_out_of_range"
        batch.problems[int(position)] = {"code": code, "x": box[0], "y": box[1]}
        geometries[position] = None


def _refuse_invalid(batch: Batch, geometries: Geometries) -> None:
    invalid = ~shapely.is_valid(geometries) & ~shapely.is_missing(geometries)
    for position in np.flatnonzero(invalid):
        text = str(shapely.is_valid_reason(geometries[position]))
        found = _PLACE.match(text)
        problem: Problem = {"code": "geometry_invalid", "reason": text}
        if found:
            problem = {
                "code": "geometry_invalid",
                "reason": found["reason"],
                "x": float(found["x"]),
                "y": float(found["y"]),
            }
        batch.problems[int(position)] = problem
        geometries[position] = None
