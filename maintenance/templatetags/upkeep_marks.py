"""Marks that the pages of upkeep show alike: how an asset stands with its upkeep."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from maintenance.kinds import UpkeepGap
from sites import formatting

register = template.Library()


@register.filter
def local_day(time: datetime.datetime | None) -> str:
    """Write the day of a moment on the office's calendar; a dash for none."""
    return formatting.day(None if time is None else timezone.localdate(time))


SENTENCES: Final[dict[str, Promise]] = {
    UpkeepGap.NO_AGREEMENT: _("No agreement in force covers the whole of this asset."),
    UpkeepGap.NO_KEEPER: _("An agreement covers it, but a part has no person in charge."),
    UpkeepGap.NO_MONEY: _("An agreement covers it, but a part has no price or settled shares."),
    UpkeepGap.NO_INSPECTION: _("It is covered, but a recurrent check is overdue."),
}


@register.inclusion_tag("maintenance/partials/_gap_badge.html")
def gap_badge(gap: str) -> dict[str, Any]:
    """Show whether an asset is managed: shape, colour and word."""
    return {"gap": gap, "label": UpkeepGap(gap).label}


@register.simple_tag
def gap_sentence(gap: str) -> str:
    """Say in a sentence what an asset's upkeep lacks; nothing for a managed asset."""
    return str(SENTENCES.get(gap, ""))
