"""Assets, routes and what belongs to them over HTTP."""

from __future__ import annotations

import uuid

import pytest

from assets.models import Asset, Component, RoadSection, WaterQualityTest
from tests.factories import (
    AssetFactory,
    ComponentFactory,
    RouteFactory,
    StructureFactory,
    WaterTestFactory,
    polygon,
)
from tests.sites.api.conftest import Caller, codes

ASSETS = "/api/v1/assets"
ROUTES = "/api/v1/routes"
LINE = {"type": "LineString", "coordinates": [[117.05, 31.05], [117.06, 31.05]]}


@pytest.fixture
def planner(world):
    return Caller(world.users["district_planner"])


@pytest.fixture
def officer(world):
    return Caller(world.users["township_officer"])


@pytest.fixture
def company(world):
    return Caller(world.users["company_member"])


def address(asset, part=""):
    return f"{ASSETS}/{asset.pk}{part}"


def new_section(on, **properties):
    return {
        "type": "Feature",
        "geometry": LINE,
        "properties": {
            "code": "NEW-1",
            "name": "新段",
            "kind": "road",
            "area": "340199100201",
            "route": str(on.pk),
            "start_m": 0,
            "end_m": 954.5,
            **properties,
        },
    }


def seen(caller, query=""):
    body = caller.get(f"{ASSETS}{query}").json()
    return [feature["properties"]["code"] for feature in body["features"]]


def test_an_asset_is_a_flat_feature_with_the_names_of_the_catalogue(world, officer):
    response = officer.get(address(world.own_asset))
    properties = response.json()["properties"]

    assert response.headers["Content-Type"] == "application/geo+json"
    assert response.headers["ETag"] == f'"{world.own_asset.version}"'
    expected = {
        "code": "OWN-A",
        "kind": "road",
        "state": "in_service",
        "operating_class": "non_operating",
        "area": "340199100201",
        "township": "340199100",
        "township_name": "青溪镇 (en)",
        "owner": str(world.cooperatives[0].pk),
        "owner_name": "甲合作社",
        "upkeep_party": str(world.companies[0].pk),
        "upkeep_party_name": "甲公司",
        "declared_length_m": 1200.0,
        "built_on": "2022-10-01",
        "warranty_until": "2024-10-01",
        "cost": None,
        "sites": ["OWN-1"],
        "plate_code": world.own_asset.plate_code,
        "route": str(world.own_asset.road_section.route_id),
        "route_no": world.own_asset.road_section.route.route_no,
        "start_m": 0.0,
        "end_m": 1200.0,
        "chainage": "K0+000–K1+200",
        "is_all_season": None,
    }
    assert {name: properties[name] for name in expected} == expected
    assert 1150 < properties["measured_length_m"] < 1250
    assert "scale_class" not in properties


def test_a_plate_code_is_the_offices(world, company, officer):
    assert "plate_code" not in company.get(address(world.own_asset)).json()["properties"]
    assert "plate_code" in officer.get(address(world.own_asset)).json()["properties"]


def test_a_list_has_what_the_caller_may_see_and_the_filter_asks_for(world, officer, planner):
    assert seen(officer) == ["HOUSE-A", "OWN-A"]
    assert seen(planner, "?kind=road&township=340199101") == ["PUBLIC-A", "SIBLING-A"]
    assert seen(planner, "?site=OWN-1") == ["OWN-A"]
    body = planner.get(f"{ASSETS}?limit=1&geometry=none").json()
    assert body["features"][0]["geometry"] is None
    following = planner.get(body["next"]).json()["features"]
    assert following[0]["properties"]["code"] == "OWN-A"


@pytest.mark.parametrize(
    "query", ["?kind=tree", "?nonsense=1", "?geometry=all", "?limit=0", "?cursor=x", "?warranty=x"]
)
def test_a_wrong_parameter_is_named(world, planner, query):
    response = planner.get(f"{ASSETS}{query}")

    assert response.status_code == 400
    assert query[1:].split("=")[0] in codes(response)


def test_what_one_may_not_know_is_not_there(world, officer):
    for part in ("", "/history", "/water-tests", "/components", "/water-verdict"):
        assert officer.get(address(world.sibling_asset, part)).status_code == 404


