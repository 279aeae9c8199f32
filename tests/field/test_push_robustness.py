"""Whatever a client sends, a push answers for each operation, or says what is wrong with all."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from field.services import operations
from maintenance.models import MaintenanceLog, SetAsideEntry
from tests.factories.push import PUSH, defect_body, envelope, log_body, operation, push
from tests.sites.api.conftest import Caller

pytestmark = pytest.mark.django_db
STATUSES = {"stored", "duplicate", "conflict", "rejected", "unpermitted"}
DEEP = json.loads("[" * 150 + "]" * 150)
ODD = [
    None,
    True,
    -1,
    10**400,
    1e308,
    "",
    "\x00",
    "\ud83d",
    "字" * 2_500,
    [],
    {},
    [[]],
    {"type": "Point"},
    {"": {"": None}},
    DEEP,
    str(uuid4()),
    "2026-13-45T99:99:99Z",
    "0001-01-01T00:00:00+23:59",
    "9999-12-31T23:59:59-23:59",
]


def answered(worker, *ops):
    """Results of a push in which every operation has a status that is not our own mistake."""
    results = push(worker, *ops)
    assert {entry["status"] for entry in results} <= STATUSES
    assert "server_error" not in {entry["code"] for entry in results}
    return results


def test_any_value_in_any_place_of_an_operation_is_answered(world, worker):
    bodies = {"log": log_body(world.own_asset), "defect": defect_body(world.own_asset)}
    for odd in ODD:
        ops = [
            {**operation(entity, body), name: odd}
            for entity, body in bodies.items()
            for name in operation(entity, body)
        ]
        results = answered(worker, *ops, odd, operation("log", log_body(world.own_asset)))
        assert len(results) == len(ops) + 2
        assert results[-1]["status"] == "stored"
        refused = [entry for entry in results if entry["status"] not in {"stored", "duplicate"}]
        assert all(entry["set_aside"] and entry["code"] for entry in refused)


BODIES = {
    "log": (
        "order",
        "agreement",
        "asset",
        "task",
        "device_time",
        "accuracy_m",
        "chainage_m",
        "quantity",
        "unit",
        "labour_days",
        "material",
        "note",
        "device_id",
        "corrects",
        "photos",
        "geometry",
        "properties",
        "id",
        "type",
    ),
    "inspection": (
        "asset",
        "standard",
        "kind",
        "inspected_at",
        "answers",
        "position",
        "note",
        "organisation",
        "patrol",
        "corrects",
        "add_photos",
        "geometry",
        "properties",
    ),
    "patrol": (
        "agreement",
        "plan",
        "organisation",
        "kind",
        "started_at",
        "ended_at",
        "track",
        "note",
        "properties",
    ),
    "defect": (
        "asset",
        "kind",
        "severity",
        "source",
        "structure",
        "survey",
        "organisation",
        "chainage_m",
        "description",
        "found_at",
        "add_photos",
        "geometry",
        "properties",
    ),
}


def test_any_value_in_any_place_of_a_body_is_answered(world, worker):
    whole = {"log": log_body(world.own_asset), "defect": defect_body(world.own_asset)}
    for odd in ODD:
        answered(
            worker,
            *(
                operation(entity, {**whole.get(entity, {}), name: odd})
                for entity, names in BODIES.items()
                for name in names
            ),
        )


def test_any_value_in_a_change_or_move_is_answered(world, worker):
    made = operation("defect", defect_body(world.own_asset))
    push(worker, made)
    same = {"kind": "update", "entity_id": made["entity_id"], "base_version": 1}
    names = ("kind", "severity", "description", "chainage_m", "geometry", "properties")
    for odd in ODD:
        answered(
            worker,
            *(operation("defect", {name: odd}, **same) for name in names),
            *(
                operation("order", {"to_state": "accepted", name: odd}, kind="move")
                for name in ("to_state", "reason", "done")
            ),
        )


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ("", 400, "malformed"),
        ("{", 400, "malformed_json"),
        ("[]", 400, "malformed"),
        ('{"ops": []}', 400, "malformed"),
        ('{"device_id": 1, "ops": []}', 400, "malformed"),
        ('{"device_id": "a", "ops": {}}', 400, "malformed"),
        ('{"device_id": "a", "sent_at": "soon", "ops": []}', 400, "malformed"),
        ('{"device_id": "a", "ops": [], "more": 1}', 400, "malformed"),
        ('{"device_id": "a\\u0000", "ops": []}', 400, "malformed_json"),
        ('{"device_id": "a", "ops": [], "ops": []}', 400, "malformed_json"),
        ('{"device_id": "a", "ops": [NaN]}', 400, "malformed_json"),
        ('{"device_id": "a", "ops": [' + "[" * 5000 + "]" * 5000 + "]}", 400, "malformed_json"),
        ('{"device_id": "a", "ops": [' + "[" * 400 + "]" * 400 + "]}", 400, "malformed_json"),
        ('{"device_id": "a", "ops": [' + "1," * 100 + "1]}", 413, "too_large"),
        ('{"device_id": "' + "a" * 2**20 + '", "ops": []}', 413, "too_large"),
        ('{"device_id": "a", "user": -1, "ops": []}', 409, "other_user"),
    ],
    ids=lambda value: str(value)[:24],
)
def test_what_surrounds_the_operations_is_refused_as_a_whole(worker, body, status, code):
    answer = worker.post(PUSH, body)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert not SetAsideEntry.objects.exists()


def test_another_media_type_and_other_people_are_refused(world, worker):
    text = json.dumps(envelope())
    answer = worker.client.post(PUSH, text, content_type="text/plain")
    assert answer.status_code == 415
    assert Caller().post(PUSH, envelope()).status_code == 401
    mine = world.users["company_member"].pk
    for named, status in ((str(mine), 200), (str(mine + 1), 409), ("somebody", 409)):
        answer = worker.post(PUSH, envelope(), **{"x-field-user": named})
        assert answer.status_code == status


def test_a_number_beyond_all_bounds_is_kept_as_the_text_of_its_json(world, worker):
    op = json.dumps(operation("log", log_body(world.own_asset, quantity="Q")))
    text = json.dumps(envelope()).replace("[]", f"[{op.replace(chr(34) + 'Q' + chr(34), '1e999')}]")
    answer = worker.post(PUSH, text)
    (result,) = answer.json()["results"]
    assert (result["status"], result["code"]) == ("rejected", "not_finite")
    assert "Infinity" in SetAsideEntry.objects.get().body["as_sent"]


def test_half_a_character_of_a_cut_text_is_kept_and_the_sender_told(world, worker):
    op = operation("log", log_body(world.own_asset, note="路面\ud83d"))
    (result,) = push(worker, op)
    assert (result["op_id"], result["code"]) == (op["op_id"], "bad_text")
    assert "\\ud83d" in SetAsideEntry.objects.get().body["as_sent"]


def test_the_same_operation_twice_in_one_push_goes_in_once(world, worker):
    op = operation("log", log_body(world.own_asset))
    other = {**op, "body": {**op["body"], "note": "不同"}}
    results = push(worker, op, op, other)
    assert [entry["status"] for entry in results] == ["stored", "duplicate", "rejected"]
    assert results[2]["code"] == "op_id_reused"
    assert MaintenanceLog.objects.count() == 1
    assert SetAsideEntry.objects.get().cause == "other_content"


def test_an_order_of_operations_that_cannot_work_is_refused_and_works_when_sent_again(
    world, worker
):
    log = operation("log", log_body(world.own_asset))
    correction = operation("log", log_body(world.own_asset, corrects=log["entity_id"]))
    first = push(worker, correction, log)
    assert [entry["status"] for entry in first] == ["rejected", "stored"]
    (second,) = push(worker, correction)
    assert second["status"] == "stored"
    assert SetAsideEntry.objects.get().state == "taken"


def test_our_own_mistake_with_one_operation_loses_neither_it_nor_the_others(
    world, worker, monkeypatch
):
    def broken(taker, op):
        raise ZeroDivisionError

    monkeypatch.setitem(operations.Taker.take.__globals__["_TAKERS"], "patrol", broken)
    results = push(worker, operation("patrol", {}), operation("log", log_body(world.own_asset)))
    assert [entry["status"] for entry in results] == ["rejected", "stored"]
    assert SetAsideEntry.objects.get().code == "server_error"


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=20),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
NAMES = sorted({name for names in BODIES.values() for name in names})


@settings(
    max_examples=60,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    ops=st.lists(
        st.fixed_dictionaries(
            {
                "op_id": st.uuids().map(str),
                "type": st.sampled_from(["create", "update", "move"]),
                "entity": st.sampled_from(["log", "inspection", "patrol", "defect", "order"]),
                "entity_id": st.uuids().map(str),
                "body": st.dictionaries(st.sampled_from(NAMES), JSON, max_size=6),
            },
            optional={"base_version": JSON, "device_time": JSON},
        ),
        max_size=5,
    )
)
def test_any_json_is_answered_with_a_status_for_each_operation(worker, ops):
    results = push(worker, *ops)
    assert [entry["op_id"] for entry in results] == [op["op_id"] for op in ops]
    assert {entry["status"] for entry in results} <= STATUSES
    assert "server_error" not in {entry["code"] for entry in results}
