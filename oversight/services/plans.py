"""Monthly plans while they are written: what is to be reached, and why something was not."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from oversight.kinds import PlanState
from oversight.models import MonthlyPlan, PlanItem
from oversight.months import filing_day, last_day, month_of
from oversight.plan_prefill import MOST_ITEMS, ItemValues, proposed_items, sites_of
from oversight.services.plan_access import acting_role, held, require_filer
from sites.access import Scope
from sites.models import Area, Organisation
from sites.services.authorship import authored
from sites.services.errors import RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Problems = list[tuple[str, str, str]]


@transaction.atomic
def plan_start(
    *,
    organisation: Organisation,
    area: Area,
    month: datetime.date,
    actor: User | None,
    scope: Scope,
    prefill: bool = True,
    note: str = "",
) -> MonthlyPlan:
    """Begin the plan of a body for a month, with the nodes that are due in it.

    Raises `NotPermitted` or `RefusedByRegister` (there is a plan already, not its area).
    """
    require_filer(scope, organisation, area)
    plan = MonthlyPlan(
        organisation=organisation,
        area=area,
        month=month_of(month),
        due_on=filing_day(month_of(month)),
        note=note.strip(),
    )
    with authored(actor=actor):
        save_checked(plan, force_insert=True)
        if prefill:
            _replace_items(plan, proposed_items(organisation, area, plan.month, scope))
    plan.refresh_from_db()
    return plan


@transaction.atomic
def plan_save(
    *,
    plan: MonthlyPlan,
    items: Sequence[ItemValues],
    note: str,
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> MonthlyPlan:
    """Replace what a plan holds, while it is a draft or was returned.

    Raises `ConcurrentChange`, `PlanLocked`, `WrongMoment`, `NotPermitted` or
    `RefusedByRegister`, whose fields name the line (`items.3.percent`).
    """
    current = held(plan, expected_version, PlanState.DRAFT, PlanState.RETURNED)
    acting_role(scope, current.area.code)
    _check_items(current, items, scope)
    current.note = note.strip()
    with authored(actor=actor):
        _replace_items(current, items)
        # The version counts a change of the lines as well: two officers must not write over
        # each other, and only a change of the plan's own row is counted by the database.
        current.version += 1
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def plan_explain(
    *,
    plan: MonthlyPlan,
    explanations: Mapping[UUID, str],
    actor: User | None,
    scope: Scope,
    expected_version: int | None = None,
) -> MonthlyPlan:
    """Write why items were not reached, between confirmation and closing.

    Raises `ConcurrentChange`, `PlanLocked`, `WrongMoment`, `NotPermitted` or
    `RefusedByRegister` for an item of another plan.
    """
    current = held(plan, expected_version, PlanState.CONFIRMED)
    acting_role(scope, current.area.code)
    items = {item.pk: item for item in current.items.filter(pk__in=list(explanations))}
    if len(items) != len(explanations):
        sentence = _("There is no such item in this plan.")
        raise RefusedByRegister([("items", "does_not_exist", sentence)])
    with authored(actor=actor):
        for pk, text in explanations.items():
            items[pk].explanation = text.strip()
            items[pk].save(update_fields=["explanation"])
        current.version += 1
        save_checked(current)
    current.refresh_from_db()
    return current


@transaction.atomic
def plan_remove(
    *, plan: MonthlyPlan, actor: User | None, scope: Scope, expected_version: int
) -> None:
    """Remove a plan that was never filed. Raises as `plan_save` does."""
    current = held(plan, expected_version, PlanState.DRAFT)
    acting_role(scope, current.area.code)
    with authored(actor=actor):
        current.delete()


def _replace_items(plan: MonthlyPlan, items: Sequence[ItemValues]) -> None:
    """Put lines in the place of those that stand; a line that stays keeps its identifier."""
    standing = {(item.site_id, item.milestone): item for item in plan.items.all()}
    kept = []
    for values in items:
        item = standing.get((values.site.pk, values.milestone)) or PlanItem(plan=plan)
        item.site, item.milestone, item.due_on = values.site, values.milestone, values.due_on
        item.percent, item.quantity, item.money = values.percent, values.quantity, values.money
        item.note = values.note
        kept.append(item)
    keys = {item.pk for item in kept}
    plan.items.exclude(pk__in=keys).delete()
    known = {item.pk for item in standing.values()}
    PlanItem.objects.bulk_create([item for item in kept if item.pk not in known])
    columns = ["due_on", "percent", "quantity", "money", "note"]
    PlanItem.objects.bulk_update([item for item in kept if item.pk in known], columns)


def _check_items(plan: MonthlyPlan, items: Sequence[ItemValues], scope: Scope) -> None:
    if len(items) > MOST_ITEMS:
        sentence = _("A plan has at most %(limit)s items.") % {"limit": MOST_ITEMS}
        raise RefusedByRegister([("items", "too_many", sentence)])
    asked = {values.site.pk for values in items}
    own = sites_of(plan.organisation, plan.area, scope).filter(pk__in=asked)
    known = set(own.values_list("pk", flat=True))
    problems: Problems = []
    seen: set[tuple[UUID, str]] = set()
    for place, values in enumerate(items):
        found = _problems(plan, values, known, seen)
        problems += [(f"items.{place}.{field}", code, text) for field, code, text in found]
        seen.add((values.site.pk, values.milestone))
    if problems:
        raise RefusedByRegister(problems)


def _problems(
    plan: MonthlyPlan, values: ItemValues, known: set[UUID], seen: set[tuple[UUID, str]]
) -> Problems:
    found: Problems = []
    if values.site.pk not in known:
        found.append(("site", "not_its_site", _("The body does not plan for this site.")))
    if (values.site.pk, values.milestone) in seen:
        sentence = _("This site and milestone stand in the plan already.")
        found.append(("milestone", "twice", sentence))
    if values.due_on and not plan.month <= values.due_on <= last_day(plan.month):
        found.append(("due_on", "other_month", _("The day lies outside the plan's month.")))
    item = PlanItem(
        plan=plan,
        site_id=values.site.pk,
        milestone=values.milestone,
        due_on=values.due_on,
        percent=values.percent,
        quantity=values.quantity,
        money=values.money,
        note=values.note,
    )
    return found + _wrong_values(item)


def _wrong_values(item: PlanItem) -> Problems:
    try:
        item.clean_fields(exclude=["plan", "site"])
        item.validate_constraints(exclude=["plan", "site"])
    except ValidationError as error:
        return RefusedByRegister.from_validation(error).errors
    return []
