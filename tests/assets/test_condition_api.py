"""Structures, closures, surveys and rule sets over HTTP and through pages, bad input included."""

from __future__ import annotations

import uuid

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from assets.models import ConditionSurvey, RatingCoefficient, RoadClosure, Structure
from tests.factories import AssetFactory, ClosureFactory, RouteFactory, StructureFactory, section
from tests.factories.condition import stated_survey


@pytest.fixture
def planner(world):
    client = Client()
    client.force_login(world.users["district_planner"])
    return client


@pytest.fixture
def road(world):
    """A section from K1+000 to K2+200 of the first township."""
    return section(RouteFactory(), 1000, 2200, world.villages[0])


def send(client, method, address, body, **headers):
    return getattr(client, method)(address, body, content_type="application/json", headers=headers)


def structure(road, geometry=None, **properties):
    base = {"asset": str(road.pk), "kind": "culvert", "name": "涵洞"}
    return {"type": "Feature", "geometry": geometry, "properties": {**base, **properties}}


def closure(road, **properties):
    base = {
        "asset": str(road.pk),
        "kind": "planned",
        "start_m": 1100,
        "end_m": 1300,
        "from_date": "2026-11-01",
        "reason": "维修",
    }
    return {"type": "Feature", "properties": {**base, **properties}}


def survey(road, **values):
    base = {
        "asset": str(road.pk),
        "surveyed_on": "2026-06-01",
        "method": "manual",
        "stated_grade": "good",
        "testing_body": "检测所",
        "report_no": "HC-1",
    }
    return {**base, **values}


def codes(answer):
    return [(error["field"], error["code"]) for error in answer.json().get("errors", [])]


def test_a_structure_is_added_read_moved_and_removed(planner, road):
    made = send(planner, "post", "/api/v1/structures", structure(road, chainage_m=1500.5))
    assert made.status_code == 201
    feature = made.json()
    assert feature["properties"]["chainage_m"] == 1500.5
    assert feature["geometry"]["type"] == "Point"
    address = made.headers["Location"]
    etag = planner.get(address).headers["ETag"]
    assert send(planner, "patch", address, {"properties": {"name": "新涵"}}).status_code == 428
    changed = send(
        planner, "patch", address, {"properties": {"chainage_m": 1600}}, **{"If-Match": etag}
    )
    assert changed.status_code == 200
    assert changed.json()["geometry"] != feature["geometry"]
    stale = send(planner, "patch", address, {"properties": {"name": "旧"}}, **{"If-Match": etag})
    assert stale.status_code == 412
    assert stale.json()["current"]["properties"]["chainage_m"] == 1600
    gone = planner.delete(address, headers={"If-Match": changed.headers["ETag"]})
    assert gone.status_code == 204
    assert planner.get(address).status_code == 404


def test_a_structure_sent_back_as_it_was_read_stays_where_it_is(planner, road):
    made = send(planner, "post", "/api/v1/structures", structure(road, chainage_m=1500))
    before = Structure.objects.get()
    again = send(
        planner, "put", made.headers["Location"], made.json(), **{"If-Match": made.headers["ETag"]}
    )
    assert again.status_code == 200, again.json()
    after = Structure.objects.get()
    assert after.chainage_m == before.chainage_m
    assert after.point.distance(before.point) < 1e-7


FAR = {"type": "Point", "coordinates": [117.02, 31.06]}


@pytest.mark.parametrize(
    ("geometry", "properties", "problem"),
    [
        (None, {}, ("properties.chainage_m", "required")),
        (None, {"chainage_m": 999}, ("properties.chainage_m", "off_the_section")),
        (None, {"chainage_m": 1500.55}, ("properties.chainage_m", "max_decimal_places")),
        (None, {"chainage_m": "K1+500"}, ("properties.chainage_m", "invalid")),
        (None, {"chainage_m": 1e300}, ("properties.chainage_m", "max_digits")),
        (None, {"chainage_m": True}, ("properties.chainage_m", "invalid")),
        (FAR, {}, ("geometry", "too_far_from_line")),
        ({"type": "Point", "coordinates": [31.05, 117.0]}, {}, ("geometry", "out_of_bounds")),
        ({"type": "LineString", "coordinates": []}, {}, ("geometry", "wrong_type")),
        (None, {"chainage_m": 1500, "kind": "castle"}, ("properties.kind", "invalid_choice")),
        (None, {"chainage_m": 1500, "span_m": -1}, ("properties", "")),
        (None, {"chainage_m": 1500, "rating_class": 6}, ("properties.rating_class", "max_value")),
        (None, {"chainage_m": 1500, "colour": "red"}, ("properties.colour", "unknown_field")),
        (None, {"chainage_m": 1500, "needs_review": "maybe"}, None),
        (None, {"asset": "x"}, ("properties.asset", "invalid")),
    ],
)
def test_a_bad_structure_is_told_what_is_wrong(planner, road, geometry, properties, problem):
    answer = send(planner, "post", "/api/v1/structures", structure(road, geometry, **properties))
    if problem is None:
        assert answer.status_code == 201  # computed fields are read, never written
        return
    assert answer.status_code == 422
    assert problem in codes(answer) or problem == ("properties", "")
    assert not Structure.objects.exists()


