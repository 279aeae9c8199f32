"""What meetings decided: recorded, done with an outcome, opened again, withdrawn."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from oversight.kinds import DecisionState, MeetingState
from oversight.models import Decision, DispatchMeeting
from oversight.services.errors import WrongMoment
from oversight.services.meetings import held_meeting, may_hold
from sites.access import Scope
from sites.models import Area, Organisation, ProjectSite
from sites.services.authorship import authored
from sites.services.errors import (
    ConcurrentChange,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def decision_record(
    *,
    meeting: DispatchMeeting,
    action: str,
    organisation: Organisation,
    person: str,
    due_on: datetime.date,
    actor: User | None,
    scope: Scope,
    site: ProjectSite | None = None,
) -> Decision:
    """Record what a meeting decided: what is to be done, by which body and person, until when.

    Before the meeting is held it is a draft that only the office sees. Raises `WrongMoment`,
    `NotPermitted` or `RefusedByRegister`.
    """
    current = held_meeting(meeting, scope, MeetingState.PLANNED, MeetingState.HELD)
    if due_on < current.held_on:
        sentence = _("The date must not lie before the meeting.")
        raise RefusedByRegister([("due_on", "before_meeting", sentence)])
    if site is not None and not site.area_code.startswith(current.area.code):
        sentence = _("The site does not lie in the area of the meeting.")
        raise RefusedByRegister([("site", "not_of_area", sentence)])
    decision = Decision(
        meeting=current,
        site=site,
        area=_area_of(current, site, organisation),
        action=action.strip(),
        organisation=organisation,
        person=person.strip(),
        due_on=due_on,
    )
    with authored(actor=actor):
        save_checked(decision, force_insert=True)
    decision.refresh_from_db()
    return decision


@transaction.atomic
def decision_done(
    *,
    decision: Decision,
    done_on: datetime.date,
    outcome: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int | None = None,
) -> Decision:
    """Say on which day a decision was carried out and what came of it.

    The body to which it is addressed says so, or the office. Raises `ConcurrentChange`,
    `WrongMoment`, `NotPermitted` or `RefusedByRegister`.
    """
    current = _held(decision, expected_version)
    if not may_do(scope, current):
        raise NotPermitted
    if current.state != DecisionState.OPEN or current.meeting.state != MeetingState.HELD:
        raise WrongMoment
    problems = []
    if done_on > on:
        problems.append(("done_on", "in_future", _("The day has not come yet.")))
    if done_on < current.meeting.held_on:
        problems.append(("done_on", "before_meeting", _("The meeting was held later.")))
    if not outcome.strip():
        problems.append(("outcome", "required", _("Say what came of it.")))
    if problems:
        raise RefusedByRegister(problems)
    current.state, current.done_on = DecisionState.DONE, done_on
    current.outcome = outcome.strip()
    return _saved(current, actor)


@transaction.atomic
def decision_reopen(
    *,
    decision: Decision,
    reason: str,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> Decision:
    """Open a decision again that was not carried out after all; the date stays.

    Raises `ConcurrentChange`, `WrongMoment`, `NotPermitted` or `ReasonMissing`.
    """
    current = _led(decision, scope, expected_version, DecisionState.DONE, DecisionState.WITHDRAWN)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    current.state, current.done_on, current.outcome = DecisionState.OPEN, None, ""
    return _saved(current, actor, reason)


@transaction.atomic
def decision_withdraw(
    *,
    decision: Decision,
    reason: str,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> Decision:
    """Take a decision back; the reason stands as its outcome.

    Raises `ConcurrentChange`, `WrongMoment`, `NotPermitted` or `ReasonMissing`.
    """
    current = _led(decision, scope, expected_version, DecisionState.OPEN)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    current.state, current.outcome = DecisionState.WITHDRAWN, reason.strip()
    return _saved(current, actor, reason)


def may_do(scope: Scope, decision: Decision) -> bool:
    """Whether the scope says that a decision is done: its body, or the office of its area."""
    if scope.covers_area(decision.area_code):
        return True
    return decision.organisation_id in scope.organisation_ids()


def _area_of(
    meeting: DispatchMeeting, site: ProjectSite | None, organisation: Organisation
) -> Area:
    """Return where a decision belongs: to its site, else its body's own area inside the meeting's.

    So a township finds what the district's meeting asks of it among its own.
    """
    if site is not None:
        return site.area
    own = organisation.area
    return own if own and own.code.startswith(meeting.area.code) else meeting.area


def _held(decision: Decision, expected_version: int | None) -> Decision:
    rows = Decision.objects.select_for_update(of=("self",)).select_related("meeting__area")
    current: Decision = rows.get(pk=decision.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    return current


def _led(
    decision: Decision, scope: Scope, expected_version: int | None, *states: DecisionState
) -> Decision:
    current = _held(decision, expected_version)
    if not may_hold(scope, current.meeting.area.code):
        raise NotPermitted
    if current.state not in states:
        raise WrongMoment
    return current


def _saved(decision: Decision, actor: User | None, reason: str = "") -> Decision:
    with authored(actor=actor, reason=reason):
        save_checked(decision)
    decision.refresh_from_db()
    return decision
