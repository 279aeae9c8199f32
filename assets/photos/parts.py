"""Photos that have come in part: kept by sender, identifier and hash until they are whole.

A part is one file under `MEDIA_ROOT`, no row: nobody but its sender can name it. What a sender
is told to be held has been flushed to disk. The lock of a part is held while bytes are written,
never while bytes are waited for: a connection that fell silent keeps no other one out. A request
that finds the part longer or shorter than it left it stops and says so.
"""

from __future__ import annotations

import errno
import fcntl
import hashlib
import os
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Final
from uuid import UUID

from django.conf import settings

from assets.photos.intake import Readable
from assets.photos.refusals import (
    PartsTooLarge,
    PhotoOffsetDiffers,
    PhotoStoreFull,
    PhotoTooLarge,
)
from assets.photos.store import flush_folder

PIECE: Final = 64 * 1024
"""Bytes that are read at a time: a cut loses at most so many that had come."""
_NO_ROOM: Final = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True, slots=True)
class Part:
    """Which photo a part belongs to: who sends it, under which identifier, with which SHA-256."""

    sender: int
    photo: UUID
    sha256: str

    @property
    def path(self) -> Path:
        """Where the part lies; nothing in it was chosen freely by a client."""
        return parts_folder() / str(self.sender) / f"{self.photo}.{self.sha256}"


def parts_folder() -> Path:
    """Return the folder of all parts; it may not be there yet."""
    return Path(settings.MEDIA_ROOT) / "photo-parts"


def part_of(sender: int, photo: UUID) -> Part | None:
    """Return the sender's latest part under an identifier, whatever its hash."""
    found = [path for path in (parts_folder() / str(sender)).glob(f"{photo}.*") if path.is_file()]
    if not found:
        return None
    newest = max(found, key=lambda path: path.stat().st_mtime)
    return Part(sender, photo, newest.name.rpartition(".")[2])


def held(part: Part) -> int:
    """Return how many bytes of a photo are held for certain, also after a power cut."""
    with _locked(part, create=False) as handle:
        if handle is None:
            return 0
        os.fsync(handle)
        return os.fstat(handle).st_size


def append(part: Part, source: Readable, *, offset: int) -> int:
    """Add bytes to a part from `offset` on, and return how many are held now, flushed to disk.

    What came before a connection broke stays. Raises `PhotoOffsetDiffers` when the part does not
    end at `offset`, `PhotoTooLarge`, `PartsTooLarge` or `PhotoStoreFull`.
    """
    with _room_watched():
        if offset == 0:
            _require_room(part)
        try:
            for piece in _pieces(source):
                offset = _write(part, piece, offset, is_exact=True)
        finally:
            standing = held(part)
    if standing != offset:
        raise PhotoOffsetDiffers(standing)
    return standing


def write_whole(part: Part, source: Readable) -> int:
    """Write a photo from its first byte on, over what is held; return how many bytes came.

    A photo that is held already in part is the same one, so it is never cut short meanwhile.
    Raises `PhotoTooLarge`, `PartsTooLarge` or `PhotoStoreFull`.
    """
    with _room_watched():
        _require_room(part)
        offset = 0
        for piece in _pieces(source):
            offset = _write(part, piece, offset, is_exact=False)
        return offset


@contextmanager
def opened(part: Part, *, length: int | None = None, cut: bool = False) -> Iterator[BufferedReader]:
    """Give a part to be read: the file that is there now, whatever takes its place meanwhile.

    `length` is what it must hold; with `cut`, what is beyond is cut off. Raises
    `PhotoOffsetDiffers` for a part that is gone or has another length: nothing is wrong with it.
    """
    with _locked(part, create=False) as handle:
        if handle is None:
            raise PhotoOffsetDiffers(0)
        if cut and length is not None and os.fstat(handle).st_size > length:
            os.ftruncate(handle, length)
        size = os.fstat(handle).st_size
        if length is not None and size != length:
            raise PhotoOffsetDiffers(size)
        # Not a copy of the handle: that would go on holding its lock.
        file = part.path.open("rb")
    with file:
        yield file


def digest(file: BufferedReader) -> str:
    """Return the SHA-256 of an opened part, which stands at its beginning again."""
    found = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    return found


def forget(part: Part, file: BufferedReader | None = None) -> None:
    """Remove a part that has become a photo, or never can; with `file`, only if it is that one."""
    with _locked(part, create=False) as handle:
        if handle is None:
            return
        if file is None or os.path.samestat(os.fstat(handle), os.fstat(file.fileno())):
            part.path.unlink(missing_ok=True)


def remove_old_parts(oldest: float) -> int:
    """Remove parts that nobody went on with since `oldest` (seconds); return how many went."""
    removed = 0
    for path in sorted(parts_folder().glob("*/*")):
        with _lock_of(path, create=False) as handle:
            if handle is not None and os.fstat(handle).st_mtime < oldest:
                path.unlink(missing_ok=True)
                removed += 1
    return removed


def _pieces(source: Readable) -> Iterator[bytes]:
    while piece := source.read(PIECE):
        yield piece


def _write(part: Part, piece: bytes, offset: int, *, is_exact: bool) -> int:
    """Write one piece at its place, under the lock; return where it ends."""
    end = offset + len(piece)
    if end > settings.PHOTO_MAX_BYTES:
        raise PhotoTooLarge(settings.PHOTO_MAX_BYTES)
    with _locked(part, create=offset == 0) as handle:
        size = 0 if handle is None else os.fstat(handle).st_size
        if handle is None or size < offset or (is_exact and size != offset):
            raise PhotoOffsetDiffers(size)
        rest = memoryview(piece)
        while rest:
            written = os.pwrite(handle, rest, end - len(rest))
            rest = rest[written:]
    return end


def _require_room(part: Part) -> None:
    """Raise `PartsTooLarge` where the sender's unfinished photos take up too much already."""
    sizes = (path.stat().st_size for path in part.path.parent.glob("*") if path != part.path)
    if sum(sizes) > settings.PHOTO_PARTS_MAX_BYTES:
        raise PartsTooLarge(settings.PHOTO_PARTS_MAX_BYTES)


@contextmanager
def _room_watched() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        if error.errno in _NO_ROOM:
            raise PhotoStoreFull from error
        raise


def _locked(part: Part, *, create: bool) -> AbstractContextManager[int | None]:
    return _lock_of(part.path, create=create)


@contextmanager
def _lock_of(path: Path, *, create: bool) -> Iterator[int | None]:
    """Hold a part's own lock and give its handle; None when it is not there.

    A part is removed under its lock, so whoever waited for one that is gone looks again.
    """
    while True:
        handle = _handle(path, create=create)
        if handle is None:
            yield None
            return
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            if _is_still(handle, path):
                yield handle
                return
        finally:
            os.close(handle)


def _handle(path: Path, *, create: bool) -> int | None:
    try:
        return os.open(path, os.O_RDWR)
    except FileNotFoundError:
        if not create:
            return None
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    flush_folder(path.parent)
    return handle


def _is_still(handle: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(handle), path.stat())
    except FileNotFoundError:
        return False
