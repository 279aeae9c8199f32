"""Values of an address's parameters, each read once and strictly, and how they are written back.

What `SiteFilter` and the filters of the apps above share: the same parameter reads the same way
everywhere.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, Q, QuerySet, Value
from django.http import QueryDict
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from sites.functions import HoldsPair, IsAmong
from sites.geometry import Box, BoxError

T = TypeVar("T")
MAX_VALUES = 200
MAX_TEXT = 100
AREA_CODE = re.compile(r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{14,15})$", re.ASCII)
ROUTE_BEGINNING = re.compile(r"^[gsxycz][0-9a-z]{1,15}$", re.ASCII)
YES = frozenset({"1", "true", "yes"})
NO = frozenset({"0", "false", "no"})


def among(chosen: object, *names: str) -> Q:
    """Return the condition that each named column has one of the values chosen for it, if any."""
    given = {name: getattr(chosen, name) for name in names}
    return Q(**{f"{name}__in": values for name, values in given.items() if values})


class ParameterError(ValueError):
    """A parameter of an address cannot be used: which one, a stable code, and a sentence."""

    def __init__(self, parameter: str, code: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.code = code
        self.message = message


Params = QueryDict | Mapping[str, str | Sequence[str]]


def as_text(value: object) -> str:
    """Return a value as it is written in an address; empty for nothing."""
    if value is None or value == () or value == "":
        return ""
    if isinstance(value, tuple):
        return ",".join(sorted(str(item) for item in value))
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, Box):
        return value.as_text()
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return str(value)


def values_of(params: Params, name: str) -> list[str]:
    """Return the values of a parameter, given several times or with commas, each once."""
    raw: Iterable[str]
    if isinstance(params, QueryDict):
        raw = params.getlist(name)
    else:
        given = params.get(name, ())
        raw = [given] if isinstance(given, str) else given
    values = [part.strip() for text in raw for part in text.split(",") if part.strip()]
    if len(values) > MAX_VALUES:
        raise ParameterError(
            name,
            "too_many_values",
            _("At most %(limit)s values may be given.") % {"limit": MAX_VALUES},
        )
    return list(dict.fromkeys(values))


def choices(params: Params, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
    """Return values that are each one of the allowed ones."""
    values = values_of(params, name)
    for value in values:
        if value not in allowed:
            raise ParameterError(
                name,
                "unknown_value",
                _("“%(value)s” is not one of: %(allowed)s.")
                % {"value": value[:60], "allowed": ", ".join(allowed)},
            )
    return tuple(values)


def matching(params: Params, name: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Return values that each have the form of a code."""
    values = values_of(params, name)
    for value in values:
        if not pattern.match(value):
            raise ParameterError(
                name, "bad_form", _("“%(value)s” is not a code.") % {"value": value[:60]}
            )
    return tuple(values)


def parsed(params: Params, name: str, parse: Callable[[str], T]) -> tuple[T, ...]:
    """Return values that can each be parsed; `ValueError` means they cannot."""
    found: list[T] = []
    for value in values_of(params, name):
        try:
            found.append(parse(value))
        except ValueError as error:
            raise ParameterError(
                name, "bad_form", _("“%(value)s” cannot be read.") % {"value": value[:60]}
            ) from error
    return tuple(found)


def year_of(text: str) -> int:
    """Return a year of four digits; raises `ValueError`."""
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def single(params: Params, name: str) -> str:
    """Return the one value of a parameter, the last one given."""
    if isinstance(params, QueryDict):
        value = params.get(name) or ""
    else:
        given = params.get(name, "")
        value = given if isinstance(given, str) else (given[-1] if given else "")
    return str(value).strip()


def text_of(params: Params, name: str) -> str:
    """Return a text of ordinary characters with single spaces."""
    text = single(params, name)
    if len(text) > MAX_TEXT or "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ParameterError(
            name,
            "bad_text",
            _("The text may have at most %(limit)s ordinary characters.") % {"limit": MAX_TEXT},
        )
    return " ".join(text.split())


def box_of(params: Params) -> Box | None:
    """Return the parameter `bbox`."""
    text = single(params, "bbox")
    if not text:
        return None
    try:
        return Box.parse(text)
    except BoxError as error:
        raise ParameterError("bbox", "bad_box", error.reason) from error


def moment_of(params: Params, name: str) -> datetime.datetime | None:
    """Return a time with offset."""
    text = single(params, name)
    if not text:
        return None
    try:
        moment = parse_datetime(text.replace(" ", "+"))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise ParameterError(
            name,
            "bad_moment",
            _("Give a time with offset, for example 2026-11-23T08:00:00+08:00."),
        )
    return moment


def yes_or_no(params: Params, name: str) -> bool | None:
    """Return a yes or a no, None where neither is given."""
    text = single(params, name).lower()
    if not text:
        return None
    if text in YES or text in NO:
        return text in YES
    raise ParameterError(name, "unknown_value", _("Give 1 or 0."))


def text_condition(text: str, routes: Callable[[str], QuerySet[Any]]) -> Q:
    """Return that every word is part of `search_text`, or begins the number of a route.

    `routes` gives the keys of the rows whose route number begins so. They are found first and
    compared as a list: with a condition on another table in the *or*, the index on the text
    could not be used. Two Chinese characters have an index of their own, for trigrams need three.
    """
    condition = Q()
    for word in text.lower().split():
        pair = len(word) == 2 and not any(character.isascii() for character in word)
        found = Q(
            HoldsPair(F("search_text"), Value(word)) if pair else Q(search_text__contains=word)
        )
        if ROUTE_BEGINNING.match(word):
            found |= Q(IsAmong(F("pk"), ArraySubquery(routes(word.upper()))))
        condition &= found
    return condition
