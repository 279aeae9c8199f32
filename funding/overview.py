"""What the overview and the report tell: money by source, programme and township."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from funding.kinds import SourceLevel, Stage
from funding.sums import (
    NOTHING,
    MoneyTable,
    money_by_programme,
    money_by_township,
    money_matrix,
    sources_in_order,
)
from sites.access import Scope
from sites.models import Programme
from sites.townships import township_names


@dataclass(frozen=True, slots=True)
class Line:
    """One row: its label, the query that opens its entries, and yuan at each stage."""

    label: str
    query: str
    amounts: tuple[tuple[Stage, Decimal], ...]
    is_sum: bool = False
    is_part: bool = False

    @property
    def paid_percent(self) -> Decimal | None:
        """Paid in percent of what was allocated."""
        found = dict(self.amounts)
        if not found[Stage.ALLOCATED]:
            return None
        return (found[Stage.PAID] * 100 / found[Stage.ALLOCATED]).quantize(Decimal("0.1"))


def source_lines(tables: Mapping[Stage, MoneyTable]) -> list[Line]:
    """Return the roll-up, each level, below it the sources of other money, and the total."""
    upper = tuple((stage, table.central_and_province) for stage, table in tables.items())
    lines = [Line(str(_("Central and provincial")), "level=central,province", upper, is_sum=True)]
    for level in SourceLevel:
        amounts = tuple((stage, table.levels[level]) for stage, table in tables.items())
        part = level in (SourceLevel.CENTRAL, SourceLevel.PROVINCE)
        lines.append(Line(str(level.label), f"level={level}", amounts, is_part=part))
        if level == SourceLevel.OTHER:
            lines += _other_sources(tables)
    total = tuple((stage, table.total) for stage, table in tables.items())
    return [*lines, Line(str(_("Total")), "", total, is_sum=True)]


def _other_sources(tables: Mapping[Stage, MoneyTable]) -> Iterator[Line]:
    given = {
        stage: {row.source.pk: row.amount for row in table.rows} for stage, table in tables.items()
    }
    for source in sources_in_order():
        amounts = tuple((stage, given[stage].get(source.pk, NOTHING)) for stage in Stage)
        if source.level == SourceLevel.OTHER and any(amount for _stage, amount in amounts):
            yield Line(source.label, f"source={source.code}", amounts, is_part=True)


def programme_lines(scope: Scope, **asked: Any) -> list[Line]:
    """Return one row a programme that has money, the newest first."""
    sums = money_by_programme(scope, **asked)
    programmes = Programme.objects.visible_to(scope).filter(pk__in=sums).order_by("-year", "code")
    return [
        Line(one.label, f"programme={one.code}", tuple(sums[one.pk].items())) for one in programmes
    ]


def township_lines(scope: Scope, **asked: Any) -> list[Line]:
    """Return one row a township, and one for what was booked above townships."""
    sums = money_by_township(scope, **asked)
    names = township_names(sums)
    lines = [
        Line(names.get(code, code), f"area={code}", tuple(sums[code].items()))
        for code in sorted(sums)
        if code
    ]
    if "" in sums:
        lines.append(Line(_("District as a whole"), "", tuple(sums[""].items())))
    return lines


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A programme in a township with its yuan by level."""

    programme: Programme
    township: str
    levels: Mapping[SourceLevel, Decimal]

    @property
    def total(self) -> Decimal:
        """The sum over all levels."""
        return sum(self.levels.values(), NOTHING)

    @property
    def upper(self) -> Decimal:
        """The roll-up of central and provincial money."""
        return self.levels[SourceLevel.CENTRAL] + self.levels[SourceLevel.PROVINCE]


def report_rows(scope: Scope, *, stage: str, **asked: Any) -> list[ReportRow]:
    """Return source level × programme × township at one stage, ordered by programme."""
    level_of = {source.pk: SourceLevel(source.level) for source in sources_in_order()}
    found: dict[tuple[UUID, str], dict[SourceLevel, Decimal]] = {}
    for cell in money_matrix(scope, stage=stage, **asked):
        levels = found.setdefault(
            (cell.programme_id, cell.township), dict.fromkeys(SourceLevel, NOTHING)
        )
        levels[level_of[cell.source_id]] += cell.amount
    programmes = Programme.objects.in_bulk({key for key, _township in found})
    names = township_names(township for _key, township in found)
    rows = [
        ReportRow(programmes[key], names.get(code, code) or _("District as a whole"), levels)
        for (key, code), levels in found.items()
    ]
    return sorted(rows, key=lambda row: (-row.programme.year, row.programme.code, row.township))


def report_sum(rows: Sequence[ReportRow]) -> dict[SourceLevel, Decimal]:
    """Return the sums of the columns."""
    return {level: sum((row.levels[level] for row in rows), NOTHING) for level in SourceLevel}
