"""Who sees which site."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from sites.access import Scope, scope_of
from sites.models import HouseholdRecord, Membership, ProjectSite
from tests.factories import member

VISIBLE = {
    "district_planner": {"OWN-1", "SIBLING-1", "PUBLIC-1", "HOUSE-1"},
    "township_officer": {"OWN-1", "HOUSE-1"},
    "company_member": {"OWN-1", "HOUSE-1"},
    "association_member": {"OWN-1", "HOUSE-1"},
    "cooperative_member": {"OWN-1", "HOUSE-1"},
    "evaluator": {"OWN-1", "SIBLING-1", "PUBLIC-1", "HOUSE-1"},
}


@pytest.mark.parametrize("role", VISIBLE)
def test_each_role_sees_exactly_its_sites(world, role):
    seen = ProjectSite.objects.visible_to(world.users[role]).values_list("code", flat=True)
    assert set(seen) == VISIBLE[role]


def test_the_public_sees_only_published_sites(world):
    seen = ProjectSite.objects.visible_to(AnonymousUser()).values_list("code", flat=True)
    assert set(seen) == {"PUBLIC-1"}


@pytest.mark.parametrize("role", VISIBLE)
def test_household_rows_are_for_the_office_in_scope(world, role):
    seen = HouseholdRecord.objects.visible_to(world.users[role]).exists()
    assert seen is (role in {"district_planner", "township_officer"})


def test_a_membership_that_has_ended_opens_nothing(world):
    user = world.users["district_planner"]
    Membership.objects.filter(user=user).update(valid_to=datetime.date(2021, 1, 1))
    assert not ProjectSite.objects.visible_to(user).exists()


def test_a_scope_takes_one_query_with_its_places(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        scope = scope_of(world.users["district_planner"])
    assert scope.area_codes() == ("340199",)


def test_users_with_equal_rows_share_a_cache_key_and_others_do_not(world):
    keys = [scope_of(user).cache_key() for user in world.users.values()]
    keys += [Scope.public().cache_key(), Scope.internal().cache_key()]
    assert len(set(keys)) == len(keys)
    colleague = member("township_officer", areas=[world.townships[0]], username="colleague")
    assert scope_of(colleague).cache_key() in keys
