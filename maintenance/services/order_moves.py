"""Moves of a work order from its issue to the triple confirmation and the close."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from maintenance.acting import Acting
from maintenance.kinds import DefectState, OrderState
from maintenance.models import OrderChange, WorkOrder
from maintenance.order_evidence import Gap, missing_for_submission, photos_to_come
from maintenance.order_moves import ORDER_MOVES, OrderMove
from maintenance.order_roles import acted_for_another, acting_on
from maintenance.services.errors import EvidenceMissing, RoleConflict
from maintenance.services.order_quantities import done_written
from maintenance.services.order_records import change_record, defects_follow, order_locked
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import IllegalTransition, NotPermitted, ReasonMissing

if TYPE_CHECKING:
    from django.contrib.auth.models import User

DEFECTS_BECOME = {
    OrderState.SUBMITTED: DefectState.REPAIRED,
    OrderState.CLOSED: DefectState.CLOSED,
    OrderState.CANCELLED: DefectState.VERIFIED,
}
"""What becomes of an order's defects; one sent back has its defects ordered again."""


@transaction.atomic
def order_move(
    *,
    order: WorkOrder,
    to_state: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str = "",
    expected_version: int | None = None,
    done: Mapping[int, Decimal] | None = None,
) -> OrderChange:
    """Move an order to another state and leave an `OrderChange`; its defects follow.

    `done` holds quantities by position, written with a submission. Raises `IllegalTransition`,
    `NotPermitted` (not this side of the order), `RoleConflict` (acted for another body on it),
    `ReasonMissing`, `EvidenceMissing` with all that is missing, or `ConcurrentChange`.
    """
    current = order_locked(order, expected_version)
    move = _move(current, to_state)
    by = acting_on(move.side, current, scope, actor)
    if by is None:
        raise NotPermitted
    if acted_for_another(current, by):
        raise RoleConflict
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(field="reason")
    if move.to_state == OrderState.SUBMITTED:
        done_written(current, done or {})
        _require_none(missing_for_submission(current))
    if move.to_state == OrderState.INSPECTED:
        _require_none(photos_to_come(current))
    change = change_record(
        current,
        from_state=move.from_state,
        to_state=move.to_state,
        by=by,
        at=at,
        reason=reason,
    )
    _apply(current, move, at=at, by=by, reason=reason)
    _defects_move(current, move, by=by, at=at, reason=reason)
    order.refresh_from_db()
    return change


def order_accept(
    *,
    order: WorkOrder,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> OrderChange:
    """The executor takes the order on."""
    return order_move(
        order=order,
        to_state=OrderState.ACCEPTED,
        actor=actor,
        scope=scope,
        at=at,
        expected_version=expected_version,
    )


def order_start(
    *,
    order: WorkOrder,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> OrderChange:
    """The executor begins the work."""
    return order_move(
        order=order,
        to_state=OrderState.DOING,
        actor=actor,
        scope=scope,
        at=at,
        expected_version=expected_version,
    )


def order_submit(
    *,
    order: WorkOrder,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    done: Mapping[int, Decimal] | None = None,
    reason: str = "",
    expected_version: int | None = None,
) -> OrderChange:
    """The executor reports the work as done, with logs, photos and quantities."""
    return order_move(
        order=order,
        to_state=OrderState.SUBMITTED,
        actor=actor,
        scope=scope,
        at=at,
        done=done,
        reason=reason,
        expected_version=expected_version,
    )


def order_inspect(
    *,
    order: WorkOrder,
    passed: bool,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> OrderChange:
    """The inspector passes the work, or sends it back with a reason."""
    return _checked(
        order,
        OrderState.SUBMITTED,
        OrderState.INSPECTED if passed else OrderState.DOING,
        actor=actor,
        scope=scope,
        at=at,
        reason=reason,
        expected_version=expected_version,
    )


def order_confirm(
    *,
    order: WorkOrder,
    passed: bool,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> OrderChange:
    """The cooperative or village confirms the work, or sends it back with a reason."""
    return _checked(
        order,
        OrderState.INSPECTED,
        OrderState.CONFIRMED if passed else OrderState.DOING,
        actor=actor,
        scope=scope,
        at=at,
        reason=reason,
        expected_version=expected_version,
    )


def order_close(
    *,
    order: WorkOrder,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str = "",
    expected_version: int | None = None,
) -> OrderChange:
    """The office of the area closes an order that all three bodies have signed off."""
    return order_move(
        order=order,
        to_state=OrderState.CLOSED,
        actor=actor,
        scope=scope,
        at=at,
        reason=reason,
        expected_version=expected_version,
    )


def order_cancel(
    *,
    order: WorkOrder,
    reason: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> OrderChange:
    """Whoever may issue withdraws an order before it is submitted, with a reason."""
    return order_move(
        order=order,
        to_state=OrderState.CANCELLED,
        actor=actor,
        scope=scope,
        at=at,
        reason=reason,
        expected_version=expected_version,
    )


@transaction.atomic
def _checked(
    order: WorkOrder,
    from_state: str,
    to_state: str,
    *,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    reason: str,
    expected_version: int | None,
) -> OrderChange:
    """Make a check's move from the state it belongs to: both checks send back to `doing`."""
    current = order_locked(order, expected_version)
    if current.state != from_state:
        raise _illegal(current, to_state)
    return order_move(
        order=order,
        to_state=to_state,
        actor=actor,
        scope=scope,
        at=at,
        reason=reason,
        expected_version=expected_version,
    )


def _move(order: WorkOrder, to_state: str) -> OrderMove:
    move = ORDER_MOVES.get((order.state, to_state))
    if move is None:
        raise _illegal(order, to_state)
    return move


def _illegal(order: WorkOrder, to_state: str) -> IllegalTransition:
    words = {
        "from": order.get_state_display(),
        "to": OrderState(to_state).label if to_state in OrderState.values else to_state[:40],
    }
    return IllegalTransition(_("A work order cannot move from “%(from)s” to “%(to)s”.") % words)


def _require_none(gaps: list[Gap]) -> None:
    if gaps:
        raise EvidenceMissing([(gap.field, gap.code, gap.sentence) for gap in gaps])


def _apply(
    order: WorkOrder, move: OrderMove, *, at: datetime.datetime, by: Acting, reason: str
) -> None:
    changed = ["state"]
    order.state = move.to_state
    if move.to_state == OrderState.SUBMITTED:
        order.submitted_at = at
        changed.append("submitted_at")
    if move.to_state == OrderState.CLOSED:
        order.closed_at = at
        changed.append("closed_at")
    if move.is_rework:
        order.submitted_at = None
        order.rework_count += 1
        changed += ["submitted_at", "rework_count"]
    with authored(actor=by.actor, reason=reason):
        order.save(update_fields=changed)


def _defects_move(
    order: WorkOrder, move: OrderMove, *, by: Acting, at: datetime.datetime, reason: str
) -> None:
    if move.is_rework:
        defects_follow(order, DefectState.ORDERED, by=by, at=at, reason=reason)
    elif move.to_state in DEFECTS_BECOME:
        defects_follow(order, DEFECTS_BECOME[move.to_state], by=by, at=at, reason=reason)
