"""Steering over HTTP: a month goes from plan to dispatch; versions, strict bodies, bad input."""

import datetime

import pytest
from django.test import Client
from django.utils import timezone

from oversight.months import month_of, months_on
from sites.models import Milestone
from tests.factories import OrganisationFactory
from tests.factories.oversight import answering, decided, meeting

API = "/api/v1"


def caller(world, name):
    client = Client()
    client.force_login(world.users[name])
    return client


@pytest.fixture
def planner(world):
    return caller(world, "district_planner")


@pytest.fixture
def officer(world):
    return caller(world, "township_officer")


@pytest.fixture
def township(world):
    return OrganisationFactory(name="青溪镇政府", kind="township", area=world.townships[0])


def post(client, path, body, **headers):
    return client.post(f"{API}{path}", body, content_type="application/json", headers=headers)


def patch(client, path, body, version):
    headers = {"If-Match": f'"{version}"'}
    return client.patch(f"{API}{path}", body, content_type="application/json", headers=headers)


def begun(officer, township, month, **values):
    return post(
        officer, "/monthly-plans", {"organisation": str(township.pk), "month": month, **values}
    )


def test_a_month_from_plan_to_dispatch(world, planner, officer, township):
    today = timezone.localdate()
    month = months_on(month_of(today), -1)
    Milestone.objects.create(site=world.own, kind="finish", due_on=month)
    plan = begun(officer, township, f"{month:%Y-%m}").json()
    assert [(i["site"], i["milestone"]) for i in plan["items"]] == [(str(world.own.pk), "finish")]
    path = f"/monthly-plans/{plan['id']}"
    item = {"site": str(world.own.pk), "milestone": "finish", "money": "1200.50"}
    saved = patch(officer, path, {"items": [item]}, plan["version"]).json()
    assert saved["items"][0]["money"] == "1200.50"
    for client, state in ((officer, "submitted"), (planner, "confirmed"), (planner, "closed")):
        moved = post(client, f"{path}/moves", {"to_state": state})
        assert (moved.status_code, moved.json()["state"]) == (200, state)
    assert moved.json()["items"][0]["result"] == "missed"

    held = {"area": "340199", "level": "month", "title": "会", "held_on": f"{today}"}
    made = post(planner, "/dispatch-meetings", held).json()
    address = f"/dispatch-meetings/{made['id']}"
    agenda = post(planner, f"{address}/agenda", {}).json()["items"]
    assert {"milestone", "plan_missed"} <= {
        i["cause"] for i in agenda if i["site"] == str(world.own.pk)
    }
    decision = post(
        planner,
        "/decisions",
        {
            "meeting": made["id"],
            "site": str(world.own.pk),
            "action": "限期完成",
            "organisation": str(township.pk),
            "person": "赵镇长",
            "due_on": f"{today}",
        },
    ).json()
    assert post(planner, f"{address}/hold", {"held_on": f"{today}", "minutes": "记"}).json()[
        "state"
    ] == ("held")
    done = post(
        officer, f"/decisions/{decision['id']}/moves", {"to_state": "done", "outcome": "好"}
    )
    assert (done.json()["state"], done.json()["done_on"]) == ("done", f"{today}")


def test_a_plan_changes_only_under_its_version(world, officer, township):
    plan = begun(officer, township, "2026-09").json()
    path = f"/monthly-plans/{plan['id']}"
    missing = officer.patch(f"{API}{path}", {}, content_type="application/json")
    assert missing.status_code == 428
    assert patch(officer, path, {"note": "甲"}, plan["version"]).status_code == 200
    stale = patch(officer, path, {"note": "乙"}, plan["version"])
    assert (stale.status_code, stale.json()["current"]["note"]) == (412, "甲")


BAD_PLANS = [
    ({"month": "2026-13"}, "month"),
    ({"month": 202609}, "month"),
    ({"month": "2026-09-01"}, "month"),
    ({"organisation": "x"}, "organisation"),
    ({"items": [{}]}, "items.0.site"),
    ({"items": "x"}, "items"),
    ({"items": [{"site": "SITE", "percent": 101}]}, "items.0."),
    ({"items": [{"site": "SITE", "percent": "10"}]}, "items.0.percent"),
    ({"items": [{"site": "SITE", "money": 10.5}]}, "items.0.money"),
    ({"items": [{"site": "SITE", "money": "NaN"}]}, "items.0.money"),
    ({"items": [{"site": "SITE", "milestone": "party"}]}, "items.0.milestone"),
    ({"items": [{"site": "SITE", "percent": 5, "wish": 1}]}, "items.0.wish"),
    ({"items": [{"site": "SITE"}]}, "items.0."),
    ({"items": [{"site": "SIBLING", "percent": 5}]}, "items.0.site"),
    ({"state": "closed"}, None),
    ({"surprise": 1}, "surprise"),
]


