"""Where photos lie: files named by the hash of the original, written so that none is half there.

A file is written under a temporary name, flushed to disk, renamed, and its folder is flushed;
the record comes last. So a record's files are always whole, also after a power cut. Files that
no record names (the sender gave up in between) are removed by `assets.photos.cleaning`.
"""

from __future__ import annotations

import fcntl
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Final

from django.conf import settings
from django.db.models import TextChoices

_HASH: Final = re.compile(r"[0-9a-f]{64}")


class Version(TextChoices):
    """The three files of a photo."""

    ORIGINAL = "original"
    PUBLIC = "public"
    THUMB = "thumb"


_ENDINGS: Final = {
    Version.ORIGINAL: "original",
    Version.PUBLIC: "public.jpg",
    Version.THUMB: "thumb.jpg",
}


def photos_folder() -> Path:
    """Return the folder of all photos, made if it is not there."""
    folder = Path(settings.MEDIA_ROOT) / "photos"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def path_of(sha256: str, version: Version) -> Path:
    """Return where a version of the photo lies; the hash is checked, so that no path is made up."""
    if not _HASH.fullmatch(sha256):
        raise ValueError("not a SHA-256 in hexadecimal")
    return photos_folder() / sha256[:2] / f"{sha256}.{_ENDINGS[version]}"


@contextmanager
def temporary_file() -> Iterator[IO[bytes]]:
    """Give an open file on the photos' own disk; it is gone at the end unless it was placed."""
    folder = photos_folder() / "incoming"
    folder.mkdir(exist_ok=True, mode=0o700)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        path = Path(file.name)
        try:
            yield file
        finally:
            path.unlink(missing_ok=True)


def place(files: dict[Version, IO[bytes]], sha256: str) -> None:
    """Flush temporary files to disk and give them their lasting names.

    A photo that is already there is written again: the bytes are the same, and its age begins
    anew, so that the cleaning leaves it to the record that is about to be written.
    """
    for file in files.values():
        file.flush()
        os.fsync(file.fileno())
    folder = photos_folder() / sha256[:2]
    is_new = not folder.exists()
    folder.mkdir(exist_ok=True, mode=0o700)
    with placing():
        for version, file in files.items():
            os.replace(file.name, path_of(sha256, version))
    flush_folder(folder)
    if is_new:
        flush_folder(folder.parent)


@contextmanager
def placing(*, alone: bool = False) -> Iterator[None]:
    """Hold the folder's lock: many may place files at once, but none while one is removed."""
    with (photos_folder() / ".lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        yield


def flush_folder(folder: Path) -> None:
    """Make the names in a folder lasting, also over a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
