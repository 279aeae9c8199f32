"""What phones send: each operation judged by itself, nothing lost, nothing twice."""

from __future__ import annotations

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from field.models import FieldOperation
from maintenance.log_review import LogMark, marked_condition, marks_of
from maintenance.models import (
    Defect,
    Inspection,
    MaintenanceLog,
    Patrol,
    SetAsideEntry,
)
from tests.factories.field import standard
from tests.factories.orders import advance, issued_order, photo_row
from tests.factories.push import defect_body, log_body, operation, push
from tests.sites.api.conftest import Caller

pytestmark = pytest.mark.django_db
HOUSE = {"type": "Point", "coordinates": [117.06, 31.06]}


@pytest.fixture
def office(world):
    return Caller(world.users["township_officer"])


def test_a_log_goes_in_once_and_is_answered_with_its_receipt(world, worker):
    op = operation("log", log_body(world.own_asset))
    (first,) = push(worker, op)
    (again,) = push(worker, op)
    log = MaintenanceLog.objects.get()
    assert (first["status"], again["status"]) == ("stored", "duplicate")
    assert first["receipt"] == again["receipt"]
    receipt = first["receipt"]
    assert (receipt["id"], receipt["content_hash"]) == (op["entity_id"], log.content_hash)
    assert (receipt["standing"], receipt["server_seq"]) == ("pending", log.server_seq)
    assert (log.device_id, str(log.pk)) == ("phone-1", op["entity_id"])


def test_a_feature_and_a_flat_body_say_the_same(world, worker):
    flat = log_body(world.own_asset)
    geometry = flat["geometry"]
    properties = {name: value for name, value in flat.items() if name != "geometry"}
    whole = {"type": "Feature", "geometry": geometry, "properties": properties}
    key = str(uuid4())
    (first,) = push(worker, operation("log", flat, entity_id=key))
    (second,) = push(worker, operation("log", whole, entity_id=key))
    assert (first["status"], second["status"]) == ("stored", "duplicate")


def test_each_kind_of_entry_goes_in_with_one_push_even_when_they_build_on_each_other(
    world, worker, agreement
):
    asset = world.own_asset
    made = standard({})
    item = made.items.get()
    log = operation("log", log_body(asset))
    correction = operation("log", log_body(asset, corrects=log["entity_id"], note="改正"))
    patrol = operation(
        "patrol",
        {
            "agreement": str(agreement.pk),
            "kind": "daily",
            "started_at": (timezone.now() - datetime.timedelta(hours=2)).isoformat(),
            "ended_at": timezone.now().isoformat(),
        },
    )
    inspection = operation(
        "inspection",
        {
            "asset": str(asset.pk),
            "standard": str(made.pk),
            "kind": "patrol",
            "inspected_at": timezone.now().isoformat(),
            "patrol": patrol["entity_id"],
            "answers": [{"item": str(item.pk), "result": "ok"}],
        },
    )
    defect = operation("defect", defect_body(asset))
    change = operation(
        "defect",
        {"severity": "minor"},
        kind="update",
        entity_id=defect["entity_id"],
        base_version=1,
    )
    results = push(worker, log, correction, patrol, inspection, defect, change)
    assert [(entry["status"], entry["errors"]) for entry in results] == [("stored", [])] * 6
    assert MaintenanceLog.objects.get(corrects_id=log["entity_id"]).note == "改正"
    assert str(Inspection.objects.get().patrol_id) == patrol["entity_id"]
    assert Patrol.objects.count() == 1
    assert Defect.objects.get(pk=defect["entity_id"]).severity == "minor"
    assert FieldOperation.objects.count() == 6


def test_one_bad_operation_never_blocks_the_others_and_is_kept(world, worker, agreement):
    good = [operation("log", log_body(world.own_asset)) for _place in range(3)]
    bad = operation("log", log_body(world.own_asset, quantity=-1))
    foreign = operation("log", log_body(world.foreign_asset))
    results = push(worker, good[0], bad, good[1], foreign, "rubbish", good[2])
    statuses = [entry["status"] for entry in results]
    assert statuses == ["stored", "rejected", "stored", "rejected", "rejected", "stored"]
    assert results[1]["errors"][0]["field"] == "properties.quantity"
    assert MaintenanceLog.objects.count() == 3
    kept = SetAsideEntry.objects.order_by("received_at", "pk")
    assert {entry.cause for entry in kept} == {"refused", "malformed"}
    assert {entry.area_code for entry in kept} == {world.own_asset.area_code, agreement.area_code}
    assert SetAsideEntry.objects.get(cause="malformed").body == "rubbish"


def test_what_was_refused_is_judged_again_and_closed_when_it_goes_in(world, worker, agreement):
    order = advance(world, issued_order(world, agreement), "accepted")
    op = operation("order", {"to_state": "submitted"}, kind="move", entity_id=str(order.pk))
    (first,) = push(worker, op)
    (second,) = push(worker, op)
    assert (first["status"], second["status"]) == ("rejected", "rejected")
    kept = SetAsideEntry.objects.get()
    assert (kept.times_sent, kept.code, kept.state) == (2, "illegal_transition", "open")
    advance(world, order, "doing")
    push(
        worker,
        operation(
            "log",
            log_body(
                world.own_asset,
                order=str(order.pk),
                photos=[
                    {"photo": str(photo_row(world.users["company_member"]).pk), "stage": stage}
                    for stage in ("before", "after")
                ],
            ),
        ),
    )
    (third,) = push(worker, op)
    kept.refresh_from_db()
    assert (third["status"], third["errors"]) == ("stored", [])
    assert (kept.state, kept.became) == ("taken", order.pk)


