"""The row that each move of a work order leaves, and the defects that follow it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import UUID

from maintenance.kinds import DefectState
from maintenance.models import Defect, OrderChange, WorkOrder
from maintenance.parties import office_of
from sites.access import Scope
from sites.kinds import ORGANISATION_ROLES, Role
from sites.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts: the person, for which body (none: the office itself) and in which role."""

    actor: User | None
    scope: Scope
    organisation: Organisation | None = None
    role: str = ""

    @property
    def organisation_id(self) -> UUID | None:
        """The key of the body."""
        return self.organisation.pk if self.organisation else None


def acting_for(scope: Scope, actor: User | None, organisation: Organisation) -> Acting | None:
    """Return somebody acting for a body of which the scope makes them a member, or `None`."""
    for grant in scope.grants:
        if grant.role in ORGANISATION_ROLES and organisation.pk in grant.organisation_ids:
            return Acting(actor, scope, organisation, grant.role)
    return None


def acting_as_office(
    scope: Scope, actor: User | None, area_code: str, client: Organisation | None = None
) -> Acting | None:
    """Return somebody acting for the office of an area, or `None`."""
    role: Role | None = office_of(scope, area_code)
    return Acting(actor, scope, client, role) if role else None


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
