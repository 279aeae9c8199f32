"""What waits in each township, side by side, for who answers for several of them."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.models import Asset
from maintenance.agreement_filter import AgreementFilter
from maintenance.defect_filter import DefectFilter
from maintenance.kinds import DefectState
from maintenance.models import (
    Agreement,
    Defect,
    PublicReport,
    UpkeepSchedule,
    WorkOrder,
)
from maintenance.order_filter import OrderFilter
from maintenance.report_filter import ReportFilter
from maintenance.schedule_filter import ScheduleFilter
from maintenance.upkeep_gaps import ANY_GAP, gap_condition
from sites.access import Scope
from sites.townships import township_names


@dataclass(frozen=True, slots=True)
class Measure:
    """One column: what is counted, and the list that shows it for one township."""

    key: str
    label: str | Promise
    page: str
    query: str
    area_parameter: str = "area"

    def address(self, code: str) -> str:
        """Return the address of the list of one township."""
        return f"{self.page}?{self.query}&{self.area_parameter}={code}"


@dataclass(frozen=True, slots=True)
class BurdenRow:
    """One township: its numbers by measure, each with the address of its list."""

    code: str
    name: str
    numbers: Mapping[str, int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """Everything that waits there, but for assets that nobody looks after."""
        return sum(number for key, number in self.numbers.items() if key != "unmanaged")


@dataclass(frozen=True, slots=True)
class Burden:
    """The table: columns, rows with most first, and cells (number, address) in their order."""

    measures: tuple[Measure, ...]
    rows: tuple[BurdenRow, ...]

    @property
    def table(self) -> list[tuple[BurdenRow, list[tuple[int, str]]]]:
        """Return each township with its cells."""
        return [
            (
                row,
                [
                    (row.numbers.get(measure.key, 0), measure.address(row.code))
                    for measure in self.measures
                ],
            )
            for row in self.rows
        ]


def township_burden(scope: Scope, at: datetime.datetime, today: datetime.date) -> Burden:
    """Return what waits by township: one grouped statement for each column, and one for names."""
    counted = list(_measures(scope, at, today))
    numbers: dict[str, dict[str, int]] = {}
    for measure, rows in counted:
        for code, number in _by_township(rows):
            numbers.setdefault(code, {})[measure.key] = number
    names = township_names(numbers)
    rows = [BurdenRow(code, names.get(code, code), found) for code, found in numbers.items()]
    return Burden(
        tuple(measure for measure, _rows in counted),
        tuple(sorted(rows, key=lambda row: (-row.total, row.code))),
    )


def _by_township(rows: QuerySet[Any]) -> list[tuple[str, int]]:
    path = "asset__township_code" if rows.model is UpkeepSchedule else "township_code"
    grouped = rows.order_by().values_list(path).annotate(number=Count("pk"))
    return [(code, number) for code, number in grouped if code]


def _measures(
    scope: Scope, at: datetime.datetime, today: datetime.date
) -> list[tuple[Measure, Any]]:
    late = OrderFilter({"overdue": True})
    waiting = ReportFilter(waiting=True, as_of=at)
    reported = DefectFilter(state=(DefectState.REPORTED,), as_of=at)
    overdue = ScheduleFilter(overdue=True, as_of=today)
    ending = AgreementFilter(needs_renewal=True, as_of=today)
    return [
        (
            Measure("late", _("Late work orders"), "/maintenance/orders/", late.to_query()),
            late.apply(WorkOrder.objects.visible_to(scope), scope),
        ),
        (
            Measure("reports", _("Reports to answer"), "/maintenance/reports/", waiting.to_query()),
            waiting.apply(PublicReport.objects.visible_to(scope)),
        ),
        (
            Measure(
                "defects", _("Defects to verify"), "/maintenance/defects/", reported.to_query()
            ),
            reported.apply(Defect.objects.visible_to(scope)),
        ),
        (
            Measure("duties", _("Checks overdue"), "/maintenance/duties/", overdue.to_query()),
            overdue.apply(UpkeepSchedule.objects.visible_to(scope)),
        ),
        (
            Measure(
                "agreements",
                _("Agreements to renew"),
                "/maintenance/agreements/",
                ending.to_query(),
            ),
            ending.apply(Agreement.objects.visible_to(scope), scope),
        ),
        (
            Measure("unmanaged", _("Assets not managed"), "/assets/", "gap=any", "township"),
            Asset.objects.visible_to(scope).filter(gap_condition(ANY_GAP, today)),
        ),
    ]
