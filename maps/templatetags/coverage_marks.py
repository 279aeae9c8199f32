"""Filters of the pages of coverage."""

from __future__ import annotations

from decimal import Decimal

from django import template
from django.utils.translation import gettext as _

from sites.formatting import MINUS

register = template.Library()


@register.filter
def points(change: Decimal) -> str:
    """Return a change of a rate in percentage points with its sign."""
    sign = MINUS if change < 0 else "+" if change > 0 else ""
    return _("%(change)s points") % {"change": f"{sign}{abs(change)}"}
