"""Cases, information filed and standing over HTTP: moves, refusals, bad input, who may."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from oversight.models import AccountabilityCase, InfoSubmission
from tests.factories.cases import government, missed, raised, sent
from tests.factories.photos import kept_photo

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)
CASES = "/api/v1/accountability-cases"
INFORMATION = "/api/v1/info-submissions"


@pytest.fixture
def clients(world):
    made = {}
    for role, user in world.users.items():
        made[role] = Client()
        made[role].force_login(user)
    return made


def _post(client, address, body, **headers):
    return client.post(address, body, content_type="application/json", headers=headers)


def test_a_case_goes_from_reminder_to_close(world, clients):
    planner, officer = clients["district_planner"], clients["township_officer"]
    today = timezone.localdate()
    decision = missed(world, due_on=today - 10 * DAY)
    made = _post(
        planner, CASES, {"cause": "decision", "decision": str(decision.pk), "facts": "未办"}
    )
    assert made.status_code == 201, made.content
    case = made.json()
    moves = f"{CASES}/{case['id']}/moves"
    assert (case["site"], case["person"], case["state"]) == (
        str(world.own.pk),
        "孙负责",
        "raised",
    )
    assert officer.get(f"{CASES}/{case['id']}").status_code == 404
    draft = planner.get(f"{CASES}/{case['id']}/letter").json()
    assert draft["level"] == "reminder"
    assert "现予提醒" in draft["letter"]
    assert _post(planner, moves, {"move": "notify", "letter": draft["letter"]}).status_code == 200
    assert officer.get(f"{CASES}/{case['id']}/letter").status_code == 403
    photo = kept_photo(uploaded_by=world.users["township_officer"])
    reply = {"move": "reply", "text": "已办", "photos": [str(photo.pk)]}
    assert _post(officer, moves, reply).json()["state"] == "replied"
    assert _post(officer, moves, {"move": "close", "text": "x"}).status_code == 403
    done = _post(planner, moves, {"move": "close", "text": "销号"}).json()
    assert (done["state"], done["closed_on"]) == ("closed", today.isoformat())
    assert [step["kind"] for step in done["steps"]] == ["raise", "notify", "reply", "close"]
    assert done["steps"][2]["photos"] == [str(photo.pk)]
    assert clients["evaluator"].get(f"{CASES}/{case['id']}").json() == done
    assert clients["company_member"].get(f"{CASES}/{case['id']}").status_code == 404


def test_refusals_have_stable_codes(world, clients):
    case, planner = sent(world, on=timezone.localdate()), clients["district_planner"]
    moves = f"{CASES}/{case.pk}/moves"
    refused = _post(planner, moves, {"move": "escalate", "text": "x"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "reply_not_due")
    refused = _post(planner, moves, {"move": "notify"})
    assert (refused.status_code, refused.json()["errors"][0]["code"]) == (409, "case_wrong_moment")
    refused = _post(planner, moves, {"move": "reply", "text": " "})
    assert refused.status_code == 422
    stale = _post(planner, moves, {"move": "reply", "text": "x"}, if_match='"999"')
    assert stale.status_code == 412


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 422),
        ({"move": "fly"}, 422),
        ({"move": "reply", "text": 5}, 422),
        ({"move": "reply", "text": "x" * 9000}, 422),
        ({"move": "reply", "text": "a\u0000b"}, 400),
        ({"move": "reply", "text": "x", "photos": ["nonsense"]}, 422),
        ({"move": "reply", "text": "x", "photos": [str(uuid.uuid4())]}, 422),
        ({"move": "reply", "text": "x", "documents": [str(uuid.uuid4())]}, 422),
        ({"move": "reply", "text": "x", "documents": "x"}, 422),
        ({"move": "reply", "text": "x", "unknown": 1}, 422),
        ({"move": "escalate", "text": "x", "due_on": "soon"}, 422),
        ([], 422),
    ],
)
def test_bad_moves_are_refused(world, clients, body, status):
    case = sent(world, on=timezone.localdate())
    answer = _post(clients["district_planner"], f"{CASES}/{case.pk}/moves", body)
    assert answer.status_code == status, answer.content


def test_bad_cases_are_refused(world, clients):
    planner, foreign = clients["district_planner"], missed(world, site=world.foreign)
    body = government(world.townships[0])
    for given in (
        {},
        {"cause": "decision", "facts": "x"},
        {"cause": "decision", "decision": str(foreign.pk), "facts": "x"},
        {"cause": "other", "organisation": str(uuid.uuid4()), "facts": "x"},
        {"cause": "other", "organisation": str(body.pk), "facts": " "},
        {"cause": "other", "organisation": str(body.pk), "facts": "x", "area": "000000"},
        {"cause": "nothing", "organisation": str(body.pk), "facts": "x"},
    ):
        answer = _post(planner, CASES, given)
        assert answer.status_code == 422, (given, answer.content)
    right = {"cause": "other", "organisation": str(body.pk), "facts": "x"}
    assert _post(clients["evaluator"], CASES, right).status_code == 403
    abroad = {**right, "area": world.foreign_township.code}
    abroad["organisation"] = str(government(world.foreign_township).pk)
    assert _post(planner, CASES, abroad).status_code == 403
    for wrong in ("state=x", "overdue=2", "organisation=q", "page=1", "area=1", "limit=0"):
        assert planner.get(f"{CASES}?{wrong}").status_code == 400


def test_the_same_request_twice_raises_one_case(world, clients):
    body = government(world.townships[0])
    given = {"cause": "other", "organisation": str(body.pk), "facts": "x"}
    planner = clients["district_planner"]
    first = _post(planner, CASES, given, idempotency_key="one")
    again = _post(planner, CASES, given, idempotency_key="one")
    assert first.json()["id"] == again.json()["id"]
    assert AccountabilityCase.objects.count() == 1


def test_the_list_costs_the_same_for_any_number(world, clients, django_assert_max_num_queries):
    for _index in range(12):
        raised(world)
    with django_assert_max_num_queries(12):
        found = clients["district_planner"].get(f"{CASES}?level=reminder").json()
    assert len(found["items"]) == 12


def test_the_rule_is_run_by_a_planner_and_twice_finds_nothing(world, clients):
    missed(world, due_on=timezone.localdate() - 10 * DAY)
    planner = clients["district_planner"]
    assert len(_post(planner, f"{CASES}/overdue", {}).json()["raised"]) == 1
    assert _post(planner, f"{CASES}/overdue", {}).json() == {"raised": [], "escalated": []}
    assert _post(clients["township_officer"], f"{CASES}/overdue", {}).status_code == 403


def _filed(world, count, published, *, day="2023-05-01", area=None):
    area = area or world.townships[0]
    rows = [
        InfoSubmission(
            area=area,
            organisation=government(area),
            title=f"信息{index}",
            sent_to="province",
            sent_on=day,
            published_on="2023-12-31" if index < published else None,
        )
        for index in range(count)
    ]
    InfoSubmission.objects.bulk_create(rows)


def test_the_share_published_keeps_both_parts(world, clients):
    _filed(world, 200, 100)
    _filed(world, 100, 23, area=world.townships[1])
    planner = clients["district_planner"]
    asked = f"{INFORMATION}/rates?from=2023-01-01&until=2023-12-31"
    found = planner.get(asked).json()
    assert found["total"]["sent"] == 300
    assert (found["total"]["published"], found["total"]["percent"]) == (123, "41.0")
    assert [(row["name"], row["percent"]) for row in found["items"]] == [
        ("青溪镇", "50.0"),
        ("石桥镇", "23.0"),
    ]
    early = planner.get(f"{asked}&as_of=2023-12-30&by=organisation").json()
    assert (early["total"]["published"], early["total"]["percent"]) == (0, "0.0")
    own = clients["township_officer"].get(asked).json()
    assert (own["total"]["sent"], len(own["items"])) == (200, 1)
    none = planner.get(f"{INFORMATION}/rates?from=2020-01-01&until=2020-12-31").json()
    assert none["total"]["percent"] is None
    assert planner.get(f"{INFORMATION}/rates?by=colour").status_code == 400


def test_information_is_entered_corrected_and_removed_by_the_office_of_its_area(world, clients):
    officer, area = clients["township_officer"], world.townships[0]
    body = {
        "area": area.code,
        "organisation": str(government(area).pk),
        "title": "农村道路畅通见成效",
        "sent_to": "city",
        "sent_on": "2023-05-01",
    }
    made = _post(officer, INFORMATION, body)
    assert made.status_code == 201, made.content
    address = f"{INFORMATION}/{made.json()['id']}"
    patch = {"published_on": "2023-06-01", "published_in": "民生简报"}
    tag = made.headers["ETag"]
    headers = {"if_match": tag}
    refused = officer.patch(address, patch, content_type="application/json")
    assert refused.status_code == 428
    done = officer.patch(address, patch, content_type="application/json", headers=headers)
    assert done.json()["published_in"] == "民生简报"
    assert _post(officer, INFORMATION, {**body, "area": world.townships[1].code}).status_code == 403
    for wrong in (
        {"sent_on": "2999-01-01"},
        {"published_on": "2023-04-01"},
        {"sent_to": "moon"},
        {"title": ""},
        {"link": "javascript:alert(1)"},
    ):
        assert _post(officer, INFORMATION, {**body, **wrong}).status_code == 422, wrong
    for role in ("evaluator", "company_member"):
        assert _post(clients[role], INFORMATION, body).status_code == 403
    assert clients["company_member"].get(address).status_code == 404
    headers = {"if_match": done.headers["ETag"]}
    assert officer.delete(address, headers=headers).status_code == 204


def test_the_page_of_information_shows_the_share(world):
    _filed(world, 300, 123)
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["district_planner"])
    page = client.get("/oversight/information/?from=2023-01-01&until=2023-12-31").content.decode()
    assert "41.0 %" in page
    assert "123 published of 300 filed" in page
    assert client.get("/oversight/information/?by=x").status_code == 400
    row = InfoSubmission.objects.filter(published_on=None).first()
    form = client.get(f"/oversight/information/{row.pk}/")
    data = {**form.context["form"].rebased(), "published_on": "2023-07-01", "version": row.version}
    answer = client.post(f"/oversight/information/{row.pk}/", data)
    assert answer.status_code == 302, answer.content.decode()
    row.refresh_from_db()
    assert str(row.published_on) == "2023-07-01"
