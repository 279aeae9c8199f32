"""The ladder of accountability and what may follow upon what."""

from __future__ import annotations

from typing import Final

from oversight.kinds import CASE_LADDER, CaseLevel, CaseState

OPEN_STATES: Final = (
    CaseState.RAISED,
    CaseState.NOTIFIED,
    CaseState.REPLIED,
    CaseState.APPEALED,
)
"""A case in one of these states still waits for somebody."""
ENDED_STATES: Final = (CaseState.CLOSED, CaseState.WITHDRAWN)
ANSWERABLE: Final = (CaseState.NOTIFIED, CaseState.REPLIED)
"""The body may reply, or appeal."""
FINAL_LEVELS: Final = (CaseLevel.NOTICE, CaseLevel.TRANSFER)
"""Levels that ask for no reply: such a case may be closed without one (our choice)."""


def rung_of(level: str) -> int:
    """Return the place of a level on the ladder, 0 for the mildest."""
    return CASE_LADDER.index(level)


def next_level(level: str) -> CaseLevel | None:
    """Return the level above, `None` at the top."""
    place = rung_of(level) + 1
    return CaseLevel(CASE_LADDER[place]) if place < len(CASE_LADDER) else None
