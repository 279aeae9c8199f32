"""A run on its way: asked for, uploaded, checked, answered, committed or cancelled.

`uploading → validating → ready → committing → committed`; `failed` and `cancelled` are ends.
Views and the API call these; the worker does the checking and writing (`execution.py`).
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from sites.access import Scope
from sites.imports import uploads
from sites.imports.outcome import Outcome
from sites.imports.problems import FileProblemError
from sites.imports.sentences import sentence
from sites.kinds import Kind
from sites.models import ImportMapping, ImportRun, Programme
from sites.models.import_run import ImportState
from sites.services.errors import NotPermitted

if TYPE_CHECKING:
    from django.contrib.auth.models import User

AREAS: Final = "areas"
SITES: Final = "sites"
MIXED: Final = "mixed"
IN_PROGRESS: Final = (ImportState.VALIDATING, ImportState.COMMITTING)
OVER: Final = (ImportState.COMMITTED, ImportState.FAILED, ImportState.CANCELLED)
MOST_ERRORS: Final = 500
"""Problems kept in the run's row; a file beside the upload holds all of them."""
SILENCE: Final = datetime.timedelta(seconds=60)
KEPT: Final = datetime.timedelta(days=30)
UNFINISHED: Final = datetime.timedelta(days=1)
"""How long an upload may lie unfinished."""
OPTIONS: Final = ("layer", "srid", "encoding", "axes", "source")


class WrongStateError(Exception):
    """The run is not in a state that allows this."""


def run_create(
    *,
    owner: User | None,
    scope: Scope,
    file_name: str,
    kind: str,
    programme: Programme | None,
    run_id: UUID | None = None,
) -> ImportRun:
    """Start a run; `kind` is a kind of site, `mixed`, or `areas`. Raises `NotPermitted`."""
    target = AREAS if kind == AREAS else SITES
    if not (scope.manages_register if target == AREAS else scope.edits_sites):
        raise NotPermitted
    values: dict[str, Any] = {"id": run_id} if run_id else {}
    run: ImportRun = ImportRun.objects.create(
        owner=owner,
        target=target,
        kind=kind if kind in Kind.values else "",
        programme=programme if target == SITES else None,
        file_name=uploads.safe_name(file_name),
        **values,
    )
    return run


def run_receive(*, run: ImportRun, pieces: Iterable[bytes]) -> None:
    """Store the file of a run and make it ready to be checked: file first, row last.

    Raises `FileProblemError`, `uploads.TooLargeError` or `uploads.DiskFullError`.
    """
    stored = uploads.store(run.pk, run.file_name, pieces)
    run.stored_path, run.sha256, run.size_bytes = stored.path, stored.sha256, stored.size
    run.state = ImportState.VALIDATING
    run.heartbeat_at = timezone.now()
    run.save()


def run_join(*, run: ImportRun, parts: int | None) -> None:
    """Put the parts of a run's file together.

    Raises `FileProblemError` for a missing part and what `run_receive` raises.
    """
    run_receive(run=run, pieces=uploads.joined_parts(run.pk, parts))
    run_id = run.pk
    transaction.on_commit(lambda: uploads.forget_parts(run_id))


@transaction.atomic
def run_start(
    *, run: ImportRun, choices: Mapping[str, Any], dry_run: bool, just_joined: bool
) -> None:
    """Have a file that is there checked, and written unless `dry_run`, in one go.

    Bad rows keep everything out and leave the run `ready`. Raises `WrongStateError` where the
    run is not in the state in which the caller saw it, or is being worked on.
    """
    current = _locked(run, ImportState.READY, *([ImportState.VALIDATING] if just_joined else []))
    given = {name: value for name, value in choices.items() if name in OPTIONS}
    accept = bool(choices.get("accept_good_rows"))
    current.options = {**current.options, **given, "accept_good_rows": accept}
    if choices.get("mapping"):
        current.mapping = dict(choices["mapping"])
    _go_on(current, ImportState.VALIDATING if dry_run else ImportState.COMMITTING)


@transaction.atomic
def run_answer(
    *, run: ImportRun, options: Mapping[str, Any], mapping: Mapping[str, Any] | None
) -> None:
    """Take the user's choices over and have the file checked again.

    Raises `WrongStateError` or `FileProblemError` for a choice that can't be.
    """
    current = _locked(run, ImportState.READY, ImportState.FAILED)
    current.options = {
        name: value
        for name, value in options.items()
        if name in OPTIONS and value not in (None, "")
    }
    srid = current.options.get("srid")
    if srid is not None:
        if not str(srid).isdigit() or not 1_000 < int(srid) < 1_000_000:
            raise FileProblemError("crs_unknown", crs=str(srid)[:20])
        current.options["srid"] = int(srid)
    if mapping is not None:
        current.mapping = dict(mapping)
    _go_on(current, ImportState.VALIDATING)


