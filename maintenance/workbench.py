"""What waits for somebody: one pile for each kind of thing, with the next few of it.

Each pile has a filter; the link leads to the list under the same filter, so that the number on the
workbench is the number of rows that the list shows.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maintenance.agreement_filter import AgreementFilter
from maintenance.defect_filter import DefectFilter
from maintenance.kinds import DefectState, OrderState
from maintenance.models import (
    Agreement,
    Defect,
    PaymentRequest,
    PublicReport,
    SetAsideEntry,
    UpkeepSchedule,
    WorkOrder,
)
from maintenance.order_filter import OrderFilter
from maintenance.payment_filter import PeriodFilter
from maintenance.report_filter import ReportFilter
from maintenance.schedule_filter import ScheduleFilter
from maintenance.set_aside_filter import SetAsideFilter
from maintenance.workbench_lines import (
    HEAVY_OF_ASSET,
    Line,
    agreement_line,
    defect_line,
    duty_line,
    order_line,
    payment_line,
    report_line,
    set_aside_line,
)
from sites.access import Scope
from sites.kinds import Role
from sites.listing import BoundedCount

SHOWN = 4
"""Rows of a pile that the workbench shows; the rest is behind its link."""
COUNTED = 999
"""Above this many a pile says "more than": counting on would cost more than it tells."""


@dataclass(frozen=True, slots=True)
class Pile:
    """A kind of thing that waits: what to do with it, how many, how many late, the next few."""

    key: str
    label: str | Promise
    address: str
    number: BoundedCount
    late: int
    lines: tuple[Line, ...]
    is_watched: bool
    """True for what others have to do and the viewer keeps an eye on."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where a pile comes from: rows, the condition that one is late, the order, the words."""

    key: str
    label: str | Promise
    page: str
    query: str
    rows: QuerySet[Any]
    late: Q
    order: tuple[str, ...]
    line: Callable[[Any, datetime.datetime], Line]
    is_watched: bool = False


def piles(scope: Scope, at: datetime.datetime) -> list[Pile]:
    """Return what waits for a scope, what is late first; two statements a pile."""
    found = [_pile(source, at) for source in _sources(scope, at)]
    return sorted(found, key=lambda pile: (not pile.late, not pile.number.number))


def _pile(source: Source, at: datetime.datetime) -> Pile:
    number, late = _counts(source)
    nearest = source.rows.order_by(*source.order)[:SHOWN]
    return Pile(
        key=source.key,
        label=source.label,
        address=f"{source.page}?{source.query}",
        number=number,
        late=late,
        lines=tuple(source.line(row, at) for row in nearest),
        is_watched=source.is_watched,
    )


def _counts(source: Source) -> tuple[BoundedCount, int]:
    """Return how many rows there are and how many of them are late, counted up to a limit."""
    is_late = Case(When(source.late, then=Value(True)), default=Value(False))
    rows = source.rows.order_by().annotate(is_late=is_late).values("pk", "is_late")
    found = rows[: COUNTED + 1].aggregate(
        number=Count("pk"), late=Count("pk", filter=Q(is_late=True))
    )
    number = BoundedCount(min(found["number"], COUNTED), found["number"] > COUNTED)
    return number, min(found["late"], COUNTED)


def _sources(scope: Scope, at: datetime.datetime) -> Iterator[Source]:
    """Yield the piles of a scope's roles, each once, in the order of a day's work."""
    roles = {Role.DISTRICT_PLANNER} if scope.everything else scope.roles
    is_office = scope.edits_sites
    if Role.COMPANY_MEMBER in roles:
        yield _orders(scope, at, _("Work orders to accept"), (OrderState.ISSUED,))
        yield _orders(
            scope, at, _("Work orders to do and submit"), (OrderState.ACCEPTED, OrderState.DOING)
        )
    if roles & {Role.ASSOCIATION_MEMBER, Role.TOWNSHIP_OFFICER}:
        yield _orders(scope, at, _("Work orders to inspect"), (OrderState.SUBMITTED,))
    if roles & {Role.COOPERATIVE_MEMBER, Role.TOWNSHIP_OFFICER}:
        yield _orders(scope, at, _("Work orders to confirm"), (OrderState.INSPECTED,))
    if is_office:
        yield _orders(scope, at, _("Work orders to close"), (OrderState.CONFIRMED,))
        yield from _office_sources(scope, at)
    yield _payments(scope)
    yield _agreements(scope, _("Agreements to sign"), AgreementFilter(to_sign=True))
    if is_office:
        yield _agreements(scope, _("Agreements to renew"), AgreementFilter(needs_renewal=True))
    if is_office or Role.ASSOCIATION_MEMBER in roles or Role.COOPERATIVE_MEMBER in roles:
        yield _duties(scope)


