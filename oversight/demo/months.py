"""The demo's monthly plans: closed ones with what the facts make of them, and those under way."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

import numpy as np

from oversight.kinds import ItemResult, PlanState
from oversight.models import MonthlyPlan, PlanChange, PlanItem
from oversight.months import filing_day, last_day, month_of, months_on
from oversight.plan_facts import facts_of
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.demo.site_rows import noon
from sites.kinds import OrganisationKind, Role, State
from sites.models import Milestone, Organisation, ProjectSite

CLOSED_MONTHS: Final = 3
MOST_NODES: Final = 9
MOST_PERCENTS: Final = 3
LATE_SHARE: Final = 0.18
ABSENT_SHARE: Final = 0.05
EXPLANATIONS: Final = ("连续降雨影响施工", "征迁协调尚未完成", "材料到场推迟", "设计变更待批复")
ONE_DAY: Final = datetime.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class _Node:
    """A milestone that is due in a month."""

    site_id: UUID
    kind: str
    due_on: datetime.date


class Plans:
    """Writes the plans of all townships, month by month."""

    def __init__(self, as_of: datetime.date, rng: np.random.Generator) -> None:
        self.as_of, self.rng = as_of, rng
        bodies = Organisation.objects.filter(
            kind=OrganisationKind.TOWNSHIP, area__code__startswith=HOME_DISTRICT_CODE
        )
        self.bodies: list[Organisation] = list(
            bodies.select_related("area").defer("area__boundary").order_by("area__code")
        )
        self.changes: list[PlanChange] = []

    def write(self) -> None:
        """Store closed months, the month in progress and the drafts of the next one."""
        this = month_of(self.as_of)
        closed: list[MonthlyPlan] = []
        for number in range(-CLOSED_MONTHS, 2):
            month = months_on(this, number)
            made = self._month(month)
            if number < 0:
                closed += made
        PlanChange.objects.bulk_create(self.changes)
        for plan in closed:
            plan.state = PlanState.CLOSED
        MonthlyPlan.objects.bulk_update(closed, ["state", "closed_at"])

    def _month(self, month: datetime.date) -> list[MonthlyPlan]:
        plans = [plan for body in self.bodies if (plan := self._plan(body, month))]
        MonthlyPlan.objects.bulk_create(plans)
        nodes, working = _nodes_due(month), _working_sites(month)
        items = [
            item
            for plan in plans
            for item in self._items(plan, nodes[plan.area.code], working[plan.area.code])
        ]
        if month < month_of(self.as_of):
            self._judge(items, month)
        PlanItem.objects.bulk_create(items)
        return [plan for plan in plans if plan.state == PlanState.CONFIRMED]

    def _plan(self, body: Organisation, month: datetime.date) -> MonthlyPlan | None:
        """Make a body's plan as it stands on the demo's day, `None` where it filed none."""
        due = filing_day(month)
        draw = float(self.rng.random())
        if draw < ABSENT_SHARE:
            return None
        late = draw < ABSENT_SHARE + LATE_SHARE
        days = int(self.rng.integers(1, 6))
        filed_on = due + ONE_DAY * days if late else due - ONE_DAY * days
        plan = MonthlyPlan(
            organisation=body, area=body.area, month=month, due_on=due, state=PlanState.DRAFT
        )
        if filed_on <= self.as_of:
            self._file(plan, filed_on)
        return plan

    def _file(self, plan: MonthlyPlan, filed_on: datetime.date) -> None:
        plan.submitted_at = noon(filed_on)
        self._moved(plan, PlanState.SUBMITTED, noon(filed_on), Role.TOWNSHIP_OFFICER)
        confirmed_on = filed_on + ONE_DAY * 2
        if confirmed_on > self.as_of or plan.month > month_of(self.as_of):
            return
        self._moved(plan, PlanState.CONFIRMED, noon(confirmed_on), Role.DISTRICT_PLANNER)
        if plan.month < month_of(self.as_of):
            closed_on = min(last_day(plan.month) + ONE_DAY * 3, self.as_of)
            plan.closed_at = noon(closed_on)
            self._changed(
                plan, PlanState.CONFIRMED, PlanState.CLOSED, plan.closed_at, Role.DISTRICT_PLANNER
            )

    def _moved(
        self, plan: MonthlyPlan, to_state: PlanState, at: datetime.datetime, role: Role
    ) -> None:
        self._changed(plan, plan.state, to_state, at, role)
        plan.state = to_state

    def _changed(
        self, plan: MonthlyPlan, before: str, after: str, at: datetime.datetime, role: Role
    ) -> None:
        self.changes.append(
            PlanChange(
                plan=plan,
                from_state=before,
                to_state=after,
                at=at,
                role=role,
                organisation=plan.organisation,
            )
        )

    def _items(
        self, plan: MonthlyPlan, nodes: Sequence[_Node], working: Sequence[Any]
    ) -> list[PlanItem]:
        """Choose some of the nodes due, and progress aims for some sites at work."""
        chosen = self.rng.permutation(len(nodes))[:MOST_NODES]
        items = [
            PlanItem(
                plan=plan,
                site_id=nodes[place].site_id,
                milestone=nodes[place].kind,
                due_on=nodes[place].due_on,
            )
            for place in sorted(chosen)
        ]
        for place in sorted(self.rng.permutation(len(working))[:MOST_PERCENTS]):
            site_id, percent = working[place]
            aim = min(Decimal(percent) + int(self.rng.integers(-6, 12)), Decimal(100))
            items.append(PlanItem(plan=plan, site_id=site_id, percent=max(aim, Decimal(5))))
        return items

    def _judge(self, items: Sequence[PlanItem], month: datetime.date) -> None:
        """Fill in what the register's facts say at the end of the month."""
        facts = facts_of(items, month)
        for item in items:
            found = facts[item.pk]
            item.result, item.reached_on = found.result, found.reached_on
            item.reached_percent = found.reached_percent
            item.reached_quantity = found.reached_quantity
            item.reached_money = found.reached_money
            if found.result == ItemResult.MISSED:
                item.explanation = EXPLANATIONS[int(self.rng.integers(len(EXPLANATIONS)))]


def _nodes_due(month: datetime.date) -> Mapping[str, list[_Node]]:
    rows = Milestone.objects.filter(
        site__area_code__startswith=HOME_DISTRICT_CODE,
        due_on__gte=month,
        due_on__lte=last_day(month),
    ).exclude(site__state=State.CANCELLED)
    found: dict[str, list[_Node]] = defaultdict(list)
    columns = ("site__township_code", "site_id", "kind", "due_on")
    for township, *values in rows.order_by("site__code", "kind").values_list(*columns):
        found[township].append(_Node(*values))
    return found


def _working_sites(month: datetime.date) -> Mapping[str, list[tuple[UUID, Decimal]]]:
    """Return sites at work today that had begun by the month, with how far they are."""
    rows = ProjectSite.objects.filter(
        area_code__startswith=HOME_DISTRICT_CODE,
        state=State.UNDER_CONSTRUCTION,
        actual_start__lte=month,
    )
    found: dict[str, list[tuple[UUID, Decimal]]] = defaultdict(list)
    columns = ("township_code", "pk", "progress_percent")
    for township, pk, percent in rows.order_by("code").values_list(*columns):
        found[township].append((pk, percent))
    return found
