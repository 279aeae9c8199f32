"""The targets of one year as a table: programmes down, townships across, the whole at the left."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.http import urlencode

from sites.access import Scope, code_prefix_condition
from sites.kinds import AreaLevel, ProgrammeKind, ProgrammeLevel, ServiceState, TargetMeasure
from sites.models import Area, Programme, Target
from sites.quantities_done import Done, GroupKey, done_by_area, executed_filter
from sites.targets import TargetRow, with_relations
from sites.townships import townships_of

MOST_COLUMNS = 60
"""Above this many townships the table shows one district at a time."""


@dataclass(frozen=True, slots=True)
class Cell:
    """What one programme was assigned and did in one area; `row` is missing without a target."""

    area: Area
    programme: Programme
    measure: TargetMeasure
    year: int
    done: Done
    row: TargetRow | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was assigned and nothing is shown as done; a rate needs a target."""
        shows_done = self.done.rows and self.measure == TargetMeasure.QUANTITY
        return self.row is None and not shows_done

    @property
    def query(self) -> str:
        """The parameters that list exactly the sites or records behind the executed number."""
        if self.programme.kind == ProgrammeKind.ENGINEERING:
            return executed_filter(self.programme, self.area.code, self.year).to_query()
        return urlencode(
            {
                "area": self.area.code,
                "programme": self.programme.code,
                "record_state": ServiceState.VERIFIED.value,
                "year": str(self.year),
            }
        )


@dataclass(frozen=True, slots=True)
class Line:
    """One programme and measure: the whole of the shown areas, and each township.

    `assigned_below` is what the townships were assigned together; it may differ from the target
    of the whole, and the page says so.
    """

    programme: Programme
    measure: TargetMeasure
    cells: tuple[Cell, ...]
    whole: Cell | None
    assigned_below: Decimal
    has_sites: bool

    @property
    def is_rate(self) -> bool:
        """Whether the line is a share."""
        return self.measure != TargetMeasure.QUANTITY

    @property
    def differs(self) -> bool:
        """Whether the whole was assigned something else than its townships together."""
        whole = self.whole.row if self.whole else None
        given = any(cell.row for cell in self.cells)
        return bool(whole and given and not self.is_rate and whole.assigned != self.assigned_below)


@dataclass(frozen=True, slots=True)
class Matrix:
    """The table: townships across, lines by level of government down, and how targets stand."""

    year: int
    whole: Area | None
    townships: tuple[Area, ...]
    levels: tuple[tuple[ProgrammeLevel, tuple[Line, ...]], ...]
    standings: Mapping[str, int]


def target_matrix(
    scope: Scope, *, year: int, as_of: datetime.date, area: str = "", programme: str = ""
) -> Matrix:
    """Return the table of a year, narrowed to an area and its townships: at most six statements.

    A programme stands in it with a target or with something done.
    """
    townships = _townships(scope, area)
    whole = _whole(scope, townships)
    programmes = _programmes(scope, year, programme)
    codes = [place.code for place in townships] + ([whole.code] if whole else [])
    targets = _targets(scope, year, programmes, codes)
    done = done_by_area(
        scope,
        programmes=programmes.values(),
        years=[year],
        as_of=as_of,
        area=whole.code if whole else "",
    )
    lines = [
        line
        for chosen in programmes.values()
        for line in _lines(chosen, year, townships, whole, targets, done)
    ]
    levels = tuple(
        (level, tuple(line for line in lines if line.programme.level == level))
        for level in ProgrammeLevel
    )
    shown = [cell.row for line in lines for cell in line.cells if cell.row]
    standings = dict.fromkeys(("met", "over", "short", "none"), 0)
    for row in shown:
        standings[row.standing] += 1
    return Matrix(year, whole, townships, tuple(pair for pair in levels if pair[1]), standings)


def _townships(scope: Scope, area: str) -> tuple[Area, ...]:
    found = townships_of(scope).filter(code__startswith=area).only("code", "name", "name_en")
    rows = tuple(found[: MOST_COLUMNS + 1])
    if len(rows) > MOST_COLUMNS:
        first = rows[0].code[:6]
        rows = tuple(row for row in rows if row.code.startswith(first))
    return rows


def _whole(scope: Scope, townships: tuple[Area, ...]) -> Area | None:
    """Return the district of the townships where the viewer works in all of it."""
    codes = {place.code[:6] for place in townships}
    if len(codes) != 1 or len(townships) < 2:
        return None
    found = Area.objects.visible_to(scope).filter(
        code=codes.pop(), level=AreaLevel.DISTRICT, valid_to__isnull=True
    )
    district: Area | None = found.only("code", "name", "name_en").first()
    return district if district and _works_in(scope, district.code) else None


def _works_in(scope: Scope, code: str) -> bool:
    return scope.everything or any(code.startswith(own) for own in scope.area_codes())


def _programmes(scope: Scope, year: int, code: str) -> dict[UUID, Programme]:
    """Return the programmes of the year, and those of other years that have a target in it."""
    visible = Programme.objects.visible_to(scope)
    if code:
        visible = visible.filter(code=code)
    planned = Target.objects.visible_to(scope).filter(year=year).values("programme")
    found = visible.filter(year=year) | visible.filter(pk__in=planned)
    return {row.pk: row for row in found.order_by("code").distinct()}


def _targets(
    scope: Scope, year: int, programmes: Mapping[UUID, Programme], codes: Iterable[str]
) -> dict[tuple[Any, str, str], Target]:
    found = with_relations(Target.objects.visible_to(scope)).filter(
        code_prefix_condition("area_code", codes), year=year, programme__in=programmes
    )
    return {(row.programme_id, row.area_code, row.measure): row for row in found}


def _lines(
    programme: Programme,
    year: int,
    townships: tuple[Area, ...],
    whole: Area | None,
    targets: Mapping[tuple[Any, str, str], Target],
    done: Mapping[GroupKey, Done],
) -> list[Line]:
    """Return the lines of a programme: its quantity, and each rate that somebody is to reach."""

    def cell(place: Area, measure: TargetMeasure) -> Cell:
        amount = done.get((programme.pk, year, place.code), Done())
        target = targets.get((programme.pk, place.code, measure.value))
        row = TargetRow(target, amount) if target else None
        return Cell(place, programme, measure, year, amount, row)

    lines = []
    for measure in TargetMeasure:
        cells = tuple(cell(place, measure) for place in townships)
        top = cell(whole, measure) if whole else None
        shown = [*cells, top] if top else cells
        assigned = any(one.row for one in shown if one)
        quantity = measure == TargetMeasure.QUANTITY
        if not assigned and not (quantity and any(one.done.rows for one in shown if one)):
            continue
        below = sum((one.row.assigned for one in cells if one.row), Decimal(0))
        built = programme.kind == ProgrammeKind.ENGINEERING
        lines.append(Line(programme, measure, cells, top, below, built))
    return lines
