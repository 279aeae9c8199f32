"""Removing files that no photo names, and parts of photos that nobody goes on with."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from django.conf import settings

from assets.models.photo import Photo
from assets.photos.parts import remove_old_parts
from assets.photos.store import photos_folder, placing

KEPT: Final = datetime.timedelta(days=1)
_AT_ONCE: Final = 500


def remove_unnamed_files(now: datetime.datetime) -> int:
    """Remove files older than `KEPT` whose hash no record holds; return how many went.

    A file that is placed again while this runs is young again and stays: age is looked at once
    more under the lock that keeps placing out.
    """
    oldest = (now - KEPT).timestamp()
    removed = 0
    candidates = (path for path in _files() if _is_older(path, oldest))
    while batch := list(islice(candidates, _AT_ONCE)):
        hashes = {_hash_of(path) for path in batch}
        named = set(
            Photo.objects.filter(sha256__in=hashes).values_list("sha256", flat=True).distinct()
        )
        for path in batch:
            if _hash_of(path) not in named:
                removed += _removed(path, oldest)
    return removed


def remove_given_up_parts(now: datetime.datetime) -> int:
    """Remove parts that got no byte for `PHOTO_PART_DAYS` days; return how many went."""
    oldest = now - datetime.timedelta(days=settings.PHOTO_PART_DAYS)
    return remove_old_parts(oldest.timestamp())


def _files() -> Iterator[Path]:
    for folder in sorted(path for path in photos_folder().iterdir() if path.is_dir()):
        yield from (path for path in folder.iterdir() if path.is_file())


def _hash_of(path: Path) -> str:
    return path.name.split(".", maxsplit=1)[0]


def _is_older(path: Path, oldest: float) -> bool:
    try:
        return path.stat().st_mtime < oldest
    except FileNotFoundError:
        return False


def _removed(path: Path, oldest: float) -> int:
    with placing(alone=True):
        if not _is_older(path, oldest):
            return 0
        path.unlink(missing_ok=True)
        return 1
