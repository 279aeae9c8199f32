"""Agreements over HTTP: versions, nested parts, actions, and what each caller learns."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.test import Client
from django.utils import timezone

from maintenance.models import Agreement
from sites.kinds import Role
from tests.factories import (
    RouteFactory,
    draft_agreement,
    member,
    section,
    signed_agreement,
    township_government,
)

TODAY = timezone.localdate()
JSON = "application/json"


@pytest.fixture
def road(world):
    return section(RouteFactory(), 0, 12400, world.villages[0], west=117.03, code="ROAD-A")


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def officer(world):
    return client_of(world.users["township_officer"])


def body(world, road, **changed):
    return {
        "number": "XY-2026-001",
        "name": "青溪镇道路管护协议",
        "model": "three_party",
        "area": world.townships[0].code,
        "starts_on": TODAY.isoformat(),
        "ends_on": (TODAY + datetime.timedelta(days=364)).isoformat(),
        "price_basis": "per_km_year",
        "unit_price": 3000,
        "parties": [
            {"organisation": str(party.pk), "role": role}
            for party, role in (
                (township_government(world.townships[0]), "client"),
                (world.companies[0], "executor"),
                (world.associations[0], "supervisor"),
                (world.cooperatives[0], "participant"),
            )
        ],
        "scopes": [{"asset": str(road.pk), "start_m": 0, "end_m": 12400}],
        "shares": [{"source": "district", "percent": 50}, {"source": "village", "percent": 50}],
        "bands": [{"from_score": 0, "coefficient": 0.5}, {"from_score": 90, "coefficient": 1}],
        **changed,
    }


def create(client, given, **headers):
    return client.post("/api/v1/agreements", given, JSON, headers=headers)


def test_an_agreement_goes_from_draft_to_signed_over_http(world, road, officer):
    made = create(officer, body(world, road))
    assert made.status_code == 201
    address = made.headers["Location"]
    assert (made.json()["length_m"], made.json()["assets"]) == (12400.0, 1)
    moved = officer.post(f"{address}/moves", {"to_state": "negotiating"}, JSON)
    assert moved.json()["phase"] == "negotiating"
    signatures = [(officer, township_government(world.townships[0]))] + [
        (client_of(world.users[name]), body)
        for name, body in (
            ("company_member", world.companies[0]),
            ("association_member", world.associations[0]),
            ("cooperative_member", world.cooperatives[0]),
        )
    ]
    for client, organisation in signatures:
        signed = client.post(
            f"{address}/signatures",
            {"organisation": str(organisation.pk), "signatory": "李四"},
            JSON,
        )
        assert signed.status_code == 200, signed.json()
    assert (signed.json()["state"], signed.json()["phase"]) == ("signed", "active")
    moves = officer.get(f"{address}/moves").json()["items"]
    assert [move["to_state"] for move in moves] == ["negotiating", "signed"]


def test_a_change_needs_the_version_and_replaces_parts_as_a_whole(world, road, officer):
    agreement = draft_agreement(world, assets=[road])
    address = f"/api/v1/agreements/{agreement.pk}"
    assert officer.patch(address, {"note": "x"}, JSON).status_code == 428
    tag = officer.get(address).headers["ETag"]
    changed = officer.patch(
        address, {"scopes": [{"asset": str(road.pk)}]}, JSON, headers={"If-Match": tag}
    )
    assert changed.status_code == 200
    assert changed.json()["scopes"][0] | {"id": ""} == {
        "id": "",
        "asset": str(road.pk),
        "asset_code": "ROAD-A",
        "asset_name": road.name,
        "task": "routine",
        "start_m": None,
        "end_m": None,
        "length_m": 12400.0,
        "keeper_name": "",
        "keeper_phone": "",
    }
    assert len(changed.json()["parties"]) == 4
    stale = officer.patch(address, {"note": "x"}, JSON, headers={"If-Match": tag})
    assert stale.status_code == 412
    assert stale.json()["current"]["scopes"][0]["end_m"] is None
    assert stale.headers["ETag"] == changed.headers["ETag"]


def test_a_repeated_post_makes_one_agreement(world, road, officer):
    key = {"Idempotency-Key": "one"}
    first = create(officer, body(world, road), **key)
    again = create(officer, body(world, road), **key)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert Agreement.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"model": "four_party"}, "model"),
        ({"area": "999999"}, "area"),
        ({"starts_on": "2026-02-30"}, "starts_on"),
        ({"ends_on": "2020-01-01"}, ""),
        ({"number": "two words"}, ""),
        ({"unit_price": -1}, "unit_price"),
        ({"unit_price": "3000"}, "unit_price"),
        ({"unit_price": 1e300}, "unit_price"),
        ({"inspects": "executor"}, ""),
        ({"inspects": "participant"}, ""),
        ({"parties": "everybody"}, "parties"),
        (
            {"parties": [{"organisation": str(uuid.uuid4()), "role": "client"}]},
            "parties.0.organisation",
        ),
        ({"scopes": [{"asset": str(uuid.uuid4())}]}, "scopes.0.asset"),
        ({"scopes": [{"asset": "x"}]}, "scopes.0.asset"),
        ({"scopes": [{}]}, "scopes.0.asset"),
        ({"shares": [{"source": "district", "percent": 99.9}]}, "shares"),
        ({"bands": [{"from_score": 101, "coefficient": 1}]}, "bands.0"),
        ({"surprise": 1}, "surprise"),
        ({"state": "signed", "phase": "active"}, None),
    ],
)
def test_bad_values_are_named_and_nothing_is_written(world, road, officer, changed, field):
    answer = create(officer, body(world, road, **changed))
    if field is None:
        assert answer.json()["state"] == "draft"
        return
    assert answer.status_code == 422, answer.json()
    assert field in [problem["field"] for problem in answer.json()["errors"]]
    assert not Agreement.objects.exists()


def test_a_clash_with_another_agreement_is_a_conflict(world, road, officer):
    other = signed_agreement(world, assets=[(road, 0, 5000)])
    answer = create(officer, body(world, road))
    assert answer.status_code == 409
    assert other.number in answer.json()["errors"][0]["message"]


def test_each_party_finds_its_own_agreements_and_no_draft(world, road):
    draft_agreement(world, assets=[road])
    own = signed_agreement(world, assets=[road])
    foreign = signed_agreement(
        world, index=1, assets=[world.sibling_asset], area=world.townships[1]
    )
    company = client_of(world.users["company_member"])
    listed = company.get("/api/v1/agreements").json()["items"]
    assert [row["number"] for row in listed] == [own.number]
    for part in ("", "/moves", "/signatures", "/posts"):
        assert company.get(f"/api/v1/agreements/{foreign.pk}{part}").status_code == 404
    rival = client_of(member(Role.COMPANY_MEMBER, organisations=[world.companies[1]], username="r"))
    assert [row["number"] for row in rival.get("/api/v1/agreements").json()["items"]] == [
        foreign.number
    ]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"now", "soon", "over", "draft"}),
        ("?phase=active", {"now"}),
        ("?phase=expiring,expired", {"soon", "over"}),
        ("?state=draft", {"draft"}),
        ("?needs_renewal=1", {"soon", "over"}),
        ("?needs_renewal=0", {"now", "draft"}),
        ("?area=340199101", set()),
        ("?area=340199", {"now", "soon", "over", "draft"}),
        ("?q=GH-soon", {"soon"}),
        ("?model=self", set()),
        ("?task=greening", set()),
        ("?updated_since=2099-01-01T00:00:00Z", set()),
    ],
)
def test_the_filter_narrows_the_list(world, road, officer, query, found):
    day = datetime.timedelta(days=1)
    signed_agreement(world, number="GH-now")
    signed_agreement(world, number="GH-soon", ends_on=TODAY + 60 * day)
    signed_agreement(world, number="GH-over", ends_on=TODAY - day)
    draft_agreement(world, number="GH-draft")
    rows = officer.get(f"/api/v1/agreements{query}").json()["items"]
    assert {row["number"].removeprefix("GH-") for row in rows} == found


@pytest.mark.parametrize(
    "query",
    ["phase=ended", "asset=x", "to_sign=perhaps", "area=12x", "sort=number", "cursor=x", "limit=0"],
)
def test_a_wrong_parameter_is_refused(officer, query):
    assert officer.get(f"/api/v1/agreements?{query}").status_code == 400


def test_who_is_to_sign_finds_what_waits(world, road, officer):
    agreement = draft_agreement(world, assets=[road])
    officer.post(f"/api/v1/agreements/{agreement.pk}/moves", {"to_state": "negotiating"}, JSON)
    company = client_of(world.users["company_member"])
    evaluator = client_of(world.users["evaluator"])

    def waiting(client):
        return len(client.get("/api/v1/agreements?to_sign=1").json()["items"])

    assert (waiting(company), waiting(officer), waiting(evaluator)) == (1, 1, 0)
    given = {"organisation": str(world.companies[0].pk), "signatory": "李四"}
    assert (
        officer.post(f"/api/v1/agreements/{agreement.pk}/signatures", given, JSON).status_code
        == 403
    )
    company.post(f"/api/v1/agreements/{agreement.pk}/signatures", given, JSON)
    assert (waiting(company), waiting(officer)) == (0, 1)


@pytest.mark.parametrize("to_state", ["signed", "renewed"])
def test_no_move_stands_in_for_a_signature(world, road, officer, to_state):
    agreement = draft_agreement(world, assets=[road])
    answer = officer.post(f"/api/v1/agreements/{agreement.pk}/moves", {"to_state": to_state}, JSON)
    assert answer.status_code == 409


def test_a_termination_takes_a_day_and_a_reason(world, road, officer):
    agreement = signed_agreement(world, assets=[road])
    address = f"/api/v1/agreements/{agreement.pk}/moves"
    move = {"to_state": "terminated", "effective_on": TODAY.isoformat()}
    assert officer.post(address, move, JSON).status_code == 422
    stale = officer.post(address, move | {"reason": "x"}, JSON, headers={"If-Match": '"99"'})
    assert stale.status_code == 412
    company = client_of(world.users["company_member"])
    assert company.post(address, move | {"reason": "x"}, JSON).status_code == 403
    done = officer.post(address, move | {"reason": "停业"}, JSON)
    assert (done.json()["state"], done.json()["ended_on"]) == ("terminated", TODAY.isoformat())


def test_a_renewal_answers_the_new_draft(world, road, officer):
    agreement = signed_agreement(world, assets=[road])
    answer = officer.post(
        f"/api/v1/agreements/{agreement.pk}/renewals", {"number": "XY-2027-001"}, JSON
    )
    assert answer.status_code == 200
    assert (answer.json()["state"], answer.json()["renews"]) == ("draft", str(agreement.pk))


def test_the_executor_changes_the_keeper_of_a_stretch_of_its_own(world, road):
    agreement = signed_agreement(world, assets=[road])
    other = signed_agreement(world, index=1, assets=[world.sibling_asset])
    company = client_of(world.users["company_member"])
    address = f"/api/v1/agreements/{agreement.pk}/keepers"
    given = {"stretch": str(agreement.scopes.get().pk), "keeper_name": "钱七"}
    changed = company.post(address, given, JSON)
    assert changed.json()["scopes"][0]["keeper_name"] == "钱七"
    given["stretch"] = str(other.scopes.get().pk)
    assert company.post(address, given, JSON).status_code == 422


def post_body(world, road, **changed):
    return {
        "organisation": str(world.cooperatives[0].pk),
        "asset": str(road.pk),
        "start_m": 0,
        "end_m": 2000,
        "person_name": "孙八",
        "monthly_pay": 500,
        "from_date": TODAY.replace(day=1).isoformat(),
        **changed,
    }


def test_posts_are_held_by_a_party_on_what_the_agreement_covers(world, road, officer):
    agreement = signed_agreement(world, assets=[(road, 0, 3000)])
    address = f"/api/v1/agreements/{agreement.pk}/posts"
    cooperative = client_of(world.users["cooperative_member"])
    made = cooperative.post(address, post_body(world, road), JSON)
    assert made.status_code == 201, made.json()
    post = made.headers["Location"]
    for changed, status in (
        ({"end_m": 4000}, 422),
        ({"organisation": str(world.companies[0].pk)}, 422),
        ({"from_date": "2001-01-01"}, 422),
        ({"start_m": None}, 422),
        ({"until_date": "2001-01-01"}, 422),
    ):
        got = cooperative.post(address, post_body(world, road, **changed), JSON)
        assert got.status_code == status, (changed, got.json())
    month = TODAY.replace(day=1).isoformat()
    attended = cooperative.post(f"{post}/attendance", {"month": month, "days": 0.5}, JSON)
    assert attended.status_code == 200, attended.json()
    for days in (0.3, -1, 32, 29.5 if TODAY.month == 2 else 31.5):
        got = cooperative.post(f"{post}/attendance", {"month": month, "days": days}, JSON)
        assert got.status_code == 422
    assert officer.get(f"{post}/attendance").json()["items"] == [{"month": month, "days": 0.5}]


def test_names_of_post_holders_are_for_office_and_parties(world, road, officer):
    agreement = signed_agreement(world, assets=[road])
    address = f"/api/v1/agreements/{agreement.pk}/posts"
    officer.post(address, post_body(world, road), JSON)
    names = {
        name: client_of(world.users[name]).get(address).json()["items"][0]["person_name"]
        for name in ("district_planner", "township_officer", "company_member", "evaluator")
    }
    assert names == {
        "district_planner": "孙八",
        "township_officer": "孙八",
        "company_member": "孙八",
        "evaluator": None,
    }
