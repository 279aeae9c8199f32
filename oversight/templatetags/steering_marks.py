"""Marks that the pages of steering show alike: states, results, months, causes and names."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from oversight import agenda_words
from oversight.kinds import DecisionState, ItemResult, MeetingState, PlanState
from oversight.months import days_late

register = template.Library()

_BADGE: Final = "sites/partials/_state_badge.html"
_LIGHT: Final = "oversight/partials/_light.html"
PLAN_PHASES: Final[dict[str, str]] = {
    PlanState.DRAFT: "before",
    PlanState.SUBMITTED: "work",
    PlanState.RETURNED: "halted",
    PlanState.CONFIRMED: "work",
    PlanState.CLOSED: "done",
}
MEETING_PHASES: Final[dict[str, str]] = {
    MeetingState.PLANNED: "before",
    MeetingState.HELD: "done",
    MeetingState.CANCELLED: "halted",
}
RESULT_LIGHTS: Final[dict[str, str]] = {
    ItemResult.MET: "green",
    ItemResult.PARTLY: "yellow",
    ItemResult.MISSED: "red",
}


@register.inclusion_tag(_BADGE)
def plan_badge(state: str) -> dict[str, Any]:
    """Show a plan's state: colour, shape and word."""
    return {"state": state, "phase": PLAN_PHASES[state], "label": PlanState(state).label}


@register.inclusion_tag(_BADGE)
def meeting_badge(state: str) -> dict[str, Any]:
    """Show a meeting's state: colour, shape and word."""
    return {"state": state, "phase": MEETING_PHASES[state], "label": MeetingState(state).label}


@register.inclusion_tag(_LIGHT)
def decision_badge(decision: Any, today: datetime.date | None = None) -> dict[str, Any]:
    """Show where a decision stands: done, open, or overdue with its days."""
    if decision.state != DecisionState.OPEN:
        light = "green" if decision.state == DecisionState.DONE else ""
        return {"light": light, "label": DecisionState(decision.state).label}
    late = ((today or timezone.localdate()) - decision.due_on).days
    if late > 0:
        words = _("Overdue by %(days)s days") % {"days": late}
        return {"light": "red", "label": words}
    return {"light": "", "label": DecisionState.OPEN.label}


@register.inclusion_tag(_LIGHT)
def result_badge(result: str) -> dict[str, Any]:
    """Show what became of a plan's item: light and word."""
    return {"light": RESULT_LIGHTS.get(result, ""), "label": ItemResult(result).label}


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """Return a place's name by its code, empty when it has none."""
    return names.get(code, "")


@register.filter
def month(day: datetime.date | None) -> str:
    """Write a month in the language in force."""
    if day is None:
        return ""
    return date_format(day, "F Y" if get_language() == "en" else "Y年n月")


@register.filter
def late_days(plan: Any, today: datetime.date | None = None) -> int:
    """Return by how many days a plan was filed late, or is late today."""
    return days_late(plan.due_on, plan.submitted_at, today or timezone.localdate())


@register.filter
def cause(item: Any) -> str:
    """Say why a site stands on an agenda, without the days."""
    detail = agenda_words.detail_words(item.cause, item.detail)
    words = str(item.get_cause_display())
    return f"{words}: {detail}" if detail else words


@register.filter
def days_word(days: int | None) -> str:
    """Write a number of days."""
    return agenda_words.days_words(days)


@register.filter
def people(item: Any) -> list[tuple[str, str]]:
    """Return role and person of those whom an agenda names."""
    return agenda_words.named(item.responsible)
