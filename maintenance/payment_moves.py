"""Which moves of a payment exist, which sides make them and which need a reason.

One way leads to the money: drafted, verified by the supervisor, confirmed by the participant,
approved by the client, paid. What was signed with other figures goes back to the draft.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from maintenance.kinds import PaymentState
from maintenance.payment_roles import PaymentSide

_S = PaymentState


@dataclass(frozen=True, slots=True)
class PaymentMove:
    """One allowed move, and the sides of which each may make it."""

    from_state: PaymentState
    to_state: PaymentState
    sides: tuple[PaymentSide, ...]
    needs_reason: bool = False


def _moves() -> Iterator[PaymentMove]:
    office, verifier = (PaymentSide.OFFICE,), (PaymentSide.VERIFIER,)
    confirmer = (PaymentSide.CONFIRMER,)
    yield PaymentMove(_S.DRAFTED, _S.VERIFIED, verifier)
    yield PaymentMove(_S.VERIFIED, _S.CONFIRMED, confirmer)
    yield PaymentMove(_S.CONFIRMED, _S.APPROVED, office)
    yield PaymentMove(_S.APPROVED, _S.PAID, office)
    yield PaymentMove(_S.VERIFIED, _S.DRAFTED, (*office, *verifier, *confirmer), needs_reason=True)
    yield PaymentMove(_S.CONFIRMED, _S.DRAFTED, (*office, *confirmer), needs_reason=True)
    yield PaymentMove(_S.DRAFTED, _S.CANCELLED, (PaymentSide.DRAFTER,), needs_reason=True)
    for state in (_S.VERIFIED, _S.CONFIRMED, _S.APPROVED):
        yield PaymentMove(state, _S.CANCELLED, office, needs_reason=True)


PAYMENT_MOVES: dict[tuple[str, str], PaymentMove] = {
    (move.from_state.value, move.to_state.value): move for move in _moves()
}
OPEN_STATES = (PaymentState.DRAFTED, PaymentState.VERIFIED, PaymentState.CONFIRMED)
"""States in which the figures of a payment may still change."""
SETTLED_STATES = (PaymentState.APPROVED, PaymentState.PAID)
"""States in which a payment's figures are fixed."""
JUDGING = (PaymentSide.VERIFIER, PaymentSide.CONFIRMER)
"""Sides whose move judges the executor's work."""


def moves_from_state(state: str) -> list[PaymentMove]:
    """Return the moves out of a state, in their fixed order."""
    return [move for move in PAYMENT_MOVES.values() if move.from_state == state]