def test_the_house_has_no_structures(planner, world):
    answer = send(planner, "post", "/api/v1/structures", structure(world.house_asset, chainage_m=0))
    assert (answer.status_code, codes(answer)) == (422, [("", "not_a_road")])


@pytest.mark.parametrize("address", ["structures", "closures", "condition-surveys"])
def test_parts_of_unknown_assets_cannot_be_made(world, address):
    officer = Client()
    officer.force_login(world.users["township_officer"])
    for asset in (world.sibling_asset, world.foreign_asset):
        body = {"structures": structure, "closures": closure, "condition-surveys": survey}
        answer = send(officer, "post", f"/api/v1/{address}", body[address](asset))
        assert answer.status_code == 422
        assert [code for _field, code in codes(answer)] == ["does_not_exist"]


def test_a_closure_is_a_line_cut_from_the_section(planner, road):
    made = send(planner, "post", "/api/v1/closures", closure(road))
    assert made.status_code == 201
    assert made.json()["geometry"]["type"] == "LineString"
    on = planner.get("/api/v1/closures?on=2026-11-02").json()["features"]
    assert [feature["id"] for feature in on] == [made.json()["id"]]
    assert planner.get("/api/v1/closures?on=2026-10-02").json()["features"] == []
    ended = send(
        planner,
        "patch",
        made.headers["Location"],
        {"properties": {"until_date": "2026-11-30"}},
        **{"If-Match": made.headers["ETag"]},
    )
    assert ended.json()["properties"]["until_date"] == "2026-11-30"


@pytest.mark.parametrize(
    ("properties", "problem"),
    [
        ({"start_m": 999}, ("properties.start_m", "off_the_section")),
        ({"end_m": 2200.1}, ("properties.end_m", "off_the_section")),
        ({"end_m": 1100}, ("properties.end_m", "chainage_order")),
        ({"start_m": -5}, ("properties.start_m", "chainage_out_of_range")),
        ({"start_m": None}, ("properties.start_m", "null")),
        ({"reason": ""}, ("properties.reason", "blank")),
        ({"from_date": "2026-02-30"}, ("properties.from_date", "invalid")),
        ({"until_date": "2026-10-01"}, ("", "invalid")),
    ],
)
def test_a_bad_closure_is_told_what_is_wrong(planner, road, properties, problem):
    answer = send(planner, "post", "/api/v1/closures", closure(road, **properties))
    assert (answer.status_code, codes(answer)) == (422, [problem])
    assert not RoadClosure.objects.exists()


def test_a_survey_is_recorded_once_and_has_no_way_to_be_changed(planner, road):
    headers = {"Idempotency-Key": str(uuid.uuid4())}
    first = send(planner, "post", "/api/v1/condition-surveys", survey(road), **headers)
    again = send(planner, "post", "/api/v1/condition-surveys", survey(road), **headers)
    assert (first.status_code, again.json()["id"]) == (201, first.json()["id"])
    assert ConditionSurvey.objects.count() == 1
    assert first.json()["is_current"]
    assert first.json()["computed_grade"] == ""
    address = first.headers["Location"]
    for method in ("put", "patch", "delete"):
        assert send(planner, method, address, {}).status_code == 405


