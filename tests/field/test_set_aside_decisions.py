"""What the office decides on entries set aside: once, by its own area, with both values known."""

from __future__ import annotations

import threading

import pytest
from django.db import connection
from django.utils import timezone

from field.models import FieldOperation
from field.services.set_aside_decisions import (
    DecidedAlready,
    set_aside_choose,
    set_aside_dismiss,
)
from field.services.set_aside_retries import (
    StillNotTaken,
    set_aside_enter_second,
    set_aside_retry,
)
from maintenance.models import Defect, MaintenanceLog, SetAsideEntry
from maintenance.services.defect_changes import defect_change
from sites.models import Membership
from sites.services.errors import ConcurrentChange, NotPermitted, ReasonMissing, RefusedByRegister
from tests.factories.orders import by, issued_order
from tests.factories.push import defect_body, log_body, operation, push
from tests.factories.set_aside import clashed, set_aside

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(world):
    return {**by(world.users["township_officer"]), "at": timezone.now()}


@pytest.fixture
def clash(world, worker):
    """The phone and the office both changed one defect's severity and words."""
    return clashed(
        worker,
        world.own_asset,
        office=world.users["township_officer"],
        changes={"severity": "minor", "description": "很小"},
        body={"severity": "moderate", "description": "变大了"},
    )


def test_the_office_takes_one_value_of_the_phone_and_keeps_its_own_other(clash, officer):
    defect = Defect.objects.get()
    set_aside_choose(
        entry=clash,
        choices={"severity": "phone", "description": "office"},
        expected_version=defect.version,
        **officer,
    )
    defect.refresh_from_db()
    clash.refresh_from_db()
    assert (defect.severity, defect.description) == ("moderate", "很小")
    assert (clash.state, clash.became) == ("taken", defect.pk)
    assert clash.choices == {"severity": "phone", "description": "office"}


def test_a_clash_that_went_in_by_itself_and_clashes_anew_is_open_again(world, worker, officer):
    push(worker, operation("defect", defect_body(world.own_asset)))
    defect = Defect.objects.get()
    office = by(world.users["township_officer"])

    def written(severity):
        defect.refresh_from_db()
        change = {"changes": {"severity": severity}, "expected_version": defect.version}
        defect_change(defect=defect, **change, **office)
        defect.refresh_from_db()

    def sent(base_version):
        same = {"kind": "update", "entity_id": str(defect.pk), "base_version": base_version}
        op = operation("defect", {"severity": "moderate"}, **same)
        (result,) = push(worker, op)
        return op, result["status"]

    first = defect.version
    written("minor")
    old, status = sent(first)
    assert status == "conflict"
    assert sent(defect.version)[1] == "stored"
    kept = SetAsideEntry.objects.get()
    assert kept.state == "taken"
    assert push(worker, old)[0]["status"] == "conflict"
    kept.refresh_from_db()
    assert kept.state == "taken"
    written("minor")
    assert sent(first)[1] == "conflict"
    kept.refresh_from_db()
    assert (kept.state, kept.became, kept.decided_at) == ("open", None, None)
    assert [side["office"] for side in kept.sides] == ["minor"]


def test_a_change_in_between_is_told_and_nothing_is_decided(clash, officer, world):
    defect = Defect.objects.get()
    shown = defect.version
    defect_change(
        defect=defect,
        changes={"severity": "serious"},
        expected_version=shown,
        **by(world.users["district_planner"]),
    )
    with pytest.raises(ConcurrentChange):
        set_aside_choose(
            entry=clash, choices={"severity": "phone"}, expected_version=shown, **officer
        )
    clash.refresh_from_db()
    defect.refresh_from_db()
    assert (clash.state, defect.severity) == ("open", "serious")


def test_the_offices_values_everywhere_need_a_reason_and_leave_the_record(clash, officer):
    defect = Defect.objects.get()
    chosen = {"entry": clash, "choices": {}, "expected_version": defect.version, **officer}
    with pytest.raises(ReasonMissing):
        set_aside_choose(**chosen)
    set_aside_choose(**chosen, reason="已现场核实")
    clash.refresh_from_db()
    assert (clash.state, clash.reason) == ("dismissed", "已现场核实")
    assert Defect.objects.get().version == defect.version


@pytest.mark.parametrize("choices", [{"severity": "both"}, {"state": "phone"}, {"": "phone"}])
def test_a_choice_that_is_none_is_refused(clash, officer, choices):
    version = Defect.objects.get().version
    with pytest.raises(RefusedByRegister):
        set_aside_choose(entry=clash, choices=choices, expected_version=version, **officer)


def test_position_and_chainage_are_chosen_together(world, worker, officer):
    push(worker, operation("defect", defect_body(world.own_asset)))
    defect = Defect.objects.get()
    seen, before = defect.version, defect.point
    office = by(world.users["township_officer"])
    defect_change(defect=defect, changes={"chainage_m": 700}, expected_version=seen, **office)
    moved = {"type": "Point", "coordinates": [before.x + 0.001, before.y]}
    body = {"geometry": moved, "chainage_m": 395}
    push(
        worker,
        operation("defect", body, kind="update", entity_id=str(defect.pk), base_version=seen),
    )
    entry = SetAsideEntry.objects.get()
    version = Defect.objects.get().version
    set_aside_choose(
        entry=entry, choices={"geometry": "phone"}, expected_version=version, **officer
    )
    entry.refresh_from_db()
    assert set(entry.choices.values()) == {"phone"}
    assert Defect.objects.get().point.x == pytest.approx(before.x + 0.001, abs=1e-6)


