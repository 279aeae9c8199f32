"""Which moves of a defect exist, who makes them by hand, and which follow from other records."""

from __future__ import annotations

from dataclasses import dataclass

from maintenance.kinds import DefectState


@dataclass(frozen=True, slots=True)
class DefectMove:
    """One move; `by_hand` ones are made by the office, the client or the supervisor.

    `office_only` ones are the office's alone; `reopens` ones end some days after the state was
    entered. A move that is not by hand follows from a work order, a claim or a public report.
    """

    from_state: DefectState
    to_state: DefectState
    by_hand: bool = True
    needs_reason: bool = False
    office_only: bool = False
    reopens: bool = False


_S = DefectState
DEFECT_MOVES: dict[tuple[str, str], DefectMove] = {
    (move.from_state.value, move.to_state.value): move
    for move in (
        DefectMove(_S.REPORTED, _S.VERIFIED),
        DefectMove(_S.REPORTED, _S.DUPLICATE),
        DefectMove(_S.REPORTED, _S.REJECTED, needs_reason=True),
        DefectMove(_S.VERIFIED, _S.DUPLICATE),
        DefectMove(_S.VERIFIED, _S.REJECTED, needs_reason=True),
        DefectMove(_S.VERIFIED, _S.CLOSED, needs_reason=True, office_only=True),
        DefectMove(_S.VERIFIED, _S.ORDERED, by_hand=False),
        DefectMove(_S.ORDERED, _S.REPAIRED, by_hand=False),
        DefectMove(_S.ORDERED, _S.VERIFIED, by_hand=False),
        DefectMove(_S.REPAIRED, _S.ORDERED, by_hand=False),
        DefectMove(_S.REPAIRED, _S.VERIFIED, by_hand=False),
        DefectMove(_S.REPAIRED, _S.CLOSED, by_hand=False),
        DefectMove(_S.CLOSED, _S.VERIFIED, needs_reason=True, reopens=True),
        DefectMove(_S.CLOSED, _S.REPORTED, by_hand=False, needs_reason=True, reopens=True),
        DefectMove(_S.REJECTED, _S.REPORTED, needs_reason=True, reopens=True),
        DefectMove(_S.DUPLICATE, _S.REPORTED, needs_reason=True),
    )
}
WITH_ORDER = frozenset({DefectState.ORDERED, DefectState.REPAIRED, DefectState.CLOSED})
"""States in which a defect keeps its work order."""


def moves_by_hand(state: str) -> list[DefectMove]:
    """Return the moves that a person may make from a state, in their fixed order."""
    return [move for move in DEFECT_MOVES.values() if move.from_state == state and move.by_hand]
