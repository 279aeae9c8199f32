"""Marks of payments: state, exact factors, and the months of a period."""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django import template
from django.utils.formats import date_format
from django.utils.translation import get_language

from maintenance.kinds import PaymentState
from maintenance.money import Period
from sites.formatting import NOTHING, day

register = template.Library()

PHASES: Final[dict[str, str]] = {
    PaymentState.DRAFTED: "before",
    PaymentState.VERIFIED: "work",
    PaymentState.CONFIRMED: "work",
    PaymentState.APPROVED: "work",
    PaymentState.PAID: "done",
    PaymentState.CANCELLED: "halted",
}


@register.inclusion_tag("sites/partials/_state_badge.html")
def payment_badge(state: str) -> dict[str, Any]:
    """Show a payment's state: colour, shape and word."""
    return {"state": state, "phase": PHASES[state], "label": PaymentState(state).label}


@register.filter
def exact(number: Decimal | None) -> str:
    """Write a number with all of its places and no empty ones: 0.9, 12.4, 86.

    >>> exact(Decimal("0.9000")), exact(Decimal("12.4000")), exact(Decimal("100.00")), exact(None)
    ('0.9', '12.4', '100', '—')
    """
    if number is None:
        return NOTHING
    text = f"{number:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@register.filter
def period(record: Any) -> str:
    """Write the period of a payment or an assessment: a whole month by its name."""
    return period_words(Period(record.period_start, record.period_end))


def period_words(days: Period) -> str:
    """Return a period in words."""
    if days.months == 1 and days.first.day == 1:
        return date_format(days.first, "M Y" if get_language() == "en" else "Y年n月")
    return f"{day(days.first)} – {day(days.last)}"


@register.filter
def period_of_days(days: Period) -> str:
    """Write a period of days."""
    return period_words(days)
