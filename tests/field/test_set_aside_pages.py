"""The office's pages and API of entries set aside: both values, in the reader's words."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from maintenance.models import Defect, SetAsideEntry
from maintenance.services.defect_changes import defect_change
from tests.factories import UserFactory
from tests.factories.field import on_road
from tests.factories.orders import by
from tests.factories.push import log_body, operation, push
from tests.factories.set_aside import clashed, set_aside
from tests.sites.api.conftest import Caller

pytestmark = pytest.mark.django_db

LIST = "/maintenance/set-aside/"


@pytest.fixture
def office(world):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["township_officer"])
    return client


@pytest.fixture
def clash(world, worker):
    """The office changed a defect's severity, the phone its severity and its place."""
    east = {"type": "Point", "coordinates": [on_road(300).x + 0.001, 31.05]}
    return clashed(
        worker,
        world.own_asset,
        office=world.users["district_planner"],
        changes={"severity": "minor"},
        body={"severity": "moderate", "geometry": east},
    )


def page_of(entry):
    return f"{LIST}{entry.pk}/"


def test_both_values_stand_side_by_side_in_words_with_a_map(office, clash):
    page = office.get(page_of(clash))
    rows = {row.name: row for row in page.context["beside"].rows}
    severity = rows["severity"]
    assert (severity.base.text, severity.office.text, severity.phone.text) == (
        "Serious",
        "Minor",
        "Moderate",
    )
    assert severity.is_choice
    assert page.context["drawing"] is not None


def test_the_page_settles_a_clash_and_shows_the_decision(office, clash):
    version = Defect.objects.get().version
    posted = {"side-severity": "phone", "side-geometry": "office", "version": version}
    answer = office.post(f"{page_of(clash)}choose/", posted, follow=True)
    assert answer.status_code == 200
    assert Defect.objects.get().severity == "moderate"
    assert not answer.context["may_decide"]
    assert "the phone's value holds" in answer.content.decode()


def test_a_change_in_between_shows_the_values_that_hold_now(office, clash, world):
    defect = Defect.objects.get()
    shown = defect.version
    defect_change(
        defect=defect,
        changes={"severity": "serious"},
        expected_version=shown,
        **by(world.users["district_planner"]),
    )
    posted = {"side-severity": "phone", "version": shown}
    answer = office.post(f"{page_of(clash)}choose/", posted)
    rows = {row.name: row for row in answer.context["beside"].rows}
    assert answer.status_code == 409
    assert rows["severity"].office.text == "Serious"
    assert answer.context["beside"].is_changed_since


@pytest.mark.parametrize(
    "posted",
    [
        {},
        {"side-severity": "x"},
        {"side-\x00": "phone"},
        {"version": "9" * 40, "side-severity": "phone"},
        {"version": "-1"},
        {"reason": "\x00"},
        {"reason": "x" * 5000},
    ],
)
def test_nonsense_decides_nothing(office, clash, posted):
    answer = office.post(f"{page_of(clash)}choose/", posted)
    clash.refresh_from_db()
    assert answer.status_code in (409, 422)
    assert clash.state == "open"


def test_the_sender_reads_the_entry_and_the_decision_and_decides_nothing(world, office, clash):
    sender = Client()
    sender.force_login(world.users["company_member"])
    assert not sender.get(page_of(clash)).context["may_decide"]
    assert sender.post(f"{page_of(clash)}dismiss/", {"reason": "x"}).status_code == 403
    office.post(f"{page_of(clash)}dismiss/", {"reason": "已现场核实"})
    assert "已现场核实" in sender.get(page_of(clash)).content.decode()
    assert clash in [row[0] for row in sender.get(LIST).context["rows"]]


def test_a_body_that_names_anothers_record_tells_its_sender_nothing(world):
    sender = world.users["company_member"]
    body = {"asset": str(world.foreign_asset.pk), "order": str(uuid4()), "note": "<script>x"}
    entry = set_aside(sender, world.own.area_code, body=body)
    client = Client()
    client.force_login(sender)
    content = client.get(page_of(entry)).content.decode()
    assert world.foreign_asset.code not in content
    assert "<script>x" not in content


@pytest.mark.parametrize(
    "body",
    [
        "text",
        7,
        [],
        {"geometry": {"type": "Point", "coordinates": [1e20, "x"]}},
        {"geometry": {"type": "LineString", "coordinates": [[1, 2]]}},
        {"geometry": {"type": "Point"}},
        {"properties": {"chainage_m": -5, "device_time": "2026-99-99", "photos": [7, {}]}},
        {"answers": [7, {"item": 9, "result": []}], "asset": ["x"], "accuracy_m": True},
        {"device_time": "0001-01-01T00:00:00Z", "kind": {}, "x" * 300: {"a": ["b"] * 500}},
    ],
)
@pytest.mark.parametrize("cause", ["refused", "malformed", "other_content", "clash"])
def test_whatever_was_sent_can_be_shown_and_downloaded(world, office, body, cause):
    entry = set_aside(world.users["company_member"], world.own.area_code, body=body, cause=cause)
    assert office.get(page_of(entry)).status_code == 200
    told = json.loads(office.get(f"{page_of(entry)}download/").content)
    assert told["body"] == body


