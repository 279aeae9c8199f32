"""Quantities and days as the pages of acceptance and handover write them."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django import template
from django.utils import timezone

from sites.formatting import MINUS, NOTHING

register = template.Library()


@register.filter
def quantity(number: Decimal | None) -> str:
    """Write a quantity with separators and no empty decimals beyond two; a dash for none.

    >>> quantity(Decimal("2.940")), quantity(Decimal("1234.5"))
    ('2.94', '1,234.50')
    """
    if number is None:
        return NOTHING
    places = 3 if number % Decimal("0.01") else 2 if number % 1 else 0
    return f"{number:,.{places}f}"


@register.filter
def quantity_change(number: Decimal | None) -> str:
    """Write a difference of quantities with its sign."""
    if number is None or not number:
        return quantity(number)
    return f"{MINUS if number < 0 else '+'}{quantity(abs(number))}"


@register.filter
def days_left(until: datetime.date) -> int:
    """Return the days from today to a day, negative once it has passed."""
    return (until - timezone.localdate()).days
