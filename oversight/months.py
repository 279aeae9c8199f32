"""Months as plans know them: the first day stands for the month."""

from __future__ import annotations

import calendar
import datetime
import re

from django.conf import settings
from django.utils import timezone

MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)


def month_of(day: datetime.date) -> datetime.date:
    """Return the first day of a day's month."""
    return day.replace(day=1)


def months_on(month: datetime.date, number: int) -> datetime.date:
    """Return the month that lies some months after another, or before it."""
    total = month.year * 12 + month.month - 1 + number
    return datetime.date(total // 12, total % 12 + 1, 1)


def last_day(month: datetime.date) -> datetime.date:
    """Return the last day of a month."""
    return month.replace(day=calendar.monthrange(month.year, month.month)[1])


def filing_day(month: datetime.date) -> datetime.date:
    """Return until when a month's plan is to be filed: a day of the month before.

    Which day is our choice (`PLAN_FILING_DAY`); a shorter month ends earlier.
    """
    before = months_on(month, -1)
    return before.replace(day=min(settings.PLAN_FILING_DAY, last_day(before).day))


def parse_month(text: str) -> datetime.date:
    """Return a month written as 2026-09; raises `ValueError`."""
    found = MONTH.fullmatch(text)
    if found is None:
        raise ValueError(text)
    return datetime.date(int(found[1]), int(found[2]), 1)


def days_late(
    due_on: datetime.date, filed_at: datetime.datetime | None, today: datetime.date
) -> int:
    """Return by how many days a plan was filed late, or is late today; 0 in time."""
    day = timezone.localdate(filed_at) if filed_at else today
    return max((day - due_on).days, 0)
