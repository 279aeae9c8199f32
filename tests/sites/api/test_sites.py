"""Project sites over HTTP: read, create, change, remove."""

from __future__ import annotations

from itertools import pairwise

import pytest

from sites.models import HouseholdRecord, ProjectSite
from tests.factories import ProjectSiteFactory, line
from tests.sites.api.conftest import codes

SHARED = {
    "code": "OWN-1",
    "name": "OWN-1路",
    "name_en": "",
    "kind": "road",
    "state": "under_construction",
    "programme": "NLDL-2023",
    "year": 2023,
    "area": "340199100201",
    "township": "340199100",
    "township_name": "青溪镇 (en)",
    "category": None,
    "declared_length_m": None,
    "planned_start": None,
    "planned_finish": None,
    "actual_start": None,
    "actual_finish": None,
    "progress_percent": 0.0,
    "delay": "green",
    "days_late": 0,
    "key_plan": False,
    "visibility": "office",
    "owner": "甲合作社",
    "contractor": "甲公司",
    "supervisor": "甲协会",
    "note": "",
    "source": "register",
    "source_id": "OWN-1",
    "geometry_is": "planned",
    "version": 1,
}
ROAD = {
    "route_code": "",
    "road_class": "",
    "technical_class": "",
    "pavement": "",
    "roadbed_width_m": None,
    "pavement_width_m": None,
    "start_name": "",
    "end_name": "",
    "opened_on": None,
}
LINE = {"type": "LineString", "coordinates": [[117.05, 31.05], [117.08, 31.07]]}


def address(site):
    return f"/api/v1/sites/{site.pk}"


def new_road(**properties):
    return {
        "type": "Feature",
        "geometry": LINE,
        "properties": {
            "code": "NEW-1",
            "name": "新路",
            "kind": "road",
            "area": "340199100201",
            "programme": "NLDL-2023",
            "year": 2024,
            **properties,
        },
    }


def test_a_site_is_a_flat_feature_with_the_names_of_the_catalogue(world, planner):
    response = planner.get(address(world.own))
    body = response.json()
    properties = body["properties"]
    assert response.headers["Content-Type"] == "application/geo+json"
    assert response.headers["ETag"] == '"1"'
    assert (body["type"], body["id"]) == ("Feature", str(world.own.pk))
    assert body["geometry"] == {
        "type": "LineString",
        "coordinates": [[117.05, 31.05], [117.07, 31.06]],
    }
    assert {name: properties.pop(name) for name in SHARED} == SHARED
    assert {name: properties.pop(name) for name in ROAD} == ROAD
    assert properties.pop("measured_length_m") == pytest.approx(2207.59, abs=0.1)
    assert set(properties) == {
        "measured_area_m2",
        "updated_at",
        "owner_id",
        "contractor_id",
        "supervisor_id",
        "planned_geometry",
        "actual_geometry",
    }


def test_a_line_keeps_its_direction_and_a_ring_runs_counter_clockwise(world, planner):
    centre = ProjectSiteFactory(
        kind="village_centre",
        area=world.villages[0],
        programme=world.programme,
        planned_geometry="SRID=4490;POLYGON((117 31,117 31.1,117.1 31.1,117.1 31,117 31))",
    )
    ring = planner.get(address(centre)).json()["geometry"]["coordinates"][0]
    area_twice = sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring))
    assert area_twice > 0
    assert planner.get(address(world.own)).json()["geometry"]["coordinates"][0] == [117.05, 31.05]


def test_the_household_is_told_to_the_office_only(world, planner, officer, company, evaluator):
    def reference(caller):
        return caller.get(address(world.house)).json()["properties"].get("household_reference")

    assert [reference(caller) for caller in (planner, officer, company, evaluator)] == [
        "H-SECRET-1",
        "H-SECRET-1",
        None,
        None,
    ]


def test_a_new_site_is_proposed_and_has_a_place_of_its_own(world, officer):
    response = officer.post("/api/v1/sites", new_road(pavement="asphalt", declared_length_m=3600))
    site = ProjectSite.objects.get(code="NEW-1")
    assert response.status_code == 201
    assert response.headers["Location"] == address(site)
    assert response.json() == officer.get(address(site)).json()
    assert (site.state, site.road.pavement, site.created_by.username) == (
        "proposed",
        "asphalt",
        "township_officer",
    )
    assert site.measured_length_m == pytest.approx(3621.54, abs=0.1)


