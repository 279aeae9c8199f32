"""The doors of coverage: API, pages, command; who may come in, what a wrong question gets."""

from __future__ import annotations

import io
import json

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from maps.coverage.runs import SMALL, coverage_execute, coverage_request
from maps.kinds import Indicator, RunState
from maps.models import CoverageRule, CoverageRun, PopulationSet
from sites.access import Scope
from tests.factories.coverage import LAST_DAY, road, run, village

ASKED = {"indicator": "rural_access", "as_of": "2023-12-31"}


@pytest.fixture
def people(world):
    """150 rural people of the first township, 100 of them near a road; nobody in the second."""
    first = world.townships[0]
    village(first, 301, lon=117.02, lat=31.055, people=100)
    village(first, 302, lon=117.18, lat=31.15, people=50)
    road(first, west=117.01)
    return world


def caller(world, role):
    client = Client()
    client.force_login(world.users[role])
    return client


def post(client, **values):
    return client.post("/api/v1/coverage", {**ASKED, **values}, content_type="application/json")


def test_a_run_is_made_read_and_told_with_its_gaps_and_its_reach(people):
    planner = caller(people, "district_planner")
    made = post(planner, area=people.district.code)
    assert made.status_code == 201, made.content
    body = made.json()
    assert (body["percent"], body["numerator"], body["denominator"]) == (
        "66.6",
        "100.0000",
        "150.0000",
    )
    assert body["rows"] == [
        {
            "township": people.townships[0].code,
            "numerator": "100.0000",
            "denominator": "150.0000",
            "percent": "66.6",
        }
    ]
    assert body["method"]["number"] == 1
    read = planner.get(made["Location"]).json()
    assert read == body
    gaps = planner.get(f"{made['Location']}/gaps").json()
    assert gaps["type"] == "FeatureCollection"
    assert [feature["properties"]["name"] for feature in gaps["features"]] == ["村302"]
    assert gaps["features"][0]["geometry"]["type"] == "Point"
    reach = planner.get(f"{made['Location']}/reach").json()
    assert reach["geometry"]["type"] == "MultiPolygon"
    listed = planner.get("/api/v1/coverage?indicator=rural_access&state=ready").json()
    assert [item["id"] for item in listed["items"]] == [body["id"]]
    assert planner.get("/api/v1/coverage?area=340199100").json()["items"] == []


def test_the_same_key_makes_one_run(people):
    planner = caller(people, "district_planner")
    asked = {**ASKED, "area": people.district.code}
    answers = [
        planner.post(
            "/api/v1/coverage",
            asked,
            content_type="application/json",
            HTTP_IDEMPOTENCY_KEY="k-1",
        )
        for _ in range(2)
    ]
    assert answers[0].json() == answers[1].json()
    assert CoverageRun.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "status"),
    [
        ({"indicator": "happiness"}, 422),
        ({"as_of": "2023-13-01"}, 422),
        ({"as_of": "2999-01-01"}, 422),
        ({"area": "999999"}, 422),
        ({"area": "340199100301"}, 422),
        ({"rule": 99}, 422),
        ({"rule": "one"}, 422),
        ({"population": "not-a-uuid"}, 422),
        ({"population": "01a2099c-a0dd-75ca-8c99-7f32bdb6211b"}, 422),
        ({"without_year": 12}, 422),
        ({"colour": "red"}, 422),
        ({"area": "340198"}, 403),
    ],
)
def test_a_wrong_question_is_refused(people, wrong, status):
    answer = post(caller(people, "district_planner"), **{"area": people.district.code, **wrong})
    assert answer.status_code == status, answer.content
    assert not CoverageRun.objects.exists()


@pytest.mark.parametrize("query", ["colour=red", "indicator=x", "as_of=x", "area=abc", "cursor=x"])
def test_a_wrong_parameter_of_the_list_is_named(people, query):
    assert caller(people, "evaluator").get(f"/api/v1/coverage?{query}").status_code == 400


def test_a_township_sees_and_starts_its_own_runs_alone(people):
    whole = run(people.district)
    officer = caller(people, "township_officer")
    assert officer.get(f"/api/v1/coverage/{whole.pk}").status_code == 404
    assert officer.get(f"/coverage/{whole.pk}/").status_code == 404
    assert post(officer, area=people.district.code).status_code == 403
    assert post(officer, area=people.townships[1].code).status_code == 403
    own = post(officer, area=people.townships[0].code)
    assert (own.status_code, own.json()["percent"]) == (201, "66.6")
    assert post(caller(people, "evaluator"), area=people.district.code).status_code == 403


def test_where_nobody_lives_the_answer_and_the_page_say_so(people):
    planner = caller(people, "district_planner")
    empty = post(planner, area=people.townships[1].code).json()
    assert (empty["percent"], empty["denominator"]) == (None, "0.0000")
    page = planner.get(f"/coverage/{empty['id']}/", HTTP_ACCEPT_LANGUAGE="en")
    assert "not defined" in page.content.decode()
    assert "0.0 %" not in page.content.decode()


