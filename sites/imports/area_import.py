"""Importing administrative units: outlines from polygons, centres from points."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import connection, transaction
from django.utils import timezone

from sites.access import Scope
from sites.geometry import STORED_SRID
from sites.imports import area_rules
from sites.imports.area_drafting import AreaDraft, AreaDrafter
from sites.imports.outcome import Change, Outcome
from sites.imports.problems import FileProblemError, RowProblem
from sites.imports.progress import Unwatched, Watch
from sites.imports.reader.outcome import Options
from sites.imports.sandbox import FeatureStream
from sites.models import Area

MOST_AREAS: Final = 100_000
_PLAIN: Final = ("name", "name_en", "population", "households", "urban_rural_class")


@dataclass(frozen=True, slots=True)
class AreaImport:
    """What is to be imported: `level` None means that each code tells its level."""

    path: Path
    options: Options = field(default_factory=Options)
    level: str | None = None
    valid_from: datetime.date | None = None
    accept_good_rows: bool = False
    dry_run: bool = False
    file_name: str = ""
    on_written: Callable[[Outcome], None] | None = None
    """Called at the end of the transaction that wrote something."""


def import_areas(
    request: AreaImport,
    *,
    scope: Scope,
    today: datetime.date | None = None,
    watch: Watch | None = None,
) -> Outcome:
    """Import a file of areas in one transaction; with any bad row nothing, unless accepted.

    Raises `FileProblemError`, `QuestionError` or `CancelledError`.
    """
    if not scope.manages_register:
        raise FileProblemError("not_permitted")
    seen_by = watch or Unwatched()
    day = today or timezone.localdate()
    with FeatureStream(request.path, request.options) as stream:
        drafter = AreaDrafter(stream.facts.fields, request.level)
        outcome = Outcome(stream.facts, dict(drafter.mapping))
        drafts = _read(stream, drafter, outcome, seen_by)
        outcome.notes = list(stream.notes)
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('import'), hashtext('areas'))")
        known = _known(day)
        outcome.problems.add(_outside_scope(drafts, scope))
        problems, notes = area_rules.check(drafts, known)
        outcome.problems.add(problems)
        outcome.notes += notes
        good = [draft for draft in drafts if draft.row not in outcome.problems.bad_rows]
        seen_by.step("writing", outcome.read, outcome.read)
        may_write = not outcome.problems.count or request.accept_good_rows or request.dry_run
        _write(good, request, day, outcome, may_write=may_write)
        outcome.is_written = may_write and not request.dry_run
        if request.dry_run:
            transaction.set_rollback(True)
        elif outcome.is_written and request.on_written:
            request.on_written(outcome)
    return outcome


def _read(
    stream: FeatureStream, drafter: AreaDrafter, outcome: Outcome, watch: Watch
) -> list[AreaDraft]:
    drafts: list[AreaDraft] = []
    for feature in stream:
        outcome.read += 1
        draft, problems = drafter.draft(feature)
        outcome.problems.add(problems)
        if draft is not None:
            drafts.append(draft)
        if outcome.read > MOST_AREAS:
            raise FileProblemError("too_many_areas", limit=MOST_AREAS)
        if outcome.read % 1_000 == 0:
            watch.step("reading", outcome.read, stream.facts.count)
    if not outcome.read:
        raise FileProblemError("no_rows")
    return sorted(drafts, key=lambda draft: (len(draft.code), draft.row))


def _known(day: datetime.date) -> dict[str, area_rules.Known]:
    """Return the units in force by code, their outlines as shapely geometries."""
    rows = Area.objects.in_force(day).values_list("code", "level", "name", "boundary")
    return {
        code: area_rules.Known(
            code, level, name, shapely.from_wkb(bytes(outline.wkb)) if outline else None
        )
        for code, level, name, outline in rows
    }


def _outside_scope(drafts: list[AreaDraft], scope: Scope) -> list[RowProblem]:
    return [
        RowProblem(draft.row, "outside_scope", "code", {"value": draft.code}, draft.code)
        for draft in drafts
        if not scope.covers_area(draft.code)
    ]


def _write(
    drafts: list[AreaDraft],
    request: AreaImport,
    day: datetime.date,
    outcome: Outcome,
    *,
    may_write: bool,
) -> None:
    """Create new units and change those that differ; parents come before their children."""
    in_force = {area.code: area for area in Area.objects.in_force(day)}
    source = (request.file_name or request.path.name)[:120]
    for draft in drafts:
        area = in_force.get(draft.code)
        if area is None:
            area = Area(code=draft.code, level=draft.level, source=source)
            area.valid_from = request.valid_from or day.replace(month=1, day=1)
            area.parent = _parent(draft.code, in_force)
            _fill(area, draft)
            outcome.new += 1
            if may_write:
                area.save(force_insert=True)
                in_force[draft.code] = area
            continue
        changed = _fill(area, draft)
        if not changed:
            outcome.unchanged += 1
            continue
        outcome.changed += 1
        outcome.changes.append(Change(draft.row, draft.code, draft.name, changed))
        if may_write:
            area.save(update_fields=changed)


def _parent(code: str, in_force: dict[str, Area]) -> Area | None:
    """Return the unit of the longest shorter code that this one starts with."""
    for length in (12, 9, 6, 4, 2):
        if length < len(code) and code[:length] in in_force:
            return in_force[code[:length]]
    return None


def _fill(area: Area, draft: AreaDraft) -> list[str]:
    """Take the draft's values over; returns the fields that changed. Empty cells keep values."""
    changed: list[str] = []
    for name in _PLAIN:
        value = draft.values.get(name)
        if value not in (None, "") and getattr(area, name) != value:
            setattr(area, name, value)
            changed.append(name)
    if draft.outline is not None and _differs(area.boundary, draft.outline):
        area.boundary = _stored(draft.outline)
        area.centre = _stored(draft.centre)
        changed += ["boundary", "centre"]
    if draft.outline is None and _differs(area.centre, draft.centre):
        area.centre = _stored(draft.centre)
        changed.append("centre")
    return changed


def _differs(now: GEOSGeometry | None, shape: Any) -> bool:
    """Whether a geometry differs from the stored one by more than an export rounds off."""
    if now is None:
        return True
    stored = shapely.from_wkb(bytes(now.wkb))
    return not shapely.equals_exact(
        shapely.normalize(stored), shapely.normalize(shape), tolerance=1.5e-7
    )


def _stored(shape: Any) -> Any:
    return GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=STORED_SRID)
