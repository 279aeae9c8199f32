"""Uploaded files: streamed to disk under their run, named by us, never above the limit."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from django.conf import settings

from sites.imports.problems import FileProblemError
from sites.imports.reader.run import FORMATS

_PIECE: Final = 1 << 20
_UNSAFE: Final = re.compile(r"[^\w.()（）【】-]+")


class TooLargeError(Exception):
    """The upload is larger than `UPLOAD_MAX_MB`."""


class DiskFullError(Exception):
    """The disk has no room for the upload."""


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
        shutil.rmtree(folder, ignore_errors=True)
        if error.errno in (errno.ENOSPC, errno.EDQUOT):
            raise DiskFullError from error
        raise
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
    return StoredFile(str(final.relative_to(settings.MEDIA_ROOT)), digest, size)


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
