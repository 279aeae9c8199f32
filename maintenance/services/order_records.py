"""The row that each move of a work order leaves, and the defects that follow it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable

from maintenance.acting import Acting
from maintenance.kinds import DefectState
from maintenance.models import Defect, OrderChange, WorkOrder


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
    if not found:
        return
    from maintenance.services import defect_move

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
