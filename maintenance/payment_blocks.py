"""What stands between a payment and its approval: each reason with a code, a sentence, a link.

Our rule, written down in the decision on money: nobody pays for a period that is not over, not
scored, not proven, or whose work waits for a check.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from assets.kinds import PhotoStage
from maintenance.kinds import OrderState, PriceBasis, ReviewVerdict
from maintenance.log_review import clock_condition, standing, with_standing
from maintenance.models import MaintenanceLog, PaymentRequest, WorkOrder
from maintenance.money import MoneyError, Period
from maintenance.order_moves import REPAIRS
from maintenance.payment_figures import (
    Figures,
    figures_of,
    moments_of,
    orders_to_pay,
    standing_assessment,
    term_of,
)

UNSUBMITTED = (OrderState.ISSUED, OrderState.ACCEPTED, OrderState.DOING)
CHECKED = (OrderState.INSPECTED, OrderState.CONFIRMED, OrderState.CLOSED)


@dataclass(frozen=True, slots=True)
class Block:
    """One reason against approval; `link` is the page where it is dealt with, or empty."""

    code: str
    sentence: str
    link: str = ""


def period_covered(payment: PaymentRequest) -> Period:
    """Return the period of a payment."""
    return Period(payment.period_start, payment.period_end)


def current_figures(payment: PaymentRequest) -> Figures:
    """Return what a payment's figures are by what stands now; raises `MoneyError`."""
    period = period_covered(payment)
    return figures_of(
        payment.agreement,
        period,
        assessment=standing_assessment(payment.agreement, period),
        deductions=[deduction.amount for deduction in payment.deductions.all()],
    )


def payment_blocks(payment: PaymentRequest, *, on: datetime.date) -> list[Block]:
    """Return every reason why a payment may not be approved on a day, empty when it may."""
    return [
        *_term(payment, on),
        *_figures(payment),
        *_orders(payment),
        *_evidence(payment),
        *_logs(payment),
    ]


def _term(payment: PaymentRequest, on: datetime.date) -> Iterator[Block]:
    agreement, period = payment.agreement, period_covered(payment)
    term = term_of(agreement)
    if term is None or period.within(term) != period:
        sentence = _("Agreement %(number)s is not in force for all of the period.")
        yield Block(
            "agreement_not_in_force",
            sentence % {"number": agreement.number},
            f"/maintenance/agreements/{agreement.pk}/",
        )
    if on < period.last:
        sentence = _("The period is not over: it ends on %(day)s.")
        yield Block("period_not_over", sentence % {"day": date_format(period.last)})


def _figures(payment: PaymentRequest) -> Iterator[Block]:
    period = period_covered(payment)
    if standing_assessment(payment.agreement, period) is None:
        link = f"/maintenance/agreements/{payment.agreement_id}/assess/"
        yield Block(
            "not_assessed",
            _("The period has not been assessed."),
            f"{link}?period={period.first.isoformat()}",
        )
    try:
        current = current_figures(payment)
    except MoneyError:
        yield Block("shares_incomplete", _("The funding shares do not sum to 100 percent."))
        return
    stored = (payment.base, payment.coefficient, payment.deductions_total, payment.payable)
    anew = (current.base, current.coefficient, current.deductions_total, current.payable)
    if stored != anew:
        yield Block(
            "figures_changed",
            _("The figures have changed since the payment was drafted. Compute it anew."),
        )


def _orders(payment: PaymentRequest) -> Iterator[Block]:
    _start, end = moments_of(period_covered(payment))
    orders = WorkOrder.objects.filter(agreement=payment.agreement_id, due_at__lt=end)
    waiting = orders.filter(
        state__in=(*UNSUBMITTED, OrderState.SUBMITTED, OrderState.INSPECTED)
    ).select_related("executor", "inspector", "confirmer")
    for order in waiting.order_by("number"):
        code, sentence, body = _waits(order)
        yield Block(
            code,
            sentence % {"number": order.number, "organisation": body.label},
            _order_page(order),
        )


def _waits(order: WorkOrder) -> tuple[str, str, Any]:
    if order.state == OrderState.SUBMITTED:
        sentence = _("Order #%(number)s waits for the inspection by %(organisation)s.")
        return "order_not_inspected", sentence, order.inspector
    if order.state == OrderState.INSPECTED:
        sentence = _("Order #%(number)s waits for the confirmation by %(organisation)s.")
        return "order_not_confirmed", sentence, order.confirmer
    sentence = _("Order #%(number)s has not been submitted by %(organisation)s.")
    return "order_not_submitted", sentence, order.executor


def _evidence(payment: PaymentRequest) -> Iterator[Block]:
    orders = _work_of(payment).filter(state__in=CHECKED)
    for order in _with_evidence(orders).order_by("number"):
        if not order.is_logged:
            sentence = _("Order #%(number)s has no log that stands.")
            yield Block(
                "order_without_log", sentence % {"number": order.number}, _order_page(order)
            )
        elif order.kind in REPAIRS and not order.is_pictured:
            sentence = _("Order #%(number)s has no photo from after the work.")
            yield Block(
                "order_without_photo", sentence % {"number": order.number}, _order_page(order)
            )
    if payment.agreement.price_basis == PriceBasis.PER_ORDER:
        unpriced = orders_to_pay(payment.agreement, period_covered(payment))
        for order in unpriced.filter(agreed_price__isnull=True).order_by("number"):
            sentence = _("Order #%(number)s is closed without an agreed price.")
            yield Block(
                "order_without_price", sentence % {"number": order.number}, _order_page(order)
            )


def _work_of(payment: PaymentRequest) -> QuerySet[Any]:
    """Return the orders that were due or closed in a payment's period."""
    start, end = moments_of(period_covered(payment))
    in_period = Q(due_at__gte=start, due_at__lt=end) | Q(closed_at__gte=start, closed_at__lt=end)
    orders: QuerySet[Any] = WorkOrder.objects.filter(in_period, agreement=payment.agreement_id)
    return orders


def _with_evidence(orders: QuerySet[Any]) -> QuerySet[Any]:
    logs = standing(MaintenanceLog.objects.filter(order=OuterRef("pk")))
    pictured = logs.filter(photos__stage=PhotoStage.AFTER)
    found: QuerySet[Any] = orders.annotate(is_logged=Exists(logs), is_pictured=Exists(pictured))
    return found


def _logs(payment: PaymentRequest) -> Iterator[Block]:
    """Entries of the period by their own time, or by ours where their clock was wrong.

    With them all entries of the orders that were done, whenever they were made: they are proof.
    """
    start, end = moments_of(period_covered(payment))
    made = Q(device_time__gte=start, device_time__lt=end)
    came = Q(received_at__gte=start, received_at__lt=end) & clock_condition()
    proof = Q(order__in=_work_of(payment).filter(state__in=CHECKED).values("pk"))
    logs = MaintenanceLog.objects.filter(made | came | proof, agreement=payment.agreement_id)
    unproven = with_standing(logs).filter(is_corrected=False)
    number = unproven.exclude(verdict__isnull=False, verdict=ReviewVerdict.VERIFIED).count()
    if number:
        sentence = ngettext(
            "%(number)s log entry of the period is not verified.",
            "%(number)s log entries of the period are not verified.",
            number,
        )
        yield Block(
            "logs_not_verified",
            sentence % {"number": number},
            f"/maintenance/logs/?agreement={payment.agreement_id}",
        )


def _order_page(order: WorkOrder) -> str:
    return f"/maintenance/orders/{order.pk}/"
