"""What is paid for upkeep: base × coefficient − deductions, split by source, to the fen.

Pure arithmetic on exact numbers: `Decimal` in, fractions between, one rounding (half up, to the
fen) at the end, `Decimal` out. Nothing here knows the database or the day. Decision 17 says which
of these rules are our own choice.
"""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Self

from maintenance.kinds import PaymentCycle

FEN_PER_YUAN = 100
MONTHS_PER_YEAR = 12
METRES_PER_KM = 1000
WHOLE_PERCENT = 100
MONTHS_OF_CYCLE = {
    PaymentCycle.MONTH: 1,
    PaymentCycle.QUARTER: 3,
    PaymentCycle.HALF_YEAR: 6,
    PaymentCycle.YEAR: 12,
}


class MoneyError(ValueError):
    """Numbers from which nothing can be computed; `code` is stable."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Days from a first to a last one, both included."""

    first: datetime.date
    last: datetime.date

    def __post_init__(self) -> None:
        """Refuse a period that ends before it begins."""
        if self.last < self.first:
            raise MoneyError("days_out_of_order")

    def __contains__(self, day: datetime.date) -> bool:
        return self.first <= day <= self.last

    @property
    def months(self) -> Fraction:
        """Months of the period; of a part of a month its days out of the days of that month."""
        total = Fraction(0)
        for month in _months(self.first, self.last):
            days = calendar.monthrange(month.year, month.month)[1]
            end = month.replace(day=days)
            covered = (min(self.last, end) - max(self.first, month)).days + 1
            total += Fraction(covered, days)
        return total

    def within(self, term: Period) -> Self | None:
        """Return the part of the period that lies in a term, None when there is none."""
        first, last = max(self.first, term.first), min(self.last, term.last)
        return type(self)(first, last) if first <= last else None


def period_of(cycle: str, day: datetime.date, term: Period) -> Period | None:
    """Return the payment period that holds a day: a calendar month, quarter, half year or year.

    Where the agreement begins or ends within it, only its days in the term count; None when the
    day lies outside the term.
    """
    if day not in term:
        return None
    length = MONTHS_OF_CYCLE[PaymentCycle(cycle)]
    first_month = (day.month - 1) // length * length + 1
    last_month = first_month + length - 1
    last_day = calendar.monthrange(day.year, last_month)[1]
    first = datetime.date(day.year, first_month, 1)
    return Period(first, datetime.date(day.year, last_month, last_day)).within(term)


def periods_of(cycle: str, term: Period) -> Iterator[Period]:
    """Yield the payment periods of a term, the first one first."""
    day = term.first
    while period := period_of(cycle, day, term):
        yield period
        if period.last == term.last:
            return
        day = period.last + datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Band:
    """A step of an agreement's table: from this score on, this coefficient."""

    from_score: Decimal
    coefficient: Decimal


def coefficient_for(score: Decimal, bands: Iterable[Band]) -> Decimal:
    """Return the coefficient of the highest band that the score reaches.

    Raises `MoneyError` `no_band` when it reaches none: nobody makes a coefficient up.
    """
    reached = [band for band in bands if band.from_score <= score]
    if not reached:
        raise MoneyError("no_band")
    return max(reached, key=lambda band: band.from_score).coefficient


def kilometres(metres: Iterable[Decimal]) -> Decimal:
    """Return the sum of lengths in kilometres, exact."""
    return sum(metres, Decimal(0)) / METRES_PER_KM


def base_by_time(*, unit_price: Decimal, quantity: Decimal, period: Period) -> Fraction:
    """Return yuan a year and unit × units × the period's months / 12, exact."""
    return _exact(unit_price) * _exact(quantity) * period.months / MONTHS_PER_YEAR


def base_by_orders(prices: Iterable[Decimal]) -> Fraction:
    """Return the sum of the agreed prices of work orders, exact."""
    return sum((_exact(price) for price in prices), Fraction(0))


def payable(*, base: Fraction, coefficient: Decimal, deductions: Iterable[Decimal] = ()) -> Decimal:
    """Return base × coefficient − deductions to the fen, and never less than nothing."""
    taken = sum((_exact(amount) for amount in deductions), Fraction(0))
    return to_fen(max(base * _exact(coefficient) - taken, Fraction(0)))


def to_fen(amount: Fraction) -> Decimal:
    """Round an amount that is not negative to the fen, half a fen up."""
    if amount < 0:
        raise MoneyError("negative_amount")
    return _yuan((2 * amount * FEN_PER_YUAN + 1) // 2)


def split(amount: Decimal, percents: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """Split an amount by percentages so that the parts sum to it, to the fen.

    Each part gets the whole fen of its share; fen that are left go one each to the largest
    remainders, the earlier part first among equals. Raises `MoneyError` `shares_not_whole`
    unless the percentages are positive and sum to 100.
    """
    shares = [_exact(percent) for percent in percents]
    if sum(shares) != WHOLE_PERCENT or any(share <= 0 for share in shares):
        raise MoneyError("shares_not_whole")
    fen = _exact(amount) * FEN_PER_YUAN
    if fen.denominator != 1 or fen < 0:
        raise MoneyError("not_whole_fen")
    exact = [fen * share / WHOLE_PERCENT for share in shares]
    parts = [share.numerator // share.denominator for share in exact]
    remainders = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], place))
    for place in remainders[: fen.numerator - sum(parts)]:
        parts[place] += 1
    return tuple(_yuan(part) for part in parts)


def _months(first: datetime.date, last: datetime.date) -> Iterator[datetime.date]:
    """Yield the first day of each month that the days touch."""
    start, end = (day.year * MONTHS_PER_YEAR + day.month - 1 for day in (first, last))
    for month in range(start, end + 1):
        yield datetime.date(month // MONTHS_PER_YEAR, month % MONTHS_PER_YEAR + 1, 1)


def _yuan(fen: int) -> Decimal:
    return Decimal(fen).scaleb(-2)


def _exact(value: Decimal) -> Fraction:
    """Return a number as a fraction; a float is refused, for it is no amount of money."""
    if not isinstance(value, Decimal | int):
        raise TypeError("money is a decimal")
    return Fraction(value)
