"""The report of an import: every problem with file, row, field and reason, as CSV or as text."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from django.utils.translation import gettext as _

from sites.imports.outcome import Outcome
from sites.imports.problems import RowProblem
from sites.imports.sentences import sentence

_FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r")


def headings() -> list[str]:
    """Return the report's heading."""
    return [_("File"), _("Row"), _("Identifier"), _("Field"), _("Code"), _("Reason")]


def stored_line(problem: Mapping[str, Any]) -> list[str]:
    """Return the line of a problem as `RowProblem.as_json` stored it, said anew."""
    values = {"field": problem["field"], **problem["values"]}
    cells = [problem["file"], problem["feature"], problem["identifier"], problem["field"]]
    cells += [problem["code"], sentence(str(problem["code"]), values)]
    return [harmless(str(cell)) for cell in cells]


def rows(file: str, problems: Iterable[RowProblem]) -> Iterator[list[str]]:
    """Yield the heading and one line for each problem."""
    yield headings()
    for problem in problems:
        line = [file, str(problem.row), problem.identifier, problem.field, problem.code]
        yield [harmless(cell) for cell in (*line, problem.message)]


def harmless(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA_STARTS) else cell


def write_csv(path: Path, file: str, problems: Iterable[RowProblem]) -> None:
    """Write the report as CSV in UTF-8 with the mark that Excel needs."""
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream).writerows(rows(file, problems))


def summary(outcome: Outcome) -> str:
    """Return one sentence with the counts."""
    return _(
        "%(read)s rows read: %(new)s new, %(changed)s changed, %(unchanged)s unchanged,"
        " %(refused)s refused."
    ) % {**outcome.counts}


def note_sentences(notes: Iterable[dict[str, Any]]) -> list[str]:
    """Return the notes of a run as sentences."""
    return [sentence(str(note["code"]), note) for note in notes]
