"""On which sides of a work order somebody stands, and where that forbids to act.

A body takes one side of an order only, and a person who has acted for one body on an order never
acts for another on it. The office and an administrator stand on the office's side alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from uuid import UUID

from maintenance.acting import Acting, acting_as_office, acting_for
from maintenance.kinds import PartyRole
from maintenance.models import AgreementParty, MaintenanceLog, OrderChange, WorkOrder
from maintenance.order_moves import Side
from sites.access import Scope
from sites.models import Organisation

if TYPE_CHECKING:
    from django.contrib.auth.models import User

ISSUING_ROLES = (PartyRole.CLIENT, PartyRole.SUPERVISOR)


def acting_on(side: Side, order: WorkOrder, scope: Scope, actor: User | None) -> Acting | None:
    """Return somebody acting on a side of an order; `None` when they do not stand there."""
    if side == Side.EXECUTOR:
        return acting_for(scope, actor, order.executor)
    if side == Side.INSPECTOR:
        return _checker(order, order.inspector, order.agreement.inspects, scope, actor)
    if side == Side.CONFIRMER:
        return _checker(order, order.confirmer, order.agreement.confirms, scope, actor)
    client = _parties(order, (PartyRole.CLIENT,))
    if side == Side.ISSUER:
        for organisation in _parties(order, ISSUING_ROLES):
            member = acting_for(scope, actor, organisation)
            if member:
                return member
    return acting_as_office(scope, actor, order.area_code, next(iter(client), None))


def acted_for_another(order: WorkOrder, by: Acting) -> bool:
    """Whether the person acted on this order, or recorded work on it, for another body.

    What a rule did in a person's name, without a role, is no act of theirs.
    """
    if by.actor is None:
        return False
    moves = OrderChange.objects.filter(order=order, actor=by.actor).exclude(role="")
    bodies: set[UUID | None] = set(moves.values_list("organisation_id", flat=True))
    logs = MaintenanceLog.objects.filter(order=order, worker=by.actor)
    bodies |= set(logs.values_list("organisation_id", flat=True))
    return bool(bodies - {by.organisation_id})


def may_issue(scope: Scope) -> bool:
    """Whether somebody issues orders at all: the office, a client or a supervisor."""
    if scope.edits_sites:
        return True
    own = scope.organisation_ids()
    parties = AgreementParty.objects.filter(organisation_id__in=own, role__in=ISSUING_ROLES)
    return bool(own) and parties.exists()


def _checker(
    order: WorkOrder, body: Organisation, role: str, scope: Scope, actor: User | None
) -> Acting | None:
    """Return a member of the checking body; the office only where it is that body itself."""
    member = acting_for(scope, actor, body)
    if member or role != PartyRole.CLIENT or scope.everything:
        return member
    return acting_as_office(scope, actor, order.area_code, body)


def _parties(order: WorkOrder, roles: tuple[PartyRole, ...]) -> list[Organisation]:
    rows = AgreementParty.objects.filter(agreement_id=order.agreement_id, role__in=roles)
    return [row.organisation for row in rows.select_related("organisation").order_by("role", "pk")]
