"""The life of a payment: drafted, verified, confirmed, approved, paid, and what is taken off it."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from maintenance.kinds import PaymentState
from maintenance.models import (
    Agreement,
    Defect,
    PaymentChange,
    PaymentDeduction,
    PaymentRequest,
    WorkOrder,
)
from maintenance.money import Period
from maintenance.payment_blocks import payment_blocks, period_covered
from maintenance.payment_moves import JUDGING, PAYMENT_MOVES
from maintenance.payment_roles import PaymentParties, PaymentSide, acted_for_another
from maintenance.services.errors import PaymentBlocked, RoleConflict, WrongMoment
from maintenance.services.payment_records import (
    agreement_held,
    back_to_draft,
    change_record,
    compute_anew,
    figures_may_change,
    moved,
    payment_held,
    period_checked,
    require_judge,
    require_side,
)
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import (
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from maintenance.acting import Acting


@transaction.atomic
def payment_draft(
    *,
    agreement: Agreement,
    period: Period,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    note: str = "",
) -> PaymentRequest:
    """Draft the payment of one payment period within the term; the client or the executor asks.

    Its figures follow from the agreement and the period's assessment, if there is one. Raises
    `NotPermitted`, `AgreementNotInForce`, or `RefusedByRegister` where another payment covers
    part of the period or the days are no payment period.
    """
    held = agreement_held(agreement.pk)
    by = require_side(PaymentSide.DRAFTER, PaymentParties(held), scope, actor)
    period_checked(held, period)
    _require_free(held, period)
    payment = PaymentRequest(
        agreement=held, period_start=period.first, period_end=period.last, note=note.strip()
    )
    compute_anew(payment, actor=actor)
    change_record(payment, from_state="", to_state=payment.state, by=by, at=at)
    return payment


@transaction.atomic
def payment_refresh(
    *,
    payment: PaymentRequest,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> PaymentRequest:
    """Compute a draft anew by what stands now; raises `NotPermitted` or `WrongMoment`."""
    current = payment_held(payment, expected_version)
    require_side(PaymentSide.DRAFTER, PaymentParties(current.agreement), scope, actor)
    if current.state != PaymentState.DRAFTED:
        raise WrongMoment(_("Only a draft is computed anew."))
    compute_anew(current, actor=actor)
    return current


@transaction.atomic
def payment_add_deduction(
    *,
    payment: PaymentRequest,
    amount: Decimal,
    reason: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    defect: Defect | None = None,
    order: WorkOrder | None = None,
    expected_version: int | None = None,
) -> PaymentDeduction:
    """Take an amount of yuan off a payment, for the client or the supervisor, with a reason.

    Signatures under the higher amount fall. Raises `NotPermitted`, `RoleConflict`,
    `ReasonMissing`, `PeriodSettled`, `ConcurrentChange` or `RefusedByRegister`.
    """
    current = payment_held(payment, expected_version)
    by = _deducter(current, scope, actor)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    for name, record in (("defect", defect), ("order", order)):
        if record is not None and record.agreement_id != current.agreement_id:
            sentence = _("This record belongs to another agreement.")
            raise RefusedByRegister([(name, "other_agreement", sentence)])
    deduction = PaymentDeduction(
        payment=current,
        amount=amount,
        reason=reason.strip(),
        defect=defect,
        order=order,
        added_by=actor,
    )
    save_checked(deduction, force_insert=True)
    back_to_draft(current, by=by, at=at, reason=_("A deduction was added."))
    compute_anew(current, actor=actor, reason=reason)
    return deduction


@transaction.atomic
def payment_remove_deduction(
    *,
    deduction: PaymentDeduction,
    reason: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> PaymentRequest:
    """Take a deduction back, with a reason; the history keeps it. Raises as adding one does."""
    current = payment_held(deduction.payment, expected_version)
    by = _deducter(current, scope, actor)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    with authored(actor=actor, reason=reason):
        PaymentDeduction.objects.get(pk=deduction.pk).delete()
    back_to_draft(current, by=by, at=at, reason=_("A deduction was taken back."))
    compute_anew(current, actor=actor, reason=reason)
    return current


@transaction.atomic
def payment_move(
    *,
    payment: PaymentRequest,
    to_state: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str = "",
    document_no: str = "",
    paid_on: datetime.date | None = None,
    expected_version: int | None = None,
) -> PaymentChange:
    """Move a payment to another state, through the check that the move has.

    Raises `ConcurrentChange`, `IllegalTransition`, `SelfAssessment`, `RoleConflict`,
    `NotPermitted`, `ReasonMissing`, `PaymentBlocked` with everything that stands in the way, or
    `RefusedByRegister` for a payment without document and day.
    """
    current = payment_held(payment, expected_version)
    move = PAYMENT_MOVES.get((current.state, to_state))
    by = _mover(current, to_state, scope, actor)
    if move is None or by is None:
        raise IllegalTransition
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(field="reason")
    if to_state == PaymentState.VERIFIED and current.assessment_id is None:
        raise WrongMoment(_("Assess the period before you verify its payment."))
    if to_state == PaymentState.APPROVED:
        _require_unblocked(current, timezone.localdate(at))
    if to_state == PaymentState.PAID:
        _write_document(current, document_no, paid_on, timezone.localdate(at))
    return moved(current, to_state, by=by, at=at, reason=reason)


def _mover(
    payment: PaymentRequest, to_state: str, scope: Scope, actor: User | None
) -> Acting | None:
    """Return who makes a move, None where there is no such move; raises `NotPermitted`."""
    move = PAYMENT_MOVES.get((payment.state, to_state))
    if move is None:
        return None
    parties = PaymentParties(payment.agreement)
    if len(move.sides) == 1 and move.sides[0] in JUDGING:
        return require_judge(move.sides[0], parties, scope, actor, payment)
    found = (parties.acting(side, scope, actor) for side in move.sides)
    by = next((acting for acting in found if acting), None)
    if by is None:
        raise NotPermitted
    if to_state == PaymentState.APPROVED and acted_for_another(payment, by):
        raise RoleConflict
    return by


def _deducter(payment: PaymentRequest, scope: Scope, actor: User | None) -> Acting:
    by = require_judge(
        PaymentSide.DEDUCTER, PaymentParties(payment.agreement), scope, actor, payment
    )
    figures_may_change(payment)
    return by


def _require_free(agreement: Agreement, period: Period) -> None:
    others = PaymentRequest.objects.filter(
        agreement=agreement, period_start__lte=period.last, period_end__gte=period.first
    ).exclude(state=PaymentState.CANCELLED)
    if others.exists():
        sentence = _("Another payment of this agreement covers part of the period.")
        raise RefusedByRegister([("period_start", "payment_periods_do_not_overlap", sentence)])


def _require_unblocked(payment: PaymentRequest, on: datetime.date) -> None:
    blocks = payment_blocks(payment, on=on)
    if blocks:
        raise PaymentBlocked([("", block.code, block.sentence) for block in blocks])


def _write_document(
    payment: PaymentRequest, document_no: str, paid_on: datetime.date | None, today: datetime.date
) -> None:
    problems = []
    if not document_no.strip():
        problems.append(("document_no", "blank", _("Give the number of the payment document.")))
    if paid_on is None:
        problems.append(("paid_on", "required", _("Give the day of the payment.")))
    elif not period_covered(payment).first <= paid_on <= today:
        sentence = _("The day lies after the beginning of the period and not in the future.")
        problems.append(("paid_on", "out_of_range", sentence))
    if problems:
        raise RefusedByRegister(problems)
    payment.document_no, payment.paid_on = document_no.strip(), paid_on
