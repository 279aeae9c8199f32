"""What both import commands share: their options, a progress bar, the report on the terminal."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils.translation import gettext as _
from tqdm import tqdm

from sites.imports import report
from sites.imports.outcome import Outcome
from sites.imports.problems import QuestionError
from sites.imports.reader.outcome import Options

SHOWN = 20


class Bar:
    """A progress bar on a terminal; nothing where the output is not one."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._stage = ""

    def __enter__(self) -> Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def step(self, stage: str, done: int, total: int | None) -> None:
        """Move the bar; a new stage starts a new one."""
        if not sys.stderr.isatty():
            return
        if stage != self._stage:
            self.__exit__()
            self._bar = tqdm(total=total, desc=stage, unit="rows")
            self._stage = stage
        self._bar.update(done - self._bar.n)


def add_options(parser: ArgumentParser) -> None:
    """Add the options of every import."""
    parser.add_argument("file", type=Path)
    parser.add_argument("--layer", help="layer, sheet or shapefile of the file")
    parser.add_argument("--srid", type=int, help="EPSG code of the file's coordinates")
    parser.add_argument("--encoding", help="encoding of the file's text")
    parser.add_argument("--axes", choices=["xy", "yx"], help="which of X and Y is the easting")
    parser.add_argument("--dry-run", action="store_true", help="check everything, write nothing")
    parser.add_argument(
        "--accept-good-rows", action="store_true", help="take the good rows, report the others"
    )
    parser.add_argument("--report", type=Path, help="file for the report, .csv or .json")


def read_options(options: dict[str, Any]) -> Options:
    """Return what the command line says about the file."""
    return Options(
        layer=options["layer"],
        srid=options["srid"],
        encoding=options["encoding"],
        axes=options["axes"],
    )


def question(error: QuestionError) -> CommandError:
    """Return the question as an error that names the option which answers it."""
    option = {
        "layer_needed": "--layer",
        "crs_needed": "--srid",
        "encoding_needed": "--encoding",
        "axes_needed": "--axes",
    }.get(error.code, "")
    return CommandError(f"{error} ({option})" if option else str(error))


def tell(stdout: OutputWrapper, outcome: Outcome, options: dict[str, Any]) -> None:
    """Print the outcome and write the report; raises `CommandError` when rows were refused."""
    file = options["file"].name
    for text in report.note_sentences(outcome.notes):
        stdout.write(text)
    if outcome.unused_columns:
        names = ", ".join(outcome.unused_columns)
        stdout.write(_("Columns that feed no field: %(names)s") % {"names": names})
    for change in outcome.changes[:SHOWN]:
        stdout.write(f"  {change.row}: {change.code} {change.name}: {', '.join(change.fields)}")
    stdout.write(report.summary(outcome))
    if options["report"]:
        _write_report(options["report"], file, outcome)
    problems = list(outcome.problems)
    for problem in problems[:SHOWN]:
        place = " ".join(filter(None, [str(problem.row), problem.identifier, problem.field]))
        stdout.write(f"  {file}, {place}: {problem.message} [{problem.code}]")
    if len(problems) > SHOWN:
        stdout.write(_("… and %(count)s more.") % {"count": outcome.problems.count - SHOWN})
    _conclude(stdout, outcome, options)


def _conclude(stdout: OutputWrapper, outcome: Outcome, options: dict[str, Any]) -> None:
    if options["dry_run"]:
        stdout.write(_("This was a dry run: nothing was written."))
    elif not outcome.is_written:
        raise CommandError(
            _("Nothing was imported. Correct the rows above, or use --accept-good-rows.")
        )
    if outcome.problems.count and options["dry_run"]:
        raise CommandError(_("Some rows can't be taken."))


def _write_report(path: Path, file: str, outcome: Outcome) -> None:
    if path.suffix.lower() != ".json":
        report.write_csv(path, file, outcome.problems)
        return
    content = {
        "file": file,
        "counts": outcome.counts,
        "written": outcome.is_written,
        "mapping": outcome.mapping,
        "errors": [problem.as_json(file) for problem in outcome.problems],
    }
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1, default=str), "utf-8")
