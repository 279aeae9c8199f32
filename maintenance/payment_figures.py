"""The figures of one payment period of an agreement, from its terms to each source's share."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from maintenance.agreement_sums import with_sums
from maintenance.kinds import BINDING_STATES, OrderState, PriceBasis
from maintenance.models import Agreement, Assessment, WorkOrder
from maintenance.money import (
    Period,
    base_by_orders,
    base_by_time,
    kilometres,
    payable,
    split,
    to_fen,
)
from maintenance.phases import last_day_of

ONE_DAY = datetime.timedelta(days=1)
NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class ShareFigure:
    """What one source bears, in yuan."""

    position: int
    source: str
    percent: Decimal
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Figures:
    """One period in numbers: quantity (km, assets or orders), and yuan to the fen.

    `base` is rounded for showing; `payable` is rounded once, from the exact base. Without an
    assessment there is no coefficient, and nothing is payable yet.
    """

    quantity: Decimal
    base: Decimal
    coefficient: Decimal | None
    deductions_total: Decimal
    payable: Decimal
    shares: tuple[ShareFigure, ...]


def term_of(agreement: Agreement) -> Period | None:
    """Return the days on which an agreement binds or bound its parties, None for none."""
    last = last_day_of(agreement)
    if agreement.state not in BINDING_STATES or last < agreement.starts_on:
        return None
    return Period(agreement.starts_on, last)


def moments_of(period: Period) -> tuple[datetime.datetime, datetime.datetime]:
    """Return the first moment of a period and the first one after it, local time."""
    midnight = datetime.time()
    first, after = period.first, period.last + ONE_DAY
    return (
        timezone.make_aware(datetime.datetime.combine(first, midnight)),
        timezone.make_aware(datetime.datetime.combine(after, midnight)),
    )


def standing_assessment(agreement: Agreement, period: Period) -> Assessment | None:
    """Return the assessment of a period that no correction supersedes."""
    return (
        Assessment.objects.filter(
            agreement=agreement,
            period_start=period.first,
            period_end=period.last,
            superseded_by__isnull=True,
        )
        .select_related("organisation", "assessor")
        .first()
    )


@dataclass(frozen=True, slots=True)
class Basis:
    """What a base rests on: metres and assets covered, or the prices of orders closed."""

    length_m: Decimal = Decimal(0)
    assets: int = 0
    prices: tuple[Decimal, ...] = ()


def basis_of(agreement: Agreement, period: Period) -> Basis:
    """Return the basis of one agreement's period; one query."""
    if agreement.price_basis == PriceBasis.PER_ORDER:
        prices = orders_to_pay(agreement, period).values_list("agreed_price", flat=True)
        return Basis(prices=tuple(price or NOTHING for price in prices))
    summed = with_sums(Agreement.objects.filter(pk=agreement.pk)).get()
    return Basis(length_m=summed.length_m, assets=summed.assets)


def figures_of(
    agreement: Agreement,
    period: Period,
    *,
    assessment: Assessment | None,
    deductions: Iterable[Decimal] = (),
    basis: Basis | None = None,
) -> Figures:
    """Return the figures of a period; raises `MoneyError` when the shares do not sum to 100.

    `basis` is read when it is not given.
    """
    taken = list(deductions)
    quantity, exact = _base(agreement, period, basis or basis_of(agreement, period))
    due = NOTHING
    if assessment:
        due = payable(base=exact, coefficient=assessment.coefficient, deductions=taken)
    return Figures(
        quantity=quantity,
        base=to_fen(exact),
        coefficient=assessment.coefficient if assessment else None,
        deductions_total=sum(taken, NOTHING),
        payable=due,
        shares=_shares(agreement, due),
    )


def _shares(agreement: Agreement, amount: Decimal) -> tuple[ShareFigure, ...]:
    shares = sorted(agreement.shares.all(), key=lambda share: (share.position, share.pk))
    amounts = split(amount, [share.percent for share in shares])
    return tuple(
        ShareFigure(place, share.source, share.percent, part)
        for place, (share, part) in enumerate(zip(shares, amounts, strict=True))
    )


def _base(agreement: Agreement, period: Period, basis: Basis) -> tuple[Decimal, Fraction]:
    if agreement.price_basis == PriceBasis.PER_ORDER:
        return Decimal(len(basis.prices)), base_by_orders(basis.prices)
    by_km = agreement.price_basis == PriceBasis.PER_KM_YEAR
    quantity = kilometres([basis.length_m]) if by_km else Decimal(basis.assets)
    return quantity, base_by_time(unit_price=agreement.unit_price, quantity=quantity, period=period)


def orders_to_pay(agreement: Agreement, period: Period) -> QuerySet[Any]:
    """Return the work orders of an agreement that were closed in a period."""
    start, end = moments_of(period)
    return WorkOrder.objects.filter(
        agreement=agreement, state=OrderState.CLOSED, closed_at__gte=start, closed_at__lt=end
    )
