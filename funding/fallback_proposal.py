"""What a district fallback would come to: target, verified quantity, unit cost, other money."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from sites.access import Scope
from sites.kinds import TargetMeasure
from sites.models import Area, Programme
from sites.targets import TargetRow, target_rows

NOTHING: Final = Decimal("0.00")
FEN: Final = Decimal("0.01")
THOUSANDTH: Final = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class Proposal:
    """The numbers of a fallback on a day; quantities in the programme's unit, money in yuan.

    `executed` is what passed acceptance: an unverified quantity costs the district nothing yet.
    """

    assigned: Decimal
    executed: Decimal
    unit_cost: Decimal
    other_sources: Decimal = NOTHING

    @property
    def gap(self) -> Decimal:
        """What was done beyond the assigned number, never below zero."""
        return max(self.executed - self.assigned, Decimal(0))

    @property
    def cost(self) -> Decimal:
        """What the gap costs."""
        return (self.gap * self.unit_cost).quantize(FEN, ROUND_HALF_UP)

    @property
    def amount(self) -> Decimal:
        """What the district pays: the cost less what other sources cover, never below zero."""
        return max(self.cost - self.other_sources, NOTHING)


def target_of(
    programme: Programme, area: Area, *, scope: Scope, as_of: datetime.date
) -> TargetRow | None:
    """Return the quantity target of a programme for exactly this area, None without one."""
    rows = target_rows(scope, year=programme.year, programmes=[programme], area=area, as_of=as_of)
    return next(
        (row for row in rows if row.area == area and row.measure == TargetMeasure.QUANTITY), None
    )


def proposal_of(row: TargetRow, *, unit_cost: Decimal, other_sources: Decimal) -> Proposal:
    """Return the proposal that follows from a target."""
    return Proposal(
        assigned=row.assigned.quantize(THOUSANDTH, ROUND_HALF_UP),
        executed=row.done.verified.quantize(THOUSANDTH, ROUND_HALF_UP),
        unit_cost=unit_cost,
        other_sources=other_sources,
    )


def over_target(scope: Scope, *, year: int, as_of: datetime.date) -> tuple[TargetRow, ...]:
    """Return the targets of a year of which more was verified than assigned."""
    return tuple(
        row
        for row in target_rows(scope, year=year, as_of=as_of)
        if row.measure == TargetMeasure.QUANTITY and row.done.verified > row.assigned
    )
