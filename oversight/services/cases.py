"""Cases of accountability as the office leads them: raised, sent, taken further, closed."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maintenance.services.evidence import Evidence
from oversight.case_ladder import ANSWERABLE, FINAL_LEVELS, next_level
from oversight.case_numbers import next_number
from oversight.case_roles import is_accused
from oversight.kinds import CaseLevel, CaseState, StepKind
from oversight.letters import LONGEST_BODY, composed, default_addressee, draft_body
from oversight.models import AccountabilityCase
from oversight.services.case_errors import (
    AccusedLeads,
    CaseWrongMoment,
    ReplyNotDue,
    TopOfLadder,
)
from oversight.services.case_grounds import Grounds, ground_checked
from oversight.services.case_steps import (
    Hand,
    evidence_kept,
    held,
    require_lead,
    step_taken,
    words_given,
)
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from funding.models import OfficialDocument

LONGEST_TIME = datetime.timedelta(days=366)


@transaction.atomic
def case_raise(
    *,
    grounds: Grounds,
    facts: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    level: str = CaseLevel.REMINDER,
    photos: Sequence[Evidence] = (),
    documents: Sequence[OfficialDocument] = (),
) -> AccountabilityCase:
    """Raise a case upon its grounds; nothing is sent yet.

    By a planner of the area, never against the own office. Raises `NotPermitted`,
    `AccusedLeads`, `NotMissed` or `RefusedByRegister`.
    """
    found = ground_checked(grounds, on=on)
    if not scope.manages_area(found.area.code):
        raise NotPermitted
    case = AccountabilityCase(
        number=next_number(found.area.code, on.year),
        facts=words_given(facts, "facts"),
        level=level,
        raised_on=on,
        **found.columns(),
    )
    if is_accused(scope, case):
        raise AccusedLeads
    with authored(actor=actor):
        save_checked(case, force_insert=True)
    case.refresh_from_db()
    hand = Hand(actor, scope, on)
    step = step_taken(case, StepKind.RAISE, hand, state=CaseState.RAISED, step={"text": case.facts})
    evidence_kept(step, hand, photos=photos, documents=documents)
    case.refresh_from_db()
    return case


@transaction.atomic
def case_notify(
    *,
    case: AccountabilityCase,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    letter: str = "",
    addressee: str = "",
    due_on: datetime.date | None = None,
    expected_version: int | None = None,
) -> AccountabilityCase:
    """Send the letter of the case's level; without words of its own that of the template.

    Raises `NotPermitted`, `CaseWrongMoment`, `ConcurrentChange` or `RefusedByRegister`.
    """
    hand = Hand(actor, scope, on)
    current = held(case, hand, (CaseState.RAISED,), expected_version)
    require_lead(current, scope)
    _send(current, StepKind.NOTIFY, hand, letter=letter, addressee=addressee, due_on=due_on)
    case.refresh_from_db()
    return case


@transaction.atomic
def case_escalate(
    *,
    case: AccountabilityCase,
    reason: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    letter: str = "",
    addressee: str = "",
    due_on: datetime.date | None = None,
    expected_version: int | None = None,
) -> AccountabilityCase:
    """Take a case one level up and send the letter of that level.

    Only when the reply did not satisfy, or its day has passed without one. Raises
    `TopOfLadder`, `ReplyNotDue`, `ReasonMissing` and what `case_notify` raises.
    """
    hand = Hand(actor, scope, on)
    current = held(case, hand, ANSWERABLE, expected_version)
    require_lead(current, scope)
    level = next_level(current.level)
    if level is None:
        raise TopOfLadder
    waits = current.state == CaseState.NOTIFIED
    if waits and current.reply_due_on and on <= current.reply_due_on:
        raise ReplyNotDue
    text = words_given(reason, "reason")
    current.level = level
    _send(
        current,
        StepKind.ESCALATE,
        hand,
        letter=letter,
        addressee=addressee,
        due_on=due_on,
        text=text,
    )
    case.refresh_from_db()
    return case


@transaction.atomic
def case_close(
    *,
    case: AccountabilityCase,
    outcome: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int | None = None,
) -> AccountabilityCase:
    """Close a case with what came of it: after a reply, or before anything was sent.

    A notice and a transfer may be closed without a reply. Raises `CaseWrongMoment`,
    `NotPermitted`, `ReasonMissing`, `ConcurrentChange` or `RefusedByRegister`.
    """
    hand = Hand(actor, scope, on)
    current = held(case, hand, (CaseState.RAISED, *ANSWERABLE), expected_version)
    require_lead(current, scope)
    if current.state == CaseState.NOTIFIED and current.level not in FINAL_LEVELS:
        raise CaseWrongMoment(
            _("The body has not replied. Enter its reply, or take the case to the next level.")
        )
    text = words_given(outcome, "outcome")
    step_taken(
        current,
        StepKind.CLOSE,
        hand,
        state=CaseState.CLOSED,
        step={"text": text},
        changes={"closed_on": on, "outcome": text, "reply_due_on": None},
    )
    case.refresh_from_db()
    return case


def reply_day(on: datetime.date) -> datetime.date:
    """Return until when a reply is asked for unless the office names a day."""
    return on + datetime.timedelta(days=settings.REPLY_DAYS)


def _send(
    case: AccountabilityCase,
    kind: StepKind,
    hand: Hand,
    *,
    letter: str,
    addressee: str,
    due_on: datetime.date | None,
    text: str = "",
) -> None:
    """Send the letter of the case's level and keep it in the step as it was sent."""
    due = due_on or reply_day(hand.on)
    if not hand.on < due <= hand.on + LONGEST_TIME:
        sentence = _("The reply is due after the letter, within a year.")
        raise RefusedByRegister([("due_on", "out_of_range", sentence)])
    body = letter.strip() or draft_body(case, case.level, on=hand.on, due_on=due)
    if len(body) > LONGEST_BODY:
        sentence = _("The letter may have at most %(most)s characters.") % {"most": LONGEST_BODY}
        raise RefusedByRegister([("letter", "too_long", sentence)])
    goes_to = addressee.strip() or default_addressee(case, case.level)
    sent = composed(case, case.level, body=body, addressee=goes_to, on=hand.on)
    step_taken(
        case,
        kind,
        hand,
        state=CaseState.NOTIFIED,
        step={"text": text, "letter": sent.as_text(), "due_on": due},
        changes={"reply_due_on": due},
    )
