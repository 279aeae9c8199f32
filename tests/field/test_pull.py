"""What a phone is told of changes: everything that is its business, in order, and nothing else."""

from __future__ import annotations

import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from field import feed
from field.api.pull import cursor_at
from field.models import FeedEntry
from maintenance.services import log_review
from tests.factories import UserFactory, signed_agreement
from tests.factories.feed import all_ended
from tests.factories.field import inspected, reported, standard
from tests.factories.orders import advance, by, issued_order, recorded_log

PULL = "/api/v1/sync/pull"


@pytest.fixture(autouse=True)
def _each_change_is_a_transaction(monkeypatch):
    """A test is one transaction, and nobody reads one that runs: here each row is one that ended.

    `test_pull_at_once` reads behind real transactions.
    """

    monkeypatch.setattr("field.api.pull.horizon_now", all_ended)


@pytest.fixture
def agreements(world):
    return (
        signed_agreement(world, assets=[world.own_asset]),
        signed_agreement(world, index=1, assets=[world.sibling_asset]),
    )


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def pulled(client, **asked):
    """All items from a cursor on, page by page, and the last cursor."""
    items = []
    while True:
        answer = client.get(PULL, asked)
        assert answer.status_code == 200, answer.content
        page = answer.json()
        items += page["items"]
        asked = {**asked, "cursor": page["next_cursor"]}
        asked.pop("since", None)
        if not page["more"]:
            return items, page["next_cursor"]


def named(items):
    return [(item["entity"], item["entity_id"]) for item in items]


def test_a_body_gets_the_records_of_its_agreements_and_the_office_those_of_its_area(
    world, agreements
):
    own = issued_order(world, agreements[0])
    log = recorded_log(advance(world, own, "doing"), world.users["company_member"])
    issued_order(
        world,
        agreements[1],
        asset=world.sibling_asset,
        user=world.users["district_planner"],
    )
    wanted = {("order", str(own.pk)), ("log", str(log.pk))}
    for role in ("company_member", "association_member", "cooperative_member", "township_officer"):
        items, _cursor = pulled(signed_in(world.users[role]))
        assert set(named(items)) == wanted
    planner, _cursor = pulled(signed_in(world.users["district_planner"]))
    assert len(planner) == 3
    nobody, _cursor = pulled(signed_in(UserFactory()))
    assert nobody == []


def test_a_record_that_changed_often_comes_once_and_as_it_is_now(world, agreements):
    order = advance(world, issued_order(world, agreements[0]), "doing")
    items, _cursor = pulled(signed_in(world.users["company_member"]))
    assert named(items) == [("order", str(order.pk))]
    order.refresh_from_db()
    assert items[0]["version"] == order.version
    assert items[0]["body"]["properties"]["state"] == "doing"


def test_only_what_came_after_the_cursor_is_told(world, agreements):
    client = signed_in(world.users["company_member"])
    issued_order(world, agreements[0])
    _items, cursor = pulled(client)
    assert pulled(client, cursor=cursor)[0] == []
    second = issued_order(world, agreements[0])
    assert named(pulled(client, cursor=cursor)[0]) == [("order", str(second.pk))]


def test_a_returned_entry_comes_again_with_the_reason(world, agreements):
    client = signed_in(world.users["company_member"])
    order = advance(world, issued_order(world, agreements[0]), "doing")
    log = recorded_log(order, world.users["company_member"])
    _items, cursor = pulled(client)
    log_review(
        log=log, verdict="returned", reason="照片不清", **by(world.users["association_member"])
    )
    (item,) = pulled(client, cursor=cursor)[0]
    assert item["entity_id"] == str(log.pk)
    assert item["body"]["properties"]["standing"] == "returned"
    assert item["body"]["properties"]["reason"] == "照片不清"
    assert len(item["body"]["properties"]["photos"]) == 2


def test_an_entry_that_is_corrected_comes_again(world, agreements):
    user = world.users["company_member"]
    order = advance(world, issued_order(world, agreements[0]), "doing")
    old = recorded_log(order, user)
    _items, cursor = pulled(signed_in(user))
    new = recorded_log(order, user, corrects=old)
    items, _cursor = pulled(signed_in(user), cursor=cursor)
    standings = {item["entity_id"]: item["body"]["properties"]["standing"] for item in items}
    assert standings == {str(old.pk): "corrected", str(new.pk): "pending"}


def test_an_order_tells_what_was_logged_on_it(world, agreements):
    user = world.users["company_member"]
    order = advance(world, issued_order(world, agreements[0]), "doing")
    for quantity in (3, 4):
        recorded_log(order, user, quantity=Decimal(quantity), unit="m2")
    items, _cursor = pulled(signed_in(user))
    (told,) = [item["body"]["properties"] for item in items if item["entity"] == "order"]
    assert told["logged"] == [{"unit": "m2", "quantity": 7.0, "entries": 2}]


def test_a_defect_on_a_covered_stretch_comes_whatever_agreement_it_was_reported_under(
    world, agreements
):
    defect = reported(world)
    type(defect).objects.filter(pk=defect.pk).update(agreement=None)
    items, _cursor = pulled(signed_in(world.users["company_member"]))
    assert named(items) == [("defect", str(defect.pk))]
    assert pulled(signed_in(world.users["evaluator"]))[0] != []


