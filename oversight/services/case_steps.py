"""What every move of a case does: lock it, check the day, write the step with its evidence."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from funding.models import OfficialDocument
from maintenance.services.evidence import Evidence, photos_taken
from oversight.case_roles import is_accused, leads
from oversight.kinds import CaseState, StepKind
from oversight.models import AccountabilityCase, CaseEvidence, CaseStep
from oversight.services.case_errors import AccusedLeads, CaseWrongMoment
from sites.access import Scope
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

    from sites.models import Organisation

MOST_EVIDENCE = 20


@dataclass(frozen=True, slots=True)
class Hand:
    """Who makes a move, and on which day."""

    actor: User | None
    scope: Scope
    on: datetime.date


def held(
    case: AccountabilityCase,
    hand: Hand,
    states: Collection[CaseState],
    expected_version: int | None,
) -> AccountabilityCase:
    """Return the case locked, in one of the states, not before its last step.

    Raises `ConcurrentChange`, `CaseWrongMoment` or `RefusedByRegister`.
    """
    rows = AccountabilityCase.objects.select_for_update(of=("self",))
    current: AccountabilityCase = rows.select_related("organisation__area", "site").get(pk=case.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    if current.state not in states:
        words = {"state": current.get_state_display()}
        raise CaseWrongMoment(_("This cannot be done with a case that is “%(state)s”.") % words)
    last = current.steps.order_by("-on").values_list("on", flat=True).first()
    if last and hand.on < last:
        sentence = _("The day must not come before the case's last step.")
        raise RefusedByRegister([("on", "out_of_order", sentence)])
    return current


def require_lead(case: AccountabilityCase, scope: Scope) -> None:
    """Raise `NotPermitted` unless this person leads the case for the office."""
    if leads(scope, case):
        return
    if scope.manages_area(case.area_code) and is_accused(scope, case):
        raise AccusedLeads
    raise NotPermitted


def words_given(text: str, field: str) -> str:
    """Return the words of a move; raises `ReasonMissing` when there are none."""
    if not text.strip():
        raise ReasonMissing(_("Say it in words; the step is kept."), field=field)
    return text.strip()


def step_taken(
    case: AccountabilityCase,
    kind: StepKind,
    hand: Hand,
    *,
    state: CaseState,
    step: dict[str, Any],
    changes: dict[str, Any] | None = None,
) -> CaseStep:
    """Write a move: the case as it stands now, and its step; the caller holds the lock."""
    case.state = state
    for name, value in (changes or {}).items():
        setattr(case, name, value)
    with authored(actor=hand.actor, reason=step.get("text", "")):
        save_checked(case)
    return CaseStep.objects.create(
        case=case, kind=kind, level=case.level, on=hand.on, actor=hand.actor, **step
    )


def evidence_kept(
    step: CaseStep,
    hand: Hand,
    *,
    photos: Sequence[Evidence] = (),
    documents: Sequence[OfficialDocument] = (),
    organisation: Organisation | None = None,
) -> None:
    """Tie photos and documents to a step, each once."""
    if len(photos) + len(documents) > MOST_EVIDENCE:
        sentence = _("Give at most %(most)s photos and documents.") % {"most": MOST_EVIDENCE}
        raise RefusedByRegister([("photos", "too_many", sentence)])
    kept = photos_taken(photos, actor=hand.actor, scope=hand.scope, organisation=organisation)
    given: dict[UUID, OfficialDocument] = {document.pk: document for document in documents}
    CaseEvidence.objects.bulk_create(
        [CaseEvidence(step=step, photo=photo) for photo in kept]
        + [CaseEvidence(step=step, document=document) for document in given.values()]
    )
