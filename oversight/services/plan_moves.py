"""Monthly plans on their way: filed, returned, confirmed, closed against facts."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from oversight.kinds import PlanState
from oversight.models import MonthlyPlan, PlanChange, PlanItem
from oversight.months import last_day
from oversight.plan_facts import facts_of
from oversight.services.errors import MonthNotOver, NothingPlanned
from oversight.services.plan_access import acting_role, held
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import ReasonMissing

if TYPE_CHECKING:
    from django.contrib.auth.models import User

FACTS = ["result", "reached_on", "reached_percent", "reached_quantity", "reached_money"]


@transaction.atomic
def plan_submit(
    *,
    plan: MonthlyPlan,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> PlanChange:
    """File a plan; the first time counts for whether it was late, also after a return.

    A plan without items says in its note why. Raises `ConcurrentChange`, `PlanLocked`,
    `WrongMoment`, `NotPermitted` or `NothingPlanned`.
    """
    current = held(plan, expected_version, PlanState.DRAFT, PlanState.RETURNED)
    role = acting_role(scope, current.area.code)
    if not current.note and not current.items.exists():
        raise NothingPlanned(field="items")
    current.submitted_at = current.submitted_at or at
    return _moved(plan, current, PlanState.SUBMITTED, actor=actor, role=role, at=at)


@transaction.atomic
def plan_return(
    *,
    plan: MonthlyPlan,
    reason: str,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> PlanChange:
    """Send a filed plan back to who filed it, with what has to change.

    Raises `ConcurrentChange`, `PlanLocked`, `WrongMoment`, `NotPermitted` or `ReasonMissing`.
    """
    current = held(plan, expected_version, PlanState.SUBMITTED)
    role = acting_role(scope, current.area.code, lead=True)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return _moved(plan, current, PlanState.RETURNED, actor=actor, role=role, at=at, reason=reason)


@transaction.atomic
def plan_confirm(
    *,
    plan: MonthlyPlan,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> PlanChange:
    """Take a filed plan as what the month is judged by.

    Raises `ConcurrentChange`, `PlanLocked`, `WrongMoment` or `NotPermitted`.
    """
    current = held(plan, expected_version, PlanState.SUBMITTED)
    role = acting_role(scope, current.area.code, lead=True)
    return _moved(plan, current, PlanState.CONFIRMED, actor=actor, role=role, at=at)


@transaction.atomic
def plan_close(
    *,
    plan: MonthlyPlan,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    expected_version: int | None = None,
) -> PlanChange:
    """Close a plan against facts once its month is over; it is the monthly report from then on.

    Raises `ConcurrentChange`, `PlanLocked`, `WrongMoment`, `NotPermitted` or `MonthNotOver`.
    """
    current = held(plan, expected_version, PlanState.CONFIRMED)
    role = acting_role(scope, current.area.code, lead=True)
    if timezone.localdate(at) <= last_day(current.month):
        raise MonthNotOver
    items = list(current.items.select_for_update(of=("self",)))
    facts = facts_of(items, current.month)
    for item in items:
        for column in FACTS:
            setattr(item, column, getattr(facts[item.pk], column))
    with authored(actor=actor):
        PlanItem.objects.bulk_update(items, FACTS)
    current.closed_at = at
    return _moved(plan, current, PlanState.CLOSED, actor=actor, role=role, at=at)


def _moved(
    plan: MonthlyPlan,
    current: MonthlyPlan,
    to_state: PlanState,
    *,
    actor: User | None,
    role: str,
    at: datetime.datetime,
    reason: str = "",
) -> PlanChange:
    change = PlanChange.objects.create(
        plan=current,
        from_state=current.state,
        to_state=to_state,
        actor=actor,
        organisation=current.organisation,
        role=role,
        at=at,
        reason=reason.strip(),
    )
    current.state = to_state
    with authored(actor=actor, reason=reason):
        current.save(update_fields=["state", "submitted_at", "closed_at"])
    plan.refresh_from_db()
    return change
