"""The fingerprint of an entry: equal for a repeat, different for any other content."""

from __future__ import annotations

import datetime
import hashlib
import json
from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Model

from assets.models import Photo
from assets.photos.intake import ReceivedPhoto
from maintenance.inspection_rules import Answer
from maintenance.photo_promise import PhotoPromise

PLACES = 7
"""Decimal places of degrees that tell two positions apart, as the API writes them."""


def fingerprint_of(*values: Any) -> str:
    """Return the SHA-256 of what was sent, in one canonical form.

    A photo counts by the hash of its bytes, so that an entry is the same before and after its
    photos have come; their order means nothing.
    """
    text = json.dumps([_told(value) for value in values], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _told(value: Any) -> Any:
    if isinstance(value, Photo | ReceivedPhoto | PhotoPromise):
        return f"photo {value.sha256}"
    if isinstance(value, Model):
        return str(value.pk)
    if isinstance(value, datetime.datetime):
        return value.astimezone(datetime.UTC).isoformat()
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, GEOSGeometry):
        place: Any = value
        return _rounded(place.coords)
    if isinstance(value, Answer):
        parts = (value.item, value.result, value.chainage_m, value.note, value.photos)
        return [_told(part) for part in parts]
    if isinstance(value, list | tuple):
        return sorted((_told(part) for part in value), key=json.dumps)
    return value.strip() if isinstance(value, str) else value


def _rounded(coordinates: Any) -> Any:
    if isinstance(coordinates, float | int):
        return f"{coordinates:.{PLACES}f}"
    return [_rounded(part) for part in coordinates]
