"""The targets of one year beside the programmes of the dashboard."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from reports.dashboard.choice import MONEY_PARAMETERS, Choice
from sites.access import Scope, code_prefix_condition
from sites.kinds import TargetMeasure
from sites.models import Target
from sites.targets import TargetRow, rows_of_targets, with_relations

TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class ProgrammeTarget:
    """What a programme was assigned and executed in a year, in its unit."""

    assigned: Decimal
    executed: Decimal
    verified: Decimal

    @property
    def percent(self) -> Decimal | None:
        """Executed out of assigned; None where nothing was assigned."""
        return (self.executed * 100 / self.assigned).quantize(TENTH) if self.assigned else None


def programme_targets(scope: Scope, choice: Choice) -> dict[UUID, ProgrammeTarget]:
    """Return the quantity of each programme's target; none where the filter cannot be compared.

    Of a programme with targets for a district and for its townships, the district's counts: it is
    the sum that the township rows part. Chosen townships take their own rows. A target belongs to
    a programme, a year and an area; under any other filter it says nothing.
    """
    chosen = choice.filter
    if len(chosen.year) != 1 or not all(name in MONEY_PARAMETERS for name, _text in chosen.pairs()):
        return {}
    targets = Target.objects.visible_to(scope).filter(
        year=chosen.year[0], measure=TargetMeasure.QUANTITY
    )
    for codes in (chosen.area, chosen.township):
        if codes:
            targets = targets.filter(code_prefix_condition("area_code", codes))
    rows: dict[UUID, list[TargetRow]] = defaultdict(list)
    for row in rows_of_targets(scope, with_relations(targets), as_of=choice.day):
        rows[row.target.programme_id].append(row)
    return {key: _sum(found) for key, found in rows.items()}


def _sum(rows: list[TargetRow]) -> ProgrammeTarget:
    shortest = min(len(row.target.area_code) for row in rows)
    widest = [row for row in rows if len(row.target.area_code) == shortest]
    return ProgrammeTarget(
        assigned=sum((row.assigned for row in widest), Decimal(0)),
        executed=sum((row.done.executed for row in widest), Decimal(0)),
        verified=sum((row.done.verified for row in widest), Decimal(0)),
    )
