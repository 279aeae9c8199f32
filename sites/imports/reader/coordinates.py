"""Coordinate reference systems of files: found, asked for, or refused; never guessed.

The register stores EPSG:4490. 4490 and 4326 are taken as equal (PROJ's null transform; they
differ by centimetres). 3-degree zones: EPSG 4513–4533 carry the zone number in the easting,
4534–4554 don't; 6-degree zones: 4491–4501 and 4502–4512.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError, ProjError

from sites.imports.reader.outcome import AskedError, RefusedError

STORED: Final = 4490
_SAME_AS_STORED: Final = {4490, 4326}
_OLD_DATUMS: Final = ("beijing", "xian", "xi'an", "bj54", "d_krasovsky")
"""No public parameters lead from these datums to CGCS2000: a blind transform errs by 100 m."""
_NAME: Final = re.compile(
    r"(?:urn:ogc:def:crs:)?(EPSG|OGC)(?::[\d.]*)?:{1,2}([A-Za-z0-9]+)", re.IGNORECASE
)
Coordinates = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class FileCrs:
    """The CRS that a file names: a pyproj CRS, its EPSG code if known, and its name."""

    crs: Any
    srid: int | None
    name: str


def of_srid(srid: int) -> FileCrs:
    """Return a CRS by its EPSG code; raises `RefusedError` for one that can't be used."""
    try:
        crs = CRS.from_epsg(srid)
    except CRSError as error:
        raise RefusedError("crs_unknown", crs=f"EPSG:{srid}") from error
    return _usable(crs, srid)


def of_wkt(text: str) -> FileCrs:
    """Return the CRS of a `.prj` or GeoPackage definition; raises `RefusedError` if unreadable."""
    try:
        crs = CRS.from_wkt(text)
        srid = crs.to_epsg(min_confidence=60)
    except (CRSError, ProjError) as error:
        raise RefusedError("crs_unknown", crs=text[:80]) from error
    return _usable(crs, srid)


def of_geojson_member(member: Any) -> FileCrs | None:
    """Return the CRS of GeoJSON's old `crs` member; None for null; links are refused."""
    if member is None:
        return None
    if not isinstance(member, dict) or not isinstance(member.get("properties"), dict):
        raise RefusedError("crs_unknown", crs=str(member)[:80])
    if member.get("type") == "link":
        raise RefusedError("crs_link", link=str(member["properties"].get("href", ""))[:200])
    named = str(member["properties"].get("name", member["properties"].get("code", "")))
    found = _NAME.fullmatch(named if ":" in named else f"EPSG:{named}")
    if found is None:
        raise RefusedError("crs_unknown", crs=named[:80])
    authority, code = found[1].upper(), found[2].upper()
    if authority == "OGC" and code == "CRS84":
        return of_srid(4326)
    if authority != "EPSG" or not code.isdigit():
        raise RefusedError("crs_unknown", crs=named[:80])
    return of_srid(int(code))


def _usable(crs: Any, srid: int | None) -> FileCrs:
    name = crs.name
    datum = crs.datum.name.lower() if crs.datum else ""
    if (
        crs.is_geocentric
        or crs.is_vertical
        or crs.is_engineering
        or not (crs.is_geographic or crs.is_projected)
    ):
        raise RefusedError("crs_unusable", crs=name)
    if any(word in f"{datum} {name.lower()}" for word in _OLD_DATUMS):
        raise RefusedError("crs_old_datum", crs=name)
    return FileCrs(crs, srid, name)


@lru_cache(maxsize=8)
def _transformer(crs: Any) -> Any:
    return Transformer.from_crs(crs, CRS.from_epsg(STORED), always_xy=True)


def to_stored(coordinates: Coordinates, source: FileCrs) -> Coordinates:
    """Return (n, 2) easting/longitude first coordinates as CGCS2000 degrees; bad ones are inf."""
    if source.srid in _SAME_AS_STORED:
        return coordinates
    x, y = _transformer(source.crs).transform(coordinates[:, 0], coordinates[:, 1], errcheck=False)
    return np.column_stack((x, y))


def look_like_degrees(bounds: tuple[float, float, float, float]) -> bool:
    """Whether bounds (xmin, ymin, xmax, ymax) could be degrees in either order."""
    return all(abs(value) <= 180 for value in bounds)


def question(bounds: tuple[float, float, float, float]) -> AskedError:
    """Return the question which CRS it is, with the codes that these coordinates allow."""
    bounds = tuple(round(value, 3) for value in bounds)  # type: ignore[assignment]
    choices = [
        {"value": str(code), "label": f"EPSG:{code}", "name": CRS.from_epsg(code).name}
        for code in candidates(bounds)
    ]
    looks = "degrees" if look_like_degrees(bounds) else "metres"
    return AskedError("crs_needed", bounds=list(bounds), looks=looks, choices=choices)


def candidates(bounds: tuple[float, float, float, float]) -> list[int]:
    """Return EPSG codes under which these bounds can lie in China; the likeliest first."""
    if look_like_degrees(bounds):
        return [4490, 4326]
    west, south, east, north = bounds
    found = _with_zone_number(west, east) or _with_zone_number(south, north)
    if found:
        return found
    if all(0 < value < 1_000_000 for value in (west, east)) and north > 1_000_000:
        return list(range(4534, 4555))
    return [3857]


def _with_zone_number(low: float, high: float) -> list[int]:
    zone = int(low // 1_000_000)
    if zone != int(high // 1_000_000):
        return []
    if 25 <= zone <= 45:
        return [4513 + zone - 25]
    return [4491 + zone - 13] if 13 <= zone <= 23 else []