@transaction.atomic
def run_commit(*, run: ImportRun, accept_good_rows: bool) -> None:
    """Have a checked run written. Raises `WrongStateError` while questions or bad rows stand."""
    current = _locked(run, ImportState.READY)
    if current.seen.get("question") or (current.counts.get("problems") and not accept_good_rows):
        raise WrongStateError
    current.options = {**current.options, "accept_good_rows": accept_good_rows}
    _go_on(current, ImportState.COMMITTING)


@transaction.atomic
def run_cancel(*, run: ImportRun) -> None:
    """Cancel a run: at once when it waits, soon when it is being worked on."""
    current = _locked(run, *(state for state in ImportState if state not in OVER))
    current.cancel_requested = True
    if current.state not in IN_PROGRESS:
        current.state = ImportState.CANCELLED
        transaction.on_commit(lambda: uploads.remove(current.pk))
    current.save()


def run_record(
    *, kind: str, programme: Programme | None, file_name: str, size: int, outcome: Outcome
) -> ImportRun:
    """Leave the record of an import that the operator made on the server, beside its data."""
    problems = [problem.as_json(file_name) for problem in list(outcome.problems)[:MOST_ERRORS]]
    run: ImportRun = ImportRun.objects.create(
        state=ImportState.COMMITTED,
        target=AREAS if kind == AREAS else SITES,
        kind=kind if kind in Kind.values else "",
        programme=programme,
        file_name=file_name[:255],
        size_bytes=size,
        mapping=outcome.mapping,
        counts=outcome.counts,
        errors=json_safe(problems),
        progress_done=outcome.read,
        progress_total=outcome.read,
    )
    return run


def json_safe(problems: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return problems whose values are plain JSON."""
    for problem in problems:
        problem["values"] = {
            key: value if isinstance(value, int | float | str | list) else str(value)
            for key, value in problem["values"].items()
        }
    return problems


def run_end(
    run: ImportRun,
    state: ImportState,
    *,
    message: str = "",
    problem: Mapping[str, Any] | None = None,
) -> None:
    """End a run with a message or a problem that is told in each reader's language."""
    run.state = state
    run.message = message
    if problem is not None:
        run.seen = {**run.seen, "problem": dict(problem)}
    run.save()


def fail_silent_runs(now: datetime.datetime) -> int:
    """Fail the runs whose worker has said nothing for a minute; nothing of theirs was written."""
    silent = ImportRun.objects.filter(state__in=IN_PROGRESS, heartbeat_at__lt=now - SILENCE)
    count = 0
    for run in silent:
        run_end(run, ImportState.FAILED, problem={"code": "worker_lost"})
        count += 1
    return count


def tidy(now: datetime.datetime) -> None:
    """Fail silent runs, give unfinished uploads up, remove the files of runs long over."""
    fail_silent_runs(now)
    for run in ImportRun.objects.filter(
        state=ImportState.UPLOADING, created_at__lt=now - UNFINISHED
    ):
        run_end(run, ImportState.CANCELLED)
        uploads.remove(run.pk)
    for run in ImportRun.objects.filter(created_at__lt=now - KEPT).exclude(stored_path=""):
        uploads.remove(run.pk)
        ImportRun.objects.filter(pk=run.pk).update(stored_path="")


def mapping_save(*, owner: User, name: str, kind: str, mapping: Mapping[str, Any]) -> ImportMapping:
    """Save a field mapping under a name; the same name again replaces it."""
    saved: ImportMapping
    saved, _ = ImportMapping.objects.update_or_create(
        owner=owner, kind=kind, name=name[:120], defaults={"fields": dict(mapping)}
    )
    return saved


def explain(content: Mapping[str, Any]) -> str:
    """Return the sentence of a stored problem or question in the reader's language."""
    return sentence(str(content.get("code", "")), content)


def _locked(run: ImportRun, *states: ImportState) -> ImportRun:
    current: ImportRun = ImportRun.objects.select_for_update().get(pk=run.pk)
    if current.state not in states:
        raise WrongStateError
    return current


def _go_on(run: ImportRun, state: ImportState) -> None:
    run.state = state
    run.progress_done = run.progress_total = 0
    run.heartbeat_at = timezone.now()
    run.seen = {key: value for key, value in run.seen.items() if key != "problem"}
    run.save()
