"""What phones send: each operation judged by itself, nothing lost, nothing twice."""

from __future__ import annotations

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from field.models import FieldOperation
from maintenance.log_review import LogMark, marks_of
from maintenance.models import (
    Defect,
    Inspection,
    MaintenanceLog,
    Patrol,
    PromisedPhoto,
    SetAsideEntry,
)
from tests.factories.field import proposals, standard
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import advance, issued_order, photo_row
from tests.factories.push import PUSH, defect_body, envelope, log_body, operation, push
from tests.sites.api.conftest import Caller

pytestmark = pytest.mark.django_db


@pytest.fixture
def agreement(world):
    proposals()
    return signed_agreement(world, assets=[world.own_asset])


@pytest.fixture
def phone(world, agreement):
    return Caller(world.users["company_member"])


@pytest.fixture
def office(world):
    return Caller(world.users["township_officer"])


def test_a_log_goes_in_once_and_is_answered_with_its_receipt(world, phone):
    op = operation("log", log_body(world.own_asset))
    (first,) = push(phone, op)
    (again,) = push(phone, op)
    log = MaintenanceLog.objects.get()
    assert (first["status"], again["status"]) == ("stored", "duplicate")
    assert first["receipt"] == again["receipt"]
    receipt = first["receipt"]
    assert (receipt["id"], receipt["content_hash"]) == (op["entity_id"], log.content_hash)
    assert (receipt["standing"], receipt["server_seq"]) == ("pending", log.server_seq)
    assert (log.device_id, str(log.pk)) == ("phone-1", op["entity_id"])


def test_a_feature_and_a_flat_body_say_the_same(world, phone):
    flat = log_body(world.own_asset)
    geometry = flat["geometry"]
    properties = {name: value for name, value in flat.items() if name != "geometry"}
    whole = {"type": "Feature", "geometry": geometry, "properties": properties}
    key = str(uuid4())
    (first,) = push(phone, operation("log", flat, entity_id=key))
    (second,) = push(phone, operation("log", whole, entity_id=key))
    assert (first["status"], second["status"]) == ("stored", "duplicate")


def test_each_kind_of_entry_goes_in_with_one_push_even_when_they_build_on_each_other(
    world, phone, agreement
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
    results = push(phone, log, correction, patrol, inspection, defect, change)
    assert [(entry["status"], entry["errors"]) for entry in results] == [("stored", [])] * 6
    assert MaintenanceLog.objects.get(corrects_id=log["entity_id"]).note == "改正"
    assert str(Inspection.objects.get().patrol_id) == patrol["entity_id"]
    assert Patrol.objects.count() == 1
    assert Defect.objects.get(pk=defect["entity_id"]).severity == "minor"
    assert FieldOperation.objects.count() == 6


def test_one_bad_operation_never_blocks_the_others_and_is_kept(world, phone, agreement):
    good = [operation("log", log_body(world.own_asset)) for _place in range(3)]
    bad = operation("log", log_body(world.own_asset, quantity=-1))
    foreign = operation("log", log_body(world.foreign_asset))
    results = push(phone, good[0], bad, good[1], foreign, "rubbish", good[2])
    statuses = [entry["status"] for entry in results]
    assert statuses == ["stored", "rejected", "stored", "rejected", "rejected", "stored"]
    assert results[1]["errors"][0]["field"] == "properties.quantity"
    assert MaintenanceLog.objects.count() == 3
    kept = SetAsideEntry.objects.order_by("received_at", "pk")
    assert {entry.cause for entry in kept} == {"refused", "malformed"}
    assert {entry.area_code for entry in kept} == {world.own_asset.area_code, agreement.area_code}
    assert SetAsideEntry.objects.get(cause="malformed").body == "rubbish"


def test_what_was_refused_is_judged_again_and_closed_when_it_goes_in(world, phone, agreement):
    order = advance(world, issued_order(world, agreement), "accepted")
    op = operation("order", {"to_state": "submitted"}, kind="move", entity_id=str(order.pk))
    (first,) = push(phone, op)
    (second,) = push(phone, op)
    assert (first["status"], second["status"]) == ("rejected", "rejected")
    kept = SetAsideEntry.objects.get()
    assert (kept.times_sent, kept.code, kept.state) == (2, "illegal_transition", "open")
    advance(world, order, "doing")
    push(
        phone,
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
    (third,) = push(phone, op)
    kept.refresh_from_db()
    assert (third["status"], third["errors"]) == ("stored", [])
    assert (kept.state, kept.became) == ("taken", order.pk)
