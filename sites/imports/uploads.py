"""Uploaded files: streamed to disk under their run, named by us, never above the limit."""

from __future__ import annotations

import contextlib
import errno
import filecmp
import hashlib
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Final
from uuid import UUID

from django.conf import settings

from sites.imports.problems import FileProblemError
from sites.imports.reader.run import FORMATS

_PIECE: Final = 1 << 20
MAX_PART_BYTES: Final = 16 * 1024 * 1024
_UNSAFE: Final = re.compile(r"[^\w.()（）【】-]+")


class TooLargeError(Exception):
    """The upload is larger than `UPLOAD_MAX_MB`."""


class DiskFullError(Exception):
    """The disk has no room for the upload."""


class OtherPartError(Exception):
    """Another content is already stored under this number."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file under `MEDIA_ROOT`: its path from there, its hash and its size in bytes."""

    path: str
    sha256: str
    size: int


def folder_of(run_id: UUID) -> Path:
    """Return the folder that holds everything of one run."""
    return Path(settings.MEDIA_ROOT) / "imports" / str(run_id)


def safe_name(name: str) -> str:
    """Return a file name without folders and odd characters, its ending kept."""
    plain = _UNSAFE.sub("_", Path(name.replace("\\", "/")).name).strip("._") or "file"
    return plain[-120:]


def store(run_id: UUID, name: str, pieces: Iterable[bytes]) -> StoredFile:
    """Write a file piece by piece: temporary name, hash, flush to disk, then its own name.

    Raises `FileProblemError` for an ending that no reader takes, `TooLargeError` or
    `DiskFullError`; then nothing of the file stays.
    """
    kept = safe_name(name)
    ending = Path(kept).suffix.lower()
    if ending not in FORMATS:
        raise FileProblemError("format_unknown", ending=ending, formats=", ".join(FORMATS))
    folder = folder_of(run_id)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary, final = folder / f".{kept}.part", folder / kept
    try:
        digest, size = _write(temporary, pieces)
        os.replace(temporary, final)
        _flush_folder(folder)
    except OSError as error:
        _forget(temporary, folder)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError from error
        raise
    except BaseException:
        _forget(temporary, folder)
        raise
    return StoredFile(str(final.relative_to(settings.MEDIA_ROOT)), digest, size)


def _forget(temporary: Path, folder: Path) -> None:
    """Remove what a failed upload left; the folder stays while parts are in it."""
    temporary.unlink(missing_ok=True)
    with contextlib.suppress(OSError):
        folder.rmdir()


def store_part(run_id: UUID, number: int, stream: IO[bytes]) -> None:
    """Store one part of a file under its number, once.

    Raises `TooLargeError`, `DiskFullError`, or `OtherPartError` for other bytes than before.
    """
    folder = folder_of(run_id) / "parts"
    temporary, final = folder / f".{number:05d}.{os.getpid()}.part", folder / f"{number:05d}"
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with temporary.open("wb") as target:
            _copy(stream, target, _room_left(folder, final))
            target.flush()
            os.fsync(target.fileno())
        if final.exists():
            if not filecmp.cmp(temporary, final, shallow=False):
                raise OtherPartError
            return
        os.replace(temporary, final)
        _flush_folder(folder)
    except OSError as error:
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError from error
        raise
    finally:
        temporary.unlink(missing_ok=True)


def _room_left(folder: Path, replaced: Path) -> int:
    """Return how many bytes the next part may have."""
    used = sum(p.stat().st_size for p in folder.iterdir() if p.is_file() and p != replaced)
    return min(MAX_PART_BYTES, int(settings.UPLOAD_MAX_BYTES) - used)


def _copy(stream: IO[bytes], target: IO[bytes], limit: int) -> None:
    while piece := stream.read(_PIECE):
        limit -= len(piece)
        if limit < 0:
            raise TooLargeError
        target.write(piece)


def joined_parts(run_id: UUID, count: int | None) -> Iterator[bytes]:
    """Yield the bytes of all parts in order; raises `FileProblemError` where one is missing."""
    folder = folder_of(run_id) / "parts"
    names = sorted(p.name for p in folder.glob("[0-9]*")) if folder.is_dir() else []
    wanted = [f"{number:05d}" for number in range(1, (count or len(names)) + 1)]
    if not wanted or names != wanted:
        missing = next((name for name in wanted or ["00001"] if name not in names), "")
        raise FileProblemError("part_missing", number=int(missing or 0), field="parts")
    for name in wanted:
        with (folder / name).open("rb") as stream:
            while piece := stream.read(_PIECE):
                yield piece


def forget_parts(run_id: UUID) -> None:
    """Remove the parts of a file that was put together."""
    shutil.rmtree(folder_of(run_id) / "parts", ignore_errors=True)


def _write(path: Path, pieces: Iterable[bytes]) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as stream:
        for piece in pieces:
            size += len(piece)
            if size > settings.UPLOAD_MAX_BYTES:
                raise TooLargeError
            digest.update(piece)
            stream.write(piece)
        stream.flush()
        os.fsync(stream.fileno())
    return digest.hexdigest(), size


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def remove(run_id: UUID) -> None:
    """Remove everything that a run has on disk."""
    shutil.rmtree(folder_of(run_id), ignore_errors=True)


def pieces_of(upload: Any) -> Iterable[bytes]:
    """Return the pieces of a Django upload."""
    return upload.chunks(_PIECE)  # type: ignore[no-any-return]
