"""Tables with coordinates (CSV, Excel): the heading is found, places are read from columns.

A title above the heading is passed over; a total row at the end is reported, not taken.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final

import shapely

from sites.imports.reader import coordinates
from sites.imports.reader.angles import angle, number
from sites.imports.reader.geometry import usual_bounds
from sites.imports.reader.outcome import AskedError, Notes, Options, Problem, RefusedError
from sites.imports.reader.source import Row

_LONGITUDES: Final = {"lon", "lng", "long", "longitude", "经度", "东经", "gps经度", "中心经度"}
_LATITUDES: Final = {"lat", "latitude", "纬度", "北纬", "gps纬度", "中心纬度"}
_XS: Final = {"x", "x坐标", "东坐标", "easting", "east", "横坐标", "coordx", "pointx", "xcoord"}
_YS: Final = {"y", "y坐标", "北坐标", "northing", "north", "纵坐标", "coordy", "pointy", "ycoord"}
_WKTS: Final = {"wkt", "geom", "geometry", "thegeom", "几何", "坐标串", "shape"}
_TOTALS: Final = {"合计", "总计", "小计", "共计", "总和", "total", "subtotal", "sum", "grandtotal"}
_PUNCTUATION: Final = re.compile(r"[\s_\-./·:()\[\]【】°]+")
HEADING_ROWS: Final = 30
MAX_COLUMNS: Final = 500
Cells = list[Any]


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading row: its number, the names, and the columns that hold the place."""

    number: int
    names: list[str]
    x: int = -1
    y: int = -1
    wkt: int = -1
    are_degrees: bool = True

    @property
    def place_names(self) -> list[str]:
        """The columns that hold the place."""
        return [self.names[i] for i in (self.x, self.y, self.wkt) if i >= 0]


def find_heading(rows: Iterable[tuple[int, Cells]]) -> Heading:
    """Return the first row that names a place; raises `RefusedError` with what was seen."""
    seen: list[str] = []
    for row_number, cells in rows:
        names = [str(cell).strip() if cell is not None else "" for cell in cells]
        if len(names) > MAX_COLUMNS:
            raise RefusedError("too_many_columns", limit=MAX_COLUMNS)
        heading = _heading(row_number, names)
        if heading:
            return heading
        if sum(map(bool, names)) > sum(map(bool, seen)):
            seen = names
    raise RefusedError("no_coordinates", names=", ".join(filter(None, seen))[:300])


def _heading(row_number: int, names: list[str]) -> Heading | None:
    plain = [_plain(name) for name in names]

    def position(wanted: set[str]) -> int:
        return next((i for i, name in enumerate(plain) if name in wanted), -1)

    unique = _unique(names)
    wkt = position(_WKTS)
    if wkt >= 0:
        return Heading(row_number, unique, wkt=wkt, are_degrees=False)
    x, y = position(_LONGITUDES), position(_LATITUDES)
    if x >= 0 and y >= 0:
        return Heading(row_number, unique, x, y)
    x, y = position(_XS), position(_YS)
    if x >= 0 and y >= 0:
        return Heading(row_number, unique, x, y, are_degrees=False)
    return None


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFKC", name).lower()
    text = re.sub(r"[((].*?[))]", "", text)
    return _PUNCTUATION.sub("", text)


def _unique(names: list[str]) -> list[str]:
    """Return column names without blanks and doubles, so that no column hides another."""
    found: list[str] = []
    for index, name in enumerate(names):
        name = name.lstrip("\ufeff") or f"column_{index + 1}"
        found.append(name if name not in found else f"{name}_{index + 1}")
    return found


def crs_of(
    heading: Heading, sample: list[Row], options: Options, notes: Notes
) -> coordinates.FileCrs | None:
    """Return the CRS that the headings imply: longitude and latitude are CGCS2000 degrees."""
    if options.srid is not None or not heading.are_degrees:
        return None
    bounds = usual_bounds(sample)
    if bounds and not coordinates.look_like_degrees(bounds):
        return None
    notes.add("degrees_taken_as_cgcs2000")
    return coordinates.of_srid(4490)


def needs_axes(heading: Heading, sample: list[Row], options: Options) -> None:
    """Ask which column is which where the values contradict the plain names X and Y.

    Chinese survey tables write X for the northing; mathematics and most software don't.
    """
    bounds = usual_bounds(sample)
    if heading.are_degrees or heading.x < 0 or options.axes or bounds is None:
        return
    west, south, east, north = bounds
    in_degrees = coordinates.look_like_degrees(bounds)
    x_is_latitude = in_degrees and south > 90 and east <= 90
    x_is_northing = not in_degrees and (
        south > 13_000_000 > east or (west > 1_000_000 > north and south > 0)
    )
    if x_is_latitude or x_is_northing:
        names = [heading.names[heading.x], heading.names[heading.y]]
        raise AskedError(
            "axes_needed",
            x=names[0],
            y=names[1],
            bounds=[round(v, 3) for v in bounds],
            choices=[{"value": "yx", "label": "yx"}, {"value": "xy", "label": "xy"}],
        )


def rows_of(
    heading: Heading, cells: Iterable[tuple[int, Cells]], *, swapped: bool
) -> Iterator[Row]:
    """Yield the rows below the heading; empty rows are passed over."""
    x, y = (heading.y, heading.x) if swapped else (heading.x, heading.y)
    for row_number, row in cells:
        if row_number <= heading.number or all(cell in (None, "") for cell in row):
            continue
        properties = dict(zip(heading.names, row, strict=False))
        if len(row) > len(heading.names):
            yield Row(row_number, properties, None, problem={"code": "too_many_cells"})
            continue
        geometry, problem = _place(heading, row, x, y)
        if geometry is None and _is_total(row):
            problem = {"code": "total_row"}
        yield Row(row_number, properties, geometry, problem=problem)


def _is_total(row: Cells) -> bool:
    texts = [_plain(str(cell)) for cell in row[:5] if cell not in (None, "")]
    return any(text in _TOTALS for text in texts)


def _cell(row: Cells, position: int) -> Any:
    return row[position] if position < len(row) else None


def _place(heading: Heading, row: Cells, x: int, y: int) -> tuple[bytes | None, Problem | None]:
    if heading.wkt >= 0:
        return _from_wkt(heading, _cell(row, heading.wkt))
    read = angle if heading.are_degrees else number
    values: list[float | None] = []
    for position in (x, y):
        try:
            values.append(read(_cell(row, position)))
        except ValueError:
            name, text = heading.names[position], str(_cell(row, position))[:60]
            return None, {"code": "coordinate_unreadable", "field": name, "value": text}
    if values[0] is None or values[1] is None:
        missing = heading.names[x if values[0] is None else y]
        return None, {"code": "coordinate_missing", "field": missing}
    if values == [0, 0]:
        return None, {"code": "coordinate_zero"}
    return struct.pack("<BIdd", 1, 1, values[0], values[1]), None


def _from_wkt(heading: Heading, cell: Any) -> tuple[bytes | None, Problem | None]:
    name = heading.names[heading.wkt]
    if cell in (None, ""):
        return None, {"code": "geometry_missing", "field": name}
    text = str(cell).strip()
    if ";" in text:  # an SRID in front would contradict the file's own CRS
        return None, {"code": "geometry_malformed", "field": name}
    try:
        geometry: bytes = shapely.to_wkb(shapely.from_wkt(text), output_dimension=2)
    except shapely.errors.ShapelyError:
        return None, {"code": "geometry_malformed", "field": name}
    return geometry, None
