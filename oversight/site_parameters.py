"""What steering adds to the filter of sites: exactly a meeting's agenda, and why a site is red."""

from __future__ import annotations

import datetime
from typing import Final
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from oversight.kinds import RedCause
from oversight.models import AgendaItem, DispatchMeeting
from oversight.red_items import red_condition
from sites.filter_parameter import Parameter, chosen
from sites.filter_values import Params, parsed


def _meetings(params: Params) -> tuple[UUID, ...]:
    return parsed(params, "agenda", UUID)


def _on_agenda(meetings: tuple[UUID, ...], _as_of: datetime.date) -> Q:
    kept = AgendaItem.objects.filter(meeting_id__in=meetings, is_kept=True)
    return Q(pk__in=kept.values("site_id"))


def _titles(meetings: tuple[UUID, ...]) -> str:
    """Return the days of the meetings: their titles are not for everybody who has the link."""
    days = DispatchMeeting.objects.filter(pk__in=meetings).values_list("held_on", flat=True)
    return ", ".join(f"{day:%Y-%m-%d}" for day in days.order_by("held_on")) or gettext("unknown")


def _red(causes: tuple[str, ...], as_of: datetime.date) -> Q:
    condition = Q(pk__in=[])
    for cause in causes:
        condition |= red_condition(cause, as_of)
    return condition


AGENDA: Final = Parameter(
    "agenda",
    _("On the agenda of"),
    _meetings,
    _on_agenda,
    "Identifiers of dispatch meetings: the sites on their agendas.",
    words=_titles,
)
RED: Final = chosen("red", _("Red because"), RedCause, _red)