def test_an_officer_creates_a_section_once(world, officer):
    route = RouteFactory()
    feature = new_section(route, sites=["OWN-1"], cost=1250000.55, pavement="cement")

    first = officer.post(ASSETS, feature, key="k-1")
    again = officer.post(ASSETS, feature, key="k-1")

    assert first.status_code == 201
    assert again.json() == first.json()
    assert Asset.objects.filter(code="NEW-1").count() == 1
    properties = first.json()["properties"]
    assert (properties["end_m"], properties["cost"]) == (954.5, 1250000.55)
    assert properties["sites"] == ["OWN-1"]
    assert first.headers["Location"].endswith(first.json()["id"])


def test_two_sections_on_one_metre_clash(world, officer):
    route = world.own_asset.road_section.route
    response = officer.post(ASSETS, new_section(route, start_m=1100, end_m=2000))

    assert response.status_code == 409
    assert codes(response) == {"properties.start_m": "road_section_no_overlap"}
    assert "K0+000–K1+200" in response.json()["errors"][0]["message"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": 5}, "properties.name"),
        ({"area": "999999"}, "properties.area"),
        ({"route": str(uuid.uuid4())}, "properties.route"),
        ({"route": None}, "properties.route"),
        ({"start_m": -1}, ""),
        ({"start_m": "0"}, "properties.start_m"),
        ({"end_m": 1e12}, "properties.end_m"),
        ({"cost": -1}, ""),
        ({"cost": 1.005}, "properties.cost"),
        ({"kind": "castle"}, "properties.kind"),
        ({"capacity_m3_per_day": 5}, "properties.capacity_m3_per_day"),
        ({"sites": ["FOREIGN-1"]}, "properties.sites"),
        ({"sites": "OWN-1"}, "properties.sites"),
        ({"plate_code": "X"}, None),
        ({"state": "decommissioned"}, "properties.state"),
        ({"built_on": "1900-01-01"}, ""),
        ({"unknown": 1}, "properties.unknown"),
        ({"code": "a b"}, ""),
    ],
)
def test_a_value_that_cannot_be_is_refused_by_name(world, planner, change, field):
    response = planner.post(ASSETS, new_section(RouteFactory(), **change))

    if field is None:
        assert response.status_code == 201
        assert response.json()["properties"]["plate_code"] != "X"
    else:
        assert response.status_code == 422, response.content
        assert field in codes(response)
        assert not Asset.objects.filter(code="NEW-1").exists()


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": [117.05, 31.05]},
        {"type": "MultiLineString", "coordinates": [LINE["coordinates"]]},
        {"type": "LineString", "coordinates": [[117.05, 31.05]]},
        {"type": "LineString", "coordinates": [[117.05, 91.05], [1, 2]]},
    ],
)
def test_a_section_is_one_line(world, planner, geometry):
    response = planner.post(ASSETS, {**new_section(RouteFactory()), "geometry": geometry})

    assert response.status_code == 422


def test_a_change_needs_the_version_that_was_read(world, officer):
    body = {"properties": {"name": "新名", "lanes": 2}}
    place = address(world.own_asset)
    assert officer.patch(place, body).status_code == 428
    stale = officer.patch(place, body, etag='"99"')
    assert stale.status_code == 412
    assert stale.json()["current"]["properties"]["code"] == "OWN-A"

    changed = officer.patch(place, body, etag=f'"{world.own_asset.version}"')

    assert changed.status_code == 200
    assert changed.json()["properties"]["lanes"] == 2
    assert changed.headers["ETag"] != f'"{world.own_asset.version}"'


def test_what_was_read_can_be_sent_back(world, officer):
    shown = officer.get(address(world.own_asset))
    feature = shown.json()
    feature.pop("id")

    answer = officer.put(address(world.own_asset), feature, etag=shown.headers["ETag"])

    assert answer.status_code == 200, answer.content
    properties = answer.json()["properties"]
    for follows in ("version", "updated_at"):
        properties.pop(follows)
        feature["properties"].pop(follows)
    assert answer.json()["geometry"] == feature["geometry"]
    assert properties == feature["properties"]


@pytest.mark.parametrize("name", ["kind", "state"])
def test_kind_and_state_are_not_written(world, officer, name):
    value = {"kind": "facility", "state": "restricted"}[name]
    etag = f'"{world.own_asset.version}"'

    response = officer.patch(address(world.own_asset), {"properties": {name: value}}, etag=etag)

    assert codes(response) == {f"properties.{name}": "read_only"}