@pytest.mark.parametrize(("values", "field"), BAD_PLANS)
def test_what_cannot_be_taken_is_named(world, officer, township, values, field):
    keys = {"SITE": str(world.own.pk), "SIBLING": str(world.sibling.pk)}
    for item in values.get("items", ()):
        if isinstance(item, dict) and item.get("site") in keys:
            item["site"] = keys[item["site"]]
    answer = begun(officer, township, **{"month": "2026-09", **values})
    if field is None:
        assert answer.json()["state"] == "draft"
        return
    assert answer.status_code == 422
    assert any(e["field"].startswith(field) for e in answer.json()["errors"]), answer.json()


@pytest.mark.parametrize(
    "query",
    [
        "month=2026-13",
        "state=lost",
        "area=x",
        "organisation=x",
        "late=perhaps",
        "unknown=1",
        "limit=0",
        "cursor=x",
    ],
)
@pytest.mark.parametrize("path", ["monthly-plans", "dispatch-meetings", "decisions"])
def test_a_wrong_parameter_is_refused(planner, path, query):
    assert planner.get(f"{API}/{path}?{query}").status_code == 400


@pytest.mark.parametrize(
    "query", ["agenda=x", "red=lost", "agenda=" + ",".join(["0" * 32] * 201), "red="]
)
def test_the_filter_of_sites_reads_its_new_parameters_strictly(planner, query):
    wanted = 200 if query == "red=" else 400
    assert planner.get(f"{API}/sites?{query}").status_code == wanted


@pytest.mark.parametrize("query", ["on=2026-02-30", "on=x", "when=1"])
def test_the_matrix_of_a_site_asks_for_a_day(world, planner, query):
    assert planner.get(f"{API}/sites/{world.own.pk}/responsibility?{query}").status_code == 400


def test_the_matrix_tells_the_five_roles_with_blanks(world, planner):
    roles = planner.get(f"{API}/sites/{world.own.pk}/responsibility").json()["roles"]
    assert [role["role"] for role in roles] == [
        "leader",
        "department_head",
        "township_head",
        "project_lead",
        "site_supervisor",
    ]
    past = planner.get(f"{API}/sites/{world.own.pk}/responsibility?on=1999-01-01").json()
    assert {role["person"] for role in past["roles"]} == {None}


def test_telephone_numbers_are_for_the_office(world, planner):
    row = answering(site=world.own, roles=["leader"])[0]
    shown = {
        name: caller(world, name).get(f"{API}/responsibilities/{row.pk}").json()["phone"]
        for name in ("district_planner", "township_officer", "company_member", "evaluator")
    }
    assert shown == {
        "district_planner": "13900000000",
        "township_officer": "13900000000",
        "company_member": "",
        "evaluator": "",
    }


def test_no_page_tells_a_telephone_number_to_others(world):
    answering(site=world.own)
    company = caller(world, "company_member")
    for path in (
        f"/oversight/responsibility/sites/{world.own.pk}/",
        f"/oversight/responsibility/programmes/{world.programme.pk}/",
        "/oversight/responsibility/",
        f"/sites/{world.own.pk}/",
    ):
        page = company.get(path).content.decode()
        assert "13900000000" not in page
        assert "周监督" in page or path.endswith("/responsibility/")


def test_a_person_is_named_for_many_sites(world, officer):
    body = {
        "sites": [str(world.own.pk), str(world.house.pk)],
        "role": "project_lead",
        "person": "新人",
        "starts_on": "2026-03-01",
    }
    assert post(officer, "/responsibilities/many", body).json() == {"number": 2}
    again = post(officer, "/responsibilities/many", body)
    assert again.status_code in (409, 422)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"to_state": "done"}, 422),
        ({"to_state": "done", "outcome": "好", "done_on": "2999-01-01"}, 422),
        ({"to_state": "open", "reason": "x"}, 409),
        ({"to_state": "withdrawn"}, 422),
        ({"to_state": "lost"}, 422),
        ({"to_state": "done", "outcome": "\x00"}, 400),
    ],
)
def test_a_decision_refuses_what_does_not_fit(world, planner, body, status):
    held = meeting(world.district, held_on=datetime.date(2026, 3, 6), state="held", minutes="记")
    row = decided(held, site=world.own, due_on=datetime.date(2026, 3, 20))
    assert post(planner, f"/decisions/{row.pk}/moves", body).status_code == status


def test_a_site_in_construction_needs_every_role_over_http_too(world, officer):
    world.programme.responsibilities.filter(role="project_lead").delete()
    body = {"to_state": "suspended", "effective_on": "2026-03-01", "reason": "汛期"}
    path = f"{API}/sites/{world.own.pk}/state-changes"
    officer.post(path, body, content_type="application/json")
    body = {"to_state": "under_construction", "effective_on": "2026-04-01", "reason": "复工"}
    answer = officer.post(path, body, content_type="application/json")
    assert answer.status_code == 409
    assert [e["code"] for e in answer.json()["errors"]] == ["project_lead_missing"]
