"""How a report is called: its area, its period and what its template is called.

Titles are stored in both languages, so their words are written here and not in the catalogue.
"""

from __future__ import annotations

import datetime

from reports.models import ReportTemplate
from reports.periods import Period
from sites.models import Area

HALVES = {1: ("上半年", "first half of {year}"), 2: ("下半年", "second half of {year}")}


def titles_of(template: ReportTemplate, area: Area, period: Period) -> tuple[str, str]:
    """Return the Chinese and the English title of a report."""
    chinese = f"{area.name}{chinese_period(period)}{template.name}"
    if not template.name_en:
        return chinese[:200], ""
    place = area.name_en or area.name
    return chinese[:200], f"{template.name_en}, {place}, {english_period(period)}"[:200]


def chinese_period(period: Period) -> str:
    """Return a period in Chinese: 2026年, 2026年上半年, 2026年6月, or both its days."""
    year = period.first.year
    if period.year:
        return f"{year}年"
    if period.half:
        return f"{year}年{HALVES[period.half][0]}"
    if period.month:
        return f"{year}年{period.month}月"
    return f"{_chinese_day(period.first)}至{_chinese_day(period.last)}"


def english_period(period: Period) -> str:
    """Return a period in English: 2026, first half of 2026, June 2026, or both its days."""
    year = period.first.year
    if period.year:
        return str(year)
    if period.half:
        return HALVES[period.half][1].format(year=year)
    if period.month:
        return f"{MONTHS[period.month - 1]} {year}"
    return f"{_english_day(period.first)} to {_english_day(period.last)}"


MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


def _chinese_day(day: datetime.date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _english_day(day: datetime.date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"
