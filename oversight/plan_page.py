"""What the page of a monthly plan tells: its lines with facts, and what the viewer may do."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from oversight.kinds import ItemResult, PlanState
from oversight.models import MonthlyPlan, PlanItem
from oversight.months import last_day
from oversight.plan_facts import ItemFacts, facts_of
from oversight.services.access import leads
from oversight.services.plan_access import may_file
from sites.access import Scope

EDITABLE = (PlanState.DRAFT, PlanState.RETURNED)


@dataclass(frozen=True, slots=True)
class PlanPowers:
    """What a viewer may do with a plan as it stands."""

    edit: bool = False
    submit: bool = False
    remove: bool = False
    judge: bool = False
    explain: bool = False
    close: bool = False


@dataclass(frozen=True, slots=True)
class PlanLine:
    """An item, and the facts: as they were fixed, or as they stand while the plan is open."""

    item: PlanItem
    facts: ItemFacts | None


def plan_powers(plan: MonthlyPlan, scope: Scope, today: datetime.date) -> PlanPowers:
    """Return what a viewer may do with a plan on a day."""
    files, judges = may_file(scope, plan.area_code), leads(scope, plan.area_code)
    editable = plan.state in EDITABLE
    confirmed = plan.state == PlanState.CONFIRMED
    return PlanPowers(
        edit=files and editable,
        submit=files and editable,
        remove=files and plan.state == PlanState.DRAFT,
        judge=judges and plan.state == PlanState.SUBMITTED,
        explain=files and confirmed,
        close=judges and confirmed and today > last_day(plan.month),
    )


def plan_lines(plan: MonthlyPlan, today: datetime.date) -> list[PlanLine]:
    """Return a plan's lines; facts from the month's beginning on, fixed ones once it is closed."""
    heavy = ("planned_geometry", "actual_geometry", "geometry_3857", "outline_3857")
    rows = plan.items.select_related("site", "site__programme")
    items = list(rows.defer(*(f"site__{column}" for column in heavy)).order_by("site__code", "pk"))
    if plan.state == PlanState.CLOSED:
        return [PlanLine(item, _fixed(item)) for item in items]
    if plan.state != PlanState.CONFIRMED or today < plan.month:
        return [PlanLine(item, None) for item in items]
    facts = facts_of(items, plan.month)
    return [PlanLine(item, facts[item.pk]) for item in items]


def tally(lines: Sequence[PlanLine]) -> dict[str, int]:
    """Return how many lines were met, partly met and missed."""
    results = [line.facts.result for line in lines if line.facts]
    return {
        result: results.count(result)
        for result in (ItemResult.MET, ItemResult.PARTLY, ItemResult.MISSED)
    }


def _fixed(item: PlanItem) -> ItemFacts:
    return ItemFacts(
        item.reached_on,
        item.reached_percent,
        item.reached_quantity,
        item.reached_money,
        ItemResult(item.result),
    )
