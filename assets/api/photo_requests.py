"""What a request about a photo says: its headers and parameters, each read strictly."""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import Final, Self, cast

from django.contrib.gis.geos import Point
from django.http import QueryDict, UnreadablePostError
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from assets.photos.exif import MAX_ACCURACY_M, MAX_LATITUDE
from assets.photos.intake import Readable
from sites.api.imports import BytesParser
from sites.api.resource import OneRendering
from sites.geometry import STORED_SRID
from sites.problems import Problem, bad_parameter, invalid

HASH_HEADER: Final = "X-Content-SHA256"
STATEMENTS: Final = frozenset({"taken_at", "lon", "lat", "accuracy_m"})
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_NUMBER: Final = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,20})?")
_LONGEST_MOMENT: Final = 40
LONGEST_SILENCE_S: Final = 30
"""How long no byte of a photo may come before its connection is given up: our choice."""


class AnyBody(OneRendering):
    """Takes a body of any media type: what a photo is, its content says."""

    def select_parser(self, request: Request, parsers: Iterable[BaseParser]) -> BytesParser:
        """Return the parser that leaves the body unread."""
        return BytesParser()


@dataclass(frozen=True, slots=True)
class Statement:
    """What the sender says of a photo beside its bytes, when the camera did not."""

    taken_at: datetime.datetime | None
    position: Point | None
    accuracy_m: float | None

    @classmethod
    def of(cls, params: QueryDict) -> Self:
        """Read `taken_at`, `lon`, `lat` (degrees) and `accuracy_m`; raises `Problem` 400."""
        longitude = _number(params, "lon", 180, lowest=-180)
        latitude = _number(params, "lat", MAX_LATITUDE, lowest=-MAX_LATITUDE)
        accuracy = _number(params, "accuracy_m", MAX_ACCURACY_M)
        if longitude is None or latitude is None:
            for name in sorted({"lon", "lat", "accuracy_m"} & set(params)):
                raise bad_parameter(name, "incomplete", _("Give lon and lat together."))
            return cls(_moment(params), None, None)
        return cls(_moment(params), Point(longitude, latitude, srid=STORED_SRID), accuracy)


class Body:
    """The bytes of a request; a sender that falls silent is told so, should it still listen."""

    def __init__(self, request: Request) -> None:
        # The web server waits without end for a phone that lost its net in the middle of a body.
        connection = request.META.get("gunicorn.socket")
        if connection is not None:
            connection.settimeout(LONGEST_SILENCE_S)
        given = request.data
        self._stream = cast("Readable", given) if hasattr(given, "read") else BytesIO()

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes; raises `Problem` 400 when the connection broke."""
        try:
            return self._stream.read(size)
        except UnreadablePostError as error:
            raise Problem("malformed") from error


def stated_hash(request: Request) -> str:
    """Return the hash that the sender made of the bytes; raises `Problem` 422."""
    given = request.headers.get(HASH_HEADER, "").strip().lower()
    if not _HASH.fullmatch(given):
        sentence = _("Send the SHA-256 of the photo as 64 hexadecimal digits.")
        raise invalid(HASH_HEADER, "required" if not given else "bad_hash", sentence)
    return given


def _number(params: QueryDict, name: str, highest: float, *, lowest: float = 0.0) -> float | None:
    if name not in params:
        return None
    text = params.get(name, "")
    value = float(text) if _NUMBER.fullmatch(text) else math.nan
    if not lowest <= value <= highest:
        sentence = _("Give a number from %(lowest)s to %(highest)s.")
        values = {"lowest": f"{lowest:g}", "highest": f"{highest:.0f}"}
        raise bad_parameter(name, "bad_number", sentence % values)
    return value


def _moment(params: QueryDict) -> datetime.datetime | None:
    if "taken_at" not in params:
        return None
    text = params.get("taken_at", "")
    try:
        moment = parse_datetime(text) if len(text) <= _LONGEST_MOMENT else None
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or not 1990 <= moment.year <= 2100:
        sentence = _("Give a moment such as 2026-11-23T08:30:00+08:00.")
        raise bad_parameter("taken_at", "bad_moment", sentence)
    return moment
