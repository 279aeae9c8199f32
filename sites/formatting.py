"""Numbers and dates as pages show them: kilometres, percents, days in both languages."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Number = float | int | Decimal
NOTHING = "—"
MINUS = "\N{MINUS SIGN}"


def kilometres(metres: Number | None, decimals: int = 3) -> str:
    """Return metres as kilometres without a unit: `12.345`; a dash for nothing.

    >>> kilometres(12345.6), kilometres(None)
    ('12.346', '—')
    """
    return NOTHING if metres is None else f"{float(metres) / 1000:,.{decimals}f}"


def signed_kilometres(metres: Number | None, decimals: int = 3) -> str:
    """Return a difference in kilometres with its sign; no sign where it rounds to nothing.

    >>> signed_kilometres(-120), signed_kilometres(0.1)
    ('−0.120', '0.000')
    """
    if metres is None:
        return NOTHING
    text = kilometres(abs(float(metres)), decimals)
    if not text.strip("0.,"):
        return text
    return f"{MINUS if metres < 0 else '+'}{text}"


def signed_percent(percent: Number | None, decimals: int = 1) -> str:
    """Return a difference in percent with its sign.

    >>> signed_percent(1.26), signed_percent(None)
    ('+1.3 %', '—')
    """
    if percent is None:
        return NOTHING
    text = f"{abs(percent):.{decimals}f}"
    sign = "" if not text.strip("0.") else MINUS if percent < 0 else "+"
    return f"{sign}{text} %"


def plain(number: Number | None) -> str:
    """Return a number with thousands separators and no empty decimals.

    >>> plain(Decimal("1234.50")), plain(7)
    ('1,234.5', '7')
    """
    if number is None:
        return NOTHING
    text = f"{number:,.2f}" if isinstance(number, float | Decimal) else f"{number:,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def distance(metres: Number) -> str:
    """Return a short distance in metres, a long one in kilometres, with the unit."""
    if metres < 1000:
        return _("%(number)s m") % {"number": f"{metres:.0f}"}
    return _("%(number)s km") % {"number": f"{float(metres) / 1000:.2f}"}


def day(date: datetime.date | None) -> str:
    """Return a date as 2026年11月23日 or 23 Nov 2026; a dash for none."""
    if date is None:
        return NOTHING
    return date_format(date, "j M Y" if get_language() == "en" else "Y年n月j日")


def moment(time: datetime.datetime | None) -> str:
    """Return a time of the office's clock, to the minute."""
    if time is None:
        return NOTHING
    local = timezone.localtime(time)
    return f"{day(local.date())} {local:%H:%M}"
