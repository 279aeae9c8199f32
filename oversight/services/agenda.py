"""The agenda of a meeting: it draws itself from what is red; the office keeps, strikes and adds."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from oversight.kinds import AgendaCause, MeetingState
from oversight.models import AgendaItem, DispatchMeeting
from oversight.red_items import RedItem, red_items, watched_sites
from oversight.responsible import responsible_of
from oversight.services.meetings import held_meeting
from sites.access import Scope
from sites.models import ProjectSite
from sites.services.authorship import authored
from sites.services.errors import RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Key = tuple[UUID, str, str]


@transaction.atomic
def agenda_draw(
    *,
    meeting: DispatchMeeting,
    actor: User | None,
    scope: Scope,
    as_of: datetime.date,
) -> list[AgendaItem]:
    """Put everything that is red in the meeting's area on its agenda, as it stands on a day.

    Drawing again adds what became red, brings days and names up to date, and takes off what is
    not red any more, unless somebody wrote a note to it. What was struck stays struck. Raises
    `WrongMoment` or `NotPermitted`.
    """
    current = held_meeting(meeting, scope, MeetingState.PLANNED)
    red = {_key(item): item for item in red_items(scope, current.area, as_of)}
    standing = {(i.site_id, i.cause, i.detail): i for i in current.agenda.all()}
    with authored(actor=actor):
        _take_off(standing, red)
        kept = [standing[key] for key in standing if key in red]
        for item in kept:
            found = red[item.site_id, item.cause, item.detail]
            item.days, item.responsible = found.days, list(found.responsible)
        AgendaItem.objects.bulk_update(kept, ["days", "responsible"])
        AgendaItem.objects.bulk_create(
            [_drawn(current, item) for key, item in red.items() if key not in standing]
        )
    return list(current.agenda.select_related("site"))


@transaction.atomic
def agenda_add(
    *,
    meeting: DispatchMeeting,
    site: ProjectSite,
    note: str,
    actor: User | None,
    scope: Scope,
    as_of: datetime.date,
) -> AgendaItem:
    """Put a site on the agenda by hand, with what is to be spoken about.

    Raises `WrongMoment`, `NotPermitted` or `RefusedByRegister` (not of this area, there already,
    no note).
    """
    current = held_meeting(meeting, scope, MeetingState.PLANNED)
    if not watched_sites(scope, current.area).filter(pk=site.pk).exists():
        sentence = _("The site does not lie in the area of the meeting.")
        raise RefusedByRegister([("site", "not_of_area", sentence)])
    if not note.strip():
        sentence = _("Say what is to be spoken about.")
        raise RefusedByRegister([("note", "required", sentence)])
    if current.agenda.filter(site=site, cause=AgendaCause.ADDED).exists():
        sentence = _("The site was added to this agenda already.")
        raise RefusedByRegister([("site", "agenda_item_once", sentence)])
    names = responsible_of([site], as_of)[site.pk]
    item = AgendaItem(
        meeting=current,
        site=site,
        cause=AgendaCause.ADDED,
        note=note.strip(),
        responsible=[{"role": role, "person": row.person} for role, row in names.items()],
    )
    with authored(actor=actor):
        save_checked(item, force_insert=True)
    return item


@transaction.atomic
def agenda_mark(
    *,
    item: AgendaItem,
    actor: User | None,
    scope: Scope,
    is_kept: bool | None = None,
    note: str | None = None,
) -> AgendaItem:
    """Keep an item on the agenda or strike it, or write a note to it.

    Raises `WrongMoment` or `NotPermitted`.
    """
    held_meeting(item.meeting, scope, MeetingState.PLANNED)
    if is_kept is not None:
        item.is_kept = is_kept
    if note is not None:
        item.note = note.strip()
    with authored(actor=actor):
        save_checked(item)
    return item


@transaction.atomic
def agenda_narrow(
    *, meeting: DispatchMeeting, least_days: int, actor: User | None, scope: Scope
) -> int:
    """Strike what waited less than some days, or for no known number of days.

    What the office added or wrote a note to stays. Returns how many items were struck; raises
    `WrongMoment` or `NotPermitted`.
    """
    current = held_meeting(meeting, scope, MeetingState.PLANNED)
    short = current.agenda.filter(Q(days__lt=least_days) | Q(days__isnull=True), is_kept=True)
    with authored(actor=actor):
        return short.filter(note="").exclude(cause=AgendaCause.ADDED).update(is_kept=False)


def _key(item: RedItem) -> Key:
    return (item.site.pk, item.cause.value, item.detail)


def _drawn(meeting: DispatchMeeting, item: RedItem) -> AgendaItem:
    return AgendaItem(
        meeting=meeting,
        site=item.site,
        cause=item.cause,
        detail=item.detail,
        days=item.days,
        responsible=list(item.responsible),
    )


def _take_off(standing: dict[Key, AgendaItem], red: dict[Key, RedItem]) -> None:
    """Delete what was drawn earlier, is red no more, and that nobody touched."""
    over = [
        item.pk
        for key, item in standing.items()
        if key not in red and item.cause != AgendaCause.ADDED and not item.note and item.is_kept
    ]
    AgendaItem.objects.filter(pk__in=over).delete()