def test_who_sees_an_asset_but_is_not_its_office_may_not_change_it(world, company):
    etag = f'"{world.own_asset.version}"'
    place = address(world.own_asset)

    assert company.patch(place, {"properties": {"name": "x"}}, etag=etag).status_code == 403
    assert company.delete(f"{place}?reason=x", etag=etag).status_code == 403
    assert company.post(ASSETS, new_section(RouteFactory())).status_code == 403
    moved = company.post(f"{place}/state-changes", {"to_state": "restricted", "reason": "x"})
    assert moved.status_code == 403


def test_a_structure_moves_with_its_section(world, officer):
    structure = StructureFactory(asset=world.own_asset, chainage_m=600)
    structure.point.x = world.own_asset.geometry.coords[1][0]
    structure.save()
    body = {"properties": {"start_m": 1000, "end_m": 2200}}

    officer.patch(address(world.own_asset), body, etag=f'"{world.own_asset.version}"')

    structure.refresh_from_db()
    assert float(structure.chainage_m) == pytest.approx(1600, abs=1)


def test_a_removal_says_why(world, planner):
    place, etag = address(world.own_asset), f'"{world.own_asset.version}"'
    assert codes(planner.delete(place, etag=etag)) == {"reason": "required"}
    for unreadable in ("a%00b", "x" * 2001):
        assert planner.delete(f"{place}?reason={unreadable}", etag=etag).status_code == 400

    assert planner.delete(f"{place}?reason=重复", etag=etag).status_code == 204

    assert planner.get(place).status_code == 404
    assert not RoadSection.objects.get(asset=world.own_asset).is_current


def test_states_move_by_a_record_that_history_tells(world, planner):
    place = address(world.own_asset)
    moves = f"{place}/state-changes"
    missing = planner.post(moves, {"to_state": "restricted"})
    assert codes(missing) == {"reason": "reason_missing"}
    wrong = planner.post(moves, {"to_state": "building"})
    assert wrong.json()["code"] == "illegal_transition"
    stale = planner.post(moves, {"to_state": "restricted", "reason": "桥面维修"}, etag='"99"')
    assert stale.status_code == 412

    moved = planner.post(moves, {"to_state": "restricted", "reason": "桥面维修"})

    assert moved.status_code == 201
    assert moved.json()["properties"]["state"] == "restricted"
    change = planner.get(f"{place}/history").json()["items"][0]
    assert (change["field"], change["old"], change["new"]) == ("state", "in_service", "restricted")
    assert (change["user"], change["reason"]) == ("district_planner", "桥面维修")


def test_history_tells_changes_of_the_line_and_of_the_detail(world, officer):
    place, etag = address(world.own_asset), f'"{world.own_asset.version}"'
    officer.patch(place, {"geometry": LINE, "properties": {"pavement": "asphalt"}}, etag=etag)

    items = {item["field"]: item for item in officer.get(f"{place}/history").json()["items"]}

    assert items["pavement"]["new"] == "asphalt"
    assert items["geometry"]["new"].startswith("LINESTRING 2 ")


@pytest.fixture
def works(world):
    return AssetFactory(
        kind="water_works",
        area=world.villages[0],
        owner=world.cooperatives[0],
        detail={"works_kind": "central_supply", "shortage_days_per_year": 20, "tap_at_home": True},
    )


def test_a_water_test_is_recorded_and_corrected(world, officer, works):
    place = address(works, "/water-tests")
    body = {"tested_on": "2026-06-01", "stage": "tap", "passed": False, "standard": "GB 5749"}
    first = officer.post(place, body, key="t-1")
    officer.post(place, body, key="t-1")
    assert first.status_code == 201
    right = officer.post(place, {**body, "passed": True, "supersedes": first.json()["id"]})
    assert right.status_code == 201
    again = officer.post(place, {**body, "supersedes": first.json()["id"]})
    assert codes(again) == {"supersedes": "already_corrected"}

    items = officer.get(place).json()["items"]

    assert [item["passed"] for item in items] == [False, True]
    assert items[1]["supersedes"] == items[0]["id"]
    verdict = officer.get(address(works, "/water-verdict")).json()
    grades = {c["criterion"]: c["grade"] for c in verdict["criteria"]}
    assert grades == {
        "quantity": "unknown",
        "quality": "met",
        "convenience": "met",
        "guarantee": "basically",
    }


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"stage": "lake"}, 422),
        ({"tested_on": "2999-01-01"}, 422),
        ({"tested_on": "yesterday"}, 422),
        ({"passed": None}, 422),
        ({"supersedes": str(uuid.uuid4())}, 404),
        ({"supersedes": "x"}, 422),
        ({"mood": "good"}, 422),
    ],
)
def test_a_water_test_that_cannot_be_is_refused(officer, works, change, status):
    body = {"tested_on": "2026-06-01", "stage": "tap", "passed": True, **change}

    assert officer.post(address(works, "/water-tests"), body).status_code == status
    assert not WaterQualityTest.objects.exists()


