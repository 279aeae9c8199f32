"""Tiles hold exactly the rows of the list, for every role and filter."""

import datetime
import gzip
import math

import mapbox_vector_tile
import pytest
from django.contrib.gis.geos import Point

from maps.layers import LAYERS
from sites.access import scope_of
from sites.filters import SiteFilter
from sites.models import ProjectSite
from tests.factories import ProjectSiteFactory, polygon

pytestmark = pytest.mark.django_db
WEST, SOUTH, EAST, NORTH = 117.0, 31.0, 117.8, 31.2
ROLES = (
    "district_planner",
    "township_officer",
    "company_member",
    "association_member",
    "cooperative_member",
    "evaluator",
)


def addresses(zoom):
    """The tiles of a zoom that cover the two test districts."""

    def column(lon):
        return int((lon + 180) / 360 * 2**zoom)

    def row(lat):
        return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * 2**zoom)

    return [
        (zoom, x, y)
        for x in range(column(WEST), column(EAST) + 1)
        for y in range(row(NORTH), row(SOUTH) + 1)
    ]


def features(client, layer, zoom, *, part="", query="", door="/api/v1"):
    """Properties of all features of one layer of all tiles at a zoom."""
    found = []
    for z, x, y in addresses(zoom):
        response = client.get(f"{door}/tiles/{layer}/{z}/{x}/{y}.mvt{query}")
        assert response.status_code in (200, 204), response.content
        if response.status_code == 204:
            assert response.content == b""
            continue
        decoded = mapbox_vector_tile.decode(response.content)
        held = decoded.get(part or layer, {"features": []})["features"]
        found.extend(feature["properties"] for feature in held)
    return found


def listed(viewer, layer="sites", **params):
    """Identifiers that the list gives for the same filter."""
    sites = SiteFilter.from_query(params).apply(ProjectSite.objects.visible_to(scope_of(viewer)))
    kind = LAYERS[layer].kind
    return {str(pk) for pk in (sites.of_kind(kind) if kind else sites).values_list("pk", flat=True)}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("layer", ["sites", "roads", "housing"])
def test_a_tile_holds_the_rows_that_the_role_lists(world, client, role, layer):
    client.force_login(world.users[role])
    seen = {feature["id"] for feature in features(client, layer, 13)}
    assert seen == listed(world.users[role], layer)


def test_a_filter_narrows_tiles_as_it_narrows_the_list(world, client):
    planner = world.users["district_planner"]
    client.force_login(planner)
    filters = [
        {"kind": "road"},
        {"state": "accepted"},
        {"township": "340199101"},
        {"q": "OWN"},
        {"delay": "green", "year": "2023"},
        {"bbox": "117.2,31,117.4,31.2"},
        {"year": "1999"},
    ]
    for params in filters:
        query = "?" + "&".join(f"{name}={value}" for name, value in params.items())
        seen = {feature["id"] for feature in features(client, "sites", 12, query=query)}
        assert seen == listed(planner, **params), params


def test_features_carry_what_the_map_draws_and_names_from_zoom_14(world, client):
    client.force_login(world.users["district_planner"])
    far = next(f for f in features(client, "roads", 13) if f["id"] == str(world.own.pk))
    assert far == {
        "id": str(world.own.pk),
        "kind": "road",
        "state": "under_construction",
        "delay": "green",
        "road_class": "",
    }
    near = next(f for f in features(client, "roads", 14) if f["id"] == str(world.own.pk))
    assert (near["name"], near["code"]) == ("OWN-1路", "OWN-1")


@pytest.mark.parametrize("zoom", [3, 8, 11])
def test_counts_of_a_zoom_add_up_to_the_list(world, client, zoom):
    planner = world.users["district_planner"]
    for number in range(40):
        place = Point(117.0 + number / 50, 31.1, srid=4490)
        ProjectSiteFactory(
            code=f"POND-{number}",
            kind="water_works",
            area=world.villages[number % 2],
            planned_geometry=place,
            planned_finish=datetime.date(2020, 1, 1) if number < 10 else None,
        )
    for role in ROLES:
        client.force_login(world.users[role])
        found = features(client, "water_works", zoom, part="water_works_clusters")
        assert sum(f["count"] for f in found) == len(listed(world.users[role], "water_works"))
    client.force_login(planner)
    found = features(client, "sites", zoom, part="sites_clusters")
    assert sum(f["count"] for f in found) == len(listed(planner))
    assert sum(f["red"] for f in found) == len(listed(planner, delay="red")) == 10


