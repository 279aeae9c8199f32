"""Which moves between states of an asset exist, who may make them and which need a reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from assets.kinds import AssetState
from sites.kinds import OFFICE_ROLES, Role

OFFICE: Final = frozenset(OFFICE_ROLES)
PLANNER: Final = frozenset({Role.DISTRICT_PLANNER})


@dataclass(frozen=True, slots=True)
class AssetMove:
    """One allowed move of an asset's state."""

    from_state: AssetState
    to_state: AssetState
    roles: frozenset[Role] = OFFICE
    needs_reason: bool = False


_IN, _LIMITED, _OUT = AssetState.IN_SERVICE, AssetState.RESTRICTED, AssetState.OUT_OF_SERVICE
_MOVES: Final = (
    AssetMove(AssetState.BUILDING, _IN),
    AssetMove(_IN, _LIMITED, needs_reason=True),
    # A bridge that breaks is closed at once, without restricted use before: our choice.
    AssetMove(_IN, _OUT, needs_reason=True),
    AssetMove(_LIMITED, _IN),
    AssetMove(_LIMITED, _OUT, needs_reason=True),
    AssetMove(_OUT, _LIMITED, needs_reason=True),
    AssetMove(_OUT, _IN),
    AssetMove(_OUT, AssetState.DECOMMISSIONED, PLANNER, needs_reason=True),
)
ASSET_MOVES: Final[Mapping[tuple[str, str], AssetMove]] = {
    (move.from_state.value, move.to_state.value): move for move in _MOVES
}


def asset_moves_from(state: str, roles: Iterable[Role]) -> list[AssetMove]:
    """Return the moves that somebody with the roles may make, in their fixed order."""
    held = frozenset(roles)
    return [move for move in _MOVES if move.from_state == state and move.roles & held]
