"""Marks of cases: state, level, and days in words."""

from __future__ import annotations

from typing import Any, Final

from django import template

from oversight.case_ladder import rung_of
from oversight.kinds import CaseLevel, CaseState

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
    """Show a level of the ladder: as many bars as steps, and the word."""
    return {"rungs": range(rung_of(level) + 1), "level": level, "label": CaseLevel(level).label}
