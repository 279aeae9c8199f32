"""Small look-ups that templates need."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.utils.translation import gettext as _

from sites.kinds import Kind, RoadClass

register = template.Library()


@register.filter
def kind_word(kind: str) -> str:
    """Return a kind's word."""
    return str(Kind(kind).label)


@register.filter
def road_class_word(road_class: str) -> str:
    """Return a road class's word, also for a road whose class is not known."""
    return str(RoadClass(road_class).label) if road_class else _("Class not known")


@register.filter
def named(names: Mapping[str, str], code: str) -> str:
    """Return the name of a code, the code itself when it has none."""
    return names.get(code) or code


@register.filter
def item(mapping: Mapping[Any, Any], key: Any) -> Any:
    """Return a mapping's value, None where there is none."""
    return mapping.get(key)


@register.filter
def unlocal(number: Any) -> str:
    """Write a number as HTML attributes want it: a point, no separators."""
    return "" if number is None else str(number)
