"""Which payments could be drafted for a month: every agreement whose payment period ends in it."""

from __future__ import annotations

import calendar
import datetime
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from maintenance.agreement_sums import with_sums
from maintenance.kinds import BINDING_STATES, OrderState, PartyRole, PaymentState, PriceBasis
from maintenance.models import Agreement, AgreementParty, Assessment, PaymentRequest, WorkOrder
from maintenance.money import MoneyError, Period, period_of
from maintenance.payment_figures import (
    NOTHING,
    Basis,
    Figures,
    figures_of,
    moments_of,
    term_of,
)
from maintenance.querysets import AgreementQuerySet
from sites.access import Scope, code_prefix_condition
from sites.kinds import OFFICE_ROLES

MOST_AGREEMENTS = 500


@dataclass(frozen=True, slots=True)
class Planned:
    """A payment that could be drafted: its period, and its figures as they would be.

    `figures` is None where the agreement's shares do not sum to 100.
    """

    agreement: Agreement
    period: Period
    assessment: Assessment | None
    figures: Figures | None


def month_of(text: str) -> datetime.date | None:
    """Return the first day of a month written as 2026-09, None when it is none."""
    try:
        return datetime.datetime.strptime(text, "%Y-%m").date()  # noqa: DTZ007  (a month)
    except ValueError:
        return None


def may_draft(scope: Scope) -> bool:
    """Whether somebody may draft payments at all: the office, a client, or an executor."""
    if scope.everything or scope.area_codes(OFFICE_ROLES):
        return True
    parties = AgreementParty.objects.filter(organisation_id__in=scope.organisation_ids())
    return parties.filter(role__in=[PartyRole.CLIENT, PartyRole.EXECUTOR]).exists()


def planned_payments(scope: Scope, month: datetime.date) -> list[Planned]:
    """Return what the viewer may draft for the payment periods that end in a month; six queries.

    Periods that have a payment already are left out, and so are agreements that had ended.
    """
    last = month.replace(day=calendar.monthrange(month.year, month.month)[1])
    agreements = (
        with_sums(_own(scope))
        .filter(state__in=BINDING_STATES, starts_on__lte=last)
        .filter(Q(ended_on__gte=month) | Q(ended_on__isnull=True, ends_on__gte=month))
        .prefetch_related("shares")
        .order_by("number")
    )
    due = {
        agreement: period
        for agreement in agreements[:MOST_AGREEMENTS]
        if (period := _period_ending(agreement, month, last))
    }
    taken, assessments, prices = _taken(due), _assessments(due), _prices(due)
    return [
        _planned(agreement, period, assessments.get(agreement.pk), prices[agreement.pk])
        for agreement, period in due.items()
        if not any(period.within(other) for other in taken[agreement.pk])
    ]


def _own(scope: Scope) -> AgreementQuerySet:
    agreements = Agreement.objects.visible_to(scope)
    if scope.everything:
        return agreements
    parties = AgreementParty.objects.filter(
        agreement_id=OuterRef("pk"),
        organisation_id__in=scope.organisation_ids(),
        role__in=[PartyRole.CLIENT, PartyRole.EXECUTOR],
    )
    office = code_prefix_condition("area_code", scope.area_codes(OFFICE_ROLES))
    return agreements.filter(office | Exists(parties))


def _period_ending(
    agreement: Agreement, first: datetime.date, last: datetime.date
) -> Period | None:
    """Return the payment period of an agreement that ends between two days."""
    term = term_of(agreement)
    if term is None:
        return None
    period = period_of(agreement.payment_cycle, min(last, term.last), term)
    return period if period and first <= period.last <= last else None


def _planned(
    agreement: Any, period: Period, assessment: Assessment | None, prices: list[Decimal]
) -> Planned:
    basis = Basis(agreement.length_m, agreement.assets, tuple(prices))
    try:
        figures = figures_of(agreement, period, assessment=assessment, basis=basis)
    except MoneyError:
        figures = None
    return Planned(agreement, period, assessment, figures)


def _taken(due: Mapping[Agreement, Period]) -> dict[UUID, list[Period]]:
    payments = PaymentRequest.objects.filter(agreement__in=list(due))
    rows = payments.exclude(state=PaymentState.CANCELLED).values_list(
        "agreement_id", "period_start", "period_end"
    )
    found: dict[UUID, list[Period]] = defaultdict(list)
    for agreement_id, first, last in rows:
        found[agreement_id].append(Period(first, last))
    return found


def _assessments(due: Mapping[Agreement, Period]) -> dict[UUID, Assessment]:
    standing = Assessment.objects.filter(agreement__in=list(due), superseded_by__isnull=True)
    periods = {agreement.pk: period for agreement, period in due.items()}
    return {
        row.agreement_id: row
        for row in standing
        if Period(row.period_start, row.period_end) == periods[row.agreement_id]
    }


def _prices(due: Mapping[Agreement, Period]) -> dict[UUID, list[Decimal]]:
    by_order = {
        agreement.pk: moments_of(period)
        for agreement, period in due.items()
        if agreement.price_basis == PriceBasis.PER_ORDER
    }
    closed = WorkOrder.objects.filter(agreement_id__in=by_order, state=OrderState.CLOSED)
    if by_order:
        closed = closed.filter(closed_at__gte=min(start for start, _end in by_order.values()))
    found: dict[UUID, list[Decimal]] = defaultdict(list)
    for agreement_id, at, price in closed.values_list("agreement_id", "closed_at", "agreed_price"):
        start, end = by_order[agreement_id]
        if at and start <= at < end:
            found[agreement_id].append(price or NOTHING)
    return found