def test_a_correction_names_a_test_of_the_same_works(world, officer, works):
    other = WaterTestFactory(asset__area=world.villages[0])
    body = {"tested_on": "2026-06-01", "stage": "tap", "passed": True, "supersedes": str(other.pk)}

    assert officer.post(address(works, "/water-tests"), body).status_code == 404


def test_only_what_supplies_people_has_a_verdict(world, officer):
    assert officer.get(address(world.own_asset, "/water-verdict")).status_code == 404


def test_a_component_is_saved_by_its_kind(world, officer):
    centre = AssetFactory(
        kind="village_centre",
        area=world.villages[0],
        geometry=polygon(117.05, 31.05, 117.06, 31.06),
    )
    ComponentFactory(asset=centre, kind="sewage")
    place = address(centre, "/components")
    etag = officer.get(place).headers["ETag"]
    body = {"kind": "lights", "quantity": 40, "unit": "盏", "state": "done"}

    saved = officer.put(place, body, etag=etag)

    assert saved.status_code == 200
    assert officer.put(place, body, etag=etag).status_code == 412
    changed = officer.put(place, {"kind": "lights", "quantity": 42}, etag=saved.headers["ETag"])
    assert changed.json()["state"] == "done"
    assert [item["kind"] for item in officer.get(place).json()["items"]] == ["lights", "sewage"]
    wrong = officer.put(place, {"kind": "lights", "weight": 0}, etag=changed.headers["ETag"])
    assert wrong.status_code == 422
    assert Component.objects.get(asset=centre, kind="lights").quantity == 42


def test_routes_are_kept_by_the_office_of_the_county(world, officer, company):
    body = {
        "route_no": "Y088",
        "county_code": "340199",
        "name": "青石线",
        "road_class": "township",
    }
    assert company.post(ROUTES, body).status_code == 403
    created = officer.post(ROUTES, body)
    assert created.status_code == 201
    assert officer.post(ROUTES, body).status_code == 409
    assert officer.post(ROUTES, {**body, "county_code": "340198"}).status_code == 403
    place = f"{ROUTES}/{created.json()['id']}"
    etag = created.headers["ETag"]
    assert codes(officer.patch(place, {"county_code": "340100"}, etag=etag)) == {
        "county_code": "read_only"
    }
    assert officer.patch(place, {"name": "青石公路"}, etag=etag).json()["name"] == "青石公路"
    assert company.get(place).status_code == 200
    assert company.delete(place, etag='"2"').status_code == 403
    assert officer.delete(place, etag='"2"').status_code == 204


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"route_no": "A1"}, ""),
        ({"county_code": "34019"}, ""),
        ({"road_class": "sky"}, "road_class"),
        ({"name": ""}, "name"),
    ],
)
def test_a_route_that_cannot_be_is_refused(world, planner, change, field):
    body = {
        "route_no": "Y088",
        "county_code": "340199",
        "name": "青石线",
        "road_class": "township",
    }
    response = planner.post(ROUTES, {**body, **change})

    assert response.status_code in {403, 422}
    if response.status_code == 422:
        assert field in codes(response)


def test_a_route_with_sections_is_in_use(world, officer):
    route = world.own_asset.road_section.route
    response = officer.delete(f"{ROUTES}/{route.pk}", etag=f'"{route.version}"')

    assert response.json()["code"] == "in_use"


def test_routes_are_found_and_paged(world, officer):
    RouteFactory(route_no="X900", road_class="county", name="石桥线")

    def numbers(query):
        return [item["route_no"] for item in officer.get(f"{ROUTES}?{query}").json()["items"]]

    assert numbers("road_class=county") == ["X900"]
    assert numbers("q=x9") == ["X900"]
    assert numbers("q=石桥") == ["X900"]
    assert officer.get(f"{ROUTES}?kind=road").status_code == 400
    first = officer.get(f"{ROUTES}?limit=1").json()
    assert officer.get(first["next"]).status_code == 200
