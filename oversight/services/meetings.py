"""Dispatch meetings: planned, held with their minutes, or cancelled."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils.translation import gettext as _

from oversight.kinds import MeetingState
from oversight.models import DispatchMeeting
from oversight.services.errors import WrongMoment
from sites.access import Scope
from sites.kinds import AreaLevel
from sites.models import Area
from sites.services.authorship import authored
from sites.services.errors import (
    ConcurrentChange,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from sites.services.saving import assign, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PLANNED = ("level", "title", "held_on", "chair", "place", "attendees")
"""What is known of a meeting before it is held."""


def may_hold(scope: Scope, area_code: str) -> bool:
    """Whether the scope holds the meetings of an area: the office of the whole area does."""
    return scope.covers_area(area_code)


@transaction.atomic
def meeting_plan(
    *, area: Area, values: Mapping[str, Any], actor: User | None, scope: Scope
) -> DispatchMeeting:
    """Plan a meeting of a district or a township; its agenda is drawn afterwards.

    Raises `NotPermitted` or `RefusedByRegister`.
    """
    if not may_hold(scope, area.code):
        raise NotPermitted
    if area.level not in (AreaLevel.DISTRICT, AreaLevel.TOWNSHIP):
        sentence = _("A meeting is that of a district or of a township.")
        raise RefusedByRegister([("area", "wrong_level", sentence)])
    meeting = DispatchMeeting(area=area, created_by=actor)
    assign(meeting, {name: value for name, value in values.items() if name in PLANNED})
    with authored(actor=actor):
        save_checked(meeting, force_insert=True)
    meeting.refresh_from_db()
    return meeting


@transaction.atomic
def meeting_change(
    *,
    meeting: DispatchMeeting,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> DispatchMeeting:
    """Change what is known of a meeting that was not held yet.

    Raises `ConcurrentChange`, `WrongMoment`, `NotPermitted` or `RefusedByRegister`.
    """
    current = held_meeting(meeting, scope, MeetingState.PLANNED, expected_version=expected_version)
    assign(current, {name: value for name, value in values.items() if name in PLANNED})
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def meeting_hold(
    *,
    meeting: DispatchMeeting,
    held_on: datetime.date,
    minutes: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    attendees: str | None = None,
    expected_version: int | None = None,
) -> DispatchMeeting:
    """Say that a meeting was held, with its minutes; agenda and minutes are fixed from then on.

    Its decisions reach those to whom they are addressed. Raises `ConcurrentChange`,
    `WrongMoment`, `NotPermitted` or `RefusedByRegister` (no minutes, a day to come).
    """
    current = held_meeting(meeting, scope, MeetingState.PLANNED, expected_version=expected_version)
    problems = []
    if not minutes.strip():
        problems.append(("minutes", "required", _("Write down what was said and decided.")))
    if held_on > on:
        problems.append(("held_on", "in_future", _("The day has not come yet.")))
    if problems:
        raise RefusedByRegister(problems)
    current.held_on, current.minutes = held_on, minutes.strip()
    if attendees is not None:
        current.attendees = attendees.strip()
    current.state = MeetingState.HELD
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def meeting_cancel(
    *,
    meeting: DispatchMeeting,
    reason: str,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> DispatchMeeting:
    """Cancel a meeting that was not held; one with decisions is not cancelled.

    Raises `ConcurrentChange`, `WrongMoment`, `NotPermitted` or `ReasonMissing`.
    """
    current = held_meeting(meeting, scope, MeetingState.PLANNED, expected_version=expected_version)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if current.decisions.exists():
        raise WrongMoment(_("The meeting has decisions already."))
    current.state = MeetingState.CANCELLED
    with authored(actor=actor, reason=reason):
        save_checked(current)
    current.refresh_from_db()
    return current


def held_meeting(
    meeting: DispatchMeeting,
    scope: Scope,
    *states: MeetingState,
    expected_version: int | None = None,
) -> DispatchMeeting:
    """Return a meeting locked until the end of the transaction, in one of the states.

    Raises `ConcurrentChange`, `NotPermitted` or `WrongMoment`.
    """
    rows = DispatchMeeting.objects.select_for_update(of=("self",))
    current: DispatchMeeting = rows.select_related("area").get(pk=meeting.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    if not may_hold(scope, current.area.code):
        raise NotPermitted
    if current.state not in states:
        raise WrongMoment
    return current
