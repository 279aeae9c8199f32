"""Values of space: reference systems, boxes and the rules that stored geometry obeys."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

STORED_SRID: Final = 4490
"""CGCS2000 geographic 2D; every geometry of the register is stored in it."""
WGS84_SRID: Final = 4326
WEB_MERCATOR_SRID: Final = 3857
GEOMETRY_TYPES_BY_KIND: Final[dict[str, tuple[str, ...]]] = {
    "road": ("LineString", "MultiLineString"),
    "village_centre": ("Polygon", "MultiPolygon", "Point"),
    "water_works": (
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
    ),
    "housing": ("Point", "Polygon", "MultiPolygon"),
    "facility": (
        "Point",
        "MultiPoint",
        "LineString",
        "MultiLineString",
        "Polygon",
        "MultiPolygon",
    ),
}
"""Which geometry types a kind of site may have."""


class BoxError(ValueError):
    """A bounding box is not four finite numbers in range; `reason` says which."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Box:
    """A bounding box in degrees, west ≤ east and south ≤ north."""

    west: float
    south: float
    east: float
    north: float

    @classmethod
    def parse(cls, text: str) -> Box:
        """Read `west,south,east,north`; raises `BoxError` with the reason.

        NaN, infinity and boxes turned inside out are refused, because PostGIS would accept them
        and answer nonsense.
        """
        parts = text.split(",")
        if len(parts) != 4:
            raise BoxError(_("Give four numbers: west,south,east,north."))
        try:
            west, south, east, north = (float(part) for part in parts)
        except ValueError as error:
            raise BoxError(_("Give four numbers: west,south,east,north.")) from error
        if not all(math.isfinite(value) for value in (west, south, east, north)):
            raise BoxError(_("Every number must be finite."))
        if not (-180 <= west <= east <= 180):
            raise BoxError(_("Longitudes must run from west to east within -180 and 180."))
        if not (-90 <= south <= north <= 90):
            raise BoxError(_("Latitudes must run from south to north within -90 and 90."))
        return cls(west, south, east, north)

    def as_text(self) -> str:
        """Return the box as it is written in an address, seven decimals at most."""
        return ",".join(
            f"{value:.7f}".rstrip("0").rstrip(".")
            for value in (self.west, self.south, self.east, self.north)
        )
