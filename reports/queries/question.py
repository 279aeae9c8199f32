"""What a question to the register is: its context, its answer, and how it is asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Any
from urllib.parse import parse_qs

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.functional import Promise

from reports.kinds import FigureUnit
from reports.periods import Period
from sites.access import Scope
from sites.filters import SiteFilter
from sites.models import Area


@dataclass(frozen=True, slots=True)
class FigureContext:
    """Of what a question is asked: who asks, of which area and period, as of which day.

    `filter` narrows the sites further; `memo` keeps what several questions of one context read.
    """

    scope: Scope
    area: Area
    period: Period
    as_of: datetime.date
    filter: SiteFilter = field(default_factory=SiteFilter)
    memo: dict[Any, Any] = field(default_factory=dict, compare=False, repr=False)

    def under(self, query: str) -> FigureContext:
        """Return the context with the filter of a figure, written like the address of a list."""
        chosen = SiteFilter.from_query(filter_params(query))
        return replace(self, filter=replace(chosen, as_of=self.as_of))

    @property
    def is_past(self) -> bool:
        """Whether the day lies before today, so that what came after must be left out."""
        return self.as_of < timezone.localdate()


def filter_params(query: str) -> dict[str, list[str]]:
    """Return the parameters of a filter that is written like the query of an address."""
    return parse_qs(query, keep_blank_values=False)


@dataclass(frozen=True, slots=True)
class FigureAnswer:
    """One number with what it was counted from.

    `value` is exact and in the question's unit: money in yuan, lengths in km, shares in percent;
    None means not defined. Shares keep `numerator` and `denominator`. `members` are rows of
    `(site_id, amount)`, read when they are asked for; a row without a site is what belongs to an
    area alone, and all rows together sum to `value`. `link` is the filter
    that lists exactly these sites, `address` another page that shows what was counted, `mapped` the
    same quantity as measured on the map.
    """

    value: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    members: QuerySet[Any, Any] | None = None
    link: SiteFilter | None = None
    address: str = ""
    mapped: Decimal | None = None

    @property
    def is_share(self) -> bool:
        """Whether the value is a part of a whole."""
        return self.denominator is not None


Asks = Callable[[FigureContext], FigureAnswer]
Members = Callable[[FigureContext], "QuerySet[Any, Any]"]


@dataclass(frozen=True, slots=True)
class Query:
    """A question that figures ask: `code`, words, the unit of its answers, and how to ask it.

    `members` gives the rows whose amounts sum to the value, so that a report can sum and keep them
    in one statement; a question without it is answered by `asks` alone. `whole` names the question
    of which this one is a part, so that shown parts can sum to the shown whole. `basis` says in
    words what is counted.
    """

    code: str
    title: str | Promise
    unit: FigureUnit
    asks: Asks
    basis: str | Promise
    members: Members | None = None
    whole: str = ""
