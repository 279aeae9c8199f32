"""Marks of agreements: where one stands today, money in yuan, and how long it still runs."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maintenance.kinds import AgreementPhase
from maintenance.phases import last_day_of, phase_of
from sites.formatting import NOTHING

register = template.Library()

LOOKS: Final = {
    AgreementPhase.DRAFT: "before",
    AgreementPhase.NEGOTIATING: "work",
    AgreementPhase.SIGNED: "before",
    AgreementPhase.ACTIVE: "done",
    AgreementPhase.EXPIRING: "soon",
    AgreementPhase.EXPIRED: "over",
    AgreementPhase.RENEWED: "halted",
    AgreementPhase.TERMINATED: "halted",
}
"""The shape and colour of each phase; a word stands beside it always."""


@register.inclusion_tag("maintenance/partials/_phase_badge.html")
def phase_badge(agreement: Any, today: datetime.date | None = None) -> dict[str, Any]:
    """Show where an agreement stands on a day: shape, colour and word."""
    phase = phase_of(agreement, today or timezone.localdate())
    return {"look": LOOKS[phase], "label": phase.label}


@register.filter
def runs(agreement: Any, today: datetime.date | None = None) -> str:
    """Say in days how long an agreement runs, ran, or until it begins; nothing while drafted."""
    day = today or timezone.localdate()
    phase = phase_of(agreement, day)
    if phase in {AgreementPhase.DRAFT, AgreementPhase.NEGOTIATING}:
        return ""
    if phase == AgreementPhase.SIGNED:
        days = (agreement.starts_on - day).days
        return ngettext("begins in %(days)s day", "begins in %(days)s days", days) % {"days": days}
    days = (last_day_of(agreement) - day).days
    if days == 0:
        return _("ends today")
    if days > 0:
        return ngettext("ends in %(days)s day", "ends in %(days)s days", days) % {"days": days}
    return ngettext("ended %(days)s day ago", "ended %(days)s days ago", -days) % {"days": -days}


@register.filter
def yuan(amount: Decimal | int | None) -> str:
    """Write an amount in yuan to the fen, with separators; a dash for none.

    >>> yuan(Decimal("2690")), yuan(None)
    ('2,690.00', '—')
    """
    return NOTHING if amount is None else f"{Decimal(amount):,.2f}"


@register.filter
def percent(share: Decimal | None) -> str:
    """Write a percentage without empty decimals.

    >>> percent(Decimal("50.000")), percent(Decimal("33.334"))
    ('50 %', '33.334 %')
    """
    return NOTHING if share is None else f"{share.normalize():f} %"
