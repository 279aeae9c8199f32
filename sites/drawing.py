"""Small maps as drawings: geometry in degrees becomes paths of an SVG picture with a scale bar.

The picture needs no script and no base map, prints well, and passes a strict content policy.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.gis.geos import GEOSGeometry

from sites.formatting import distance

SMALLEST_EXTENT_M: Final = 300.0
"""A single point still gets a picture of this width, so that its surroundings can be seen."""
POINT_TYPES: Final = frozenset({"Point", "MultiPoint"})
AREA_TYPES: Final = frozenset({"Polygon", "MultiPolygon"})


@dataclass(frozen=True, slots=True)
class Shape:
    """Something to draw: geometry in degrees, the style class, and words for its title."""

    geometry: GEOSGeometry
    style: str
    title: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class DrawnShape:
    """A shape in picture units: a path for lines and areas, positions for points."""

    style: str
    title: str
    address: str
    path: str
    points: tuple[tuple[float, float], ...]
    is_area: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture of `width` by `height` units with its shapes and a scale bar of round length."""

    width: int
    height: int
    shapes: tuple[DrawnShape, ...]
    bar_units: float
    bar_label: str


@dataclass(frozen=True, slots=True)
class Frame:
    """A window of the ground and how it falls on the picture; y runs down, north is up.

    Degrees become metres of the window's middle latitude, which is exact enough for a township
    (below 0.1 % over 50 km).
    """

    west: float
    north: float
    metres_per_degree: tuple[float, float]
    units_per_metre: float

    def place(self, lon: float, lat: float) -> tuple[float, float]:
        """Return the picture position of a place, to a tenth of a unit."""
        x = (lon - self.west) * self.metres_per_degree[0] * self.units_per_metre
        y = (self.north - lat) * self.metres_per_degree[1] * self.units_per_metre
        return round(x, 1), round(y, 1)


def drawing(
    shapes: Sequence[Shape],
    *,
    focus: Sequence[GEOSGeometry],
    width: int = 720,
    height: int = 420,
    margin: float = 0.12,
) -> Drawing | None:
    """Return the picture of shapes with the window round `focus`; None without anything to see."""
    if not focus:
        return None
    frame = _frame([geometry.extent for geometry in focus], width, height, margin)
    bar_m = _round_length(width / 4 / frame.units_per_metre)
    return Drawing(
        width=width,
        height=height,
        shapes=tuple(_drawn(shape, frame) for shape in shapes),
        bar_units=round(bar_m * frame.units_per_metre, 1),
        bar_label=distance(bar_m) if bar_m < 1000 else distance(bar_m).replace(".00", ""),
    )


def _frame(
    extents: Iterable[tuple[float, float, float, float]], width: int, height: int, margin: float
) -> Frame:
    boxes = list(extents)
    west, south = min(box[0] for box in boxes), min(box[1] for box in boxes)
    east, north = max(box[2] for box in boxes), max(box[3] for box in boxes)
    middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
    lon_m, lat_m = _metres_per_degree(middle_lat)
    across = max((east - west) * lon_m, SMALLEST_EXTENT_M) * (1 + 2 * margin)
    up = max((north - south) * lat_m, SMALLEST_EXTENT_M) * (1 + 2 * margin)
    scale = min(width / across, height / up)
    return Frame(
        west=middle_lon - width / scale / lon_m / 2,
        north=middle_lat + height / scale / lat_m / 2,
        metres_per_degree=(lon_m, lat_m),
        units_per_metre=scale,
    )


def _metres_per_degree(latitude: float) -> tuple[float, float]:
    """Return the length of a degree of longitude and of latitude on the ellipsoid, in metres.

    The series of the GRS 80 ellipsoid, exact to a centimetre.
    """
    phi = math.radians(latitude)
    lat_m = 111_132.952 - 559.849 * math.cos(2 * phi) + 1.175 * math.cos(4 * phi)
    lon_m = 111_412.876 * math.cos(phi) - 93.504 * math.cos(3 * phi) + 0.118 * math.cos(5 * phi)
    return max(lon_m, 1.0), lat_m


def _drawn(shape: Shape, frame: Frame) -> DrawnShape:
    kind = shape.geometry.geom_type
    coords: Any = shape.geometry.tuple  # type: ignore[attr-defined]
    points: tuple[tuple[float, float], ...] = ()
    path = ""
    if kind in POINT_TYPES:
        places = [coords] if kind == "Point" else coords
        points = tuple(frame.place(place[0], place[1]) for place in places)
    else:
        closed = kind in AREA_TYPES
        path = "".join(_line(part, frame, closed=closed) for part in _parts(coords, kind))
    return DrawnShape(shape.style, shape.title, shape.address, path, points, kind in AREA_TYPES)


def _parts(coords: Any, kind: str) -> Iterator[Sequence[tuple[float, float]]]:
    """Yield every line of a line or area, the rings of an area one by one."""
    if kind == "LineString":
        yield coords
    elif kind == "MultiPolygon":
        for polygon in coords:
            yield from polygon
    else:
        yield from coords


def _line(coords: Sequence[tuple[float, float]], frame: Frame, *, closed: bool) -> str:
    """Return a path; positions that fall on one another are drawn once."""
    placed: list[tuple[float, float]] = []
    for lon, lat in coords:
        position = frame.place(lon, lat)
        if not placed or position != placed[-1]:
            placed.append(position)
    text = "L".join(f"{x:g} {y:g}" for x, y in placed)
    return f"M{text}{'Z' if closed else ''}"


def _round_length(metres: float) -> float:
    """Return the largest of 1, 2, 5 × 10ⁿ metres that is not longer.

    >>> _round_length(730), _round_length(1999)
    (500.0, 1000.0)
    """
    power = 10.0 ** math.floor(math.log10(metres))
    return max(step * power for step in (1, 2, 5) if step * power <= metres)
