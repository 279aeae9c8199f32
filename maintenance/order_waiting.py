"""For whom a work order waits: which side makes the next move, and whether that is the viewer."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any, Final

from django.db.models import Q

from maintenance.kinds import OPEN_ORDER_STATES, OrderState, PartyRole
from maintenance.order_moves import Side
from sites.access import Scope, code_prefix_condition
from sites.kinds import OFFICE_ROLES

WAITS_FOR: Final[Mapping[str, Side]] = {
    OrderState.ISSUED: Side.EXECUTOR,
    OrderState.ACCEPTED: Side.EXECUTOR,
    OrderState.DOING: Side.EXECUTOR,
    OrderState.SUBMITTED: Side.INSPECTOR,
    OrderState.INSPECTED: Side.CONFIRMER,
    OrderState.CONFIRMED: Side.OFFICE,
}
"""The side that has to act in each open state."""
CHECK_TERMS: Final = {Side.INSPECTOR: "inspects", Side.CONFIRMER: "confirms"}
"""The term of the agreement that says which role a check belongs to."""


def waits_for_condition(scope: Scope) -> Q:
    """Return the condition that the next move of an order is the viewer's to make."""
    own = scope.organisation_ids()
    found = Q(pk__in=[])
    for state, side in WAITS_FOR.items():
        if side != Side.OFFICE and own:
            found |= Q(state=state, **{f"{side}_id__in": own})
    if scope.everything:
        return found | Q(state=OrderState.CONFIRMED)
    area = code_prefix_condition("area_code", scope.area_codes(OFFICE_ROLES))
    office = Q(state=OrderState.CONFIRMED)
    for state, side in WAITS_FOR.items():
        if side in CHECK_TERMS:
            office |= Q(**{"state": state, f"agreement__{CHECK_TERMS[side]}": PartyRole.CLIENT})
    return found | (area & office)


def waits_for(order: Any, scope: Scope) -> bool:
    """Whether the next move of an order is the viewer's to make; reads `order.agreement`."""
    side = WAITS_FOR.get(order.state)
    if side is None:
        return False
    if side == Side.OFFICE:
        return scope.covers_area(order.area_code)
    if getattr(order, f"{side}_id") in scope.organisation_ids():
        return True
    term = CHECK_TERMS.get(side)
    by_client = term is not None and getattr(order.agreement, term) == PartyRole.CLIENT
    return by_client and not scope.everything and scope.covers_area(order.area_code)


def is_overdue(order: Any, at: datetime.datetime) -> bool:
    """Whether an open order's time limit has passed; it is computed, never stored."""
    return order.state in OPEN_ORDER_STATES and order.due_at < at
