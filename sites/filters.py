"""The one filter that list, map, tiles, counts, exports and API share.

It is parsed once, strictly, from the query of an address and written back in one canonical form,
so that the same address always means the same rows.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import TypeVar
from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.lookups import GreaterThanOrEqual, LessThan
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from sites.access import code_prefix_condition
from sites.functions import HoldsPair, IsAmong, due_date_or_never
from sites.geometry import Box, BoxError
from sites.kinds import Delay, Kind, RoadClass, State
from sites.models import Programme, RoadDetail
from sites.querysets import ProjectSiteQuerySet

T = TypeVar("T")
MAX_VALUES = 200
MAX_TEXT = 100
AREA_CODE = re.compile(r"^(\d{2}|\d{4}|\d{6}|\d{9}|\d{12}|\d{14,15})$", re.ASCII)
PROGRAMME_CODE = re.compile(r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")
CATEGORY_CODE = re.compile(r"^[0-9A-Za-z_-]{1,40}$")
ROUTE_BEGINNING = re.compile(r"^[gsxycz][0-9a-z]{1,15}$", re.ASCII)
YES = frozenset({"1", "true", "yes"})
NO = frozenset({"0", "false", "no"})


class ParameterError(ValueError):
    """A parameter of an address cannot be used: which one, a stable code, and a sentence."""

    def __init__(self, parameter: str, code: str, message: str) -> None:
        super().__init__(message)
        self.parameter = parameter
        self.code = code
        self.message = message


Params = QueryDict | Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class SiteFilter:
    """Which sites are asked for; every tuple is an *or*, the fields together an *and*.

    `area` and `township` are area codes and mean the whole subtree. `as_of` is the day for which
    delay is judged; it is no parameter of the address.
    """

    kind: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    area: tuple[str, ...] = ()
    township: tuple[str, ...] = ()
    delay: tuple[str, ...] = ()
    category: tuple[str, ...] = ()
    road_class: tuple[str, ...] = ()
    id: tuple[UUID, ...] = ()
    q: str = ""
    bbox: Box | None = None
    updated_since: datetime.datetime | None = None
    key_plan: bool | None = None
    as_of: datetime.date = field(default_factory=timezone.localdate, compare=False)

    @classmethod
    def from_query(cls, params: Params) -> SiteFilter:
        """Read a filter from an address's parameters; unknown parameters are left to others.

        Raises `ParameterError` for the first parameter that cannot be used.
        """
        return cls(
            kind=_choices(params, "kind", Kind.values),
            state=_choices(params, "state", State.values),
            delay=_choices(params, "delay", Delay.values),
            road_class=_choices(params, "road_class", RoadClass.values),
            programme=_matching(params, "programme", PROGRAMME_CODE),
            category=_matching(params, "category", CATEGORY_CODE),
            area=_matching(params, "area", AREA_CODE),
            township=_matching(params, "township", AREA_CODE),
            year=_parsed(params, "year", _year),
            id=_parsed(params, "id", UUID),
            q=_text(params, "q"),
            bbox=_box(params),
            updated_since=_moment(params, "updated_since"),
            key_plan=_yes_or_no(params, "key_plan"),
        )

    def apply(self, sites: ProjectSiteQuerySet) -> ProjectSiteQuerySet:
        """Narrow a queryset to what is asked for and annotate `delay` and `days_late`."""
        sites = sites.with_delay(self.as_of, red_days=settings.DELAY_RED_DAYS).filter(
            self._conditions()
        )
        if self.bbox:
            sites = sites.in_box(self.bbox)
        return sites

    def _conditions(self) -> Q:
        condition = Q()
        for path, values in (
            ("kind", self.kind),
            ("state", self.state),
            ("category__code", self.category),
            ("year", self.year),
            ("pk", self.id),
        ):
            if values:
                condition &= Q(**{f"{path}__in": values})
        for codes in (self.area, self.township):
            if codes:
                condition &= code_prefix_condition("area_code", codes)
        return condition & self._further_conditions()

    def _further_conditions(self) -> Q:
        condition = Q()
        if self.delay:
            condition &= _delay_condition(self.delay, self.as_of)
        if self.programme:
            condition &= _programme_condition(self.programme)
        if self.road_class:
            roads = RoadDetail.objects.filter(site=OuterRef("pk"), road_class__in=self.road_class)
            condition &= Q(Exists(roads))
        if self.q:
            condition &= _text_condition(self.q)
        if self.updated_since:
            condition &= Q(updated_at__gte=self.updated_since)
        if self.key_plan is not None:
            condition &= Q(is_key_plan=self.key_plan)
        return condition

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        found: list[tuple[str, str]] = []
        for part in fields(self):
            if part.name == "as_of":
                continue
            text = _as_text(getattr(self, part.name))
            if text:
                found.append((part.name, text))
        return found

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed down."""
        return not self.pairs()


