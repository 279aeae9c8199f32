"""The moves of a case by their names, and which of them somebody may make now."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import TextChoices
from django.utils.translation import pgettext_lazy

from oversight.case_ladder import ANSWERABLE, FINAL_LEVELS, next_level
from oversight.case_roles import is_accused, leads
from oversight.kinds import CaseState
from oversight.models import AccountabilityCase
from oversight.services.case_answers import case_appeal, case_decide_appeal, case_reply
from oversight.services.cases import case_close, case_escalate, case_notify
from sites.access import Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import User


class CaseMove(TextChoices):
    """What can be done to a case."""

    NOTIFY = "notify", pgettext_lazy("case move", "Send the letter")
    REPLY = "reply", pgettext_lazy("case move", "Reply")
    ESCALATE = "escalate", pgettext_lazy("case move", "Take to the next level")
    APPEAL = "appeal", pgettext_lazy("case move", "Appeal")
    UPHOLD = "uphold", pgettext_lazy("case move", "Refuse the appeal")
    WITHDRAW = "withdraw", pgettext_lazy("case move", "Grant the appeal")
    CLOSE = "close", pgettext_lazy("case move", "Close the case")


WORDS_OF = {CaseMove.ESCALATE: "reason", CaseMove.CLOSE: "outcome"}
"""What the service calls the words of a move, where it is not `text`."""
LETTER_PARTS = ("letter", "addressee", "due_on")
EVIDENCE_PARTS = ("photos", "documents")


def move_made(
    case: AccountabilityCase,
    move: str,
    given: Mapping[str, Any],
    *,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int | None = None,
) -> AccountabilityCase:
    """Make a move with what a form or a body gives; raises what the move's service raises."""
    common: dict[str, Any] = {
        "case": case,
        "actor": actor,
        "scope": scope,
        "on": on,
        "expected_version": expected_version,
    }
    text = given.get("text") or ""
    letter = {name: given[name] for name in LETTER_PARTS if given.get(name)}
    evidence = {name: given[name] for name in EVIDENCE_PARTS if given.get(name)}
    if move == CaseMove.NOTIFY:
        return case_notify(**common, **letter)
    if move == CaseMove.ESCALATE:
        return case_escalate(reason=text, **common, **letter)
    if move == CaseMove.CLOSE:
        return case_close(outcome=text, **common)
    if move in (CaseMove.UPHOLD, CaseMove.WITHDRAW):
        return case_decide_appeal(grants=move == CaseMove.WITHDRAW, text=text, **common)
    answer = case_reply if move == CaseMove.REPLY else case_appeal
    return answer(text=text, **common, **evidence)


def moves_open_to(
    case: AccountabilityCase, scope: Scope, *, on: datetime.date
) -> tuple[CaseMove, ...]:
    """Return the moves that somebody may make now; the services check once more."""
    office = leads(scope, case)
    answers = case.state in ANSWERABLE and (office or is_accused(scope, case))
    found = (CaseMove.REPLY, CaseMove.APPEAL) if answers else ()
    return (*found, *_moves_of_the_office(case, on)) if office else found


def _moves_of_the_office(case: AccountabilityCase, on: datetime.date) -> tuple[CaseMove, ...]:
    if case.state == CaseState.RAISED:
        return (CaseMove.NOTIFY, CaseMove.CLOSE)
    if case.state == CaseState.APPEALED:
        return (CaseMove.UPHOLD, CaseMove.WITHDRAW)
    found = []
    has_reply = case.state == CaseState.REPLIED
    late = case.state == CaseState.NOTIFIED and bool(case.reply_due_on and case.reply_due_on < on)
    if (has_reply or late) and next_level(case.level):
        found.append(CaseMove.ESCALATE)
    if has_reply or (case.state == CaseState.NOTIFIED and case.level in FINAL_LEVELS):
        found.append(CaseMove.CLOSE)
    return tuple(found)
