"""Uploaded outbox files between their preview and their taking in: on disk, for some days."""

from __future__ import annotations

import datetime
import hashlib
import os
import re
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from django.conf import settings

from field.outbox_file.reading import NoOutboxFile, OutboxFileTooLarge

_HASH: Final = re.compile(r"[0-9a-f]{64}")


def keep(pieces: Iterable[bytes], officer: int) -> str:
    """Write an upload to disk for one officer and return its SHA-256; raises too large."""
    digest, size = hashlib.sha256(), 0
    with NamedTemporaryFile(dir=_folder(), delete=False) as file:
        try:
            for piece in pieces:
                size += len(piece)
                if size > settings.UPLOAD_MAX_BYTES:
                    raise OutboxFileTooLarge
                digest.update(piece)
                file.write(piece)
            os.replace(file.name, _path(officer, digest.hexdigest()))
        finally:
            Path(file.name).unlink(missing_ok=True)
    return digest.hexdigest()


def kept_file(officer: int, sha256: str) -> Path:
    """Return where an officer's file lies; raises `NoOutboxFile` when it is gone."""
    path = _path(officer, sha256) if _HASH.fullmatch(sha256) else None
    if path is None or not path.is_file():
        raise NoOutboxFile
    return path


def forget(officer: int, sha256: str) -> None:
    """Remove an officer's file."""
    if _HASH.fullmatch(sha256):
        _path(officer, sha256).unlink(missing_ok=True)


def remove_given_up_files(now: datetime.datetime) -> int:
    """Remove files that nobody took in for `OUTBOX_FILE_DAYS` days; return how many went."""
    oldest = (now - datetime.timedelta(days=settings.OUTBOX_FILE_DAYS)).timestamp()
    return sum(_removed(path, oldest) for path in list(_folder().iterdir()))


def _path(officer: int, sha256: str) -> Path:
    return _folder() / f"{officer}-{sha256}.ndjson"


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "outbox-files"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _removed(path: Path, oldest: float) -> int:
    try:
        if path.stat().st_mtime >= oldest:
            return 0
        path.unlink()
    except FileNotFoundError:
        return 0
    return 1
