"""Tiles hold exactly the rows of the list, for every role and filter."""

import math

import mapbox_vector_tile
import pytest

from maps.layers import LAYERS
from sites.access import scope_of
from sites.filters import SiteFilter
from sites.models import ProjectSite

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
