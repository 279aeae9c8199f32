"""Tiles of assets and of their upkeep hold what the viewer may see, and no competitor's work."""

from __future__ import annotations

import datetime
import math
from decimal import Decimal

import mapbox_vector_tile
import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from assets.filters import AssetFilter
from assets.models import Asset
from sites.access import scope_of
from tests.factories import AssetFactory, ClosureFactory, StructureFactory
from tests.factories.field import reported
from tests.factories.maintenance import move_agreement, signed_agreement
from tests.factories.orders import issued_order
from tests.maps.test_tiles import ROLES

pytestmark = pytest.mark.django_db
UPKEEP = ("assets", "road_sections", "structures", "closures", "defects", "work_orders")


def listed(viewer, **params):
    """Identifiers of the assets that the list gives for a filter."""
    assets = Asset.objects.visible_to(scope_of(viewer))
    found = AssetFilter.from_query(params).apply(assets)
    return {str(pk) for pk in found.values_list("pk", flat=True)}


def tiles(zoom):
    """The tiles of a zoom in which the world's assets lie: 117.05 to 117.6 east, 31.05 north."""
    side = 2**zoom

    def row(lat):
        return int((1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2 * side)

    columns = range(int((117.04 + 180) / 360 * side), int((117.56 + 180) / 360 * side) + 1)
    return [(zoom, x, y) for x in columns for y in range(row(31.07), row(31.04) + 1)]


def features(client, layer, zoom=12, *, part="", query="", door="/api/v1"):
    """Properties of the features of a layer of those tiles."""
    found = []
    for z, x, y in tiles(zoom):
        response = client.get(f"{door}/tiles/{layer}/{z}/{x}/{y}.mvt{query}")
        assert response.status_code in (200, 204), response.content
        decoded = mapbox_vector_tile.decode(response.content) if response.content else {}
        held = decoded.get(part or layer, {"features": []})["features"]
        found.extend(feature["properties"] for feature in held)
    return found


def ids(client, layer, zoom=12, **options):
    """Identifiers of the features of a layer."""
    return {feature["id"] for feature in features(client, layer, zoom, **options)}


def property_of(client, asset, name, zoom=12):
    """A property of one asset in its tile."""
    return next(f[name] for f in features(client, "assets", zoom) if f["id"] == str(asset.pk))


@pytest.mark.parametrize("role", ROLES)
def test_a_tile_holds_the_assets_that_the_role_lists(world, client, role):
    signed_agreement(world, assets=[world.own_asset])
    client.force_login(world.users[role])
    assert ids(client, "assets", 12) == listed(world.users[role])


def test_a_filter_narrows_tiles_of_assets_as_it_narrows_their_list(world, client):
    planner = world.users["district_planner"]
    client.force_login(planner)
    signed_agreement(world, assets=[world.own_asset])
    for params in ({"kind": "road"}, {"gap": "no_agreement"}, {"gap": "any"}, {"kind": "housing"}):
        query = "?" + "&".join(f"{name}={value}" for name, value in params.items())
        assert ids(client, "assets", 12, query=query) == listed(planner, **params), params
    assert client.get("/api/v1/tiles/assets/9/422/209.mvt?gap=castle").status_code == 400


def test_the_covered_stretch_is_green_on_the_map(world, client):
    client.force_login(world.users["township_officer"])
    assert property_of(client, world.own_asset, "gap") == "no_agreement"
    signed_agreement(world, assets=[world.own_asset])
    assert property_of(client, world.own_asset, "gap") == "none"
    assert property_of(client, world.own_asset, "gap", zoom=9) == "none"


def test_counted_groups_say_how_many_assets_lack_something(world, client):
    client.force_login(world.users["district_planner"])
    groups = features(client, "assets", 9, part="assets_clusters")
    points = listed(world.users["district_planner"]) - listed(
        world.users["district_planner"], kind="road"
    )
    assert sum(group["count"] for group in groups) == len(points)
    # Nobody signs agreements on houses: they lack nothing and are not managed either.
    assert sum(group["gaps"] + group["managed"] for group in groups) == 0
    works = AssetFactory(kind="water_works", area=world.villages[0])
    groups = features(client, "assets", 9, part="assets_clusters")
    assert sum(group["gaps"] for group in groups) == 1, works


def test_only_parties_and_the_office_see_work_on_a_shared_road(world, client):
    half = Decimal(500)
    own = signed_agreement(world, assets=[(world.own_asset, 0, half)])
    other = signed_agreement(world, assets=[(world.own_asset, half, 1200)], index=1)
    mine = issued_order(world, own, start_m=Decimal(0), end_m=Decimal(100))
    theirs = issued_order(world, other, start_m=Decimal(600), end_m=Decimal(700))
    near = reported(world, chainage_m=Decimal(100))
    far = reported(world, chainage_m=Decimal(700))
    client.force_login(world.users["company_member"])
    assert ids(client, "work_orders") == {str(mine.pk)}
    assert ids(client, "defects") == {str(near.pk)}
    assert sum(g["count"] for g in features(client, "defects", 9, part="defects_clusters")) == 1
    client.force_login(world.users["township_officer"])
    assert ids(client, "work_orders") == {str(mine.pk), str(theirs.pk)}
    assert ids(client, "defects") == {str(near.pk), str(far.pk)}


def test_a_body_is_not_told_of_defects_on_a_competitors_stretch(world, client):
    signed_agreement(world, assets=[(world.own_asset, 0, 500)])
    signed_agreement(world, assets=[(world.own_asset, 500, 1200)], index=1)
    reported(world, chainage_m=Decimal(700))
    client.force_login(world.users["company_member"])
    assert property_of(client, world.own_asset, "has_defects") is False
    client.force_login(world.users["township_officer"])
    assert property_of(client, world.own_asset, "has_defects") is True


def test_what_an_agreement_showed_is_gone_when_it_ends(world, client):
    agreement = signed_agreement(
        world, assets=[world.sibling_asset], index=1, executor=world.companies[0]
    )
    client.force_login(world.users["company_member"])
    assert str(world.sibling_asset.pk) in ids(client, "assets")
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    move_agreement(agreement, "terminated", ended_on=yesterday)
    assert str(world.sibling_asset.pk) not in ids(client, "assets")


def test_tilejson_has_no_bounds_of_what_the_caller_does_not_see(world, client):
    issued_order(world, signed_agreement(world, assets=[world.own_asset]))
    for role in ("evaluator", "cooperative_member"):
        client.force_login(world.users[role])
        for layer in UPKEEP:
            body = client.get(f"/api/v1/tiles/{layer}.json").json()
            assert ("bounds" in body) == bool(ids(client, layer)), (role, layer)


def test_open_defects_and_orders_are_shown_until_a_state_is_asked_for(world, client):
    client.force_login(world.users["township_officer"])
    defect = reported(world)
    assert ids(client, "defects", query="?state=closed") == set()
    assert ids(client, "defects", query="?state=verified,reported") == {str(defect.pk)}
    assert client.get("/api/v1/tiles/defects/9/422/209.mvt?state=lost").status_code == 400


def test_closures_are_lines_until_they_end(world, client):
    today, day = timezone.localdate(), datetime.timedelta(days=1)
    now = ClosureFactory(asset=world.own_asset, from_date=today, until_date=today + day)
    coming = ClosureFactory(asset=world.own_asset, from_date=today + 9 * day, until_date=None)
    ClosureFactory(asset=world.own_asset, from_date=today - 9 * day, until_date=today - day)
    client.force_login(world.users["township_officer"])
    for zoom in (9, 12):
        seen = {f["id"]: f["current"] for f in features(client, "closures", zoom)}
        assert seen == {str(now.pk): True, str(coming.pk): False}


def test_structures_come_with_zoom_13(world, client):
    bridge = StructureFactory(asset=world.own_asset, point=Point(117.055, 31.05, srid=4490))
    client.force_login(world.users["township_officer"])
    assert ids(client, "structures", 12) == set()
    assert ids(client, "structures", 13) == {str(bridge.pk)}


def test_the_public_sees_public_assets_and_announced_closures_alone(world, client):
    told = ClosureFactory(asset=world.public_asset)
    ClosureFactory(asset=world.public_asset, is_public=False)
    ClosureFactory(asset=world.own_asset)
    door = "/api/public/v1"
    found = features(client, "assets", 12, door=door)
    assert {feature["id"] for feature in found} == {str(world.public_asset.pk)}
    assert {"gap", "has_defects"} & set(found[0]) == set()
    assert ids(client, "closures", door=door) == {str(told.pk)}
    for layer in ("defects", "work_orders", "assets_housing", "agreement_scopes"):
        assert client.get(f"{door}/tiles/{layer}/9/422/209.mvt").status_code == 404
        assert client.get(f"{door}/tiles/{layer}.json").status_code == 404
    for query in ("gap=any", "lacks=no_money", "owner=1", "upkeep_party=1"):
        assert client.get(f"{door}/tiles/assets/9/422/209.mvt?{query}").status_code == 400
        assert client.get(f"{door}/assets/counts?{query}").status_code == 400
    fields = client.get(f"{door}/tiles/assets.json").json()["vector_layers"][0]["fields"]
    assert "gap" not in fields


def test_counts_of_assets_are_those_of_the_list(world, client):
    signed_agreement(world, assets=[world.own_asset])
    for role in ROLES:
        client.force_login(world.users[role])
        body = client.get("/api/v1/assets/counts").json()
        assert body["total"] == len(listed(world.users[role]))
        assert sum(body["gap"].values()) == body["total"]
        assert body["gap"].get("none", 0) == len(listed(world.users[role], gap="none"))
    assert client.get("/api/v1/assets/counts?colour=red").status_code == 400
