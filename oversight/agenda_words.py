"""Why a site stands on an agenda, in words: the cause, its detail and the days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from oversight.kinds import AgendaCause, ResponsibleRole
from oversight.models import AgendaItem
from sites.kinds import MilestoneKind

SHOWN_ROLES = (ResponsibleRole.PROJECT_LEAD, ResponsibleRole.TOWNSHIP_HEAD, ResponsibleRole.LEADER)
"""Whose names an agenda shows, in the order in which they are asked first (our choice)."""


def cause_words(item: AgendaItem) -> str:
    """Return the cause with its detail: “Milestone overdue: Completion, 12 days”."""
    cause = str(AgendaCause(item.cause).label)
    detail = detail_words(item.cause, item.detail)
    days = days_words(item.days)
    return ", ".join(part for part in (f"{cause}: {detail}" if detail else cause, days) if part)


def detail_words(cause: str, detail: str) -> str:
    """Return the detail of a cause: a milestone's word, a month, or a date."""
    if cause == AgendaCause.MILESTONE and detail in MilestoneKind.values:
        return str(MilestoneKind(detail).label)
    return detail


def days_words(days: int | None) -> str:
    """Return a number of days in words; nothing where none is known."""
    return ngettext("%(days)s day", "%(days)s days", days) % {"days": days} if days else ""


def named(responsible: Iterable[Mapping[str, str]]) -> list[tuple[str, str]]:
    """Return role and person of those whom an agenda names; a blank role says so."""
    people = {entry.get("role", ""): entry.get("person", "") for entry in responsible}
    return [(str(role.label), people.get(role.value) or _("nobody")) for role in SHOWN_ROLES]
