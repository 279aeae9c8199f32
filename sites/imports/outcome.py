"""What an import did, or would have done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from sites.imports.problems import RowProblem
from sites.imports.sandbox import FileFacts

MOST_KEPT: Final = 50_000
"""Problems held for the report; above that they are counted only."""


@dataclass(slots=True)
class ProblemLog:
    """The problems of one run in the order of the rows, bounded in number."""

    kept: list[RowProblem] = field(default_factory=list)
    count: int = 0
    bad_rows: set[int] = field(default_factory=set)

    def add(self, problems: Iterable[RowProblem]) -> None:
        """Take problems in."""
        for problem in problems:
            self.count += 1
            self.bad_rows.add(problem.row)
            if len(self.kept) < MOST_KEPT:
                self.kept.append(problem)

    def __iter__(self) -> Iterator[RowProblem]:
        return iter(sorted(self.kept, key=lambda problem: problem.row))


@dataclass(slots=True)
class Change:
    """One site that an import changes: its code, its name and the fields that differ."""

    row: int
    code: str
    name: str
    fields: list[str]


@dataclass(slots=True)
class Outcome:
    """Counts, problems and notes of a run; `is_written` tells whether anything was stored."""

    facts: FileFacts
    mapping: dict[str, Any]
    read: int = 0
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    is_written: bool = False
    problems: ProblemLog = field(default_factory=ProblemLog)
    notes: list[dict[str, Any]] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    unused_columns: list[str] = field(default_factory=list)
    bounds: tuple[float, float, float, float] | None = None
    sketch: dict[str, Any] = field(default_factory=dict)

    @property
    def refused(self) -> int:
        """Rows that can't be taken."""
        return len(self.problems.bad_rows)

    @property
    def counts(self) -> dict[str, int]:
        """The counts as the API and the page show them."""
        return {
            "read": self.read,
            "new": self.new,
            "changed": self.changed,
            "unchanged": self.unchanged,
            "refused": self.refused,
            "problems": self.problems.count,
        }
