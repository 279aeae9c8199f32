"""The GeoJSON stream holds exactly the filtered rows, as RFC 7946 wants them."""

import json
from itertools import pairwise

import pytest
from django.contrib.gis.geos import Polygon

from maps.exports.database import ROWS_A_CHUNK
from sites.models import ProjectSite
from tests.factories import ProjectSiteFactory, UserFactory, line

pytestmark = pytest.mark.django_db


def collection(client, query=""):
    response = client.get(f"/api/v1/sites.geojson{query}")
    assert response.status_code == 200, response.content
    return json.loads(b"".join(response.streaming_content))


def codes(body):
    return sorted(feature["properties"]["code"] for feature in body["features"])


@pytest.mark.parametrize(
    "role", ["district_planner", "township_officer", "company_member", "evaluator"]
)
def test_the_stream_holds_the_rows_that_the_role_lists(world, client, role):
    user = world.users[role]
    client.force_login(user)
    seen = ProjectSite.objects.visible_to(user).values_list("code", flat=True)
    assert codes(collection(client)) == sorted(seen)


def test_a_filter_narrows_the_stream(world, client):
    client.force_login(world.users["district_planner"])
    assert codes(collection(client, "?kind=housing")) == ["HOUSE-1"]
    assert codes(collection(client, "?kind=housing&state=proposed")) == []


def test_properties_are_flat_typed_and_those_of_the_kind(world, client):
    client.force_login(world.users["district_planner"])
    (feature,) = collection(client, "?kind=housing")["features"]
    assert feature["id"] == str(world.house.pk)
    assert feature["geometry"] == {"type": "Point", "coordinates": [117.06, 31.06]}
    shown = feature["properties"]
    assert shown["danger_grade"] == "D"
    assert shown["year"] == 2023
    assert shown["township_name"] == "青溪镇"
    assert shown["planned_start"] is None
    assert "route_code" not in shown
    assert "household_reference" not in shown


def test_texts_that_json_must_escape_come_through(world, client):
    client.force_login(world.users["district_planner"])
    name = 'a "quoted" \\ name\nwith\ttab \x01 and 引号“”'
    ProjectSiteFactory(code="ODD", name=name, area=world.villages[0])
    (feature,) = collection(client, "?q=ODD")["features"]
    assert feature["properties"]["name"] == name


def test_fields_are_chosen_by_name_and_unknown_ones_refused(world, client):
    client.force_login(world.users["district_planner"])
    body = collection(client, "?fields=name,code&kind=housing")
    assert list(body["features"][0]["properties"]) == ["name", "code"]
    for bad in ("nonsense", "planned_geometry", "household__note"):
        response = client.get(f"/api/v1/sites.geojson?fields={bad}")
        assert response.status_code == 400
        assert response["Content-Type"] == "application/problem+json"


def test_household_references_go_only_to_the_office(world, client):
    client.force_login(world.users["township_officer"])
    body = collection(client, "?kind=housing&fields=code,household_reference")
    assert body["features"][0]["properties"]["household_reference"] == "H-SECRET-1"
    client.force_login(world.users["company_member"])
    response = client.get("/api/v1/sites.geojson?fields=code,household_reference")
    assert response.status_code == 400


def test_exterior_rings_run_counter_clockwise_and_roads_keep_their_direction(world, client):
    client.force_login(world.users["district_planner"])
    clockwise = Polygon(
        ((117, 31), (117, 31.01), (117.01, 31.01), (117.01, 31), (117, 31)), srid=4490
    )
    ProjectSiteFactory(
        code="RING", kind="village_centre", area=world.villages[0], planned_geometry=clockwise
    )
    road = line((117.09, 31.05), (117.01, 31.01), (117.02, 31.09), (117.09, 31.05))
    ProjectSiteFactory(code="LOOP", area=world.villages[0], planned_geometry=road)
    ring = collection(client, "?q=RING")["features"][0]["geometry"]["coordinates"][0]
    twice_area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
    assert twice_area > 0
    loop = collection(client, "?q=LOOP")["features"][0]["geometry"]["coordinates"]
    assert loop == [[117.09, 31.05], [117.01, 31.01], [117.02, 31.09], [117.09, 31.05]]


def test_an_empty_collection_is_valid_json(world, client):
    client.force_login(world.users["district_planner"])
    body = collection(client, "?year=1999")
    assert body == {"type": "FeatureCollection", "name": "sites", "features": []}


def test_many_rows_come_in_several_pieces_from_one_statement(
    world, client, django_assert_max_num_queries
):
    for number in range(ROWS_A_CHUNK + 5):
        ProjectSiteFactory(code=f"MANY-{number}", area=world.villages[0])
    client.force_login(world.users["district_planner"])
    with django_assert_max_num_queries(10):
        response = client.get("/api/v1/sites.geojson?q=MANY")
        pieces = list(response.streaming_content)
    assert len(pieces) >= 4
    assert len(json.loads(b"".join(pieces))["features"]) == ROWS_A_CHUNK + 5


@pytest.mark.parametrize("query", ["?year=x", "?bbox=1,2,3", "?kind=castle", "?q=%00"])
def test_a_bad_filter_is_a_problem_and_no_half_answer(world, client, query):
    client.force_login(world.users["district_planner"])
    response = client.get(f"/api/v1/sites.geojson{query}")
    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"


def test_without_signing_in_there_is_no_stream(world, client):
    assert client.get("/api/v1/sites.geojson").status_code == 401


def test_somebody_without_a_role_gets_an_empty_collection(world, client):
    client.force_login(UserFactory())
    assert collection(client)["features"] == []
    assert client.get("/api/v1/sites.gpkg").status_code == 200
    assert client.get("/api/v1/tiles/sites/3/6/3.mvt").status_code == 204
    assert client.get("/api/v1/sites/counts").json()["total"] == 0
    assert "bounds" not in client.get("/api/v1/tiles/areas.json").json()
