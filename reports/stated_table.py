"""What the register says beside what each body states of the same figure, before the meeting."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from reports.figures import answer_of, context_of
from reports.models import FigureDefinition, StatedFigure
from reports.periods import Period
from reports.queries import FigureAnswer
from reports.told import exact_words, round_half_up
from sites.access import Scope
from sites.models import Area, Organisation

MOST_DECIMALS = 6


@dataclass(frozen=True, slots=True)
class StatedCell:
    """What one body states, and by how much it differs from the register."""

    row: StatedFigure | None
    text: str = ""
    difference: str = ""

    @property
    def differs(self) -> bool:
        """Whether it is stated and not what the register says."""
        return bool(self.difference)


@dataclass(frozen=True, slots=True)
class ComparedFigure:
    """One figure of a year: the register's value and what the bodies state, in the same order."""

    definition: FigureDefinition
    answer: FigureAnswer
    register: str
    cells: tuple[StatedCell, ...]

    @property
    def query(self) -> str:
        """The address of the list of the sites that the register counts."""
        return self.answer.link.to_query() if self.answer.link else ""

    @property
    def differs(self) -> bool:
        """Whether anybody states something else than the register."""
        return any(cell.differs for cell in self.cells)


@dataclass(frozen=True, slots=True)
class StatedTable:
    """The figures of a year that anybody states, one column a body."""

    organisations: tuple[Organisation, ...]
    rows: tuple[ComparedFigure, ...]

    @property
    def differing(self) -> int:
        """How many figures differ."""
        return sum(1 for row in self.rows if row.differs)


def stated_table(
    stated: Iterable[StatedFigure], *, area: Area, year: int, today: datetime.date, scope: Scope
) -> StatedTable:
    """Put what bodies state of an area and year beside what the register says today."""
    by_figure: dict[str, dict[object, StatedFigure]] = defaultdict(dict)
    definitions: dict[str, FigureDefinition] = {}
    bodies: dict[object, Organisation] = {}
    for row in stated:
        by_figure[row.figure.key][row.organisation_id] = row
        definitions[row.figure.key] = row.figure
        bodies[row.organisation_id] = row.organisation
    ordered = sorted(bodies.values(), key=lambda body: (body.name, str(body.pk)))
    context = context_of(area=area, period=Period.of_year(year), as_of=today, scope=scope)
    rows = []
    for key in sorted(by_figure):
        definition = definitions[key]
        answer = answer_of(definition, context)
        cells = tuple(
            _cell(by_figure[key].get(body.pk), definition, answer.value) for body in ordered
        )
        register = exact_words(answer.value, definition.unit)
        rows.append(ComparedFigure(definition, answer, register, cells))
    return StatedTable(tuple(ordered), tuple(rows))


def _cell(
    row: StatedFigure | None, definition: FigureDefinition, register: Decimal | None
) -> StatedCell:
    if row is None:
        return StatedCell(None)
    difference = None if register is None else row.value - register
    rounded = round_half_up(difference, MOST_DECIMALS)
    text = exact_words(row.value, definition.unit)
    if rounded is None or not rounded:
        return StatedCell(row, text)
    sign = "+" if rounded > 0 else ""
    return StatedCell(row, text, f"{sign}{exact_words(rounded, definition.unit)}")