@pytest.mark.parametrize(
    ("properties", "field", "code"),
    [
        ({"year": "2024"}, "properties.year", "invalid"),
        ({"year": 1066}, "properties.year", "project_site_year_in_range"),
        ({"area": "999999"}, "properties.area", "does_not_exist"),
        ({"programme": "NONE"}, "properties.programme", "does_not_exist"),
        ({"kind": "castle"}, "properties.kind", "invalid_choice"),
        ({"color": "red"}, "properties.color", "unknown_field"),
        ({"danger_grade": "D"}, "properties.danger_grade", "wrong_kind"),
        ({"state": "accepted"}, "properties.state", "read_only"),
        ({"name": 5}, "properties.name", "invalid"),
        ({"planned_start": "2024-02-30"}, "properties.planned_start", "invalid"),
    ],
)
def test_what_is_wrong_is_named_by_field_and_code(world, planner, properties, field, code):
    response = planner.post("/api/v1/sites", new_road(**properties))
    assert response.status_code == 422
    assert field in codes(response) or "" in codes(response)
    if code != "project_site_year_in_range":
        assert codes(response)[field] == code


def test_a_geometry_that_does_not_fit_the_kind_is_refused(world, planner):
    body = {**new_road(), "geometry": {"type": "Point", "coordinates": [117.05, 31.05]}}
    response = planner.post("/api/v1/sites", body)
    assert (response.status_code, codes(response)) == (422, {"planned_geometry": "wrong_type"})


def test_a_code_that_is_taken_is_a_conflict(world, planner):
    response = planner.post("/api/v1/sites", new_road(code="OWN-1", source_id="other"))
    assert response.status_code == 409
    assert codes(response)["properties.code"] == "unique"


def test_an_officer_creates_nothing_outside_the_own_township(world, officer):
    response = officer.post("/api/v1/sites", new_road(area="340199101201"))
    assert (response.status_code, response.json()["code"]) == (403, "forbidden")


def test_what_was_read_can_be_sent_back_without_changing_anything(world, planner):
    exact = "SRID=4490;LINESTRING(117.05000000123 31.05,117.07 31.06)"
    ProjectSite.objects.filter(pk=world.own.pk).update(planned_geometry=exact)
    before = planner.get(address(world.own))
    response = planner.put(address(world.own), before.json(), etag=before.headers["ETag"])
    assert response.status_code == 200
    world.own.refresh_from_db()
    assert world.own.planned_geometry.coords[0][0] == 117.05000000123
    changed = {"version", "updated_at"}
    assert {k: v for k, v in response.json()["properties"].items() if k not in changed} == {
        k: v for k, v in before.json()["properties"].items() if k not in changed
    }


def test_a_change_counts_the_version_up_and_a_stale_one_gets_the_current_record(world, planner):
    first = planner.patch(address(world.own), {"properties": {"name": "甲"}}, etag='"1"')
    assert (first.status_code, first.headers["ETag"]) == (200, '"2"')
    second = planner.patch(address(world.own), {"properties": {"name": "乙"}}, etag='"1"')
    assert (second.status_code, second.headers["ETag"]) == (412, '"2"')
    assert second.json()["current"] == first.json()


def test_a_change_of_the_detail_voids_the_version_too(world, planner):
    planner.patch(address(world.own), {"properties": {"pavement": "cement"}}, etag='"1"')
    stale = planner.patch(address(world.own), {"properties": {"pavement": "earth"}}, etag='"1"')
    assert stale.status_code == 412
    world.own.road.refresh_from_db()
    assert world.own.road.pavement == "cement"


@pytest.mark.parametrize(
    ("etag", "status"),
    [(None, 428), ("*", 428), ('W/"1"', 412), ('"9"', 412), ("1", 400), ('"1', 400)],
)
def test_a_change_without_the_right_version_is_refused(world, planner, etag, status):
    for method in ("PUT", "PATCH", "DELETE"):
        response = planner.send(method, address(world.own), {}, etag=etag)
        assert response.status_code == status


def test_the_built_line_stands_beside_the_planned_one(world, planner):
    body = {"geometry": LINE, "properties": {"geometry_is": "actual"}}
    changed = planner.patch(address(world.own), body, etag='"1"').json()
    assert changed["geometry"] == LINE == changed["properties"]["actual_geometry"]
    assert changed["properties"]["planned_geometry"]["coordinates"][1] == [117.07, 31.06]