@pytest.mark.parametrize(
    ("values", "problem"),
    [
        ({"stated_grade": ""}, ("", "nothing_surveyed")),
        ({"testing_body": ""}, ("testing_body", "required")),
        ({"damage_percent": 101}, ("damage_percent", "max_value")),
        ({"iri_m_per_km": -1}, ("iri_m_per_km", "min_value")),
        ({"ruleset": "no-such"}, ("ruleset", "does_not_exist")),
        ({"ruleset": 5}, ("ruleset", "invalid")),
        ({"surveyed_on": "2999-01-01"}, ("surveyed_on", "in_future")),
        ({"start_m": 1100}, ("end_m", "required")),
        ({"supersedes": str(uuid.uuid4())}, ("supersedes", "does_not_exist")),
        ({"mqi": 100, "stated_grade": "superb"}, ("stated_grade", "invalid_choice")),
    ],
)
def test_a_bad_survey_is_told_what_is_wrong(planner, road, values, problem):
    answer = send(planner, "post", "/api/v1/condition-surveys", survey(road, **values))
    assert answer.status_code == 422
    assert codes(answer) == [problem]
    assert not ConditionSurvey.objects.exists()


def test_nobody_writes_a_computed_index(planner, road):
    body = survey(road, mqi=99, computed_grade="excellent")
    made = send(planner, "post", "/api/v1/condition-surveys", body)
    assert (made.json()["mqi"], made.json()["computed_grade"]) == (None, "")


def test_lists_are_narrowed_strictly(planner, world, road):
    StructureFactory(asset=world.own_asset, kind="bridge")
    StructureFactory(asset=world.sibling_asset, kind="culvert", needs_review=True)
    ClosureFactory(asset=world.own_asset)
    stated_survey(world.own_asset)
    for address, number in (
        (f"structures?asset={world.own_asset.pk}", 1),
        ("structures?kind=culvert", 1),
        ("structures?needs_review=true", 1),
        ("structures?area=340199101", 1),
        ("structures?updated_since=2999-01-01T00:00:00Z", 0),
        ("closures?area=340199", 1),
        ("condition-surveys?grade=good&method=manual", 1),
        ("condition-surveys?grade=bad", 0),
    ):
        body = planner.get(f"/api/v1/{address}").json()
        assert len(body.get("features", body.get("items"))) == number, address
    for address in (
        "structures?kind=castle",
        "structures?asset=1",
        "structures?colour=red",
        "closures?on=yesterday",
        "condition-surveys?grade=superb",
        "condition-stretches?limit=0",
        "condition-stretches?cursor=!",
        "condition?colour=red",
        "condition?township=abc",
    ):
        assert planner.get(f"/api/v1/{address}").status_code == 400, address


def test_the_planner_verifies_a_coefficient_over_http(planner):
    number = RatingCoefficient.objects.get(ruleset__code="JTG-5210-2018", symbol="PCI.a0.asphalt")
    address = f"/api/v1/rating-coefficients/{number.pk}"
    etag = planner.get(address).headers["ETag"]
    body = {"value": 15, "source": "JTG 5210-2018 表 5"}
    assert send(planner, "post", f"{address}/verify", body).status_code == 428
    done = send(planner, "post", f"{address}/verify", body, **{"If-Match": etag})
    assert done.status_code == 200
    assert (done.json()["status"], done.json()["verified_by"]) == ("verified", "district_planner")
    stale = send(planner, "post", f"{address}/verify", body, **{"If-Match": etag})
    assert stale.status_code == 412
    etag = done.headers["ETag"]
    bad = send(planner, "post", f"{address}/withdraw", {"reason": ""}, **{"If-Match": etag})
    assert bad.status_code == 422
    back = send(planner, "post", f"{address}/withdraw", {"reason": "误"}, **{"If-Match": etag})
    assert back.json()["status"] == "unverified"


# Through the pages


def form(road, **values):
    base = {
        "kind": "planned",
        "start_m": "K1+100",
        "end_m": "K1+300",
        "from_date": "2026-11-01",
        "reason": "维修",
        "is_public": "on",
    }
    return {**base, **values}


def test_a_closure_is_announced_changed_and_removed_on_pages(planner, road):
    new = f"/assets/{road.pk}/closures/new/"
    assert "K1+000–K2+200" in planner.get(new).content.decode()
    assert planner.post(new, form(road)).status_code == 302
    kept = RoadClosure.objects.get()
    assert (kept.start_m, kept.end_m) == (1100, 1300)
    edit = f"/assets/closures/{kept.pk}/"
    assert "K1+100" in planner.get(edit).content.decode()
    changed = form(road, until_date="2026-11-30", version=kept.version)
    assert planner.post(edit, changed).status_code == 302
    stale = planner.post(edit, changed, follow=True)
    assert stale.redirect_chain
    assert stale.status_code == 200
    kept.refresh_from_db()
    planner.post(f"{edit}remove/", {"version": kept.version})
    assert not RoadClosure.objects.exists()


