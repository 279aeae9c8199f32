"""What the body says to a case, and what the office decides upon an appeal."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db import transaction

from maintenance.services.evidence import Evidence
from oversight.case_ladder import ANSWERABLE
from oversight.case_roles import is_accused, leads
from oversight.kinds import CaseState, StepKind
from oversight.models import AccountabilityCase
from oversight.services.case_steps import (
    Hand,
    evidence_kept,
    held,
    require_lead,
    step_taken,
    words_given,
)
from oversight.services.cases import reply_day
from sites.access import Scope
from sites.services.errors import NotPermitted

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from funding.models import OfficialDocument
    from sites.models import Organisation


@dataclass(frozen=True, slots=True)
class Answer:
    """What a body says to a case: the step it is, the state it leads to, words and evidence."""

    kind: StepKind
    state: CaseState
    text: str
    photos: Sequence[Evidence]
    documents: Sequence[OfficialDocument]


@transaction.atomic
def case_reply(
    *,
    case: AccountabilityCase,
    text: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    photos: Sequence[Evidence] = (),
    documents: Sequence[OfficialDocument] = (),
    expected_version: int | None = None,
) -> AccountabilityCase:
    """Keep the body's reply with its evidence: its own, or entered by the office on its behalf.

    A reply may be completed by another one. Raises `NotPermitted`, `CaseWrongMoment`,
    `ReasonMissing`, `ConcurrentChange` or `RefusedByRegister`.
    """
    said = Answer(StepKind.REPLY, CaseState.REPLIED, text, photos, documents)
    return _kept(case, said, Hand(actor, scope, on), expected_version)


@transaction.atomic
def case_appeal(
    *,
    case: AccountabilityCase,
    text: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    photos: Sequence[Evidence] = (),
    documents: Sequence[OfficialDocument] = (),
    expected_version: int | None = None,
) -> AccountabilityCase:
    """Keep the body's appeal against the case; until it is decided nothing else happens.

    Raises what `case_reply` raises.
    """
    said = Answer(StepKind.APPEAL, CaseState.APPEALED, text, photos, documents)
    return _kept(case, said, Hand(actor, scope, on), expected_version)


@transaction.atomic
def case_decide_appeal(
    *,
    case: AccountabilityCase,
    grants: bool,
    text: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int | None = None,
) -> AccountabilityCase:
    """Decide an appeal: granted, the case is withdrawn; refused, it goes on where it stood.

    A body that had not replied yet gets the days for a reply anew (our choice). Never decided by
    the body itself. Raises `AccusedLeads`, `NotPermitted`, `CaseWrongMoment`, `ReasonMissing`,
    `ConcurrentChange` or `RefusedByRegister`.
    """
    hand = Hand(actor, scope, on)
    current = held(case, hand, (CaseState.APPEALED,), expected_version)
    require_lead(current, scope)
    words = words_given(text, "text")
    if grants:
        kind, state = StepKind.WITHDRAW, CaseState.WITHDRAWN
        changes: dict[str, Any] = {"closed_on": on, "outcome": words, "reply_due_on": None}
    elif _has_replied(current):
        kind, state, changes = StepKind.UPHOLD, CaseState.REPLIED, {}
    else:
        kind, state, changes = StepKind.UPHOLD, CaseState.NOTIFIED, {"reply_due_on": reply_day(on)}
    step = {"text": words, "due_on": changes.get("reply_due_on")}
    step_taken(current, kind, hand, state=state, step=step, changes=changes)
    case.refresh_from_db()
    return case


def _kept(
    case: AccountabilityCase, said: Answer, hand: Hand, expected_version: int | None
) -> AccountabilityCase:
    """Keep what the body says, or what the office enters on its behalf."""
    current = held(case, hand, ANSWERABLE, expected_version)
    behalf = _speaks(current, hand.scope)
    words = words_given(said.text, "text")
    step = step_taken(
        current,
        said.kind,
        hand,
        state=said.state,
        step={"text": words, "organisation": behalf},
    )
    evidence_kept(step, hand, photos=said.photos, documents=said.documents, organisation=behalf)
    case.refresh_from_db()
    return case


def _speaks(case: AccountabilityCase, scope: Scope) -> Organisation | None:
    """Return the body on whose behalf the office enters words; `None` when it speaks itself."""
    if is_accused(scope, case):
        return None
    if leads(scope, case):
        return case.organisation
    raise NotPermitted


def _has_replied(case: AccountabilityCase) -> bool:
    """Whether a reply came after the letter of the present level."""
    kinds = case.steps.filter(level=case.level).values_list("kind", flat=True)
    return StepKind.REPLY in set(kinds)
