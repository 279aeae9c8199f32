"""Which moves between states exist, who may make them and which need a reason."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sites.kinds import STATES_BEFORE_WORK, Role, State

PLANNER = frozenset({Role.DISTRICT_PLANNER})
OFFICE = frozenset({Role.DISTRICT_PLANNER, Role.TOWNSHIP_OFFICER})
BUILDER = frozenset({Role.DISTRICT_PLANNER, Role.TOWNSHIP_OFFICER, Role.COMPANY_MEMBER})


@dataclass(frozen=True, slots=True)
class Transition:
    """One allowed move of a site's state."""

    from_state: State
    to_state: State
    roles: frozenset[Role]
    needs_reason: bool = False


def _forward() -> Iterable[Transition]:
    yield Transition(State.PROPOSED, State.SHORTLISTED, PLANNER)
    yield Transition(State.SHORTLISTED, State.DESIGNED, PLANNER)
    yield Transition(State.DESIGNED, State.APPROVED, PLANNER)
    yield Transition(State.APPROVED, State.TENDERING, OFFICE)
    yield Transition(State.TENDERING, State.CONTRACTED, OFFICE)
    yield Transition(State.CONTRACTED, State.UNDER_CONSTRUCTION, OFFICE)
    yield Transition(State.UNDER_CONSTRUCTION, State.COMPLETED, BUILDER)
    yield Transition(State.COMPLETED, State.ACCEPTED, PLANNER)
    # The township holds the preliminary acceptance, so it may find that work must be rectified.
    yield Transition(State.COMPLETED, State.RECTIFYING, OFFICE, needs_reason=True)
    yield Transition(State.RECTIFYING, State.COMPLETED, BUILDER)
    yield Transition(State.ACCEPTED, State.SETTLED, PLANNER)
    yield Transition(State.SETTLED, State.HANDED_OVER, PLANNER)
    yield Transition(State.HANDED_OVER, State.CLOSED, PLANNER)


def _aside() -> Iterable[Transition]:
    yield Transition(State.UNDER_CONSTRUCTION, State.SUSPENDED, OFFICE, needs_reason=True)
    yield Transition(State.SUSPENDED, State.UNDER_CONSTRUCTION, OFFICE, needs_reason=True)
    for state in (*STATES_BEFORE_WORK, State.UNDER_CONSTRUCTION, State.SUSPENDED):
        yield Transition(state, State.CANCELLED, PLANNER, needs_reason=True)


TRANSITIONS: dict[tuple[str, str], Transition] = {
    (move.from_state.value, move.to_state.value): move for move in (*_forward(), *_aside())
}


def moves_from(state: str, roles: Iterable[Role]) -> list[Transition]:
    """Return the moves that somebody with the roles may make from a state, in their fixed order."""
    held = frozenset(roles)
    return [move for move in TRANSITIONS.values() if move.from_state == state and move.roles & held]