def test_the_same_geometry_given_twice_is_refused(world, planner):
    body = {"geometry": LINE, "properties": {"planned_geometry": LINE}}
    response = planner.patch(address(world.own), body, etag='"1"')
    assert codes(response) == {"geometry": "given_twice"}


@pytest.mark.parametrize("change", [{"kind": "housing"}, {"state": "closed"}])
def test_kind_and_state_are_not_changed_here(world, planner, change):
    response = planner.patch(address(world.own), {"properties": change}, etag='"1"')
    assert response.status_code == 422
    assert set(codes(response).values()) == {"read_only"}


def test_a_house_is_never_made_public(world, planner):
    response = planner.patch(
        address(world.house), {"properties": {"visibility": "public"}}, etag='"1"'
    )
    assert response.status_code == 422
    assert "never public" in response.json()["errors"][0]["message"]


def test_the_household_is_kept_in_its_own_table(world, officer, planner):
    body = {"properties": {"household_reference": "H-2"}}
    assert officer.patch(address(world.house), body, etag='"1"').status_code == 200
    assert HouseholdRecord.objects.get(site=world.house).reference == "H-2"
    wrong = planner.patch(address(world.own), body, etag='"1"')
    assert codes(wrong) == {"properties.household_reference": "wrong_kind"}


def test_a_removed_site_is_gone_for_everybody_and_kept_in_the_table(world, planner, officer):
    assert officer.delete(f"{address(world.own)}?reason=x", etag='"1"').status_code == 403
    missing = planner.delete(address(world.own), etag='"1"')
    assert codes(missing) == {"reason": "required"}
    assert planner.delete(f"{address(world.own)}?reason=twice", etag='"1"').status_code == 204
    assert planner.get(address(world.own)).status_code == 404
    world.own.refresh_from_db()
    assert (world.own.removal_reason, world.own.removed_at is None) == ("twice", False)


def test_the_list_is_what_the_shared_filter_says(world, planner, officer):
    def listed(caller, query=""):
        features = caller.get(f"/api/v1/sites?{query}").json()["features"]
        return [feature["properties"]["code"] for feature in features]

    assert listed(planner) == ["HOUSE-1", "OWN-1", "PUBLIC-1", "SIBLING-1"]
    assert listed(officer) == ["HOUSE-1", "OWN-1"]
    assert listed(planner, "kind=road&township=340199100") == ["OWN-1"]
    assert listed(planner, "bbox=117.2,31,117.4,31.2") == ["PUBLIC-1", "SIBLING-1"]
    assert listed(planner, "state=accepted&year=2023") == ["PUBLIC-1"]
    assert listed(planner, "area=340198") == []


def test_geometry_is_left_out_where_nobody_draws_it(world, planner):
    features = planner.get("/api/v1/sites?geometry=none").json()["features"]
    assert {str(feature["geometry"]) for feature in features} == {"None"}


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("bbox=1,2,3", "bbox"),
        ("bbox=nan,0,1,1", "bbox"),
        ("kind=castle", "kind"),
        ("limit=0", "limit"),
        ("limit=1001", "limit"),
        ("limit=1e2", "limit"),
        ("cursor=x", "cursor"),
        ("updated_since=yesterday", "updated_since"),
        ("offset=5", "offset"),
        ("geometry=round", "geometry"),
    ],
)
def test_a_parameter_that_cannot_be_used_is_named(world, planner, query, field):
    response = planner.get(f"/api/v1/sites?{query}")
    assert (response.status_code, set(codes(response))) == (400, {field})


def test_an_actual_geometry_is_shown_first(world, planner):
    ProjectSite.objects.filter(pk=world.own.pk).update(actual_geometry=line((117, 31), (117.1, 31)))
    shown = planner.get(address(world.own)).json()
    assert shown["properties"]["geometry_is"] == "actual"
    assert shown["geometry"]["coordinates"] == [[117, 31], [117.1, 31]]


def test_a_reason_that_cannot_be_stored_is_a_bad_parameter(world, planner):
    etag = f'"{world.own.version}"'

    for unreadable in ("a%00b", "x" * 2001):
        response = planner.delete(f"{address(world.own)}?reason={unreadable}", etag=etag)
        assert response.status_code == 400