DAY = datetime.timedelta(days=1)


def told(moment):
    return moment.isoformat()


@pytest.mark.parametrize(
    ("made", "clock", "marks"),
    [
        # Made honestly, sent three days later.
        (-3 * DAY, datetime.timedelta(seconds=-20), []),
        # Its clock is a day behind, however fresh the entry looks.
        (-DAY, -DAY, [LogMark.CLOCK]),
        # Dated in the future by a clock that has been set right since.
        (DAY, datetime.timedelta(0), [LogMark.CLOCK]),
        # The clock is not known: the delay decides.
        (-3 * DAY, None, [LogMark.CLOCK]),
        (-DAY / 2, None, []),
    ],
)
def test_a_clock_is_marked_by_its_skew_and_not_by_the_delay(world, worker, made, clock, marks):
    now = timezone.now()
    body = log_body(world.own_asset, device_time=told(now + made))
    sent_at = None if clock is None else told(now + clock)
    (result,) = push(worker, operation("log", body), sent_at=sent_at)
    log = MaintenanceLog.objects.get()
    assert (result["status"], marks_of(log)) == ("stored", marks)
    assert MaintenanceLog.objects.filter(marked_condition()).exists() is bool(marks)
    assert MaintenanceLog.objects.filter(~marked_condition()).exists() is not bool(marks)
    assert log.device_time == now + made


def test_entries_stand_in_the_order_in_which_they_came_whatever_the_phone_says(world, worker):
    now = timezone.now()
    times = [now, now - 400 * DAY, now + 400 * DAY, now - DAY]
    ops = [operation("log", log_body(world.own_asset, device_time=told(time))) for time in times]
    push(worker, *ops)
    listed = worker.get("/api/v1/logs").json()["features"]
    assert sorted(str(row["id"]) for row in listed) == sorted(op["entity_id"] for op in ops)
    order = MaintenanceLog.objects.order_by("server_seq").values_list("pk", flat=True)
    assert [str(pk) for pk in order] == [op["entity_id"] for op in ops]


class TestOtherContentUnderOneIdentifier:
    """Refused and kept, visible to the sender and the office, however it was sent."""

    def entries(self, world, agreement):
        made = standard({})
        answers = [{"item": str(made.items.get().pk), "result": "ok"}]
        ended = timezone.now().isoformat()
        return {
            "log": log_body(world.own_asset),
            "inspection": {
                "asset": str(world.own_asset.pk),
                "standard": str(made.pk),
                "kind": "patrol",
                "inspected_at": ended,
                "note": "",
                "answers": answers,
            },
            "patrol": {
                "agreement": str(agreement.pk),
                "started_at": ended,
                "ended_at": ended,
                "note": "",
            },
            "defect": defect_body(world.own_asset),
        }

    @pytest.mark.parametrize("entity", ["log", "inspection", "patrol", "defect"])
    def test_by_push(self, world, agreement, worker, entity):
        body = self.entries(world, agreement)[entity]
        word = "description" if entity == "defect" else "note"
        first = operation(entity, body)
        other = operation(entity, {**body, word: "不同"}, entity_id=first["entity_id"])
        statuses = [push(worker, op)[0]["status"] for op in (first, other, other, first)]
        assert statuses == ["stored", "conflict", "conflict", "duplicate"]
        kept = SetAsideEntry.objects.get()
        assert (kept.cause, kept.times_sent, kept.body[word]) == ("other_content", 2, "不同")
        for name in ("company_member", "township_officer"):
            assert SetAsideEntry.objects.visible_to(world.users[name]).get() == kept
        assert not SetAsideEntry.objects.visible_to(world.users["cooperative_member"]).exists()

    @pytest.mark.parametrize("entity", ["log", "inspection", "patrol", "defect"])
    def test_by_the_api(self, world, agreement, worker, entity):
        body = self.entries(world, agreement)[entity]
        key = str(uuid4())

        def send(note):
            word = "description" if entity == "defect" else "note"
            values = {**body, word: note}
            if entity in {"log", "defect"}:
                place = values.pop("geometry")
                values = {"type": "Feature", "geometry": place, "properties": values}
            if entity == "log":
                return worker.put(f"/api/v1/logs/{key}", values).status_code
            return worker.post(
                f"/api/v1/{entity}s", {**values, "id": key}, key=f"k{ord(note)}"
            ).status_code

        assert [send(note) for note in ("甲", "乙")] == [201, 409]
        kept = SetAsideEntry.objects.get()
        assert (kept.entity, str(kept.entity_id)) == (entity, key)
        assert "乙" in str(kept.body)


def test_a_clash_about_a_house_shows_nothing_of_it_on_the_phone(world, office):
    """Also to the office, which may see the house: no household's place lies on a phone."""
    found = operation("defect", defect_body(world.house_asset, geometry=HOUSE))
    change = {"kind": "update", "entity_id": found["entity_id"], "base_version": 1}
    results = push(
        office,
        found,
        operation("defect", {"severity": "minor"}, **change),
        operation("defect", {"severity": "moderate"}, **change),
    )
    assert [one["status"] for one in results] == ["stored", "stored", "conflict"]
    assert "current" not in results[-1]
    assert world.house_asset.code not in str(results)
