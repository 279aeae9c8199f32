"""Importing sites: read all, check all, then write once, or nothing."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from django.db import IntegrityError, connection, transaction
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from sites.access import Scope
from sites.fields import FIELDS
from sites.imports import register, staging
from sites.imports.drafting import FINGERPRINT, Drafter, SiteDraft
from sites.imports.mapping import FieldMapping
from sites.imports.outcome import Change, Outcome
from sites.imports.problems import FileProblemError, RowProblem
from sites.imports.progress import Unwatched, Watch
from sites.imports.reader.outcome import Options
from sites.imports.sandbox import FeatureStream, FileFacts
from sites.imports.sketch import sketch
from sites.models import Programme, ProjectSite
from sites.services.errors import RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ROWS_A_STEP: Final = 1_000
MOST_CHANGES_SHOWN: Final = 200


@dataclass(frozen=True, slots=True)
class SiteImport:
    """What is to be imported and how.

    `kind` None means that each row says its kind, as our own exports do. `source` "" means the
    file's own `source` column, else the layer's name. `mapping` None means matching by name.
    """

    path: Path
    kind: str | None
    programme: Programme | None
    options: Options = field(default_factory=Options)
    source: str = ""
    mapping: Mapping[str, Any] | None = None
    accept_good_rows: bool = False
    dry_run: bool = False
    file_name: str = ""
    on_written: Callable[[Outcome], None] | None = None
    """Called at the end of the transaction that wrote something."""


def import_sites(
    request: SiteImport,
    *,
    scope: Scope,
    actor: User | None,
    today: datetime.date | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Import a file of sites in one transaction.

    With any bad row nothing is written, unless `accept_good_rows`. A dry run does everything and
    rolls back. Raises `FileProblemError`, `QuestionError` or `CancelledError`; then too nothing
    was written.
    """
    if not scope.edits_sites:
        raise FileProblemError("not_permitted")
    seen_by = watch or Unwatched()
    day = today or timezone.localdate()
    try:
        return _attempt(request, scope, actor, day, seen_by, ())
    except _MoreColumnsError as more:
        return _attempt(request, scope, actor, day, seen_by, more.columns)


class _MoreColumnsError(Exception):
    """Columns that feed fields came to light late in the file: it must be read again."""

    def __init__(self, columns: tuple[str, ...]) -> None:
        super().__init__()
        self.columns = columns


def _attempt(
    request: SiteImport,
    scope: Scope,
    actor: User | None,
    today: datetime.date,
    seen_by: Watch,
    more_columns: tuple[str, ...],
) -> Outcome:
    """Import in one transaction; `more_columns` are known from a first reading."""
    with transaction.atomic(), FeatureStream(request.path, request.options) as stream:
        with connection.cursor() as cursor:
            staging.prepare_session(cursor)
            columns = (*stream.facts.fields, *more_columns)
            mapping = _mapping(request, stream.facts, columns)
            source = request.source or stream.facts.layer[:120]
            _lock(cursor, source)
            drafter = Drafter(mapping=mapping, kind=request.kind, source=source, columns=columns)
            outcome = Outcome(stream.facts, mapping.as_json())
            staging.create_tables(cursor, drafter.fields, request.kind)
            staging.copy_drafts(_drafts(stream, drafter, outcome, seen_by), drafter.fields)
            _look_for_more(request, stream.facts, drafter, mapping)
            _note(outcome, stream, columns, mapping)
            run = register.Run(
                drafter.fields,
                request.kind,
                request.programme.pk if request.programme else None,
                scope,
                actor.pk if actor else None,
                today,
                f"{stream.facts.format} {request.file_name or request.path.name}"[:200],
            )
            outcome.notes += drafter.left_empty()
            _settle(cursor, run, outcome, seen_by, request)
        if request.dry_run:
            transaction.set_rollback(True)
            outcome.is_written = False
        elif outcome.is_written and request.on_written:
            request.on_written(outcome)
    return outcome


def _mapping(request: SiteImport, facts: FileFacts, columns: Sequence[str]) -> FieldMapping:
    if request.mapping is None:
        mapping = FieldMapping.matched(columns, request.kind, facts.samples)
    else:
        known = None if facts.format == "GeoJSON" else columns
        mapping = FieldMapping.from_json(request.mapping, known, request.kind)
    if request.source:
        own = {name: s for name, s in mapping.sources.items() if name != "source"}
        mapping = FieldMapping(own)
    if request.programme is None and "programme" not in mapping.sources:
        raise FileProblemError("programme_needed")
    return mapping


def _lock(cursor: CursorWrapper, source: str) -> None:
    """Let one import of a source run at a time; the second is told so at once."""
    cursor.execute("SELECT pg_try_advisory_xact_lock(hashtext('import'), hashtext(%s))", [source])
    if not cursor.fetchone()[0]:
        raise FileProblemError("import_in_progress", source=source)


