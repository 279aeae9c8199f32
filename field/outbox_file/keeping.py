"""Uploaded outbox files between their preview and their taking in: on disk, for a day at most."""

from __future__ import annotations

import hashlib
import os
import re
import time
from collections.abc import Iterable
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final

from django.conf import settings

from field.outbox_file.reading import NoOutboxFile, OutboxFileTooLarge

KEPT_S: Final = 24 * 3600
"""How long a file waits for its taking in: our choice."""
_HASH: Final = re.compile(r"[0-9a-f]{64}")


def keep(pieces: Iterable[bytes], officer: int) -> str:
    """Write an upload to disk for one officer and return its SHA-256; raises too large."""
    folder = _folder()
    _forget_old(folder)
    digest, size = hashlib.sha256(), 0
    with NamedTemporaryFile(dir=folder, delete=False) as file:
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


def _path(officer: int, sha256: str) -> Path:
    return _folder() / f"{officer}-{sha256}.ndjson"


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT) / "outbox-files"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _forget_old(folder: Path) -> None:
    oldest = time.time() - KEPT_S
    for path in folder.iterdir():
        try:
            if path.stat().st_mtime < oldest:
                path.unlink(missing_ok=True)
        except FileNotFoundError:
            continue
