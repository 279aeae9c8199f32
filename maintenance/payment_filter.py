"""The filter of payments and assessments that lists and API share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Q
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from maintenance.kinds import PaymentState
from maintenance.payment_waiting import waits_for_condition
from sites.access import Scope, code_prefix_condition
from sites.filter_values import (
    AREA_CODE,
    ParameterError,
    Params,
    as_text,
    choices,
    matching,
    parsed,
    single,
    yes_or_no,
)

PERIOD_PARAMETERS: Final = {
    "agreement": "Identifiers of agreements, separated by commas.",
    "area": "Area codes with all below them, separated by commas.",
    "from": "A date: periods that end on it or later.",
    "until": "A date: periods that begin on it or earlier.",
}
PAYMENT_PARAMETERS: Final = {
    **PERIOD_PARAMETERS,
    "state": f"Separated by commas: {', '.join(PaymentState.values)}.",
    "waits": "1: those whose next move is yours.",
}


def day_of(params: Params, name: str) -> datetime.date | None:
    """Return a parameter that is a date; raises `ParameterError`."""
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


@dataclass(frozen=True, slots=True)
class PeriodFilter:
    """Which payment periods are asked for; every tuple is an *or*, all of them an *and*."""

    agreement: tuple[UUID, ...] = ()
    area: tuple[str, ...] = ()
    first: datetime.date | None = None
    last: datetime.date | None = None
    state: tuple[str, ...] = ()
    waits: bool | None = None

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter; raises `ParameterError` for the first value that cannot be used."""
        return cls(
            agreement=parsed(params, "agreement", UUID),
            area=matching(params, "area", AREA_CODE),
            first=day_of(params, "from"),
            last=day_of(params, "until"),
            state=choices(params, "state", PaymentState.values),
            waits=yes_or_no(params, "waits"),
        )

    def apply(self, rows: Any, scope: Scope) -> Any:
        """Narrow rows with an agreement and a period; `state` and `waits` are for payments."""
        condition = Q()
        if self.agreement:
            condition &= Q(agreement_id__in=self.agreement)
        if self.area:
            condition &= code_prefix_condition("agreement__area_code", self.area)
        if self.first:
            condition &= Q(period_end__gte=self.first)
        if self.last:
            condition &= Q(period_start__lte=self.last)
        if self.state:
            condition &= Q(state__in=self.state)
        if self.waits is not None:
            mine = waits_for_condition(scope)
            condition &= mine if self.waits else ~mine
        return rows.filter(condition)

    def to_query(self) -> str:
        """Return the filter as the query of an address."""
        pairs = [
            ("agreement", as_text(self.agreement)),
            ("area", as_text(self.area)),
            ("from", as_text(self.first)),
            ("until", as_text(self.last)),
            ("state", as_text(self.state)),
            ("waits", as_text(self.waits)),
        ]
        return urlencode([(name, text) for name, text in pairs if text], safe=",")
