"""One parameter of a filter: how it is read, what it means, and how people are told of it.

Filters of sites and of assets are made of these, and apps above add their own when they start.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from django.db.models import Q, TextChoices
from django.utils.dateparse import parse_date
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from sites.filter_values import ParameterError, Params, choices, single, yes_or_no

Meaning = Callable[[Any, datetime.date], Q]


class Control(Enum):
    """With what a form asks for a parameter; a hidden one only comes with an address."""

    HIDDEN = "hidden"
    CHECKS = "checks"
    YES = "yes"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a filter.

    `read` takes an address's parameters and raises `ParameterError`; `condition` takes the value
    and the day for which it is judged, and returns the condition on the rows. `choices` are the
    words of its values, where there are few; `label` and `description` name it for people and in
    the OpenAPI document. `words` tells a value that is no choice. The public may use a parameter
    only if it `is_open`: a filter by what they do not see would tell it all the same.
    """

    name: str
    label: str | Promise
    read: Callable[[Params], Any]
    condition: Meaning
    description: str = ""
    choices: type[TextChoices] | None = None
    nothing: Any = ()
    control: Control = Control.HIDDEN
    words: Callable[[Any], str] | None = None
    is_open: bool = False


def chosen(
    name: str, label: str | Promise, words: type[TextChoices], condition: Meaning
) -> Parameter:
    """Return a parameter whose values are a few words, of which any may be met."""
    return Parameter(
        name,
        label,
        lambda params: choices(params, name, words.values),
        condition,
        f"Separated by commas: {', '.join(words.values)}.",
        words,
        control=Control.CHECKS,
    )


def ticked(name: str, label: str | Promise, condition: Callable[[datetime.date], Q]) -> Parameter:
    """Return a parameter that is 1 or 0: the rows that meet the condition, or all others."""
    return Parameter(
        name,
        label,
        lambda params: yes_or_no(params, name),
        lambda wanted, day: condition(day) if wanted else ~condition(day),
        "1 or 0.",
        nothing=None,
        control=Control.YES,
    )


def from_day(name: str, label: str | Promise, path: str, *, description: str) -> Parameter:
    """Return a parameter whose day compares with a column by a lookup such as `done__gte`."""
    return Parameter(
        name,
        label,
        lambda params: day_of(params, name),
        lambda day, _as_of: Q(**{path: day}),
        description,
        nothing=None,
        control=Control.DAY,
    )


def day_of(params: Params, name: str) -> datetime.date | None:
    """Return a parameter that is a date such as 2026-11-23; raises `ParameterError`."""
    text = single(params, name)
    if not text:
        return None
    try:
        day = parse_date(text)
    except ValueError:
        day = None
    if day is None:
        raise ParameterError(name, "bad_date", _("Give a date such as 2026-11-23."))
    return day
