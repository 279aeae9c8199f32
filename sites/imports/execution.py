"""What the worker does with a run: check it (a dry run), or write it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from uuid import UUID

import orjson
import pghistory
from django.conf import settings
from django.utils import timezone

from sites.access import Scope, scope_of
from sites.imports import uploads
from sites.imports.area_import import AreaImport, import_areas
from sites.imports.heartbeat import Heartbeat
from sites.imports.outcome import Outcome
from sites.imports.problems import CancelledError, ImportStoppedError, QuestionError
from sites.imports.progress import Watch
from sites.imports.reader.outcome import Options
from sites.imports.runs import AREAS, MOST_ERRORS, json_safe, run_end
from sites.imports.site_import import SiteImport, import_sites
from sites.models import ImportRun
from sites.models.import_run import ImportState


def check_run(run_id: UUID) -> None:
    """Check a run: everything that writing does, rolled back."""
    _execute(run_id, ImportState.VALIDATING, dry_run=True)


def write_run(run_id: UUID) -> None:
    """Write a run; its row says so in the same transaction as its data."""
    _execute(run_id, ImportState.COMMITTING, dry_run=False)


def problems_path(run: ImportRun) -> Path:
    """Return where every problem of a run lies, one JSON object a line."""
    return uploads.folder_of(run.pk) / "problems.jsonl"


def _execute(run_id: UUID, state: ImportState, *, dry_run: bool) -> None:
    run = _take(run_id, state)
    if run is None:
        return
    heart = Heartbeat(run.pk)
    try:
        with pghistory.context(user=run.owner_id, import_run=str(run.pk)), heart:
            outcome = _import(run, heart, dry_run=dry_run)
    except Exception as error:  # whatever happens, the run must say so
        if not _end_early(_fresh(run), error, is_cancelled=heart.is_cancelled):
            raise
        return
    if dry_run or not outcome.is_written:
        run = _fresh(run)
        _keep(run, outcome)
        run.state = ImportState.READY
        run.save()


def _take(run_id: UUID, state: ImportState) -> ImportRun | None:
    """Return the run if it is still to be worked on."""
    run: ImportRun | None = (
        ImportRun.objects.select_related("owner", "programme").filter(pk=run_id).first()
    )
    if run is None or run.state != state:
        return None
    if run.cancel_requested:
        _cancel(run)
        return None
    return run


def _end_early(run: ImportRun, error: Exception, *, is_cancelled: bool) -> bool:
    """Note on the run why it ended; False for a fault of ours, which must also be logged."""
    if is_cancelled or isinstance(error, CancelledError):
        _cancel(run)
    elif isinstance(error, QuestionError):
        _keep_question(run, error)
    elif isinstance(error, ImportStoppedError):
        run_end(run, ImportState.FAILED, problem={"code": error.code, **error.values})
    else:
        run_end(run, ImportState.FAILED, problem={"code": "unexpected"})
        return False
    return True


def _cancel(run: ImportRun) -> None:
    run_end(run, ImportState.CANCELLED)
    uploads.remove(run.pk)


def _fresh(run: ImportRun) -> ImportRun:
    run.refresh_from_db()
    return run


def _import(run: ImportRun, watch: Watch, *, dry_run: bool) -> Outcome:
    """Run the import that the run asks for, within its owner's scope of today."""
    scope = scope_of(run.owner) if run.owner else Scope.internal()
    path = Path(settings.MEDIA_ROOT) / run.stored_path
    chosen = {name: run.options.get(name) for name in ("layer", "srid", "encoding", "axes")}
    accept = bool(run.options.get("accept_good_rows"))

    def commit(outcome: Outcome) -> None:
        """Say in the same transaction that the run is written."""
        current = ImportRun.objects.select_for_update().get(pk=run.pk)
        if current.cancel_requested:
            raise CancelledError
        _keep(current, outcome)
        current.state = ImportState.COMMITTED
        current.save()

    on_written: Callable[[Outcome], None] | None = None if dry_run else commit
    if run.target == AREAS:
        areas = AreaImport(
            path,
            Options(**chosen),
            accept_good_rows=accept,
            dry_run=dry_run,
            file_name=run.file_name,
            on_written=on_written,
        )
        return import_areas(areas, scope=scope, today=timezone.localdate(), watch=watch)
    sites = SiteImport(
        path,
        run.kind or None,
        run.programme,
        Options(**chosen),
        source=run.options.get("source", ""),
        mapping=run.mapping or None,
        accept_good_rows=accept,
        dry_run=dry_run,
        file_name=run.file_name,
        on_written=on_written,
    )
    return import_sites(sites, scope=scope, actor=run.owner, watch=watch)


def _keep_question(run: ImportRun, question: QuestionError) -> None:
    asked = {"code": question.code, **question.values}
    run.seen = {**run.seen, "question": asked}
    run.counts = {}
    run.errors = []
    run.state = ImportState.READY
    run.save()


def _keep(run: ImportRun, outcome: Outcome) -> None:
    """Write what was found into the run's row, and all problems beside the file."""
    facts = asdict(replace(outcome.facts, sandbox={}))
    run.seen = {
        "facts": facts,
        "notes": outcome.notes,
        "unused_columns": outcome.unused_columns,
        "changes": [asdict(change) for change in outcome.changes],
        "bounds": outcome.bounds,
        "sketch": outcome.sketch,
    }
    run.mapping = outcome.mapping
    run.counts = outcome.counts
    run.progress_done = run.progress_total = outcome.read
    problems = json_safe([problem.as_json(run.file_name) for problem in outcome.problems])
    run.errors = problems[:MOST_ERRORS]
    if problems:
        folder = uploads.folder_of(run.pk)
        folder.mkdir(parents=True, exist_ok=True)
        with problems_path(run).open("wb") as stream:
            for problem in problems:
                stream.write(orjson.dumps(problem) + b"\n")
