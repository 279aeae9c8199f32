"""Quantities of a work order: what is planned, and what was done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from maintenance.kinds import OrderState
from maintenance.models import OrderQuantity, WorkOrder
from maintenance.order_moves import BEFORE_SUBMISSION, Side
from maintenance.order_roles import acted_for_another, acting_on
from maintenance.services.errors import RoleConflict, WrongMoment
from maintenance.services.order_records import order_locked, version_counted
from sites.access import Scope
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST = 50
"""An order holds at most so many quantities: our choice."""


@dataclass(frozen=True, slots=True)
class PlannedQuantity:
    """A quantity of work as planned: the item in words, its unit, how much."""

    item: str
    unit: str
    planned: Decimal | None = None


def planned_written(order: WorkOrder, quantities: Sequence[PlannedQuantity]) -> None:
    """Write an order's planned quantities, replacing those that stand."""
    if len(quantities) > MOST:
        sentence = _("An order holds at most %(most)s quantities.") % {"most": MOST}
        raise RefusedByRegister([("quantities", "too_many", sentence)])
    order.quantities.all().delete()
    for position, planned in enumerate(quantities, start=1):
        row = OrderQuantity(
            order=order,
            position=position,
            item=planned.item.strip(),
            unit=planned.unit,
            planned=planned.planned,
        )
        save_checked(row, force_insert=True)


def done_written(order: WorkOrder, done: Mapping[int, Decimal]) -> None:
    """Write how much was done by position; raises `RefusedByRegister` for an unknown one."""
    rows = {row.position: row for row in OrderQuantity.objects.filter(order=order)}
    unknown = sorted(set(done) - set(rows))
    if unknown:
        sentence = _("The order has no quantity at position %(position)s.")
        raise RefusedByRegister([("done", "unknown_position", sentence % {"position": unknown[0]})])
    for position, amount in done.items():
        rows[position].done = amount
        save_checked(rows[position])


@transaction.atomic
def order_quantities_plan(
    *,
    order: WorkOrder,
    quantities: Sequence[PlannedQuantity],
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> WorkOrder:
    """Replace the planned quantities, for whoever may issue, before the order is submitted.

    Raises `NotPermitted`, `WrongMoment`, `RefusedByRegister` or `ConcurrentChange`.
    """
    current = order_locked(order, expected_version)
    if acting_on(Side.ISSUER, current, scope, actor) is None:
        raise NotPermitted
    if current.state not in BEFORE_SUBMISSION:
        raise WrongMoment
    planned_written(current, quantities)
    return version_counted(current)


@transaction.atomic
def order_quantities_record(
    *,
    order: WorkOrder,
    done: Mapping[int, Decimal],
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> WorkOrder:
    """Write how much was done, by position, for the executor while the work is under way.

    Raises `NotPermitted`, `RoleConflict`, `WrongMoment`, `RefusedByRegister` or
    `ConcurrentChange`.
    """
    current = order_locked(order, expected_version)
    by = acting_on(Side.EXECUTOR, current, scope, actor)
    if by is None:
        raise NotPermitted
    if acted_for_another(current, by):
        raise RoleConflict
    if current.state != OrderState.DOING:
        raise WrongMoment
    done_written(current, done)
    return version_counted(current)
