"""Periods of reports: a year, a half-year, a month, or any days; both ends are included."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sites.filter_values import ParameterError
from sites.formatting import day

YEAR = re.compile(r"^(\d{4})$", re.ASCII)
HALF = re.compile(r"^(\d{4})-H([12])$", re.ASCII)
MONTH = re.compile(r"^(\d{4})-(\d{2})$", re.ASCII)
FIRST_YEAR = 1949
LAST_YEAR = 2100
DECEMBER = 12
MONTHS_OF_A_HALF = 6


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """Some days, both ends included."""

    first: datetime.date
    last: datetime.date

    @classmethod
    def of_year(cls, year: int) -> Period:
        """A calendar year."""
        return cls(datetime.date(year, 1, 1), datetime.date(year, DECEMBER, 31))

    @classmethod
    def of_half(cls, year: int, half: int) -> Period:
        """The first or the second half of a year."""
        start = 1 + MONTHS_OF_A_HALF * (half - 1)
        return cls._months(year, start, start + MONTHS_OF_A_HALF - 1)

    @classmethod
    def of_month(cls, year: int, month: int) -> Period:
        """One month."""
        return cls._months(year, month, month)

    @classmethod
    def parse(cls, text: str, name: str = "period") -> Period:
        """Read `2023`, `2023-H1` or `2023-06`; raises `ParameterError` naming the parameter."""
        numbers = [
            [int(part) for part in found.groups()] if (found := form.match(text)) else None
            for form in (YEAR, HALF, MONTH)
        ]
        year, half, month = numbers
        given = year or half or month
        if given and FIRST_YEAR <= given[0] <= LAST_YEAR:
            if year:
                return cls.of_year(year[0])
            if half:
                return cls.of_half(*half)
            if month and 1 <= month[1] <= DECEMBER:
                return cls.of_month(*month)
        raise ParameterError(
            name, "bad_period", _("Give a year, a half-year or a month: 2026, 2026-H1 or 2026-06.")
        )

    @classmethod
    def _months(cls, year: int, start: int, end: int) -> Period:
        last = calendar.monthrange(year, end)[1]
        return cls(datetime.date(year, start, 1), datetime.date(year, end, last))

    @property
    def year(self) -> int | None:
        """The calendar year that this period is, None when it is another stretch of days."""
        year = self.first.year
        return year if self == Period.of_year(year) else None

    @property
    def half(self) -> int | None:
        """1 or 2 when this period is a half-year."""
        year = self.first.year
        return next((half for half in (1, 2) if self == Period.of_half(year, half)), None)

    @property
    def month(self) -> int | None:
        """The month that this period is."""
        whole = Period.of_month(self.first.year, self.first.month)
        return self.first.month if self == whole else None

    def as_text(self) -> str:
        """Return the period as an address writes it; days as `2026-01-01..2026-02-10`."""
        if self.year:
            return str(self.year)
        if self.half:
            return f"{self.first.year}-H{self.half}"
        if self.month:
            return f"{self.first:%Y-%m}"
        return f"{self.first}..{self.last}"

    def __str__(self) -> str:
        if self.year:
            return _("%(year)s") % {"year": self.year}
        if self.half:
            words = (_("first half of %(year)s"), _("second half of %(year)s"))
            return words[self.half - 1] % {"year": self.first.year}
        if self.month:
            return _("%(year)s-%(month)s") % {
                "year": self.first.year,
                "month": f"{self.first.month:02d}",
            }
        return f"{day(self.first)} – {day(self.last)}"
