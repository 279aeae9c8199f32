"""A small map of a run as plain shapes: townships by their rate, the reach, and the gaps.

It needs no script and no base map, so it prints and reads the same everywhere.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import shapely
from django.contrib.gis.db.models.functions import AsWKB

from maps.models import CoverageRun
from sites.kinds import AreaLevel
from sites.models import Area

WIDTH: Final = 640
HIGHEST: Final = 800
MARGIN: Final = 12
MOST_SPOTS: Final = 2000
STEP: Final = 0.0006
"""Degrees to which outlines are simplified: half a pixel of a district."""
BORDERS: Final = (Decimal(50), Decimal(70), Decimal(85), Decimal(95))
"""Where the colours of rates change; our choice, for reading alone."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawn township: its path, the class of its rate, its name and where the name stands."""

    path: str
    rate_class: str
    title: str
    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Spot:
    """A drawn gap."""

    x: float
    y: float
    radius: float
    title: str


@dataclass(frozen=True, slots=True)
class Sketch:
    """The map: its size, its shapes, the reach as one path, and the gaps."""

    width: int
    height: int
    townships: tuple[Shape, ...]
    reach: str
    spots: tuple[Spot, ...]


def rate_class(rate: Decimal | None) -> str:
    """Return the class of a rate's colour: `none`, or `0` (lowest) to `4`."""
    if rate is None:
        return "none"
    return str(sum(rate >= border for border in BORDERS))


def sketch_of(
    run: CoverageRun, rates: Mapping[str, tuple[str, Decimal | None]], gaps: Iterable[Any]
) -> Sketch | None:
    """Return the map of a run; None where no outline is known.

    `rates` has the name and the rate of each township; gaps have `place`, `amount`, `label`.
    """
    rows = (
        Area.objects.within(run.area_code)
        .in_force(run.as_of)
        .filter(level=AreaLevel.TOWNSHIP, boundary__isnull=False)
        .annotate(wkb=AsWKB("boundary"))
        .order_by("code")
    )
    shapes = {
        row.code: (row.label, shapely.simplify(shapely.from_wkb(bytes(row.wkb)), STEP))
        for row in rows
    }
    if not shapes:
        return None
    plane = _Plane(shapely.total_bounds([shape for _name, shape in shapes.values()]))
    townships = []
    for code, (name, shape) in shapes.items():
        rate = rates.get(code, (name, None))[1]
        middle = plane.at(shape.representative_point())
        said = "—" if rate is None else f"{rate} %"
        townships.append(
            Shape(plane.path(shape), rate_class(rate), f"{name} {said}", name, *middle)
        )
    reach = shapely.from_wkb(bytes(run.reach.wkb)) if run.reach else None
    return Sketch(
        WIDTH,
        plane.height,
        tuple(townships),
        plane.path(shapely.simplify(reach, STEP)) if reach else "",
        tuple(_spots(plane, gaps)),
    )


def _spots(plane: _Plane, gaps: Iterable[Any]) -> Iterable[Spot]:
    for gap in gaps:
        x, y = plane.at(shapely.Point(gap.place.x, gap.place.y))
        size = min(2.0 + math.sqrt(float(gap.amount)) / 6, 12.0)
        yield Spot(x, y, round(size, 1), f"{gap.label} {gap.amount:,.0f}")


class _Plane:
    """Degrees to pixels, so that a metre is as long to the north as to the east."""

    def __init__(self, bounds: Any) -> None:
        west, south, east, north = (float(value) for value in bounds)
        self._west, self._north = west, north
        self._narrow = math.cos(math.radians((south + north) / 2))
        across = max((east - west) * self._narrow, 1e-6)
        tall = max(north - south, 1e-6)
        self._scale = min((WIDTH - 2 * MARGIN) / across, (HIGHEST - 2 * MARGIN) / tall)
        self.height = math.ceil(tall * self._scale) + 2 * MARGIN
        self._left = (WIDTH - across * self._scale) / 2

    def at(self, point: Any) -> tuple[float, float]:
        return self._xy(point.x, point.y)

    def _xy(self, lon: float, lat: float) -> tuple[float, float]:
        x = self._left + (lon - self._west) * self._narrow * self._scale
        y = MARGIN + (self._north - lat) * self._scale
        return round(x, 1), round(y, 1)

    def path(self, shape: Any) -> str:
        """Return the rings of polygons as a path."""
        parts = []
        for polygon in shapely.get_parts(shape):
            for ring in shapely.get_rings(polygon):
                points = [self._xy(x, y) for x, y in shapely.get_coordinates(ring)]
                parts.append("M" + "L".join(f"{x} {y}" for x, y in points) + "Z")
        return "".join(parts)
