"""How a long import tells how far it is, and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Watch(Protocol):
    """Somebody who watches an import: a terminal, a job's row, nobody."""

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Take note of rows done; raises `CancelledError` to stop the import.

        `stage` is `reading`, `checking` or `writing`; `total` is None while it is unknown.
        """


class Unwatched:
    """Nobody watches."""

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Do nothing."""
