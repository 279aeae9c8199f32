"""The rows of a payment: locked in one order, computed anew, and the record of each move."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext as _

from maintenance.acting import Acting
from maintenance.kinds import PaymentState
from maintenance.models import Agreement, PaymentChange, PaymentRequest, PaymentShare
from maintenance.money import MoneyError, Period, period_of
from maintenance.payment_blocks import period_covered
from maintenance.payment_figures import Figures, figures_of, standing_assessment, term_of
from maintenance.payment_moves import OPEN_STATES
from maintenance.payment_roles import PaymentParties, PaymentSide, acted_for_another
from maintenance.services.errors import (
    AgreementNotInForce,
    PeriodSettled,
    RoleConflict,
    SelfAssessment,
)
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import ConcurrentChange, NotPermitted, RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


def agreement_held(agreement_id: UUID) -> Agreement:
    """Return an agreement, locked: its assessments and payments wait for each other."""
    held: Agreement = Agreement.objects.select_for_update(no_key=True, of=("self",)).get(
        pk=agreement_id
    )
    return held


def payment_held(payment: PaymentRequest, expected_version: int | None = None) -> PaymentRequest:
    """Return a payment as it stands, locked after its agreement.

    Raises `ConcurrentChange` when it is no longer at the expected version.
    """
    agreement = agreement_held(payment.agreement_id)
    current: PaymentRequest = (
        PaymentRequest.objects.select_for_update(of=("self",))
        .select_related("assessment")
        .get(pk=payment.pk)
    )
    current.agreement = agreement
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    return current


def require_side(
    side: PaymentSide, parties: PaymentParties, scope: Scope, actor: User | None
) -> Acting:
    """Return somebody acting on a side of an agreement's payments; raises `NotPermitted`."""
    by = parties.acting(side, scope, actor)
    if by is None:
        raise NotPermitted
    return by


def require_judge(
    side: PaymentSide,
    parties: PaymentParties,
    scope: Scope,
    actor: User | None,
    payment: PaymentRequest | None = None,
) -> Acting:
    """Return somebody who may judge the executor's work for a side.

    Raises `SelfAssessment` for whoever belongs to the executor, `NotPermitted` for others who do
    not stand there, `RoleConflict` for a person who acted on the payment for another body.
    """
    if parties.carries_out(scope):
        raise SelfAssessment
    by = require_side(side, parties, scope, actor)
    if payment is not None and acted_for_another(payment, by):
        raise RoleConflict
    return by


def period_checked(agreement: Agreement, period: Period) -> Period:
    """Return the period if it is one of the agreement's payment periods.

    Raises `AgreementNotInForce` outside the term and `RefusedByRegister` for other days.
    """
    term = term_of(agreement)
    if term is None or period.first not in term:
        raise AgreementNotInForce
    right = period_of(agreement.payment_cycle, period.first, term)
    if right != period:
        sentence = _("The payment period that holds this day goes from %(first)s to %(last)s.")
        values = {"first": right.first.isoformat(), "last": right.last.isoformat()} if right else {}
        raise RefusedByRegister([("period_start", "not_a_period", sentence % values)])
    return right


def compute_anew(payment: PaymentRequest, *, actor: User | None, reason: str = "") -> None:
    """Write a payment's figures and shares by what stands now; raises `RefusedByRegister`."""
    period = period_covered(payment)
    payment.assessment = standing_assessment(payment.agreement, period)
    taken = list(payment.deductions.values_list("amount", flat=True))
    figures = computed(payment.agreement, period, payment, taken)
    payment.quantity, payment.base = figures.quantity, figures.base
    payment.coefficient, payment.payable = figures.coefficient, figures.payable
    payment.deductions_total = figures.deductions_total
    with authored(actor=actor, reason=reason):
        save_checked(payment, force_insert=payment._state.adding)
        _write_shares(payment, figures)
    payment.refresh_from_db()


def computed(
    agreement: Agreement, period: Period, payment: PaymentRequest, taken: Sequence[Decimal]
) -> Figures:
    """Return the figures of a payment; raises `RefusedByRegister` for shares that are not whole."""
    try:
        return figures_of(
            agreement,
            period,
            assessment=payment.assessment,
            deductions=taken,
        )
    except MoneyError as error:
        sentence = _("The funding shares must sum to exactly 100 percent.")
        raise RefusedByRegister([("shares", error.code, sentence)]) from error


def _write_shares(payment: PaymentRequest, figures: Figures) -> None:
    known = {share.source: share for share in payment.shares.all()}
    wanted = {share.source for share in figures.shares}
    payment.shares.exclude(source__in=wanted).delete()
    for figure in figures.shares:
        share = known.get(figure.source) or PaymentShare(payment=payment, source=figure.source)
        share.position, share.percent = figure.position, figure.percent
        share.amount = figure.amount
        share.save()


def change_record(
    payment: PaymentRequest,
    *,
    from_state: str,
    to_state: str,
    by: Acting,
    at: datetime.datetime,
    reason: str = "",
) -> PaymentChange:
    """Write the row of a move; drafting is a move from nothing."""
    return PaymentChange.objects.create(
        payment=payment,
        from_state=from_state,
        to_state=to_state,
        actor=by.actor,
        organisation=by.organisation,
        role=by.role,
        at=at,
        reason=reason.strip(),
    )


def moved(
    payment: PaymentRequest,
    to_state: str,
    *,
    by: Acting,
    at: datetime.datetime,
    reason: str = "",
) -> PaymentChange:
    """Move a payment that is held, with the row that the database insists on."""
    change = change_record(
        payment,
        from_state=payment.state,
        to_state=to_state,
        by=by,
        at=at,
        reason=reason,
    )
    payment.state = to_state
    with authored(actor=by.actor, reason=reason):
        save_checked(payment)
    payment.refresh_from_db()
    return change


def figures_may_change(payment: PaymentRequest) -> None:
    """Raise `PeriodSettled` once a payment is approved, paid or cancelled."""
    if payment.state not in OPEN_STATES:
        raise PeriodSettled


def back_to_draft(
    payment: PaymentRequest, *, by: Acting, at: datetime.datetime, reason: str
) -> None:
    """Return a payment to the draft: what was signed had other figures."""
    if payment.state != PaymentState.DRAFTED:
        moved(payment, PaymentState.DRAFTED, by=by, at=at, reason=reason)
