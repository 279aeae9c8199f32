"""What a page or a caller asks of the standing: area, period and who stands in the table."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from maintenance.payment_filter import day_of
from oversight.standing import BY
from oversight.standing_facts import FACTS, Asked
from sites.access import Scope
from sites.filter_values import AREA_CODE, ParameterError, Params, choices, matching

STANDING_PARAMETERS: Final = {
    "area": "The code of one area.",
    "from": "A date: the first day of the period; the first of January without it.",
    "until": "A date: its last day; today without it.",
    "by": f"One of: {', '.join(BY)}.",
    "sort": f"The fact by which rows are ordered, one of: {', '.join(FACTS)}.",
}


@dataclass(frozen=True, slots=True)
class StandingQuestion:
    """Which area, which days, by township or body, ordered by which fact."""

    starts_on: datetime.date
    ends_on: datetime.date
    area: str = ""
    by: str = BY[0]
    sort: str = "plans_on_time"

    @classmethod
    def from_query(cls, params: Params, *, today: datetime.date) -> Self:
        """Read a question; raises `ParameterError` for the first wrong parameter."""
        areas = matching(params, "area", AREA_CODE)
        ends_on = day_of(params, "until") or today
        starts_on = day_of(params, "from") or datetime.date(ends_on.year, 1, 1)
        if len(areas) > 1:
            raise ParameterError("area", "too_many_values", _("Give one area."))
        if starts_on > ends_on:
            sentence = _("The last day must not come before the first.")
            raise ParameterError("from", "out_of_order", sentence)
        return cls(
            starts_on,
            ends_on,
            areas[0] if areas else "",
            _one(params, "by", BY, BY[0]),
            _one(params, "sort", tuple(FACTS), "plans_on_time"),
        )

    def asked(self, scope: Scope, *, today: datetime.date) -> Asked:
        """Return the question of one viewer; nothing is late that is not due yet."""
        return Asked(scope, self.starts_on, self.ends_on, today, self.area)

    def to_query(self, **changed: str) -> str:
        """Return the question as the query of an address, some of it changed."""
        values = {
            "area": self.area,
            "from": self.starts_on.isoformat(),
            "until": self.ends_on.isoformat(),
            "by": self.by,
            "sort": self.sort,
            **changed,
        }
        return urlencode({name: value for name, value in values.items() if value})


def _one(params: Params, name: str, allowed: tuple[str, ...], default: str) -> str:
    values = choices(params, name, allowed)
    if len(values) > 1:
        raise ParameterError(name, "too_many_values", _("Give one value."))
    return values[0] if values else default
