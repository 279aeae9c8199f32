"""Numbers and dates as pages show them: kilometres, percents, money, days in both languages."""

from __future__ import annotations

import datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

Number = float | int | Decimal
NOTHING = "—"
MINUS = "\N{MINUS SIGN}"
TEN_THOUSAND = Decimal(10_000)
HUNDRED_MILLION = Decimal(100_000_000)


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


def quantity(number: Number | None) -> str:
    """Return a quantity with up to three decimals, so that kilometres tell metres.

    >>> quantity(Decimal("680.0000")), quantity(Decimal("8.702"))
    ('680', '8.702')
    """
    if number is None:
        return NOTHING
    text = f"{_rounded(number, 3):,}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def yuan(amount: Number | None) -> str:
    """Return an amount to the fen: `1,234.50 元` or `CN¥1,234.50`; a dash for none.

    >>> yuan(Decimal("1234.5")), yuan(None)
    ('1,234.50 元', '—')
    """
    if amount is None:
        return NOTHING
    return _amount(_rounded(amount, 2), 2, "元", "")


def ten_thousand_yuan(amount: Number | None, decimals: int = 2) -> str:
    """Return an amount in 万元; English counts in thousands, with the same precision.

    >>> ten_thousand_yuan(Decimal("123456"))
    '12.35 万元'
    """
    if amount is None:
        return NOTHING
    rounded = _rounded(Decimal(amount) / TEN_THOUSAND, decimals)
    if _english():
        return _amount(rounded * 10, max(decimals - 1, 0), "", "thousand")
    return _amount(rounded, decimals, "万元", "")


def hundred_million_yuan(amount: Number | None, decimals: int = 2) -> str:
    """Return an amount in 亿元; English counts in millions, with the same precision.

    >>> hundred_million_yuan(Decimal("123456789"))
    '1.23 亿元'
    """
    if amount is None:
        return NOTHING
    rounded = _rounded(Decimal(amount) / HUNDRED_MILLION, decimals)
    if _english():
        return _amount(rounded * 100, max(decimals - 2, 0), "", "million")
    return _amount(rounded, decimals, "亿元", "")


def money(amount: Number | None) -> str:
    """Return an amount in the unit that reads best: 元 below 10,000, then 万元, then 亿元.

    >>> money(Decimal("9999.99")), money(Decimal("680000")), money(Decimal("123456789"))
    ('9,999.99 元', '68.00 万元', '1.23 亿元')
    """
    size = abs(Decimal(amount or 0))
    if size < TEN_THOUSAND:
        return yuan(amount)
    return ten_thousand_yuan(amount) if size < HUNDRED_MILLION else hundred_million_yuan(amount)


def _rounded(number: Number, decimals: int) -> Decimal:
    """Return a number rounded half up (四舍五入), as offices round."""
    return Decimal(number).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def _english() -> bool:
    return (get_language() or "").startswith("en")


def _amount(number: Decimal, decimals: int, unit: str, word: str) -> str:
    """Return a rounded amount with a true minus and the unit of the language in force."""
    sign = MINUS if number < 0 else ""
    text = f"{abs(number):,.{decimals}f}"
    if _english():
        return f"{sign}CN¥{text} {word}".rstrip()
    return f"{sign}{text} {unit}"


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
