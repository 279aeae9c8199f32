"""The one way in for photos, whatever brings the bytes."""

from __future__ import annotations

import datetime
import errno
import hashlib
import re
from contextlib import ExitStack
from dataclasses import dataclass
from typing import IO, Final, Protocol

from django.conf import settings
from django.contrib.gis.geos import Point

from assets.photos.pictures import Picture, draw_versions
from assets.photos.refusals import (
    PhotoEmpty,
    PhotoHashDiffers,
    PhotoStoreFull,
    PhotoTooLarge,
)
from assets.photos.store import Version, place, temporary_file

_PIECE: Final = 256 * 1024
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)
_CONTROLS: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST_NAME: Final = 255


class Readable(Protocol):
    """Anything that gives bytes piece by piece."""

    def read(self, size: int = ..., /) -> bytes:
        """Return at most `size` bytes, none at the end."""


@dataclass(frozen=True, slots=True)
class ReceivedPhoto:
    """A photo whose files lie on disk under its hash; its record is still to be written."""

    sha256: str
    size_bytes: int
    content_type: str
    width: int
    height: int
    taken_at: datetime.datetime | None
    position: Point | None
    accuracy_m: float | None
    original_name: str


def receive(source: Readable, *, name: str = "", expected_sha256: str = "") -> ReceivedPhoto:
    """Read a photo, look at it, draw its reduced versions and store all three files.

    `name` is what the sender called it and is only shown, never used as a path. Raises
    `PhotoRefused`, one class a reason; then nothing stays on disk.
    """
    try:
        return _receive(source, name, expected_sha256)
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise PhotoStoreFull from error
        raise


def _receive(source: Readable, name: str, expected_sha256: str) -> ReceivedPhoto:
    with ExitStack() as stack:
        files = {version: stack.enter_context(temporary_file()) for version in Version}
        sha256, size = _copied(source, files[Version.ORIGINAL])
        if expected_sha256 and expected_sha256 != sha256:
            raise PhotoHashDiffers
        picture = draw_versions(
            files[Version.ORIGINAL], files[Version.PUBLIC], files[Version.THUMB]
        )
        place(files, sha256)
    return _received(sha256, size, picture, name)


def _received(sha256: str, size: int, picture: Picture, name: str) -> ReceivedPhoto:
    return ReceivedPhoto(
        sha256=sha256,
        size_bytes=size,
        content_type=picture.content_type,
        width=picture.width,
        height=picture.height,
        taken_at=picture.facts.taken_at,
        position=picture.facts.position,
        accuracy_m=picture.facts.accuracy_m,
        original_name=plain_name(name),
    )


def _copied(source: Readable, target: IO[bytes]) -> tuple[str, int]:
    """Copy to the end; return the hash and the number of bytes."""
    digest, size = hashlib.sha256(), 0
    while piece := source.read(_PIECE):
        size += len(piece)
        if size > settings.PHOTO_MAX_BYTES:
            raise PhotoTooLarge(settings.PHOTO_MAX_BYTES)
        digest.update(piece)
        target.write(piece)
    if size == 0:
        raise PhotoEmpty
    target.flush()
    return digest.hexdigest(), size


def plain_name(name: str) -> str:
    """Return the last part of a name without control characters, at most 255 characters."""
    last = name.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    return _CONTROLS.sub("", last).strip()[-_LONGEST_NAME:]