def _delay_condition(delays: Iterable[str], as_of: datetime.date) -> Q:
    """Return the traffic lights as ranges of the due date, which an index answers."""
    due, today = due_date_or_never(), Value(as_of)
    edge = Value(as_of - datetime.timedelta(days=settings.DELAY_RED_DAYS))
    meaning = {
        Delay.GREEN: Q(GreaterThanOrEqual(due, today)),
        Delay.YELLOW: Q(LessThan(due, today)) & Q(GreaterThanOrEqual(due, edge)),
        Delay.RED: Q(LessThan(due, edge)),
    }
    condition = Q()
    for delay in delays:
        condition |= meaning[Delay(delay)]
    return condition


def _programme_condition(codes: Sequence[str]) -> Q:
    """Return the condition on programmes; one code is looked up first, so that an index serves."""
    programmes = Programme.objects.filter(code__in=codes).values("pk")
    return Q(programme=Subquery(programmes)) if len(codes) == 1 else Q(programme__in=programmes)


def _text_condition(text: str) -> Q:
    """Return that every word is part of name, code or source, or begins the route code.

    The routes are found first and compared as a list: with a condition on another table in the
    *or*, the index on the text could not be used. Two Chinese characters have an index of their
    own, for trigrams need three.
    """
    condition = Q()
    for word in text.lower().split():
        pair = len(word) == 2 and not any(character.isascii() for character in word)
        found = Q(
            HoldsPair(F("search_text"), Value(word)) if pair else Q(search_text__contains=word)
        )
        if ROUTE_BEGINNING.match(word):
            routes = RoadDetail.objects.filter(route_code__startswith=word.upper())
            found |= Q(IsAmong(F("pk"), ArraySubquery(routes.values("pk"))))
        condition &= found
    return condition


def _as_text(value: object) -> str:
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


def _values(params: Params, name: str) -> list[str]:
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


def _choices(params: Params, name: str, allowed: Sequence[str]) -> tuple[str, ...]:
    values = _values(params, name)
    for value in values:
        if value not in allowed:
            raise ParameterError(
                name,
                "unknown_value",
                _("“%(value)s” is not one of: %(allowed)s.")
                % {"value": value[:60], "allowed": ", ".join(allowed)},
            )
    return tuple(values)


def _matching(params: Params, name: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    values = _values(params, name)
    for value in values:
        if not pattern.match(value):
            raise ParameterError(
                name, "bad_form", _("“%(value)s” is not a code.") % {"value": value[:60]}
            )
    return tuple(values)


def _parsed(params: Params, name: str, parse: Callable[[str], T]) -> tuple[T, ...]:
    found: list[T] = []
    for value in _values(params, name):
        try:
            found.append(parse(value))
        except ValueError as error:
            raise ParameterError(
                name, "bad_form", _("“%(value)s” cannot be read.") % {"value": value[:60]}
            ) from error
    return tuple(found)


def _year(text: str) -> int:
    if not re.fullmatch(r"\d{4}", text, re.ASCII):
        raise ValueError(text)
    return int(text)


def _single(params: Params, name: str) -> str:
    if isinstance(params, QueryDict):
        value = params.get(name) or ""
    else:
        given = params.get(name, "")
        value = given if isinstance(given, str) else (given[-1] if given else "")
    return str(value).strip()


def _text(params: Params, name: str) -> str:
    text = _single(params, name)
    if len(text) > MAX_TEXT or "\x00" in text or any("\ud800" <= c <= "\udfff" for c in text):
        raise ParameterError(
            name,
            "bad_text",
            _("The text may have at most %(limit)s ordinary characters.") % {"limit": MAX_TEXT},
        )
    return " ".join(text.split())


def _box(params: Params) -> Box | None:
    text = _single(params, "bbox")
    if not text:
        return None
    try:
        return Box.parse(text)
    except BoxError as error:
        raise ParameterError("bbox", "bad_box", error.reason) from error


def _moment(params: Params, name: str) -> datetime.datetime | None:
    text = _single(params, name)
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


def _yes_or_no(params: Params, name: str) -> bool | None:
    text = _single(params, name).lower()
    if not text:
        return None
    if text in YES or text in NO:
        return text in YES
    raise ParameterError(name, "unknown_value", _("Give 1 or 0."))
