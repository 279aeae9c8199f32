"""Moves of a defect between states: the only door through which its state changes."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maintenance.acting import Acting
from maintenance.covering import agreement_at
from maintenance.defect_rules import DEFECT_MOVES, WITH_ORDER, DefectMove
from maintenance.kinds import ClaimState, DefectState
from maintenance.models import Defect, DefectChange, DefectPhoto, WarrantyClaim, WorkOrder
from maintenance.parties import office_of
from maintenance.services.field_bodies import checker_of, day_of
from maintenance.services.field_errors import NeedsOrder, ReopenTooLate
from maintenance.services.report_follow import reports_follow, reports_join
from sites.access import Scope
from sites.models import Organisation
from sites.services.authorship import authored
from sites.services.errors import (
    ConcurrentChange,
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def defect_move(
    *,
    defect: Defect,
    to_state: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str = "",
    organisation: Organisation | None = None,
    order: WorkOrder | None = None,
    duplicate_of: Defect | None = None,
    expected_version: int | None = None,
    by_rule: bool = False,
) -> DefectChange:
    """Move a defect to another state and leave a `DefectChange`.

    By hand the office, the client and the supervisor move it; `by_rule` is for the records that
    a defect follows: its work order, a claim, the public's word. A duplicate names the other
    defect, which takes over its photos and reports. Raises `IllegalTransition`, `NotPermitted`,
    `ReasonMissing`, `ReopenTooLate`, `NeedsOrder`, `RefusedByRegister` or `ConcurrentChange`.
    """
    current, other = _locked(defect, duplicate_of)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    move = _move(current, to_state)
    by = Acting(actor, scope, organisation)
    if not by_rule:
        by = _require_hand(current, move, actor, scope, at)
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(field="reason")
    _require_in_time(current, move, at)
    if move.to_state == DefectState.DUPLICATE:
        _require_other(current, other, scope)
    change = _recorded(current, move, by, at=at, reason=reason)
    _apply(current, move, order=order, other=other, at=at, actor=actor, reason=reason)
    if other is not None and move.to_state == DefectState.DUPLICATE:
        _join(current, other, at=at)
    else:
        reports_follow(current, at=at, actor=actor, role=by.role)
    defect.refresh_from_db()
    return change


def _locked(defect: Defect, other: Defect | None) -> tuple[Defect, Defect | None]:
    """Lock the defect, and the one that it repeats, always in the order of their keys."""
    keys = {defect.pk} | ({other.pk} if other else set())
    rows = Defect.objects.select_for_update(of=("self",)).select_related("agreement", "asset")
    found = {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}
    return found[defect.pk], found.get(other.pk) if other else None


def _move(current: Defect, to_state: str) -> DefectMove:
    move = DEFECT_MOVES.get((current.state, to_state))
    if move is None:
        words = {
            "from": current.get_state_display(),
            "to": DefectState(to_state).label if to_state in DefectState.values else to_state[:40],
        }
        raise IllegalTransition(_("A defect cannot move from “%(from)s” to “%(to)s”.") % words)
    return move


def _require_hand(
    current: Defect, move: DefectMove, actor: User | None, scope: Scope, at: datetime.datetime
) -> Acting:
    by = checker_of(scope, actor, current.agreement, current.area_code)
    if by is None or not move.by_hand:
        raise NotPermitted
    if move.office_only:
        if office_of(scope, current.area_code) is None:
            raise NotPermitted
        _require_no_order_possible(current, at)
    return by


def _require_no_order_possible(current: Defect, at: datetime.datetime) -> None:
    """Close by hand only where no work order can: elsewhere its three checks come first."""
    if WarrantyClaim.objects.filter(defect=current, state=ClaimState.SETTLED).exists():
        return
    covering = agreement_at(
        current.asset, on=day_of(at), scope=Scope.internal(), chainage_m=current.chainage_m
    )
    if covering is not None:
        raise NeedsOrder


def _require_in_time(current: Defect, move: DefectMove, at: datetime.datetime) -> None:
    if not move.reopens:
        return
    entered = current.closed_at or (
        DefectChange.objects.filter(defect=current, to_state=current.state)
        .order_by("-at", "-id")
        .values_list("at", flat=True)
        .first()
    )
    days = settings.DEFECT_REOPEN_DAYS
    if entered and day_of(at) > day_of(entered) + datetime.timedelta(days=days):
        raise ReopenTooLate(
            _("It can be reopened for %(days)s days after it was concluded.") % {"days": days}
        )


def _require_other(current: Defect, other: Defect | None, scope: Scope) -> None:
    if other is None:
        sentence = _("A duplicate names the defect that it repeats.")
        raise RefusedByRegister([("duplicate_of", "required", sentence)])
    if not Defect.objects.visible_to(scope).filter(pk=other.pk).exists():
        raise NotPermitted
    if other.pk == current.pk or other.asset_id != current.asset_id:
        sentence = _("Name another defect of the same asset.")
        raise RefusedByRegister([("duplicate_of", "other_asset", sentence)])
    if other.state in (DefectState.DUPLICATE, DefectState.REJECTED):
        sentence = _("The other defect is itself a duplicate or was rejected.")
        raise RefusedByRegister([("duplicate_of", "not_standing", sentence)])


def _recorded(
    current: Defect, move: DefectMove, by: Acting, *, at: datetime.datetime, reason: str
) -> DefectChange:
    return DefectChange.objects.create(
        defect=current,
        from_state=move.from_state,
        to_state=move.to_state,
        actor=by.actor,
        organisation=by.organisation,
        role=by.role,
        at=at,
        reason=reason.strip(),
    )


def _apply(
    current: Defect,
    move: DefectMove,
    *,
    order: WorkOrder | None,
    other: Defect | None,
    at: datetime.datetime,
    actor: User | None,
    reason: str,
) -> None:
    current.state = move.to_state
    current.duplicate_of = other if move.to_state == DefectState.DUPLICATE else None
    current.closed_at = at if move.to_state == DefectState.CLOSED else None
    if move.to_state not in WITH_ORDER:
        current.order = None
    elif order is not None:
        current.order = order
        current.agreement = order.agreement
    with authored(actor=actor, reason=reason):
        current.save(update_fields=["state", "duplicate_of", "closed_at", "order", "agreement"])


def _join(current: Defect, other: Defect, *, at: datetime.datetime) -> None:
    """Bring photos, reports and earlier duplicates into the one thread of the other defect."""
    links = DefectPhoto.objects.filter(defect=current)
    DefectPhoto.objects.bulk_create(
        [DefectPhoto(defect=other, photo_id=link.photo_id, stage=link.stage) for link in links],
        ignore_conflicts=True,
    )
    Defect.objects.filter(duplicate_of=current).update(duplicate_of=other)
    reports_join(current, other, at=at)
