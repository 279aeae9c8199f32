"""Targets against what was done: assigned, executed and verified by programme, area and year."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import takewhile
from typing import Any

from sites.access import Scope
from sites.filters import SiteFilter
from sites.kinds import ProgrammeKind, TargetMeasure, Unit
from sites.models import Area, Programme, Target
from sites.quantities_done import (
    TOWNSHIP_DIGITS,
    Done,
    GroupKey,
    done_by_area,
    executed_filter,
)

HUNDRED = Decimal(100)
TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class TargetRow:
    """One target with what was done of it.

    Quantities are in `unit`. Of a rate, `assigned` is in percent, `numerator` and `denominator`
    are people, and `executed` is the rate reached (`None` where nobody took part).
    """

    target: Target
    done: Done

    @property
    def programme(self) -> Programme:
        """The programme."""
        return self.target.programme

    @property
    def area(self) -> Area:
        """The area."""
        return self.target.area

    @property
    def year(self) -> int:
        """The year."""
        return int(self.target.year)

    @property
    def measure(self) -> TargetMeasure:
        """What the target sets."""
        return TargetMeasure(self.target.measure)

    @property
    def unit(self) -> Unit:
        """The programme's unit; a rate is in percent, whatever the unit."""
        return Unit(self.programme.unit)

    @property
    def is_rate(self) -> bool:
        """Whether the target is a share."""
        return self.measure != TargetMeasure.QUANTITY

    @property
    def assigned(self) -> Decimal:
        """The assigned number 下达任务数."""
        return Decimal(self.target.assigned)

    @property
    def numerator(self) -> Decimal:
        """What a share is taken of: people who passed or got a certificate, else the quantity."""
        if self.measure == TargetMeasure.PASS_RATE:
            return Decimal(self.done.passed)
        if self.measure == TargetMeasure.CERTIFICATE_RATE:
            return Decimal(self.done.certified)
        return self.done.executed

    @property
    def denominator(self) -> Decimal:
        """What a share is taken by: people who took part, else the assigned number."""
        if self.measure == TargetMeasure.PASS_RATE:
            return Decimal(self.done.people_tested)
        if self.measure == TargetMeasure.CERTIFICATE_RATE:
            return Decimal(self.done.people_examined)
        return self.assigned

    @property
    def executed(self) -> Decimal | None:
        """The executed number 执行数; of a rate, the percent reached."""
        return self.percent if self.is_rate else self.done.executed

    @property
    def verified(self) -> Decimal | None:
        """The part of the executed number that passed acceptance; of a rate the same."""
        return self.percent if self.is_rate else self.done.verified

    @property
    def percent(self) -> Decimal | None:
        """The rate reached, or the share of the assigned number; not defined over nothing."""
        if not self.denominator:
            return None
        return (self.numerator * HUNDRED / self.denominator).quantize(TENTH)

    @property
    def gap(self) -> Decimal | None:
        """Executed minus assigned: above zero is more than was asked for."""
        return None if self.executed is None else self.executed - self.assigned

    @property
    def missing(self) -> Decimal | None:
        """How much is missing to the assigned number: the gap turned round."""
        return None if self.gap is None else -self.gap

    @property
    def standing(self) -> str:
        """`over`, `met`, `short` or `none` (nothing done yet), for the mark on a page."""
        if self.gap is None or not self.numerator:
            return "none" if self.assigned else "met"
        return "over" if self.gap > 0 else "met" if self.gap == 0 else "short"

    @property
    def has_sites(self) -> bool:
        """Whether sites stand behind the number, or service records."""
        return self.programme.kind == ProgrammeKind.ENGINEERING

    @property
    def site_filter(self) -> SiteFilter | None:
        """The filter that lists exactly the executed sites; None for a service programme."""
        if not self.has_sites:
            return None
        return executed_filter(self.programme, self.target.area_code, self.year)


def target_rows(
    scope: Scope,
    *,
    year: int,
    programmes: Iterable[Programme] | None = None,
    area: Area | None = None,
    as_of: datetime.date,
) -> tuple[TargetRow, ...]:
    """Return the targets of a year that the scope sees, with what was done: three statements."""
    targets = Target.objects.visible_to(scope).filter(year=year)
    if programmes is not None:
        targets = targets.filter(programme__in=list(programmes))
    if area is not None:
        targets = targets.within(area.code)
    return rows_of_targets(scope, with_relations(targets), as_of=as_of)


def with_relations(targets: Any) -> Any:
    """Return targets with programme and area, without the areas' outlines."""
    return targets.select_related("programme", "area").defer("area__boundary", "area__centre")


def rows_of_targets(
    scope: Scope, targets: Iterable[Target], *, as_of: datetime.date
) -> tuple[TargetRow, ...]:
    """Return given targets with what was done of each; two statements over sites and records."""
    found = list(targets)
    programmes = {target.programme_id: target.programme for target in found}
    done: Mapping[GroupKey, Done] = done_by_area(
        scope,
        programmes=programmes.values(),
        years={target.year for target in found},
        as_of=as_of,
        area=_shared_beginning([target.area_code for target in found]),
        villages=any(len(target.area_code) > TOWNSHIP_DIGITS for target in found),
    )
    nothing = Done()
    return tuple(
        TargetRow(target, done.get((target.programme_id, target.year, target.area_code), nothing))
        for target in found
    )


def _shared_beginning(codes: Sequence[str]) -> str:
    """Return what all codes begin with: no site outside it needs to be read."""
    if not codes:
        return ""
    first, last = min(codes), max(codes)
    shared = takewhile(lambda pair: pair[0] == pair[1], zip(first, last, strict=False))
    return "".join(character for character, _other in shared)
