"""The district's fallback 区级兜底: proposed from the register, approved by a document, capped."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from funding.bookkeeping import require_district
from funding.fallback_proposal import NOTHING, Proposal, proposal_of, target_of
from funding.kinds import DocumentKind, FallbackState
from funding.models import FallbackCommitment, LedgerEntry, OfficialDocument
from funding.services.errors import FallbackStands, WrongState
from sites.access import Scope
from sites.models import Area, Programme
from sites.services.authorship import authored
from sites.services.errors import ReasonMissing, RefusedByRegister
from sites.services.saving import locked, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def fallback_propose(
    *,
    programme: Programme,
    area: Area,
    unit_cost: Decimal,
    actor: User | None,
    scope: Scope,
    as_of: datetime.date,
    other_sources: Decimal = NOTHING,
    note: str = "",
) -> FallbackCommitment:
    """Propose a fallback from the target and what was verified by `as_of`.

    Raises `NotPermitted`, `FallbackStands`, or `RefusedByRegister` without a target, where no
    more was verified than assigned, or where other sources cover the cost.
    """
    require_district(scope, area.code)
    proposal = _computed(programme, area, scope, as_of, unit_cost, other_sources)
    commitment = FallbackCommitment(
        programme=programme,
        area=area,
        year=programme.year,
        assigned=proposal.assigned,
        executed=proposal.executed,
        unit_cost=unit_cost,
        other_sources=other_sources,
        amount=proposal.amount,
        as_of=as_of,
        note=note.strip(),
    )
    with authored(actor=actor):
        _save_once(commitment)
    commitment.refresh_from_db()
    return commitment


@transaction.atomic
def fallback_approve(
    *,
    fallback: FallbackCommitment,
    approval: OfficialDocument,
    approved_on: datetime.date,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    expected_version: int | None = None,
) -> FallbackCommitment:
    """Approve a proposal by the committee's document; from now on it may be paid, to its amount.

    Raises `NotPermitted`, `ConcurrentChange`, `WrongState` or `RefusedByRegister`.
    """
    current = _held(fallback, expected_version)
    require_district(scope, current.area_code)
    if current.state != FallbackState.PROPOSED:
        raise WrongState(_("Only a proposal is approved."))
    problems = []
    if approval.kind != DocumentKind.APPROVAL:
        sentence = _("Name the document of the People's Congress standing committee.")
        problems.append(("approval", "not_an_approval", sentence))
    if not approval.issued_on <= approved_on <= on:
        sentence = _("Give a day from %(first)s to %(last)s.")
        values = {"first": approval.issued_on, "last": on}
        problems.append(("approved_on", "out_of_range", sentence % values))
    if problems:
        raise RefusedByRegister(problems)
    current.state = FallbackState.APPROVED
    current.approval, current.approved_on = approval, approved_on
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def fallback_withdraw(
    *,
    fallback: FallbackCommitment,
    reason: str,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> FallbackCommitment:
    """Withdraw a fallback on which no money stands; the reason stays in the history.

    Raises `NotPermitted`, `ConcurrentChange`, `ReasonMissing` or `WrongState`.
    """
    current = _held(fallback, expected_version)
    require_district(scope, current.area_code)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if current.state == FallbackState.WITHDRAWN:
        raise WrongState(_("The fallback was withdrawn already."))
    stands = LedgerEntry.objects.filter(fallback=current).order_by().values("stage")
    if stands.annotate(sum=Sum("amount")).exclude(sum=0).exists():
        raise WrongState(_("Money is booked on this fallback; reverse it first."))
    current.state = FallbackState.WITHDRAWN
    with authored(actor=actor, reason=reason):
        save_checked(current)
    current.refresh_from_db()
    return current


def _save_once(commitment: FallbackCommitment) -> None:
    """Save a proposal; raises `FallbackStands` where another one stands, also just now."""
    try:
        save_checked(commitment, force_insert=True)
    except RefusedByRegister as error:
        rows = FallbackCommitment.objects.exclude(state=FallbackState.WITHDRAWN)
        same = {name: getattr(commitment, name) for name in ("programme_id", "area_id", "year")}
        if rows.filter(**same).exists():
            raise FallbackStands from error
        raise


def _computed(
    programme: Programme,
    area: Area,
    scope: Scope,
    as_of: datetime.date,
    unit_cost: Decimal,
    other_sources: Decimal,
) -> Proposal:
    problems = [
        (name, "out_of_range", _("The amount must not be negative."))
        for name, value in (("unit_cost", unit_cost), ("other_sources", other_sources))
        if not (value.is_finite() and value >= 0)
    ]
    if problems:
        raise RefusedByRegister(problems)
    row = target_of(programme, area, scope=scope, as_of=as_of)
    if row is None:
        sentence = _("This programme has no assigned number for that area.")
        raise RefusedByRegister([("area", "no_target", sentence)])
    proposal = proposal_of(row, unit_cost=unit_cost, other_sources=other_sources)
    if proposal.gap == 0:
        sentence = _("No more was verified (%(executed)s) than assigned (%(assigned)s).")
        values = {"executed": f"{proposal.executed:f}", "assigned": f"{proposal.assigned:f}"}
        raise RefusedByRegister([("area", "no_gap", sentence % values)])
    if proposal.amount == 0:
        sentence = _("Other sources cover the whole cost of %(cost)s yuan.")
        values = {"cost": f"{proposal.cost:,.2f}"}
        raise RefusedByRegister([("other_sources", "covered", sentence % values)])
    return proposal


def _held(fallback: FallbackCommitment, expected_version: int | None) -> FallbackCommitment:
    if expected_version is not None:
        return locked(fallback, expected_version)
    rows = FallbackCommitment.objects.select_for_update(of=("self",))
    held: FallbackCommitment = rows.get(pk=fallback.pk)
    return held
