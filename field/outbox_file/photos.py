"""The photos of an outbox file: bytes in a text, a hash, and where and when each was taken."""

from __future__ import annotations

import base64
import binascii
import datetime
import hashlib
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from field.outbox_file.moments import moment_in
from sites.geometry import STORED_SRID
from sites.services.errors import RefusedByRegister

_HASH: Final = re.compile(r"[0-9a-f]{64}")
LARGEST_ACCURACY_M: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class FilePhoto:
    """A photo of the file, with a hash that its bytes were found to have."""

    id: UUID
    sha256: str
    data: bytes
    taken_at: datetime.datetime | None
    position: Point | None
    accuracy_m: float | None


def read_photo(value: Mapping[str, Any]) -> FilePhoto:
    """Return a photo line's photo; raises `RefusedByRegister` for the first thing wrong with it."""
    key, sha256 = _identifier(value.get("id")), value.get("sha256")
    if not isinstance(sha256, str) or not _HASH.fullmatch(sha256):
        raise _wrong("sha256", "bad_hash", _("The photo has no SHA-256 hash."))
    data = _bytes(value.get("data"))
    if hashlib.sha256(data).hexdigest() != sha256:
        sentence = _("The photo's bytes are not those that the phone saved: their hash differs.")
        raise _wrong("data", "photo_hash_differs", sentence)
    position, accuracy = _place(value)
    return FilePhoto(key, sha256, data, moment_in(value.get("taken_at")), position, accuracy)


def _identifier(value: Any) -> UUID:
    try:
        return UUID(value)
    except (TypeError, ValueError, AttributeError) as error:
        raise _wrong("id", "bad_form", _("The photo has no identifier.")) from error


def _bytes(value: Any) -> bytes:
    if not isinstance(value, str):
        raise _wrong("data", "required", _("The photo's bytes are missing."))
    if len(value) > settings.PHOTO_MAX_BYTES * 4 // 3 + 4:
        raise _wrong("data", "photo_too_large", _("The photo is larger than any that is kept."))
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _wrong("data", "bad_form", _("The photo's bytes cannot be read.")) from error


def _place(value: Mapping[str, Any]) -> tuple[Point | None, float | None]:
    lon, lat = _number(value.get("lon"), 180), _number(value.get("lat"), 90)
    if lon is None or lat is None:
        return None, None
    accuracy = _number(value.get("accuracy_m"), LARGEST_ACCURACY_M)
    return Point(lon, lat, srid=STORED_SRID), accuracy if accuracy and accuracy >= 0 else None


def _number(value: Any, largest: float) -> float | None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        return None
    usable = math.isfinite(value) and abs(value) <= largest
    return float(value) if usable else None


def _wrong(field: str, code: str, message: str) -> RefusedByRegister:
    return RefusedByRegister([(field, code, message)])
