"""What the camera wrote into a photo: where, when, and which way up (Exif 2.32, CIPA DC-008).

Everything here was written by somebody else's device or hand. A value that cannot be true is
left out; no photo is refused for it.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from django.contrib.gis.geos import Point
from django.utils import timezone
from PIL import ExifTags, Image

from sites.geometry import STORED_SRID

MAX_LATITUDE: Final = 85.0
"""Where the map ends; see `sites.functions.GeometryIsSound`."""
MAX_ACCURACY_M: Final = 100_000.0
YEARS: Final = range(1990, 2101)
_MINUTES_A_DEGREE: Final = 60
_SECONDS_A_DEGREE: Final = 3600
UPRIGHT: Final = 1
_TURNS: Final = range(2, 9)
_WORLD_DATUMS: Final = {"", "WGS84", "WGS1984", "CGCS2000"}


@dataclass(frozen=True, slots=True)
class CameraFacts:
    """Position in degrees, its error in metres, the moment, and the orientation (1 to 8)."""

    position: Point | None = None
    accuracy_m: float | None = None
    taken_at: datetime.datetime | None = None
    orientation: int = UPRIGHT


def read_camera_facts(image: Image.Image) -> CameraFacts:
    """Return what can be believed of an opened image's Exif data."""
    return _believed(image.getexif)


def facts_of_exif(data: bytes) -> CameraFacts:
    """Return what can be believed of Exif data that came without its image."""

    def loaded() -> Image.Exif:
        exif = Image.Exif()
        exif.load(data)
        return exif

    return _believed(loaded)


def _believed(opened: Callable[[], Image.Exif]) -> CameraFacts:
    try:
        exif = opened()
        place = dict(exif.get_ifd(ExifTags.IFD.GPSInfo))
        camera = dict(exif.get_ifd(ExifTags.IFD.Exif))
        turn = exif.get(ExifTags.Base.Orientation)
    except Exception:
        # Exif is a file inside the file with offsets of its own; broken ones fail in any way.
        return CameraFacts()
    position = _position(place)
    return CameraFacts(
        position=position,
        accuracy_m=_accuracy(place) if position else None,
        taken_at=_moment(camera),
        orientation=turn if isinstance(turn, int) and turn in _TURNS else UPRIGHT,
    )


def _position(place: Mapping[int, Any]) -> Point | None:
    """Return the position; WGS 84 and CGCS2000 agree within centimetres, so it is not moved."""
    tags = ExifTags.GPS
    if _text(place.get(tags.GPSStatus)) == "V":
        return None
    if _datum(place.get(tags.GPSMapDatum)) not in _WORLD_DATUMS:
        return None
    latitude = _degrees(place.get(tags.GPSLatitude), place.get(tags.GPSLatitudeRef), "N", "S")
    longitude = _degrees(place.get(tags.GPSLongitude), place.get(tags.GPSLongitudeRef), "E", "W")
    if latitude is None or longitude is None:
        return None
    if abs(latitude) > MAX_LATITUDE or abs(longitude) > 180:
        return None
    if latitude == 0 and longitude == 0:
        return None  # What devices write before they know where they are.
    return Point(longitude, latitude, srid=STORED_SRID)


def _degrees(parts: Any, reference: Any, positive: str, negative: str) -> float | None:
    letter = _text(reference).upper()
    if letter not in {positive, negative} or not isinstance(parts, tuple) or len(parts) != 3:
        return None
    degrees, minutes, seconds = (_number(part) for part in parts)
    if degrees is None or minutes is None or seconds is None:
        return None
    if not (0 <= degrees <= 180 and 0 <= minutes < 60 and 0 <= seconds < 60):
        return None
    value = degrees + minutes / _MINUTES_A_DEGREE + seconds / _SECONDS_A_DEGREE
    return value if letter == positive else -value


def _accuracy(place: Mapping[int, Any]) -> float | None:
    value = _number(place.get(ExifTags.GPS.GPSHPositioningError))
    return value if value is not None and 0 <= value <= MAX_ACCURACY_M else None


def _moment(camera: Mapping[int, Any]) -> datetime.datetime | None:
    """Return when the photo was taken; without an offset the district's time is meant."""
    tags = ExifTags.Base
    pairs = (
        (tags.DateTimeOriginal, tags.OffsetTimeOriginal),
        (tags.DateTimeDigitized, tags.OffsetTimeDigitized),
    )
    for name, offset_name in pairs:
        moment = _parsed(_text(camera.get(name)), _text(camera.get(offset_name)))
        if moment is not None:
            return moment
    return None


def _parsed(text: str, offset: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.strptime(text, "%Y:%m:%d %H:%M:%S")  # noqa: DTZ007 - zone below
    except ValueError:
        return None
    if moment.year not in YEARS:
        return None
    try:
        zone = datetime.datetime.strptime(offset, "%z").tzinfo
    except ValueError:
        zone = timezone.get_default_timezone()
    return moment.replace(tzinfo=zone)


def _number(value: Any) -> float | None:
    try:
        number = float(value)
    except (TypeError, ValueError, ArithmeticError):
        return None
    return number if math.isfinite(number) else None


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        value = value.decode("ascii", "replace")
    return value.strip("\0 ") if isinstance(value, str) else ""


def _datum(value: Any) -> str:
    return "".join(letter for letter in _text(value).upper() if letter.isalnum())
