"""Which moves of a work order exist, which side makes them and which need a reason.

The executor does and submits, the inspector and the confirmer check, the office closes: no other
way leads to `closed`, whoever asks.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from maintenance.kinds import OrderKind, OrderState


class Side(StrEnum):
    """Who makes a move: a body of the order, or those who issue orders."""

    EXECUTOR = "executor"
    INSPECTOR = "inspector"
    CONFIRMER = "confirmer"
    OFFICE = "office"
    ISSUER = "issuer"


CHECKING = (Side.INSPECTOR, Side.CONFIRMER)
"""Sides whose move judges the executor's work."""

REPAIRS = (OrderKind.MINOR_REPAIR, OrderKind.EMERGENCY, OrderKind.ENGINEERING)
"""Kinds of orders that are submitted with photos from before and after: our choice."""


@dataclass(frozen=True, slots=True)
class OrderMove:
    """One allowed move of a work order."""

    from_state: OrderState
    to_state: OrderState
    side: Side
    needs_reason: bool = False

    @property
    def is_rework(self) -> bool:
        """Whether the move sends the work back."""
        return self.to_state == OrderState.DOING and self.side in CHECKING


_S = OrderState


def _moves() -> Iterable[OrderMove]:
    yield OrderMove(_S.ISSUED, _S.ACCEPTED, Side.EXECUTOR)
    yield OrderMove(_S.ACCEPTED, _S.DOING, Side.EXECUTOR)
    yield OrderMove(_S.DOING, _S.SUBMITTED, Side.EXECUTOR)
    yield OrderMove(_S.SUBMITTED, _S.INSPECTED, Side.INSPECTOR)
    yield OrderMove(_S.SUBMITTED, _S.DOING, Side.INSPECTOR, needs_reason=True)
    yield OrderMove(_S.INSPECTED, _S.CONFIRMED, Side.CONFIRMER)
    yield OrderMove(_S.INSPECTED, _S.DOING, Side.CONFIRMER, needs_reason=True)
    yield OrderMove(_S.CONFIRMED, _S.CLOSED, Side.OFFICE)
    for state in (_S.ISSUED, _S.ACCEPTED, _S.DOING):
        yield OrderMove(state, _S.CANCELLED, Side.ISSUER, needs_reason=True)


ORDER_MOVES: dict[tuple[str, str], OrderMove] = {
    (move.from_state.value, move.to_state.value): move for move in _moves()
}
BEFORE_SUBMISSION = (OrderState.ISSUED, OrderState.ACCEPTED, OrderState.DOING)
"""States in which what an order asks for may still be changed."""

CHECKED_STATES = (OrderState.SUBMITTED, OrderState.INSPECTED)
"""States from which a check passes an order on or sends it back."""


def moves_from_state(state: str) -> list[OrderMove]:
    """Return the moves out of a state, in their fixed order."""
    return [move for move in ORDER_MOVES.values() if move.from_state == state]
