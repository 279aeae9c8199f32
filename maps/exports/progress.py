"""How far an export has come, and whether it is still wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from os import fsync, replace
from pathlib import Path

Progress = Callable[[int], object]
"""Called with the number of rows written so far; it may raise `ExportCancelled`."""


class ExportCancelled(Exception):
    """The export is no longer wanted."""


def silent(_written: int) -> None:
    """Take no notice."""


@contextmanager
def finished_file(path: Path) -> Iterator[Path]:
    """Give a name to write to beside `path`; the file appears under `path` whole or not at all."""
    part = path.with_name(f".{path.name}.part")
    part.unlink(missing_ok=True)
    try:
        yield part
        with part.open("rb") as written:
            fsync(written.fileno())
        replace(part, path)
    finally:
        part.unlink(missing_ok=True)