def test_inspections_and_the_defects_they_open_come_too(world, agreements):
    found = inspected(world, standard(), "failed")
    items, _cursor = pulled(signed_in(world.users["company_member"]))
    assert ("inspection", str(found.inspection.pk)) in named(items)
    assert {item["entity"] for item in items} == {"inspection", "defect"}


def test_nothing_of_a_house_or_of_what_is_restricted_reaches_a_phone(world, agreements):
    reported(world)
    type(world.own_asset).objects.filter(pk=world.own_asset.pk).update(visibility="restricted")
    reported(world, asset=world.house_asset, user=world.users["district_planner"])
    assert FeedEntry.objects.filter(entity="defect").count() == 2
    for role in ("district_planner", "township_officer", "company_member"):
        assert pulled(signed_in(world.users[role]))[0] == []


@pytest.mark.parametrize("role", ["company_member", "district_planner"])
def test_pages_of_any_size_tell_the_same(world, agreements, role):
    client = signed_in(world.users[role])
    for _number in range(5):
        issued_order(world, agreements[0])
    whole, _cursor = pulled(client)
    assert len(whole) == 5
    for limit in (1, 2, 5, 1000):
        assert named(pulled(client, limit=limit)[0]) == named(whole)


def test_who_sees_a_small_part_of_a_long_feed_gets_all_of_it(world, agreements, monkeypatch):
    monkeypatch.setattr(feed, "MOST_SCANNED", 3)
    wanted = []
    planner = world.users["district_planner"]
    for _number in range(3):
        for _other in range(5):
            issued_order(world, agreements[1], asset=world.sibling_asset, user=planner)
        wanted.append(("order", str(issued_order(world, agreements[0]).pk)))
    assert named(pulled(signed_in(world.users["township_officer"]))[0]) == wanted


def test_since_begins_in_the_middle(world, agreements):
    client = signed_in(world.users["company_member"])
    issued_order(world, agreements[0])
    FeedEntry.objects.update(at=timezone.now() - datetime.timedelta(days=40))
    new = issued_order(world, agreements[0])
    since = (timezone.now() - datetime.timedelta(days=30)).isoformat()
    assert named(pulled(client, since=since)[0])[-1] == ("order", str(new.pk))
    later = (timezone.now() + datetime.timedelta(days=1)).isoformat()
    assert pulled(client, since=later)[0] == []


def test_a_cursor_ends_when_the_body_joins_another_agreement(world, agreements):
    client = signed_in(world.users["company_member"])
    _items, cursor = pulled(client)
    signed_agreement(world, assets=[world.public_asset])
    answer = client.get(PULL, {"cursor": cursor})
    assert (answer.status_code, answer.json()["code"]) == (410, "cursor_expired")


def test_a_cursor_is_nobody_elses(world, agreements):
    _items, cursor = pulled(signed_in(world.users["company_member"]))
    other = signed_in(world.users["association_member"]).get(PULL, {"cursor": cursor})
    assert other.json()["code"] == "cursor_expired"


@pytest.mark.parametrize(("xid", "history"), [(2**62, "here"), (0, "elsewhere")])
def test_a_cursor_of_another_database_is_over(world, agreements, xid, history):
    client = signed_in(world.users["company_member"])
    scope = client.get(PULL).json()["scope"]
    given = cursor_at(feed.Place(xid, 0), scope, feed.Horizon(xid, xid, None, history))
    assert client.get(PULL, {"cursor": given}).status_code == 410


@pytest.mark.parametrize(
    "asked",
    [
        {"cursor": "x"},
        {"cursor": "W10"},
        {"cursor": "%00"},
        {"cursor": "é" * 10},
        {"cursor": "WyJhIiwiYiIsIi0xIiwiMCJd"},
        {"cursor": "WyJhIiwiYiIsIjk5OTk5OTk5OTk5OTk5OTk5OTk5OTkiLCIwIl0"},
        {"cursor": "A" * 5000},
        {"limit": "0"},
        {"limit": "1001"},
        {"limit": "-1"},
        {"limit": "1.5"},
        {"limit": "٣"},
        {"since": "yesterday"},
        {"since": "2026-01-01T00:00:00"},
        {"since": "9999-99-99T00:00:00Z"},
        {"since": "\x00"},
        {"since": "2026-01-01T00:00:00Z", "cursor": "W10"},
        {"page": "2"},
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(world, asked):
    answer = signed_in(world.users["company_member"]).get(PULL, asked)
    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_parameter"


@pytest.mark.parametrize("since", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_times_at_the_ends_of_the_calendar_are_no_fault_of_ours(world, since):
    answer = signed_in(world.users["company_member"]).get(PULL, {"since": since})
    assert answer.status_code in {200, 400}


def test_a_phone_that_belongs_to_somebody_else_is_told_nothing(world):
    client = signed_in(world.users["company_member"])
    assert client.get(PULL, headers={"X-Field-User": str(uuid4())}).status_code == 409


def test_the_caller_is_told_since_when_changes_wait(world, agreements, monkeypatch):
    since = timezone.now()
    monkeypatch.setattr("field.api.pull.horizon_now", lambda: all_ended(since))
    told = signed_in(world.users["company_member"]).get(PULL).json()["held_back_since"]
    assert datetime.datetime.fromisoformat(told) == since
