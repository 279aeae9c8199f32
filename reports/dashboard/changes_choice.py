"""What an address of “what changed” asks for: two dates, kinds of change, a filter, a place."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, replace
from typing import Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from reports.dashboard.changed_sites import changed_filter
from reports.dashboard.changes import Span, checked
from reports.dashboard.kinds import ChangeKind
from reports.dashboard.standing import read_day
from sites.filter_values import ParameterError, Params, choices, single, text_of
from sites.filters import SiteFilter, parameter_names

OWN_PARAMETERS = ("from", "to", "what", "cursor", "limit")
DEFAULT_DAYS = 30
PAGE_SIZES = (25, 50, 100, 200)
DEFAULT_SIZE = 50


@dataclass(frozen=True, slots=True)
class ChangesChoice:
    """Two dates, both included, which kinds of change, of which sites; `after` is a site's code."""

    span: Span
    what: tuple[str, ...] = ()
    filter: SiteFilter = field(default_factory=SiteFilter)
    after: str = ""
    size: int = DEFAULT_SIZE

    @classmethod
    def from_query(cls, params: Params, *, today: datetime.date) -> Self:
        """Read an address; raises `ParameterError` for the first parameter that is wrong."""
        known = parameter_names() | set(OWN_PARAMETERS)
        for name in sorted(set(params) - known):
            raise ParameterError(name[:60], "unknown_parameter", _("There is no such parameter."))
        last = _day(params, "to") or today
        first = _day(params, "from") or last - datetime.timedelta(days=DEFAULT_DAYS)
        return cls(
            span=checked("from", Span(first, last)),
            what=choices(params, "what", ChangeKind.values),
            filter=replace(SiteFilter.from_query(params), as_of=today),
            after=text_of(params, "cursor"),
            size=_size(single(params, "limit")),
        )

    def sites(self) -> SiteFilter:
        """Return the filter that list and map take to show exactly these sites."""
        return changed_filter(self.filter, self.span, self.what)

    def to_query(self) -> str:
        """Return the query of the one address of this choice."""
        pairs = [
            ("from", str(self.span.first)),
            ("to", str(self.span.last)),
            ("what", ",".join(sorted(self.what))),
            *self.filter.pairs(),
            ("limit", "" if self.size == DEFAULT_SIZE else str(self.size)),
            ("cursor", self.after),
        ]
        return urlencode([(name, text) for name, text in pairs if text], safe=",:")

    def at(self, after: str) -> str:
        """Return the query of the page after a site."""
        return replace(self, after=after).to_query()

    def of_kinds(self, *kinds: str) -> str:
        """Return the query of the first page of other kinds of change."""
        return replace(self, what=kinds, after="").to_query()

    def with_filter(self, chosen: SiteFilter) -> str:
        """Return the query of the first page under another filter."""
        return replace(self, filter=chosen, after="").to_query()


def _day(params: Params, name: str) -> datetime.date | None:
    text = single(params, name)
    return read_day(name, text) if text else None


def _size(text: str) -> int:
    if not text:
        return DEFAULT_SIZE
    if text not in map(str, PAGE_SIZES):
        allowed = ", ".join(map(str, PAGE_SIZES))
        raise ParameterError(
            "limit",
            "unknown_value",
            _("“%(value)s” is not one of: %(allowed)s.") % {"value": text[:60], "allowed": allowed},
        )
    return int(text)
