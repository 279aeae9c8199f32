"""Warranty claims: a defect found while the warranty runs is the contractor's to repair."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.utils.translation import gettext as _

from maintenance.acting import acting_for
from maintenance.kinds import ClaimState, DefectState
from maintenance.models import Defect, WarrantyClaim
from maintenance.services.defect_moves import defect_move
from maintenance.services.field_bodies import checker_of, day_of
from maintenance.services.field_errors import ContractorUnknown, WarrantyNotRunning
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import (
    ConcurrentChange,
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

CLAIM_DAYS: Final = 30
"""Days that a contractor has for a repair unless a claim says otherwise: our choice."""
LONGEST_CLAIM: Final = datetime.timedelta(days=366)


@dataclass(frozen=True, slots=True)
class ClaimMove:
    """One move of a claim: made by the contractor, or by the side that raised it."""

    from_state: ClaimState
    to_state: ClaimState
    by_contractor: bool = False
    needs_reason: bool = False


_S = ClaimState
CLAIM_MOVES: Final = {
    (move.from_state.value, move.to_state.value): move
    for move in (
        ClaimMove(_S.RAISED, _S.ACCEPTED, by_contractor=True),
        ClaimMove(_S.RAISED, _S.REFUSED, by_contractor=True, needs_reason=True),
        ClaimMove(_S.REFUSED, _S.RAISED, needs_reason=True),
        ClaimMove(_S.ACCEPTED, _S.SETTLED, needs_reason=True),
        ClaimMove(_S.RAISED, _S.WITHDRAWN, needs_reason=True),
        ClaimMove(_S.ACCEPTED, _S.WITHDRAWN, needs_reason=True),
        ClaimMove(_S.REFUSED, _S.WITHDRAWN, needs_reason=True),
    )
}


@transaction.atomic
def claim_raise(
    *,
    defect: Defect,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    due_on: datetime.date | None = None,
) -> WarrantyClaim:
    """Claim a defect's repair from the contractor of the asset.

    Only for a verified defect that was found while the warranty ran. By the office, the client
    or the supervisor. Raises `NotPermitted`, `WarrantyNotRunning`, `ContractorUnknown`,
    `IllegalTransition` or `RefusedByRegister`.
    """
    current = (
        Defect.objects.select_for_update(of=("self",)).select_related("asset").get(pk=defect.pk)
    )
    if checker_of(scope, actor, current.agreement, current.area_code) is None:
        raise NotPermitted
    if current.state not in (DefectState.VERIFIED, DefectState.ORDERED):
        raise IllegalTransition(_("A claim is raised for a defect that was verified."))
    until = current.asset.warranty_until
    if until is None or day_of(current.found_at) > until:
        raise WarrantyNotRunning
    if current.asset.contractor is None:
        raise ContractorUnknown
    due = due_on or on + datetime.timedelta(days=CLAIM_DAYS)
    if not on <= due <= on + LONGEST_CLAIM:
        sentence = _("The last day must not come before the first.")
        raise RefusedByRegister([("due_on", "out_of_range", sentence)])
    claim = WarrantyClaim(
        asset=current.asset,
        agreement=current.agreement,
        defect=current,
        contractor=current.asset.contractor,
        raised_on=on,
        due_on=due,
    )
    with authored(actor=actor):
        save_checked(claim, force_insert=True)
    claim.refresh_from_db()
    return claim


@transaction.atomic
def claim_move(
    *,
    claim: WarrantyClaim,
    to_state: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> WarrantyClaim:
    """Move a claim: the contractor answers it, whoever may raise it settles or withdraws it.

    The reason becomes the claim's result. A settled claim closes a defect that no work order
    holds. Raises `IllegalTransition`, `NotPermitted`, `ReasonMissing` or `ConcurrentChange`.
    """
    # The defect is locked before the claim, in the order in which a new claim locks them.
    Defect.objects.select_for_update(of=("self",)).get(pk=claim.defect_id)
    current = WarrantyClaim.objects.select_for_update(of=("self",)).get(pk=claim.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    move = CLAIM_MOVES.get((current.state, to_state))
    if move is None:
        words = {
            "from": current.get_state_display(),
            "to": ClaimState(to_state).label if to_state in ClaimState.values else to_state[:40],
        }
        raise IllegalTransition(_("A claim cannot move from “%(from)s” to “%(to)s”.") % words)
    _require_side(current, move, actor, scope)
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(field="reason")
    current.state = move.to_state
    current.result = reason.strip() or current.result
    with authored(actor=actor, reason=reason):
        current.save(update_fields=["state", "result"])
    if move.to_state == ClaimState.SETTLED and current.defect.state == DefectState.VERIFIED:
        defect_move(
            defect=current.defect,
            to_state=DefectState.CLOSED,
            actor=actor,
            scope=scope,
            at=at,
            reason=reason,
            by_rule=True,
        )
    claim.refresh_from_db()
    return claim


def moves_open_to(claim: WarrantyClaim, actor: User | None, scope: Scope) -> list[ClaimMove]:
    """Return the moves that somebody may make now; the service checks once more."""
    is_contractor = acting_for(scope, actor, claim.contractor) is not None
    if not is_contractor and checker_of(scope, actor, claim.agreement, claim.area_code) is None:
        return []
    return [
        move
        for move in CLAIM_MOVES.values()
        if move.from_state == claim.state and move.by_contractor == is_contractor
    ]


def _require_side(claim: WarrantyClaim, move: ClaimMove, actor: User | None, scope: Scope) -> None:
    """Keep the sides apart: nobody answers a claim for the contractor, nobody settles their own."""
    is_contractor = acting_for(scope, actor, claim.contractor) is not None
    if move.by_contractor != is_contractor:
        raise NotPermitted
    if not is_contractor:
        agreement = claim.agreement
        if checker_of(scope, actor, agreement, claim.area_code) is None:
            raise NotPermitted