def _drafts(
    stream: FeatureStream, drafter: Drafter, outcome: Outcome, watch: Watch
) -> Iterator[SiteDraft]:
    """Yield the good rows; the problems of the others go to the outcome."""
    for feature in stream:
        outcome.read += 1
        draft, problems = drafter.draft(feature)
        if draft is not None:
            yield draft
        else:
            outcome.problems.add(problems)
        if outcome.read % ROWS_A_STEP == 0:
            watch.step("reading", outcome.read, stream.facts.count)


def _look_for_more(
    request: SiteImport, facts: FileFacts, drafter: Drafter, mapping: FieldMapping
) -> None:
    """Check the mapping against all columns that the rows turned out to have.

    GeoJSON has no heading: a property may first occur in the last feature.
    """
    late = tuple(sorted(drafter.late_columns))
    if request.mapping is not None:
        for source in mapping.sources.values():
            if source.column not in facts.fields and source.column not in late:
                raise FileProblemError("mapping_column_missing", column=source.column[:60])
    elif late:
        columns = (*facts.fields, *late)
        more = FieldMapping.matched(columns, request.kind, facts.samples)
        if set(more.sources) - set(mapping.sources) - {"source"}:
            raise _MoreColumnsError(late)


def _note(
    outcome: Outcome, stream: FeatureStream, columns: Sequence[str], mapping: FieldMapping
) -> None:
    ours = {*stream.facts.place_fields, *(e.name for e in FIELDS if not e.writable), "fid", "id"}
    outcome.unused_columns = mapping.unused(c for c in columns if c not in ours)
    outcome.notes += stream.notes
    if not outcome.read:
        raise FileProblemError("no_rows")


def _settle(
    cursor: CursorWrapper, run: register.Run, outcome: Outcome, watch: Watch, request: SiteImport
) -> None:
    """Compare, plan and write; leave everything as it was when a bad row forbids it."""
    watch.step("checking", outcome.read, outcome.read)
    register.compare(cursor, run)
    watch.step("checking", outcome.read, outcome.read)
    register.plan(cursor, run)
    outcome.problems.add(_register_problems(cursor))
    _count(cursor, outcome)
    watch.step("writing", outcome.read, outcome.read)
    if outcome.problems.count and not request.accept_good_rows and not request.dry_run:
        return
    try:
        register.write(cursor, run)
    except IntegrityError as error:
        refusal = RefusedByRegister.from_integrity(error, ProjectSite)
        raise FileProblemError("register_refused", reason=str(refusal)) from error
    watch.step("writing", outcome.read, outcome.read)
    outcome.is_written = True


def _register_problems(cursor: CursorWrapper) -> Iterator[RowProblem]:
    cursor.execute(
        "SELECT problem.row_number, problem.code, problem.field, problem.details::text,"
        " draft.source_id FROM import_problem problem"
        " JOIN import_draft draft USING (row_number) ORDER BY row_number, problem.code"
    )
    while rows := cursor.fetchmany(1_000):
        for row, code, name, details, identifier in rows:
            shown = "" if identifier.startswith(FINGERPRINT) else identifier[:60]
            yield RowProblem(row, code, name, json.loads(details), shown)


def _count(cursor: CursorWrapper, outcome: Outcome) -> None:
    cursor.execute(
        "SELECT count(*) FILTER (WHERE is_new),"
        " count(*) FILTER (WHERE NOT is_new AND cardinality(changed) > 0),"
        " count(*) FILTER (WHERE NOT is_new AND cardinality(changed) = 0),"
        " count(*) FILTER (WHERE by_code), count(*) FILTER (WHERE is_suffixed) FROM import_plan"
    )
    outcome.new, outcome.changed, outcome.unchanged, by_code, suffixed = cursor.fetchone()
    if by_code:
        outcome.notes.append({"code": "matched_by_code", "count": by_code})
    if suffixed:
        outcome.notes.append({"code": "codes_suffixed", "count": suffixed})
    cursor.execute(
        "SELECT plan.row_number, site.code, site.name, plan.changed FROM import_plan plan"
        " JOIN sites_projectsite site ON site.id = plan.site_id"
        " WHERE NOT plan.is_new AND cardinality(plan.changed) > 0"
        " ORDER BY plan.row_number LIMIT %s",
        [MOST_CHANGES_SHOWN],
    )
    outcome.changes = [Change(*row) for row in cursor.fetchall()]
    cursor.execute(
        "SELECT ST_XMin(b), ST_YMin(b), ST_XMax(b), ST_YMax(b)"
        " FROM (SELECT ST_Extent(shape) AS b FROM import_draft) extent"
    )
    bounds = cursor.fetchone()
    outcome.bounds = bounds if bounds and bounds[0] is not None else None
    outcome.sketch = sketch(cursor, outcome.bounds)
