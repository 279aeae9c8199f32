"""A site as a place and a thing, before it has a year, a plan and people in charge."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from sites.demo.noise import Floats
from sites.demo.places import Places
from sites.demo.records import DemoComponent, Value

NOTHING: Mapping[str, Value] = {}


@dataclass(frozen=True, slots=True)
class Draft:
    """What stands where; `shape` in degrees, `township` and `village` count in `Places`.

    `village` is -1 where the site belongs to the township as a whole. `size` orders plans by
    effort: 1 is small, 10 large. `people` are those it serves.
    """

    kind: str
    category: str
    name: str
    name_en: str
    shape: BaseGeometry
    township: int
    village: int
    size: float
    length_m: float | None = None
    detail: Mapping[str, Value] = field(default_factory=dict)
    components: tuple[DemoComponent, ...] = ()


def blob(
    x: float, y: float, radius: float, rng: np.random.Generator, ragged: float = 0.28
) -> shapely.Polygon:
    """An irregular outline about a point of the plane, all metres."""
    corners = int(rng.integers(16, 26))
    turn = np.sort(
        rng.uniform(0, 2 * np.pi / corners, corners) + np.arange(corners) * 2 * np.pi / corners
    )
    wave = rng.normal(0, 1, (3, 2))
    reach = np.ones(corners)
    for order in range(3):
        reach += (
            ragged
            / (order + 1.4)
            * (
                wave[order, 0] * np.cos((order + 2) * turn)
                + wave[order, 1] * np.sin((order + 2) * turn)
            )
            * 0.6
        )
    reach = np.clip(reach * rng.uniform(0.92, 1.08, corners), 0.35, 1.9) * radius
    stretch = rng.uniform(0.75, 1.0)
    return shapely.Polygon(
        np.column_stack([x + reach * np.cos(turn), y + reach * stretch * np.sin(turn)])
    )


def kept_inside(shape: shapely.Polygon, home: shapely.Polygon) -> shapely.Polygon | None:
    """The biggest part of a polygon that lies well inside another; None if hardly anything."""
    parts = shapely.get_parts(shapely.intersection(shape, home.buffer(-12)))
    polygons = [part for part in parts if part.geom_type == "Polygon"]
    if not polygons:
        return None
    biggest: shapely.Polygon = max(polygons, key=lambda part: part.area)
    return biggest if biggest.area > 0.4 * shape.area else None


def scattered(
    spots: Floats,
    villages: np.typing.NDArray[np.int64],
    spread_m: Floats,
    places: Places,
    rng: np.random.Generator,
) -> Floats:
    """Points about their spots, shape (n, 2) metres; those that left their village come home."""
    points = spots + rng.normal(0, 1, spots.shape) * spread_m[:, None]
    outside = ~shapely.contains_xy(places.village_polygons[villages], points[:, 0], points[:, 1])
    points[outside] = spots[outside] + rng.uniform(-9, 9, (int(outside.sum()), 2))
    return points
