"""The filter of duties that page and API share: parsed strictly, written in one form."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field, fields
from typing import Any, Final, Self
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from maintenance.models import AgreementScope
from sites.access import code_prefix_condition
from sites.filter_values import (
    AREA_CODE,
    ParameterError,
    Params,
    as_text,
    choices,
    matching,
    moment_of,
    parsed,
    single,
    yes_or_no,
)
from sites.kinds import Kind


@dataclass(frozen=True, slots=True)
class ScheduleFilter:
    """Which duties are asked for; every tuple is an *or*, the fields together an *and*.

    `overdue` are duties that were due before today, `agreement` those of assets that an agreement
    covers today. `as_of` is the day for which that is judged.
    """

    area: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    asset: tuple[UUID, ...] = ()
    standard: tuple[UUID, ...] = ()
    agreement: tuple[UUID, ...] = ()
    overdue: bool | None = None
    due_until: datetime.date | None = None
    active: bool | None = None
    updated_since: datetime.datetime | None = None
    as_of: datetime.date = field(default_factory=timezone.localdate, compare=False)

    @classmethod
    def from_query(cls, params: Params) -> Self:
        """Read a filter from an address; raises `ParameterError` for the first wrong parameter."""
        return cls(
            area=matching(params, "area", AREA_CODE),
            kind=choices(params, "kind", Kind.values),
            asset=parsed(params, "asset", UUID),
            standard=parsed(params, "standard", UUID),
            agreement=parsed(params, "agreement", UUID),
            overdue=yes_or_no(params, "overdue"),
            due_until=_day(params, "due_until"),
            active=yes_or_no(params, "active"),
            updated_since=moment_of(params, "updated_since"),
        )

    def apply(self, schedules: QuerySet[Any]) -> QuerySet[Any]:
        """Narrow a queryset of schedules to what is asked for."""
        condition = Q()
        for path, values in (
            ("asset__kind", self.kind),
            ("asset", self.asset),
            ("standard", self.standard),
        ):
            if values:
                condition &= Q(**{f"{path}__in": values})
        if self.area:
            condition &= code_prefix_condition("asset__area_code", self.area)
        if self.agreement:
            covered = AgreementScope.objects.binding(self.as_of).filter(
                asset_id=OuterRef("asset_id"), agreement_id__in=self.agreement
            )
            condition &= Q(Exists(covered))
        return schedules.filter(condition & self._by_day())

    def _by_day(self) -> Q:
        condition = Q()
        if self.overdue is not None:
            late = Q(is_active=True, next_due_on__lt=self.as_of)
            condition &= late if self.overdue else ~late
        if self.due_until:
            condition &= Q(is_active=True, next_due_on__lte=self.due_until)
        if self.active is not None:
            condition &= Q(is_active=self.active)
        if self.updated_since:
            condition &= Q(updated_at__gte=self.updated_since)
        return condition

    def pairs(self) -> list[tuple[str, str]]:
        """Return the filter as parameter and value pairs in a fixed order."""
        written = [(name, as_text(getattr(self, name))) for name in NAMES]
        return [(name, text) for name, text in written if text]

    def to_query(self) -> str:
        """Return the filter as the query of an address, equal for equal filters."""
        return urlencode(self.pairs(), safe=",:")


NAMES: Final = tuple(part.name for part in fields(ScheduleFilter) if part.name != "as_of")
"""The parameters, in the order in which a filter is written."""


def _day(params: Params, name: str) -> datetime.date | None:
    text = single(params, name)
    if not text:
        return None
    try:
        return datetime.date.fromisoformat(text)
    except ValueError as error:
        raise ParameterError(name, "bad_date", _("Give a date such as 2026-11-23.")) from error
