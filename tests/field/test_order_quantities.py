"""Quantities that a phone submits never replace what somebody else wrote meanwhile."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils import timezone

from field.services.set_aside_decisions import set_aside_choose
from field.side_by_side import side_by_side
from maintenance.models import SetAsideEntry
from maintenance.services.order_quantities import (
    PlannedQuantity,
    order_quantities_plan,
    order_quantities_record,
)
from tests.factories.orders import advance, by, issued_order, recorded_log
from tests.factories.push import operation, push

pytestmark = pytest.mark.django_db
STONE, CULVERT = PlannedQuantity("碎石", "m3", Decimal(10)), PlannedQuantity("涵洞", "piece", None)


@pytest.fixture
def order(world, agreement):
    """An order under way with one planned quantity and a log of the work."""
    made = issued_order(world, agreement)
    order_quantities_plan(order=made, quantities=[STONE], **by(world.users["township_officer"]))
    advance(world, made, "doing")
    recorded_log(made, world.users["company_member"])
    made.refresh_from_db()
    return made


def submitted(worker, order, done, *, seen):
    body = {"to_state": "submitted", "done": [{"position": 1, "done": done}]}
    (result,) = push(
        worker,
        operation("order", body, kind="move", entity_id=str(order.pk), base_version=seen),
    )
    order.refresh_from_db()
    return result["status"]


def replanned(world, order):
    office = by(world.users["township_officer"])
    order_quantities_plan(order=order, quantities=[CULVERT], **office)


def recorded(world, order, amount="7.00"):
    company = by(world.users["company_member"])
    order_quantities_record(order=order, done={1: Decimal(amount)}, **company)


def test_quantities_go_in_with_the_version_that_the_phone_saw(worker, order):
    assert submitted(worker, order, 12.5, seen=order.version) == "stored"
    assert (order.state, order.quantities.get().done) == ("submitted", Decimal("12.50"))


@pytest.mark.parametrize("meanwhile", [replanned, recorded])
def test_what_changed_meanwhile_stands_and_the_office_decides(world, worker, order, meanwhile):
    seen = order.version
    meanwhile(world, order)
    before = order.quantities.get()
    assert submitted(worker, order, 12.5, seen=seen) == "conflict"
    row = order.quantities.get()
    assert (order.state, row.item, row.done) == ("doing", before.item, before.done)
    sides = {side["field"]: side for side in SetAsideEntry.objects.get().sides}
    assert (sides["state"]["office"], sides["state"]["phone"]) == ("doing", "submitted")
    assert sides["done"]["phone"] == [{"position": 1, "done": 12.5}]


def test_the_same_amount_sent_late_is_no_clash(world, worker, order):
    seen = order.version
    recorded(world, order, "12.50")
    assert submitted(worker, order, 12.5, seen=seen) == "stored"


def test_the_office_sees_both_amounts_and_takes_the_phones(world, worker, order):
    seen = order.version
    recorded(world, order)
    submitted(worker, order, 12.5, seen=seen)
    officer = by(world.users["township_officer"])
    entry = SetAsideEntry.objects.get()
    rows = {row.name: row for row in side_by_side(entry, officer["scope"]).rows}
    assert (rows["done"].office.text, rows["done"].phone.text) == ("1. 碎石 7 立方米", "1. 12.5")
    assert (rows["done"].follows, rows["done"].is_choice) == ("state", False)
    set_aside_choose(
        entry=entry,
        choices={"state": "phone"},
        expected_version=order.version,
        at=timezone.now(),
        **officer,
    )
    order.refresh_from_db()
    assert (order.state, order.quantities.get().done) == ("submitted", Decimal("12.50"))
