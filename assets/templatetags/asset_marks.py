"""Marks that the pages of assets show alike: chainages and stretches."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import template

from assets.chainage import Chainage, ChainageRange
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