@pytest.mark.parametrize(
    "values",
    [
        {"start_m": "1100"},
        {"start_m": "K0+900"},
        {"end_m": "K1+100"},
        {"end_m": "K9999+999"},
        {"from_date": "x"},
        {"until_date": "2026-10-01"},
        {"reason": ""},
        {"kind": "x"},
        {"start_m": "K1+100\x00"},
    ],
)
def test_a_bad_form_says_so_and_writes_nothing(planner, road, values):
    answer = planner.post(f"/assets/{road.pk}/closures/new/", form(road, **values))
    assert answer.status_code == 422
    assert "errorlist" in answer.content.decode() or 'role="alert"' in answer.content.decode()
    assert not RoadClosure.objects.exists()


def test_a_structure_is_entered_by_chainage_or_by_position(planner, road):
    new = f"/assets/{road.pk}/structures/new/"
    by_chainage = {"kind": "bridge", "name": "甲桥", "chainage_m": "K1+500"}
    assert planner.post(new, by_chainage).status_code == 302
    kept = Structure.objects.get()
    place = {"longitude": kept.point.x, "latitude": kept.point.y}
    assert planner.post(new, {"kind": "bridge", "name": "乙桥", **place}).status_code == 302
    assert (
        planner.post(new, {"kind": "bridge", "name": "丙", "longitude": "117"}).status_code == 422
    )
    assert (
        planner.post(new, {**by_chainage, "longitude": "nan", "latitude": "1"}).status_code == 422
    )
    edit = f"/assets/structures/{kept.pk}/"
    shown = planner.get(edit).context["form"].initial
    same = {name: value for name, value in shown.items() if value is not None}
    same |= {"chainage_m": "K1+500", "name": "新桥"}
    assert planner.post(edit, same).status_code == 302
    renamed = Structure.objects.get(pk=kept.pk)
    assert (renamed.name, renamed.point, renamed.chainage_m) == (
        "新桥",
        kept.point,
        kept.chainage_m,
    )


def test_a_survey_is_recorded_on_its_page_and_shown_with_the_section(planner, road):
    new = f"/assets/{road.pk}/surveys/new/"
    body = {
        "surveyed_on": "2026-06-01",
        "method": "manual",
        "stated_grade": "fair",
        "testing_body": "检测所",
        "report_no": "HC-9",
        "start_m": "K1+000",
        "end_m": "K1+500",
    }
    assert planner.post(new, body).status_code == 302
    page = planner.get(f"/assets/{road.pk}/").content.decode()
    assert "K1+000–K1+500" in page
    assert "HC-9" in page
    assert planner.post(new, {**body, "stated_grade": ""}).status_code == 422


def test_why_a_survey_is_not_rated_stands_on_the_page(planner, road):
    ruleset = RatingCoefficient.objects.get(
        ruleset__code="JTG-5210-2018", symbol="PQI.w_PCI"
    ).ruleset
    body = {
        "surveyed_on": "2026-06-01",
        "method": "automated",
        "ruleset": ruleset.pk,
        "damage_percent": "4",
        "iri_m_per_km": "5",
    }
    assert planner.post(f"/assets/{road.pk}/surveys/new/", body).status_code == 302
    page = planner.get(f"/assets/{road.pk}/").content.decode()
    assert "PQI.w_PCI" in page
    assert "RQI.a0.other" in page


def test_water_works_have_a_survey_form_without_chainage(planner, world):
    pond = AssetFactory(kind="water_works", area=world.villages[0])
    page = planner.get(f"/assets/{pond.pk}/surveys/new/").content.decode()
    assert 'name="stated_grade"' in page
    assert 'name="start_m"' not in page


def test_a_coefficient_is_verified_on_its_page(planner):
    number = RatingCoefficient.objects.get(ruleset__code="JTG-5210-2018", symbol="GRADE.good")
    address = f"/assets/condition/coefficients/{number.pk}/"
    body = {"value": "80", "source": "表 7", "verified_on": "2026-11-20", "version": 1}
    assert planner.post(address, {**body, "source": ""}).status_code == 422
    assert planner.post(address, {**body, "value": "NaN"}).status_code == 422
    assert planner.post(address, body).status_code == 302
    number.refresh_from_db()
    assert (number.status, number.verified_by) == (
        "verified",
        get_user_model().objects.get(username="district_planner"),
    )
    assert "表 7" in planner.get(address).content.decode()
    assert planner.post(f"{address}withdraw/", {"reason": "误", "version": 2}).status_code == 302