def test_a_group_of_one_carries_the_site_itself(world, client):
    client.force_login(world.users["district_planner"])
    (single,) = features(client, "housing", 9, part="housing_clusters")
    assert (single["count"], single["id"]) == (1, str(world.house.pk))
    assert (single["kind"], single["state"]) == ("housing", "under_construction")


def test_low_zooms_show_roads_as_lines(world, client):
    client.force_login(world.users["district_planner"])
    seen = {feature["id"] for feature in features(client, "roads", 9)}
    assert seen == listed(world.users["district_planner"], "roads")


def test_a_site_too_small_for_the_grid_is_still_in_its_tile(world, client):
    client.force_login(world.users["district_planner"])
    tiny = ProjectSiteFactory(
        code="TINY",
        kind="village_centre",
        area=world.villages[0],
        planned_geometry=polygon(117.05, 31.05, 117.0500001, 31.0500001),
    )
    seen = {feature["id"] for feature in features(client, "village_centres", 12)}
    assert str(tiny.pk) in seen


def test_areas_show_the_units_in_force(world, client):
    client.force_login(world.users["evaluator"])
    codes = {feature["code"] for feature in features(client, "areas", 11)}
    assert {"340199", "340199100", "340199100201"} <= codes
    assert "340199100201" not in {f["code"] for f in features(client, "areas", 8)}


def test_the_public_sees_public_sites_and_no_housing_in_any_form(world, client):
    door = "/api/public/v1"
    seen = {feature["id"] for feature in features(client, "sites", 13, door=door)}
    assert seen == {str(world.public.pk)}
    counted = features(client, "sites", 9, part="sites_clusters", door=door)
    assert [cluster["count"] for cluster in counted] == [1]
    assert client.get(f"{door}/tiles/housing/9/0/0.mvt").status_code == 404
    assert client.get(f"{door}/tiles/housing.json").status_code == 404
    assert features(client, "sites", 13, query="?kind=housing", door=door) == []
    client.force_login(world.users["district_planner"])
    assert {f["id"] for f in features(client, "sites", 13, door=door)} == {str(world.public.pk)}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("sites/23/0/0.mvt", 400),
        ("sites/3/8/0.mvt", 400),
        ("sites/3/0/8.mvt", 400),
        ("sites/-1/0/0.mvt", 400),
        ("sites/a/b/c.mvt", 400),
        ("sites/1e3/0/0.mvt", 400),
        ("sites/٣/0/0.mvt", 400),
        ("sites/3/99999999999999999999/0.mvt", 400),
        ("sites/3/0/0.mvt?year=never", 400),
        ("sites/3/0/0.mvt?bbox=nan,0,1,1", 400),
        ("castles/3/0/0.mvt", 404),
        ("castles.json", 404),
        ("sites.json?kind=castle", 400),
    ],
)
def test_a_bad_address_is_a_problem(world, client, path, status):
    client.force_login(world.users["district_planner"])
    response = client.get(f"/api/v1/tiles/{path}")
    assert response.status_code == status
    assert response["Content-Type"] == "application/problem+json"


def test_without_signing_in_there_are_no_tiles(world, client):
    assert client.get("/api/v1/tiles/sites/3/6/3.mvt").status_code == 401
    assert client.get("/api/v1/tiles/sites.json").status_code == 401
    assert client.get("/api/v1/sites/counts").status_code == 401


def test_tilejson_tells_layers_and_the_bounds_of_what_the_viewer_sees(world, client):
    client.force_login(world.users["township_officer"])
    body = client.get("/api/v1/tiles/sites.json?kind=road").json()
    assert body["tilejson"] == "3.0.0"
    assert body["tiles"] == ["http://testserver/api/v1/tiles/sites/{z}/{x}/{y}.mvt?kind=road"]
    assert body["bounds"] == pytest.approx([117.05, 31.05, 117.07, 31.06], abs=1e-5)
    assert [layer["id"] for layer in body["vector_layers"]] == ["sites", "sites_clusters"]
    nothing = client.get("/api/v1/tiles/sites.json?year=1999").json()
    assert "bounds" not in nothing


def test_a_tile_says_when_the_copy_is_good_and_is_packed_when_that_helps(world, client):
    client.force_login(world.users["district_planner"])
    address = next(
        f"/api/v1/tiles/roads/{z}/{x}/{y}.mvt"
        for z, x, y in addresses(13)
        if client.get(f"/api/v1/tiles/roads/{z}/{x}/{y}.mvt").status_code == 200
    )
    first = client.get(address)
    assert first["Cache-Control"] == "private, no-cache"
    again = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    for number in range(30):
        ProjectSiteFactory(code=f"R-{number}", area=world.villages[0])
    packed = client.get(address, headers={"accept-encoding": "gzip"})
    plain = client.get(address)
    assert packed["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content != first.content
