"""The curve of the months: what was planned, what was finished, what was allocated and paid."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from funding.kinds import Stage
from reports.dashboard import reads
from reports.dashboard.choice import Choice, last_day
from reports.dashboard.reads import ZERO, MonthGroup
from sites.access import Scope

MOST_MONTHS: Final = 120
"""Only the latest are shown; their sums hold what came before."""


@dataclass(frozen=True, slots=True)
class MonthRow:
    """The sums up to the end of a month: sites, kilometres of roads, yuan.

    `is_future` months show the plan alone; `added` is what was finished in the month itself.
    """

    end: datetime.date
    planned: int
    finished: int
    added: int
    planned_km: Decimal
    finished_km: Decimal
    allocated: Decimal
    paid: Decimal
    is_future: bool


def month_rows(scope: Scope, choice: Choice) -> tuple[MonthRow, ...]:
    """Return the months from the first that holds anything to the last: three statements."""
    planned = reads.planned_months(scope, choice)
    finished = reads.finished_months(scope, choice)
    money = reads.money_months(scope, choice)
    plan, done = _by_month(planned), _by_month(finished)
    allocated = _amounts(money, Stage.ALLOCATED)
    paid = _amounts(money, Stage.PAID)
    is_open = sum(group.sites for group in planned) > sum(group.sites for group in finished)
    until = choice.today if is_open else datetime.date.min
    months = _span([*plan, *done, *allocated, *paid], until)
    rows, sums = [], _Sums()
    for month in months:
        sums.add(month, plan, done, allocated, paid)
        rows.append(sums.row(month, done, choice))
    return tuple(rows[-MOST_MONTHS:])


class _Sums:
    """Running sums from month to month."""

    def __init__(self) -> None:
        self.planned = self.finished = 0
        self.planned_km = self.finished_km = self.allocated = self.paid = ZERO

    def add(
        self,
        month: datetime.date,
        plan: dict[datetime.date, MonthGroup],
        done: dict[datetime.date, MonthGroup],
        allocated: dict[datetime.date, Decimal],
        paid: dict[datetime.date, Decimal],
    ) -> None:
        """Add one month."""
        nothing = MonthGroup(month)
        planned, finished = plan.get(month, nothing), done.get(month, nothing)
        self.planned += planned.sites
        self.finished += finished.sites
        self.planned_km += planned.km
        self.finished_km += finished.km
        self.allocated += allocated.get(month, ZERO)
        self.paid += paid.get(month, ZERO)

    def row(
        self, month: datetime.date, done: dict[datetime.date, MonthGroup], choice: Choice
    ) -> MonthRow:
        """Return the sums as they are now."""
        return MonthRow(
            end=last_day(month.year, month.month),
            planned=self.planned,
            finished=self.finished,
            added=done.get(month, MonthGroup(month)).sites,
            planned_km=self.planned_km,
            finished_km=self.finished_km,
            allocated=self.allocated,
            paid=self.paid,
            is_future=month > choice.day,
        )


def _by_month(groups: Iterable[MonthGroup]) -> dict[datetime.date, MonthGroup]:
    return {group.month: group for group in groups}


def _amounts(groups: Iterable[MonthGroup], stage: Stage) -> dict[datetime.date, Decimal]:
    return {group.month: group.amount for group in groups if group.stage == stage}


def _span(months: list[datetime.date], until: datetime.date) -> list[datetime.date]:
    """Return every month from the first to the last, at least to the month of a day."""
    if not months:
        return []
    month, end = min(months), max([*months, until.replace(day=1)])
    found = []
    while month <= end:
        found.append(month)
        month = (month + datetime.timedelta(days=32)).replace(day=1)
    return found