def test_a_second_content_goes_in_as_a_correction_of_the_first(world, worker, officer):
    first = operation("log", log_body(world.own_asset, note="三百米"))
    push(worker, first)
    second = operation(
        "log", log_body(world.own_asset, note="三百八十米"), entity_id=first["entity_id"]
    )
    (answer,) = push(worker, second)
    assert answer["status"] == "conflict"
    entry = SetAsideEntry.objects.get()
    set_aside_enter_second(entry=entry, **officer)
    entry.refresh_from_db()
    log = MaintenanceLog.objects.get(pk=entry.became)
    assert (str(log.corrects_id), log.note) == (first["entity_id"], "三百八十米")
    assert log.worker == world.users["company_member"]
    assert FieldOperation.objects.get(entity_id=log.pk).brought_by == officer["actor"]


def test_a_correction_that_the_register_refuses_stays_set_aside(world, worker, officer):
    first = operation("log", log_body(world.own_asset))
    push(worker, first)
    other = {**log_body(world.own_asset), "task": "nonsense"}
    entry = set_aside(
        world.users["company_member"],
        world.own.area_code,
        cause="other_content",
        entity_id=first["entity_id"],
        body=other,
    )
    with pytest.raises(StillNotTaken):
        set_aside_enter_second(entry=entry, **officer)
    entry.refresh_from_db()
    assert (entry.state, MaintenanceLog.objects.count(), SetAsideEntry.objects.count()) == (
        "open",
        1,
        1,
    )


def test_tried_again_an_entry_goes_in_once_its_sender_may(world, worker, officer):
    role = Membership.objects.get(user=world.users["company_member"])
    role.organisations.set([world.companies[1]])
    (answer,) = push(worker, operation("log", log_body(world.own_asset)))
    entry = SetAsideEntry.objects.get()
    assert answer["status"] in ("rejected", "unpermitted")
    SetAsideEntry.objects.update(area_code=world.own.area_code)
    with pytest.raises(StillNotTaken):
        set_aside_retry(entry=entry, **by(world.users["district_planner"]), at=officer["at"])
    role.organisations.set([world.companies[0]])
    entry.refresh_from_db()
    assert (entry.state, entry.times_sent) == ("open", 1)
    set_aside_retry(entry=entry, **by(world.users["district_planner"]), at=officer["at"])
    entry.refresh_from_db()
    assert (entry.state, entry.became) == ("taken", MaintenanceLog.objects.get().pk)
    assert entry.decided_by == world.users["district_planner"]


def test_a_decision_is_made_once(clash, officer):
    set_aside_dismiss(entry=clash, reason="重复", **officer)
    with pytest.raises(DecidedAlready):
        set_aside_dismiss(entry=clash, reason="另一个理由", **officer)
    clash.refresh_from_db()
    assert clash.reason == "重复"


@pytest.mark.parametrize("name", ["company_member", "association_member", "evaluator"])
def test_only_the_office_of_the_area_decides(world, clash, name):
    who = by(world.users[name])
    with pytest.raises(NotPermitted):
        set_aside_dismiss(entry=clash, reason="不行", at=timezone.now(), **who)


def test_an_officer_of_another_area_decides_nothing(world, officer):
    entry = set_aside(world.users["company_member"], world.sibling.area_code)
    with pytest.raises(NotPermitted):
        set_aside_dismiss(entry=entry, reason="不行", **officer)


def test_a_next_state_of_an_order_is_made_as_its_senders(world, worker, agreement, officer):
    order = issued_order(world, agreement)
    seen = order.version
    push(worker, operation("order", {"to_state": "accepted"}, kind="move",
                          entity_id=str(order.pk), base_version=seen))  # fmt: skip
    push(worker, operation("order", {"to_state": "doing"}, kind="move",
                          entity_id=str(order.pk), base_version=seen))  # fmt: skip
    entry = SetAsideEntry.objects.get()
    order.refresh_from_db()
    assert (entry.cause, order.state) == ("clash", "accepted")
    set_aside_choose(
        entry=entry, choices={"state": "phone"}, expected_version=order.version, **officer
    )
    order.refresh_from_db()
    assert order.state == "doing"
    assert order.changes.latest("pk").actor == world.users["company_member"]


@pytest.mark.django_db(transaction=True)
def test_two_officers_at_once_decide_once(world):
    entry = set_aside(world.users["company_member"], world.own.area_code)
    names, start, outcomes = ("district_planner", "township_officer"), threading.Barrier(2), []

    def decide(name):
        try:
            who = by(world.users[name])
            start.wait()
            set_aside_dismiss(entry=entry, reason=name, at=timezone.now(), **who)
            outcomes.append(name)
        except DecidedAlready:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [threading.Thread(target=decide, args=(name,)) for name in names]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    entry.refresh_from_db()
    assert sorted(outcomes) == sorted([entry.reason, "late"])
