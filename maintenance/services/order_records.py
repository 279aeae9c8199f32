"""The row that each move of a work order leaves, and the defects that follow it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from django.db.models import F
from django.db.models.functions import Now

from maintenance.acting import Acting
from maintenance.kinds import DefectState
from maintenance.models import Defect, OrderChange, WorkOrder
from maintenance.services.defect_moves import defect_move
from sites.services.errors import ConcurrentChange


def order_locked(order: WorkOrder, expected_version: int | None = None) -> WorkOrder:
    """Return an order as it stands, locked until the end of the transaction.

    Raises `ConcurrentChange` when it is no longer at the expected version.
    """
    rows = WorkOrder.objects.select_for_update(of=("self",))
    current: WorkOrder = rows.select_related(
        "agreement", "asset", "executor", "inspector", "confirmer"
    ).get(pk=order.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    return current


def version_counted(order: WorkOrder) -> WorkOrder:
    """Count an order's version up when rows that belong to it changed, and return it."""
    WorkOrder.objects.filter(pk=order.pk).update(version=F("version") + 1, updated_at=Now())
    order.refresh_from_db(fields=["version", "updated_at"])
    return order


def change_record(
    order: WorkOrder,
    *,
    from_state: str,
    to_state: str,
    by: Acting,
    at: datetime.datetime,
    reason: str = "",
) -> OrderChange:
    """Write the row of a move; issuing is a move from nothing."""
    return OrderChange.objects.create(
        order=order,
        from_state=from_state,
        to_state=to_state,
        actor=by.actor,
        organisation=by.organisation,
        role=by.role,
        at=at,
        reason=reason.strip(),
    )


def defects_follow(
    order: WorkOrder,
    to_state: DefectState,
    *,
    by: Acting,
    at: datetime.datetime,
    reason: str = "",
    defects: Iterable[Defect] | None = None,
) -> None:
    """Move the order's defects, or the given ones, with it; always in the same order of rows."""
    rows = Defect.objects.filter(order=order) if defects is None else defects
    found = sorted(rows, key=lambda defect: defect.pk)
    for defect in found:
        defect_move(
            defect=defect,
            to_state=to_state,
            actor=by.actor,
            scope=by.scope,
            at=at,
            reason=reason,
            organisation=by.organisation,
            order=order,
            by_rule=True,
        )
