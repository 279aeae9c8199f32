"""Marks of entries set aside: state, values in words, and links to what they became."""

from __future__ import annotations

from typing import Any, Final

from django import template
from django.template.defaultfilters import linebreaksbr
from django.urls import reverse
from django.utils.html import conditional_escape, format_html
from django.utils.translation import gettext as _

from field.body_words import Shown
from maintenance.kinds import FieldEntity, SetAsideState
from sites.formatting import moment

register = template.Library()

PHASES: Final[dict[str, str]] = {
    SetAsideState.OPEN: "before",
    SetAsideState.TAKEN: "done",
    SetAsideState.DISMISSED: "halted",
}
_PAGES: Final[dict[str, str]] = {
    FieldEntity.LOG: "maintenance:log-detail",
    FieldEntity.INSPECTION: "maintenance:inspection-detail",
    FieldEntity.DEFECT: "maintenance:defect-detail",
    FieldEntity.ORDER: "maintenance:order-detail",
}


@register.inclusion_tag("sites/partials/_state_badge.html")
def set_aside_badge(state: str) -> dict[str, Any]:
    """Show how an entry stands: colour, shape and word."""
    return {"state": state, "phase": PHASES[state], "label": SetAsideState(state).label}


@register.simple_tag
def shown_value(value: Shown) -> str:
    """Write a value, with a link where it names a record, line by line."""
    lines = linebreaksbr(value.text)
    if value.address:
        return format_html('<a href="{}">{}</a>', value.address, lines)
    return lines


@register.simple_tag
def record_link(entity: str, record: Any) -> str:
    """Write the name of a record of field work, with a link where it has a page."""
    name = _name(entity, record)
    page = _PAGES.get(entity)
    if page is None:
        return conditional_escape(name)
    return format_html('<a href="{}">{}</a>', reverse(page, args=[record.pk]), name)


def _name(entity: str, record: Any) -> str:
    if entity in (FieldEntity.DEFECT, FieldEntity.ORDER):
        return f"#{record.number}"
    if entity == FieldEntity.LOG:
        return _("Entry %(number)s") % {"number": record.server_seq}
    at = record.inspected_at if entity == FieldEntity.INSPECTION else record.started_at
    return f"{record.get_kind_display()} · {moment(at)}"
