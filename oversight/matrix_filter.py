"""Which sites the matrix of responsibility lists: those at work or about to be, or a filter's."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.http import QueryDict

from oversight.responsible import blank_condition
from sites.filter_values import yes_or_no
from sites.filters import SiteFilter, parameter_names
from sites.kinds import State
from sites.querysets import ProjectSiteQuerySet

NEEDING: Final = (
    State.CONTRACTED,
    State.UNDER_CONSTRUCTION,
    State.SUSPENDED,
    State.RECTIFYING,
)
"""States in which the matrix matters most: work is about to start or goes on."""


def names() -> tuple[str, ...]:
    """Return the parameters of the matrix's address."""
    return (*sorted(parameter_names()), "blank", "cursor")


def matrix_rows(
    sites: ProjectSiteQuerySet, chosen: SiteFilter, *, blank: bool | None, on: datetime.date
) -> ProjectSiteQuerySet:
    """Return the sites of the matrix; without a state in the filter, those that need it."""
    found = chosen.apply(sites)
    if not chosen.state:
        found = found.filter(state__in=NEEDING)
    if blank is None:
        return found
    condition = blank_condition(on)
    return found.filter(condition if blank else ~condition)


def read(query: QueryDict) -> tuple[SiteFilter, bool | None]:
    """Read an address; raises `ParameterError`."""
    return SiteFilter.from_query(query), yes_or_no(query, "blank")


def pairs(chosen: SiteFilter, blank: Any) -> list[tuple[str, str]]:
    """Return the address's parameters in a fixed order."""
    more = [] if blank is None else [("blank", "1" if blank else "0")]
    return chosen.pairs() + more
