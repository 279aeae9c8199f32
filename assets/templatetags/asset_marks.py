"""Marks that the pages of assets show alike: chainages, stretches, grades of condition."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template
from django.utils.translation import pgettext

from assets.chainage import Chainage, ChainageRange
from assets.condition.summary import GradeLengths
from assets.kinds import ConditionGrade
from sites.formatting import NOTHING

register = template.Library()


@register.filter
def chainage(metres: Decimal | int | None) -> str:
    """Write metres along a route as K12+345; a dash for none."""
    return NOTHING if metres is None else str(Chainage(Decimal(metres)))


@register.filter
def stretch(record: Any) -> str:
    """Write the stretch of a record with `start_m` and `end_m`; a dash where it has none."""
    if record is None or record.start_m is None or record.end_m is None:
        return NOTHING
    return str(ChainageRange(record.start_m, record.end_m))


@register.filter
def exact_number(value: Decimal | None) -> str:
    """Write a coefficient with every decimal that it has; a dash for none."""
    return NOTHING if value is None else f"{value.normalize():f}"


@register.inclusion_tag("assets/partials/_grade_badge.html")
def grade_badge(grade: str, *, is_stated: bool = False) -> dict[str, Any]:
    """Show a grade of condition: colour, shape, word, and whether a testing body states it."""
    known = grade in ConditionGrade.values
    label = ConditionGrade(grade).label if known else pgettext("condition", "Not rated")
    return {"grade": grade if known else "none", "label": label, "is_stated": is_stated}


@register.inclusion_tag("assets/partials/_grade_bar.html")
def grade_bar(lengths: GradeLengths) -> dict[str, Any]:
    """Show lengths by grade as one bar from excellent to not rated."""
    parts, place = [], Decimal(0)
    metres = [(grade, lengths.metres(grade)) for grade in ConditionGrade.values]
    for grade, length in [*metres, ("none", lengths.not_rated_m)]:
        if length > 0 and lengths.total_m:
            width = length / lengths.total_m * 100
            parts.append((grade, f"{place:.3f}", f"{width:.3f}"))
            place += width
    return {"parts": parts}
