"""Marks of work orders and field entries: state, priority, time limit, review."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maintenance.kinds import OrderState, Priority
from maintenance.log_review import LogMark, LogStanding, marks_of, standing_of
from maintenance.order_page import days_late
from maintenance.order_waiting import is_overdue

register = template.Library()

ORDER_PHASES: Final[dict[str, str]] = {
    OrderState.ISSUED: "before",
    OrderState.ACCEPTED: "before",
    OrderState.DOING: "work",
    OrderState.SUBMITTED: "work",
    OrderState.INSPECTED: "work",
    OrderState.CONFIRMED: "work",
    OrderState.CLOSED: "done",
    OrderState.CANCELLED: "halted",
}
LOG_PHASES: Final[dict[str, str]] = {
    LogStanding.PENDING: "before",
    LogStanding.VERIFIED: "done",
    LogStanding.RETURNED: "work",
    LogStanding.CORRECTED: "halted",
}


@register.inclusion_tag("sites/partials/_state_badge.html")
def order_badge(state: str) -> dict[str, Any]:
    """Show an order's state: colour, shape and word."""
    return {"state": state, "phase": ORDER_PHASES[state], "label": OrderState(state).label}


@register.inclusion_tag("sites/partials/_state_badge.html")
def log_badge(log: Any) -> dict[str, Any]:
    """Show how a field entry stands: colour, shape and word."""
    standing = standing_of(log)
    return {"state": standing, "phase": LOG_PHASES[standing], "label": standing.label}


@register.inclusion_tag("maintenance/partials/_order_due.html")
def due_mark(order: Any, now: datetime.datetime | None = None) -> dict[str, Any]:
    """Show an order's time limit; an overdue one by word, shape and colour."""
    at = now or timezone.now()
    late = is_overdue(order, at)
    days = days_late(order, at) if late else 0
    words = ngettext("overdue by %(days)s day", "overdue by %(days)s days", days)
    return {"order": order, "is_late": late, "words": words % {"days": days}}


@register.inclusion_tag("maintenance/partials/_order_priority.html")
def priority_mark(priority: str) -> dict[str, Any]:
    """Show a priority above normal by word and shape; nothing for a normal one."""
    return {"priority": priority, "label": Priority(priority).label}


@register.filter
def log_marks(log: Any) -> list[str]:
    """Return in words why an entry is to be looked at with care."""
    words = {
        LogMark.FAR: _("%(metres)s m from the asset")
        % {"metres": round(log.distance_m) if log.distance_m is not None else ""},
    }
    return [str(words.get(mark, mark.label)) for mark in marks_of(log)]
