"""Who sees which asset."""

from __future__ import annotations

import pytest

from assets.models import Asset, RoadSection
from sites.access import Scope
from tests.factories import AssetFactory

SEEN = {
    "district_planner": {"OWN-A", "SIBLING-A", "PUBLIC-A", "HOUSE-A"},
    "township_officer": {"OWN-A", "HOUSE-A"},
    "company_member": {"OWN-A"},
    "association_member": set(),
    "cooperative_member": {"OWN-A"},
    "evaluator": {"OWN-A", "SIBLING-A", "PUBLIC-A"},
}


@pytest.mark.parametrize("role", SEEN)
def test_each_role_sees_the_assets_of_its_areas_or_organisations(world, role):
    seen = Asset.objects.visible_to(world.users[role]).values_list("code", flat=True)

    assert set(seen) == SEEN[role]


@pytest.mark.parametrize("role", ["company_member", "evaluator"])
def test_a_restricted_asset_is_seen_by_the_office_alone(world, role):
    asset = AssetFactory(area=world.villages[0], visibility="restricted", owner=world.companies[0])

    assert asset not in Asset.objects.visible_to(world.users[role])
    assert asset in Asset.objects.visible_to(world.users["township_officer"])


def test_the_public_sees_public_assets_and_their_sections(world):
    assert {a.code for a in Asset.objects.visible_to(Scope.public())} == {"PUBLIC-A"}
    assert {s.asset.code for s in RoadSection.objects.visible_to(Scope.public())} == {"PUBLIC-A"}
