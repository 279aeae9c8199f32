"""Tiles of upkeep learn of its changes from marks of their own."""

from __future__ import annotations

import pytest

from assets.models import Asset
from maps.subjects.subject import UPKEEP_MARKS
from maps.tiles import TILES
from sites.data_version import current_version
from tests.factories import ClosureFactory, build_world
from tests.factories.field import reported
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import issued_order
from tests.maps.test_freshness import Door

pytestmark = pytest.mark.django_db(transaction=True)
TILE = "/api/v1/tiles/assets/9/422/209.mvt"


@pytest.fixture
def shared_world(transactional_db):
    TILES.clear()
    return build_world()


def test_a_change_of_upkeep_leaves_the_tiles_of_sites_alone(shared_world):
    sites, upkeep = current_version(), current_version(UPKEEP_MARKS)
    Asset.objects.filter(pk=shared_world.own_asset.pk).update(note="repaired")
    assert current_version() == sites
    assert current_version(UPKEEP_MARKS) != upkeep


def test_a_signed_agreement_is_on_the_map_with_the_next_request(shared_world, client):
    client.force_login(shared_world.users["company_member"])
    door = Door(client.cookies["sessionid"].value)
    before = [client.get(TILE).content, door.get(TILE)[1]]
    signed_agreement(
        shared_world, assets=[shared_world.sibling_asset], executor=shared_world.companies[0]
    )
    after = [client.get(TILE).content, door.get(TILE)[1]]
    assert before[0] == before[1] != after[0] == after[1]
    assert door.passed == 0


def test_the_short_way_gives_what_the_ordinary_way_gives(shared_world, client):
    issued_order(shared_world, signed_agreement(shared_world, assets=[shared_world.own_asset]))
    reported(shared_world)
    ClosureFactory(asset=shared_world.own_asset)
    client.force_login(shared_world.users["company_member"])
    door = Door(client.cookies["sessionid"].value)
    for layer in ("assets", "structures", "closures", "defects", "work_orders"):
        for query in ("", "?area=340199", "?area=12"):
            path = f"/api/v1/tiles/{layer}/9/422/209.mvt{query}"
            ordinary = client.get(path)
            assert door.get(path)[:2] == (ordinary.status_code, ordinary.content), path
    assert door.passed == 0
    assert door.get("/api/v1/tiles/assets/9/422/209.mvt?gap=castle")[0] == 299