def test_a_defects_next_state_is_said_in_words(world, office):
    entry = set_aside(
        world.users["company_member"],
        world.own.area_code,
        body={"to_state": "repaired"},
        cause="malformed",
        entity="defect",
    )
    page = office.get(page_of(entry)).content.decode()
    assert "Repaired" in page
    assert ">repaired<" not in page


def test_filters_stand_in_the_address_as_chips(world, office):
    sender = world.users["company_member"]
    for cause in ("refused", "not_permitted"):
        set_aside(sender, world.own.area_code, cause=cause)
    page = office.get(f"{LIST}?cause=refused&sender={sender.pk}&state=open")
    assert [row[0].cause for row in page.context["rows"]] == ["refused"]
    assert [label for label, _address in page.context["chips"]] == [
        "Not taken by the register",
        sender.get_full_name() or sender.username,
    ]


@pytest.mark.parametrize(
    "query", ["cause=x", "sender=-1", "sender=99999999999", "area=x", "cursor=x", "page=2"]
)
def test_a_parameter_that_cannot_be_used_is_named(office, query):
    assert office.get(f"{LIST}?{query}").status_code == 400


def test_a_senders_name_is_not_to_be_had_by_number(office):
    secret = UserFactory(username="secret-name")
    assert "secret-name" not in office.get(f"{LIST}?sender={secret.pk}").content.decode()


def test_pages_follow_one_another_without_a_gap(world, office):
    made = {set_aside(world.users["company_member"], world.own.area_code).pk for _n in range(60)}
    first = office.get(LIST)
    second = office.get(first.context["next_address"])
    shown = [row[0].pk for page in (first, second) for row in page.context["rows"]]
    assert len(shown) == 60
    assert set(shown) == made


def test_the_list_asks_as_often_for_many_as_for_few(world, office):
    sender = world.users["company_member"]
    set_aside(sender, world.own.area_code, asset=world.own_asset)
    few = _queries(office, LIST)
    for _number in range(10):
        other = UserFactory()
        set_aside(other, world.own.area_code, asset=world.own_asset)
    assert _queries(office, LIST) == few


def _queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_the_workbench_counts_what_the_list_shows(world, office):
    set_aside(world.users["company_member"], world.own.area_code)
    set_aside(world.users["company_member"], world.sibling.area_code)
    page = office.get("/maintenance/")
    pile = next(pile for pile in page.context["mine"] if pile.key == "set-aside")
    assert pile.number.number == len(office.get(pile.address).context["rows"]) == 1


def test_the_api_lists_and_decides_once(world, worker):
    caller = Caller(world.users["township_officer"])
    push(worker, operation("log", {**log_body(world.own_asset), "task": "nonsense"}))
    entry = SetAsideEntry.objects.get()
    listed = caller.get("/api/v1/set-aside?state=open").json()["items"]
    assert [row["id"] for row in listed] == [str(entry.pk)]
    address = f"/api/v1/set-aside/{entry.pk}/decision"
    assert caller.post(address, {"decision": "retry"}).status_code == 422
    done = caller.post(address, {"decision": "dismiss", "reason": "重复"})
    assert (done.status_code, done.json()["state"]) == (200, "dismissed")
    assert caller.post(address, {"decision": "dismiss", "reason": "x"}).status_code == 409


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"decision": "burn"},
        {"decision": "choose", "choices": {"severity": "both"}},
        {"decision": "choose", "choices": []},
        {"decision": "choose", "version": "1"},
        {"decision": "dismiss", "reason": 7},
        {"decision": "dismiss"},
        {"decision": "dismiss", "more": 1},
    ],
)
def test_the_api_refuses_what_is_no_decision(world, body):
    caller = Caller(world.users["township_officer"])
    entry = set_aside(world.users["company_member"], world.own.area_code)
    answer = caller.post(f"/api/v1/set-aside/{entry.pk}/decision", body)
    assert answer.status_code == 422
    entry.refresh_from_db()
    assert entry.state == "open"


def test_a_clash_over_the_api_needs_the_version_that_was_read(world, clash):
    caller = Caller(world.users["township_officer"])
    address = f"/api/v1/set-aside/{clash.pk}/decision"
    chosen = {"decision": "choose", "choices": {"severity": "phone"}}
    assert caller.post(address, chosen).status_code == 409
    version = Defect.objects.get().version
    assert caller.post(address, {**chosen, "version": version}).json()["state"] == "taken"
    assert timezone.now() >= SetAsideEntry.objects.get().decided_at
