"""Marks that the pages of field work show alike: states, severities, who acted."""

from __future__ import annotations

from typing import Any, Final

from django import template

from assets.kinds import Severity
from maintenance.inspection_rules import question_of
from maintenance.kinds import ClaimState, DefectState, ReportState
from maintenance.report_words import answer_words

register = template.Library()

_BADGE: Final = "sites/partials/_state_badge.html"
DEFECT_PHASES: Final[dict[str, str]] = {
    DefectState.REPORTED: "before",
    DefectState.VERIFIED: "before",
    DefectState.ORDERED: "work",
    DefectState.REPAIRED: "work",
    DefectState.CLOSED: "done",
    DefectState.DUPLICATE: "halted",
    DefectState.REJECTED: "halted",
}
REPORT_PHASES: Final[dict[str, str]] = {
    ReportState.RECEIVED: "before",
    ReportState.REOPENED: "before",
    ReportState.LINKED: "work",
    ReportState.ANSWERED: "done",
    ReportState.REJECTED: "halted",
}
CLAIM_PHASES: Final[dict[str, str]] = {
    ClaimState.RAISED: "before",
    ClaimState.ACCEPTED: "work",
    ClaimState.SETTLED: "done",
    ClaimState.REFUSED: "halted",
    ClaimState.WITHDRAWN: "halted",
}


@register.inclusion_tag(_BADGE)
def defect_badge(state: str) -> dict[str, Any]:
    """Show a defect's state: colour, shape and word."""
    return {"state": state, "phase": DEFECT_PHASES[state], "label": DefectState(state).label}


@register.inclusion_tag(_BADGE)
def report_badge(state: str) -> dict[str, Any]:
    """Show a public report's state: colour, shape and word."""
    return {"state": state, "phase": REPORT_PHASES[state], "label": ReportState(state).label}


@register.inclusion_tag(_BADGE)
def claim_badge(state: str) -> dict[str, Any]:
    """Show a warranty claim's state: colour, shape and word."""
    return {"state": state, "phase": CLAIM_PHASES[state], "label": ClaimState(state).label}


@register.inclusion_tag("maintenance/partials/_severity.html")
def severity_mark(severity: str) -> dict[str, Any]:
    """Show how serious something is: one to three bars and the word."""
    bars = list(Severity.values).index(severity) + 1
    return {"severity": severity, "bars": bars, "label": Severity(severity).label}


@register.filter
def words_of_answer(report: Any) -> str:
    """Return a report's answer in words."""
    return answer_words(report)


@register.filter
def question(item: Any) -> str:
    """Return a checklist item's question in the language in force."""
    return question_of(item)
