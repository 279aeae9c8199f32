"""Marks of cases: state, level, and days in words."""

from __future__ import annotations

from typing import Any, Final

from django import template

from oversight.case_ladder import rung_of
from oversight.kinds import CASE_LADDER, CaseLevel, CaseState

register = template.Library()

PHASES: Final[dict[str, str]] = {
    CaseState.RAISED: "before",
    CaseState.NOTIFIED: "work",
    CaseState.REPLIED: "work",
    CaseState.APPEALED: "work",
    CaseState.CLOSED: "done",
    CaseState.WITHDRAWN: "halted",
}


@register.inclusion_tag("sites/partials/_state_badge.html")
def case_badge(state: str) -> dict[str, Any]:
    """Show a case's state: colour, shape and word."""
    return {"state": state, "phase": PHASES[state], "label": CaseState(state).label}


@register.inclusion_tag("oversight/partials/_case_level.html")
def case_level(level: str) -> dict[str, Any]:
    """Show a level: five bars, filled as far as the case has climbed, and the word."""
    here = rung_of(level)
    rungs = [
        {"x": 5 * n, "y": 10 - 2.5 * n, "height": 4 + 2.5 * n, "is_reached": n <= here}
        for n in range(len(CASE_LADDER))
    ]
    return {"rungs": rungs, "level": level, "label": CaseLevel(level).label}