def _office_sources(scope: Scope, at: datetime.datetime) -> Iterator[Source]:
    yield _reports(scope, at)
    yield _set_aside(scope)
    yield _defects(scope, at, _("Defects to verify"), DefectState.REPORTED)
    yield _defects(scope, at, _("Defects to order"), DefectState.VERIFIED)
    late = OrderFilter({"overdue": True})
    orders = late.apply(WorkOrder.objects.visible_to(scope), scope)
    yield Source(
        "orders-overdue",
        _("Work orders past their time limit"),
        "/maintenance/orders/",
        late.to_query(),
        orders.select_related("asset").defer(*HEAVY_OF_ASSET),
        Q(pk__isnull=False),
        ("due_at", "pk"),
        order_line,
        is_watched=True,
    )


def _orders(
    scope: Scope, at: datetime.datetime, label: str | Promise, states: Sequence[OrderState]
) -> Source:
    chosen = OrderFilter({"state": tuple(states), "mine": True})
    orders = chosen.apply(WorkOrder.objects.visible_to(scope), scope)
    return Source(
        f"orders-{states[0].value}",
        label,
        "/maintenance/orders/",
        chosen.to_query(),
        orders.select_related("asset").defer(*HEAVY_OF_ASSET),
        Q(due_at__lt=at),
        ("due_at", "pk"),
        order_line,
    )


def _defects(
    scope: Scope, at: datetime.datetime, label: str | Promise, state: DefectState
) -> Source:
    chosen = DefectFilter(state=(state,), as_of=at)
    late = DefectFilter(state=(state,), overdue=True, as_of=at)
    seen = Defect.objects.visible_to(scope)
    return Source(
        f"defects-{state.value}",
        label,
        "/maintenance/defects/",
        chosen.to_query(),
        chosen.apply(seen).select_related("asset").defer(*HEAVY_OF_ASSET),
        Q(pk__in=late.apply(seen).values("pk")),
        ("found_at", "pk"),
        defect_line,
    )


def _reports(scope: Scope, at: datetime.datetime) -> Source:
    chosen = ReportFilter(waiting=True, as_of=at)
    seen = PublicReport.objects.visible_to(scope)
    late = ReportFilter(overdue=True, as_of=at).apply(seen)
    return Source(
        "reports",
        _("Public reports to answer"),
        "/maintenance/reports/",
        chosen.to_query(),
        chosen.apply(seen).select_related("asset").defer(*HEAVY_OF_ASSET),
        Q(pk__in=late.values("pk")),
        ("received_at", "pk"),
        report_line,
    )


def _set_aside(scope: Scope) -> Source:
    chosen = SetAsideFilter(state=("open",))
    entries = chosen.apply(SetAsideEntry.objects.visible_to(scope))
    return Source(
        "set-aside",
        _("Phones' entries to decide on"),
        "/maintenance/set-aside/",
        chosen.to_query(),
        entries.select_related("asset", "sender").defer("body", "sides", *HEAVY_OF_ASSET),
        Q(pk__in=[]),
        ("received_at", "pk"),
        set_aside_line,
    )


def _payments(scope: Scope) -> Source:
    chosen = PeriodFilter(waits=True)
    payments = chosen.apply(PaymentRequest.objects.visible_to(scope), scope)
    return Source(
        "payments",
        _("Payments that wait for me"),
        "/maintenance/payments/",
        chosen.to_query(),
        payments.select_related("agreement__area").defer("agreement__area__boundary"),
        Q(pk__in=[]),
        ("period_end", "pk"),
        payment_line,
    )


def _agreements(scope: Scope, label: str | Promise, chosen: AgreementFilter) -> Source:
    seen = Agreement.objects.visible_to(scope)
    today = timezone.localdate()
    return Source(
        f"agreements-{chosen.pairs()[0][0]}",
        label,
        "/maintenance/agreements/",
        chosen.to_query(),
        chosen.apply(seen, scope).select_related("area").defer("area__boundary"),
        Q(state="signed", ends_on__lt=today),
        ("ends_on", "pk"),
        agreement_line,
    )


def _duties(scope: Scope) -> Source:
    chosen = ScheduleFilter(overdue=True)
    schedules = chosen.apply(UpkeepSchedule.objects.visible_to(scope))
    return Source(
        "duties",
        _("Recurrent checks overdue"),
        "/maintenance/duties/",
        chosen.to_query(),
        schedules.select_related("asset", "standard").defer(*HEAVY_OF_ASSET),
        Q(pk__isnull=False),
        ("next_due_on", "pk"),
        duty_line,
        is_watched=scope.edits_sites,
    )
