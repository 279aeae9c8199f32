"""What an address of the dashboard asks for: the filter of sites, a month, a source, an order."""

from __future__ import annotations

import calendar
import datetime
import re
from dataclasses import dataclass, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from funding.kinds import SourceLevel
from funding.ledger_filter import LedgerFilter
from reports.dashboard.kinds import Rank
from reports.dashboard.standing import LEAST_YEAR, Standing
from sites.filter_values import ParameterError, Params, as_text, choices, single
from sites.filters import SiteFilter, parameter_names

OWN_PARAMETERS = ("month", "source", "rank")
MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
TOWNSHIP_DIGITS = 9
MONEY_PARAMETERS = frozenset({"area", "programme", "township", "year"})
"""What narrows money by its own columns; anything else leaves the money booked for the sites."""


@dataclass(frozen=True, slots=True)
class Choice:
    """What is chosen; `month` is the last day of the month whose end is shown, None for today.

    `source` narrows money alone: money is told by source, a site is not.
    """

    filter: SiteFilter
    today: datetime.date
    month: datetime.date | None = None
    source: tuple[str, ...] = ()
    rank: str = Rank.FINISHED

    @classmethod
    def from_query(cls, params: Params, *, today: datetime.date) -> Self:
        """Read an address; raises `ParameterError` for the first parameter that is wrong."""
        for name in sorted(set(params) - known_parameters()):
            raise ParameterError(name[:60], "unknown_parameter", _("There is no such parameter."))
        ranks = choices(params, "rank", Rank.values)
        return cls(
            filter=replace(SiteFilter.from_query(params), as_of=today),
            today=today,
            month=_month(single(params, "month"), today),
            source=choices(params, "source", SourceLevel.values),
            rank=ranks[0] if ranks else Rank.FINISHED,
        )

    @property
    def day(self) -> datetime.date:
        """The day that is shown: the end of the chosen month, else today."""
        return self.month or self.today

    def base(self) -> SiteFilter:
        """Return the filter without what belongs to one element."""
        bare = self.filter.replaced("delay", ()).replaced("programme", ())
        return bare.replaced("township", ()) if self.townships_crossed else bare

    @property
    def townships_crossed(self) -> bool:
        """Whether the chosen townships are whole ones, which the map and the bars can mark."""
        return all(len(code) == TOWNSHIP_DIGITS for code in self.filter.township)

    def pairs(self) -> list[tuple[str, str]]:
        """Return the choice as parameters and values in a fixed order."""
        own = (
            ("month", self.month.strftime("%Y-%m") if self.month else ""),
            ("source", as_text(self.source)),
            ("rank", "" if self.rank == Rank.FINISHED else str(self.rank)),
        )
        return self.filter.pairs() + [(name, text) for name, text in own if text]

    def to_query(self) -> str:
        """Return the query of the one address of this choice."""
        return urlencode(self.pairs(), safe=",:@")

    def replaced(self, name: str, value: Any) -> Choice:
        """Return the choice with another value of one parameter."""
        if name == "month":
            return replace(self, month=value)
        if name == "source":
            return replace(self, source=value)
        if name == "rank":
            return replace(self, rank=value)
        return replace(self, filter=self.filter.replaced(name, value))

    def picked(self, name: str) -> tuple[Any, ...]:
        """Return the chosen values of a parameter that may have several."""
        value: tuple[Any, ...]
        value = self.source if name == "source" else getattr(self.filter, name)
        return value

    def toggled(self, name: str, value: Any) -> Choice:
        """Return the choice with a value chosen, or left out where it was chosen."""
        present = self.picked(name)
        rest = tuple(other for other in present if other != value)
        return self.replaced(name, rest if value in present else (*present, value))

    def sites(self, status: str, **narrowed: tuple[Any, ...]) -> str:
        """Return the query of the list that holds exactly the sites of a status.

        `narrowed` names the part of an element, such as `township=(code,)`.
        """
        standings = [*self.filter["stood"], Standing((status,), self.month)]
        chosen = self.filter
        lights = narrowed.pop("delay", chosen.delay)
        if lights and self.month:
            standings.append(Standing(lights, self.month))
            lights = ()
        chosen = chosen.replaced("stood", tuple(dict.fromkeys(standings)))
        chosen = chosen.replaced("delay", lights)
        for name, value in narrowed.items():
            chosen = chosen.replaced(name, value)
        return chosen.to_query()

    def ledger(self, stage: str, **narrowed: tuple[Any, ...]) -> str:
        """Return the query of the ledger's page with exactly the entries of a stage.

        `narrowed` names the part of an element: `area`, `programme` or `level`. Empty where the
        filter picks sites, which the ledger's page does not.
        """
        chosen = self.filter
        if any(name not in MONEY_PARAMETERS for name, _text in chosen.pairs()):
            return ""
        if chosen.township and chosen.area and not _inside(chosen.township, chosen.area):
            return ""
        entries = LedgerFilter(
            stage=(stage,),
            level=narrowed.get("level", self.source),
            programme=narrowed.get("programme", chosen.programme),
            year=chosen.year,
            area=narrowed.get("area", chosen.township or chosen.area),
            last=self.day,
        )
        return entries.to_query()


def _inside(codes: tuple[str, ...], areas: tuple[str, ...]) -> bool:
    return all(code.startswith(areas) for code in codes)


def known_parameters() -> frozenset[str]:
    """Return every parameter that an address of the dashboard may have."""
    return parameter_names() | set(OWN_PARAMETERS)


def last_day(year: int, month: int) -> datetime.date:
    """Return the last day of a month."""
    return datetime.date(year, month, calendar.monthrange(year, month)[1])


def _month(text: str, today: datetime.date) -> datetime.date | None:
    """Return the last day of a month that has ended; None for the present one and for none."""
    if not text:
        return None
    found = MONTH.fullmatch(text)
    if not found or int(found[1]) < LEAST_YEAR:
        raise ParameterError("month", "bad_form", _("Give a month such as 2026-03."))
    end = last_day(int(found[1]), int(found[2]))
    if (end.year, end.month) > (today.year, today.month):
        raise ParameterError("month", "in_the_future", _("This month has not come yet."))
    return end if end < today else None