def test_a_large_area_is_left_to_the_worker(people, monkeypatch):
    monkeypatch.setattr("maps.coverage.runs.SMALL", 1)
    planner = caller(people, "district_planner")
    answer = post(planner, area=people.district.code)
    assert (answer.status_code, answer.json()["state"]) == (202, "queued")
    page = planner.get(f"/coverage/{answer.json()['id']}/", HTTP_ACCEPT_LANGUAGE="en")
    assert "is being computed" in page.content.decode()
    waiting = CoverageRun.objects.get()
    coverage_execute(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.numerator) == (RunState.READY, 100)
    assert SMALL > 1


def test_a_run_that_fails_says_so_and_leaves_nothing(people, monkeypatch):
    waiting = coverage_request(
        indicator=Indicator.RURAL_ACCESS,
        area=people.district,
        as_of=LAST_DAY,
        actor=None,
        scope=Scope.internal(),
    )

    def broken(question):
        raise RuntimeError("no ground")

    monkeypatch.setattr("maps.coverage.runs.MEASURES", {Indicator.RURAL_ACCESS: broken})
    coverage_execute(waiting.pk)
    waiting.refresh_from_db()
    assert (waiting.state, waiting.rows.count()) == (RunState.FAILED, 0)
    page = caller(people, "district_planner").get(f"/coverage/{waiting.pk}/")
    assert page.status_code == 200


def test_the_pages_compute_compare_and_print_the_method(people):
    planner = caller(people, "district_planner")
    form = {"indicator": "every", "area": people.district.code, "as_of": "2023-12-31"}
    assert planner.post("/coverage/", form).status_code == 302
    assert CoverageRun.objects.count() == len(Indicator)
    early = run(people.district, as_of=LAST_DAY.replace(year=2021))
    latest = CoverageRun.objects.get(indicator="rural_access", as_of=LAST_DAY)
    overview = planner.get("/coverage/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert "66.6 %" in overview
    page = planner.get(f"/coverage/{latest.pk}/?before={early.pk}", HTTP_ACCEPT_LANGUAGE="en")
    text = page.content.decode()
    assert "+66.6 points" in text
    assert "<svg" in text
    assert "our choice" in text
    assert latest.inputs_sha256 in text
    for run_ in CoverageRun.objects.all():
        assert planner.get(f"/coverage/{run_.pk}/").status_code == 200


def test_the_office_writes_a_new_version_and_the_old_one_stays(people):
    planner = caller(people, "district_planner")
    first = CoverageRule.objects.get(indicator="water_quality")
    form = {**first.parameters, "oldest_days": 180, "name": first.name, "method": "半年内的检测"}
    answer = planner.post("/coverage/rules/water_quality/new/", form)
    assert answer.status_code == 302, answer.content.decode()
    second = CoverageRule.objects.get(indicator="water_quality", number=2)
    assert second.parameters == {**first.parameters, "oldest_days": 180}
    first.refresh_from_db()
    assert first.parameters["oldest_days"] == 365
    wrong = planner.post("/coverage/rules/water_quality/new/", {**form, "oldest_days": 0})
    assert wrong.status_code == 422
    assert planner.get("/coverage/rules/happiness/new/").status_code == 404
    assert planner.get("/coverage/rules/").status_code == 200


def test_the_planner_keeps_the_villages_as_a_population(people):
    planner = caller(people, "district_planner")
    form = {"area": people.district.code, "name": "登记", "year": 2023}
    assert planner.post("/coverage/populations/", form).status_code == 302
    assert PopulationSet.objects.get().people == 150
    assert planner.post("/coverage/populations/", form).status_code == 422
    officer = caller(people, "township_officer")
    assert officer.post("/coverage/populations/", form).status_code == 403


def test_the_command_prints_both_days_and_json(people):
    out = io.StringIO()
    given = {"area": people.district.code, "indicator": ["rural_access"], "stdout": out}
    call_command("coverage", as_of="2023-12-31", before="2021-12-31", **given)
    assert "66.6 %" in out.getvalue()
    assert "0.0 % → 66.6 %" in out.getvalue()
    out.truncate(0)
    out.seek(0)
    call_command("coverage", as_of="2023-12-31", json=True, **given)
    told = json.loads(out.getvalue())
    assert (told["percent"], told["rule"], told["area"]) == ("66.6", 1, people.district.code)


@pytest.mark.parametrize(
    "wrong",
    [
        {"area": "999999"},
        {"as_of": "soon"},
        {"rule": 77},
        {"population": "/no/such/file.geojson"},
        {"as_of": "2999-01-01"},
    ],
)
def test_the_command_says_what_is_wrong(people, wrong):
    given = {"area": people.district.code, "indicator": ["rural_access"], **wrong}
    with pytest.raises(CommandError):
        call_command("coverage", **given)
    assert not CoverageRun.objects.exists()
