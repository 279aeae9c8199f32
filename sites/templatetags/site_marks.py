"""Marks that every page shows alike: state, delay, kind, and how numbers and dates are written."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django import template
from django.utils.html import format_html

from sites import formatting
from sites.kinds import STATES_BEFORE_WORK, STATES_FINISHED, Delay, Kind, State
from sites.people import person_name

register = template.Library()

GLYPHS: Final[dict[str, str]] = {
    Kind.ROAD: (
        "M8.6 4h2L9.2 20H5zM13.4 4h2L19 20h-4.2zM11.4 5h1.2v3h-1.2z"
        "M11.4 10.4h1.2v3.2h-1.2zM11.4 16h1.2v3.4h-1.2z"
    ),
    Kind.VILLAGE_CENTRE: (
        "M8 8.4l6.4 5h-1.6V19H3.2v-5.6H1.6zM16 5l6.6 5.2H21V19h-6.6v-6.4l-3.2-2.6 1-.8z"
    ),
    Kind.WATER_WORKS: (
        "M12 3.4c3.9 4.6 6.1 7.7 6.1 10.6a6.1 6.1 0 0 1-12.2 0C5.9 11.1 8.1 8 12 3.4z"
    ),
    Kind.HOUSING: "M12 4.4l8.6 7.4h-2.4V20h-4.4v-5h-3.6v5H5.8v-8.2H3.4z",
    Kind.FACILITY: (
        "M5.6 4.4h12.8V20H5.6zM8.4 7.2v2.4h2.4V7.2zM13.2 7.2v2.4h2.4V7.2zM8.4 12v2.4h2.4V12z"
        "M13.2 12v2.4h2.4V12zM10.6 16.6V20h2.8v-3.4z"
    ),
}
"""The pictures of the kinds, on a square of 24; the map draws the same ones."""


def phase_of(state: str) -> str:
    """Return the phase of a state, which gives it its colour and shape."""
    if state in STATES_BEFORE_WORK:
        return "before"
    if state in STATES_FINISHED:
        return "done"
    return "work" if state in {State.UNDER_CONSTRUCTION, State.RECTIFYING} else "halted"


@register.inclusion_tag("sites/partials/_state_badge.html")
def state_badge(state: str) -> dict[str, Any]:
    """Show a state: the phase's colour and shape, and the state's word."""
    return {"state": state, "phase": phase_of(state), "label": State(state).label}


@register.inclusion_tag("sites/partials/_delay_badge.html")
def delay_badge(delay: str, days: int = 0) -> dict[str, Any]:
    """Show a traffic light: circle, triangle or diamond, the word, and the days behind plan."""
    return {"delay": delay, "days": days, "label": Delay(delay).label}


@register.inclusion_tag("sites/partials/_kind_icon.html")
def kind_icon(kind: str) -> dict[str, Any]:
    """Show the picture of a kind; its word stands beside it."""
    return {"path": GLYPHS[kind], "kind": kind}


@register.filter
def person(user: Any) -> str:
    """Write a person's name, a dash for nobody."""
    return person_name(user) or "—"


@register.filter
def km(metres: formatting.Number | None, decimals: int = 3) -> str:
    """Write metres as kilometres."""
    return formatting.kilometres(metres, decimals)


@register.filter
def km_change(metres: formatting.Number | None, decimals: int = 3) -> str:
    """Write a difference in metres as kilometres with a sign."""
    return formatting.signed_kilometres(metres, decimals)


@register.filter
def percent_change(percent: formatting.Number | None) -> str:
    """Write a difference in percent with a sign."""
    return formatting.signed_percent(percent)


@register.filter
def plain(number: formatting.Number | None) -> str:
    """Write a number with separators and no empty decimals."""
    return formatting.plain(number)


@register.filter
def yuan(amount: formatting.Number | None) -> str:
    """Write an amount to the fen."""
    return formatting.yuan(amount)


@register.filter
def ten_thousand_yuan(amount: formatting.Number | None, decimals: int = 2) -> str:
    """Write an amount in 万元; the exact one stands in its title."""
    return _with_exact(amount, formatting.ten_thousand_yuan(amount, decimals))


@register.filter
def hundred_million_yuan(amount: formatting.Number | None, decimals: int = 2) -> str:
    """Write an amount in 亿元; the exact one stands in its title."""
    return _with_exact(amount, formatting.hundred_million_yuan(amount, decimals))


@register.filter
def money(amount: formatting.Number | None) -> str:
    """Write an amount in the unit that reads best; the exact one stands in its title."""
    return _with_exact(amount, formatting.money(amount))


def _with_exact(amount: formatting.Number | None, text: str) -> str:
    """Return the text as an element that keeps the exact amount."""
    if amount is None:
        return text
    return format_html(
        '<data value="{}" title="{}">{}</data>', str(amount), formatting.yuan(amount), text
    )


@register.filter
def quantity(number: formatting.Number | None) -> str:
    """Write a quantity with up to three decimals: kilometres to the metre."""
    return formatting.quantity(number)


@register.filter
def distance(metres: formatting.Number) -> str:
    """Write a distance with its unit."""
    return formatting.distance(metres)


@register.filter
def day(date: datetime.date | None) -> str:
    """Write a date in the language in force."""
    return formatting.day(date)


@register.filter
def moment(time: datetime.datetime | None) -> str:
    """Write a time in the language in force."""
    return formatting.moment(time)
