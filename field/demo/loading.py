"""Lets the demo's accounts send what phones send, through the same door as phones."""

from __future__ import annotations

import datetime
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from field.demo.pocket import Pocket
from field.demo.round_plans import plan_rounds
from maintenance.kinds import DefectState, OrderState
from maintenance.models import Defect, WorkOrder
from maintenance.services.defect_changes import defect_change
from sites.access import scope_of

_MINUTE = datetime.timedelta(minutes=1)


@transaction.atomic
def load_field(*, at: datetime.datetime) -> None:
    """Store rounds for those who have none, entries that wait for review, and some set aside.

    Does nothing for accounts whose bodies have no agreement in force.
    """
    users = {user.get_username(): user for user in get_user_model().objects.all()}
    plan_rounds(users.values(), at)
    worker = _pocket(users, "cooperative_member", at)
    if worker is not None:
        _a_day_in_the_valley(worker, at)
        _the_same_number_twice(worker, at)
        _another_bodys_order(worker)
    company = _pocket(users, "company_member", at)
    if company is not None:
        _work_on_a_closed_order(company, at)
        _an_old_page(company)
    watcher = _pocket(users, "association_member", at)
    if watcher is not None:
        _both_changed_a_defect(watcher, users["district_planner"], at)


def _pocket(users: dict[str, Any], name: str, at: datetime.datetime) -> Pocket | None:
    user = users.get(name)
    pocket = Pocket(user, at) if user is not None else None
    return pocket if pocket is not None and pocket.asset is not None else None


def _a_day_in_the_valley(worker: Pocket, at: datetime.datetime) -> None:
    """Four entries that wait for review: photos to come, one far away, one with a wrong clock."""
    worker.log("边沟清淤,照片随后上传", at - 190 * _MINUTE, quantity=420, unit="m", photos=3)
    worker.log("清扫路面、捡拾垃圾", at - 150 * _MINUTE, quantity=900, unit="m", photos=1)
    worker.log("涵洞口清理,回村后补记", at - 95 * _MINUTE, quantity=2, unit="place", shift=0.019)
    hours = datetime.timedelta(hours=40)
    worker.log("路肩割草", at - hours, quantity=600, unit="m", skew_s=-hours.total_seconds())


def _the_same_number_twice(worker: Pocket, at: datetime.datetime) -> None:
    """An entry that was sent, changed on the phone, and sent again under its number."""
    key = worker.log("边沟杂草清理 300 米", at - 70 * _MINUTE, quantity=300, unit="m")
    worker.log("边沟杂草清理 380 米", at - 70 * _MINUTE, quantity=380, unit="m", key=key)


def _another_bodys_order(worker: Pocket) -> None:
    """A cooperative accepts an order that its company carries out."""
    order = _order(worker, OrderState.ISSUED)
    if order is not None:
        worker.send("move", "order", {"to_state": "accepted"}, key=order.pk, base=order.version)


def _work_on_a_closed_order(company: Pocket, at: datetime.datetime) -> None:
    """Work that was noted in the valley while the office closed the order; sent twice."""
    order = _order(company, OrderState.CLOSED)
    if order is None:
        return
    body = {
        "asset": str(order.asset_id),
        "order": str(order.pk),
        "task": "routine",
        "note": "补充清理施工残料",
        "quantity": 1,
        "unit": "place",
    }
    for _time in range(2):
        company.send("create", "log", body, key=order.asset_id, device_time=at - 240 * _MINUTE)


def _an_old_page(company: Pocket) -> None:
    """An operation of a kind that the register does not know."""
    company.send("move", "defect", {"to_state": "repaired", "note": "坑槽已补"})


def _both_changed_a_defect(watcher: Pocket, planner: Any, at: datetime.datetime) -> None:
    """The office and a supervisor change one defect, neither knowing of the other."""
    rows = Defect.objects.visible_to(watcher.scope).filter(
        state__in=(DefectState.REPORTED, DefectState.VERIFIED),
        agreement__parties__organisation_id__in=watcher.scope.organisation_ids(),
        agreement__parties__role="supervisor",
        chainage_m__isnull=False,
    )
    defect = rows.exclude(severity="serious").order_by("-found_at", "pk").first()
    if defect is None:
        return
    seen = defect.version
    defect_change(
        defect=defect,
        changes={"severity": "minor", "description": "电话核实:坑槽面积约 0.5 平方米"},
        actor=planner,
        scope=scope_of(planner),
        expected_version=seen,
    )
    east = watcher.place(defect.point, 0.0009)
    body = {
        "severity": "serious",
        "description": "现场复查:坑槽已扩大到约 3 平方米,影响通行",
        "geometry": east,
    }
    time = at - 60 * _MINUTE
    watcher.send("update", "defect", body, key=defect.pk, base=seen, device_time=time)


def _order(pocket: Pocket, state: OrderState) -> Any:
    rows = WorkOrder.objects.visible_to(pocket.scope).filter(state=state)
    return rows.order_by("-due_at", "pk").first()
