"""What organisations see and hold through agreements, and which agreement covers a place."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from assets.models import Asset
from maintenance.kinds import AgreementState, PartyRole
from maintenance.models import Agreement
from maintenance.parties import (
    agreement_covering,
    agreements_covering,
    office_of,
    organisation_for,
    roles_in,
)
from sites.access import Scope, scope_of
from sites.kinds import Role, Visibility
from sites.services import NotPermitted
from tests.factories import (
    RouteFactory,
    draft_agreement,
    member,
    move_agreement,
    section,
    signed_agreement,
)

TODAY = timezone.localdate()
YESTERDAY = TODAY - datetime.timedelta(days=1)


@pytest.fixture
def roads(world):
    """Two sections that nobody's ownership or handover opens to the companies."""
    route = RouteFactory()
    area = world.villages[0]
    return [
        section(route, 0, 1000, area, west=117.03, code="ROAD-A"),
        section(route, 1000, 2000, area, west=117.03, code="ROAD-B"),
    ]


@pytest.fixture
def rival(world):
    """A member of the second company."""
    return member(Role.COMPANY_MEMBER, organisations=[world.companies[1]], username="rival")


def seen(user):
    return set(Asset.objects.visible_to(user).values_list("code", flat=True)) & {"ROAD-A", "ROAD-B"}


def test_each_company_sees_what_its_own_agreement_covers(world, roads, rival):
    signed_agreement(world, assets=[roads[0]])
    signed_agreement(world, assets=[roads[1]], executor=world.companies[1])
    assert seen(world.users["company_member"]) == {"ROAD-A"}
    assert seen(rival) == {"ROAD-B"}
    assert seen(world.users["association_member"]) == {"ROAD-A", "ROAD-B"}


def test_two_companies_on_one_section_see_the_section_and_not_each_others_agreement(
    world, roads, rival
):
    first = signed_agreement(world, assets=[(roads[0], 0, 500)])
    second = signed_agreement(
        world, assets=[(roads[0], 500, 1000)], executor=world.companies[1], supervisor=None
    )
    assert seen(rival) == {"ROAD-A"}
    assert list(Agreement.objects.visible_to(rival)) == [second]
    assert list(Agreement.objects.visible_to(world.users["association_member"])) == [first]


@pytest.mark.parametrize("state", ["draft", "negotiating"])
def test_an_agreement_that_is_not_signed_opens_no_asset(world, roads, state):
    agreement = draft_agreement(world, assets=[roads[0]])
    if state != "draft":
        move_agreement(agreement, state)
    assert seen(world.users["company_member"]) == set()


def test_a_signed_agreement_that_comes_opens_its_assets(world, roads):
    signed_agreement(
        world,
        assets=[roads[0]],
        starts_on=TODAY + datetime.timedelta(days=30),
        ends_on=TODAY + datetime.timedelta(days=300),
    )
    assert seen(world.users["company_member"]) == {"ROAD-A"}


def test_an_agreement_that_is_over_opens_nothing(world, roads):
    signed_agreement(
        world,
        assets=[roads[0]],
        starts_on=TODAY - datetime.timedelta(days=300),
        ends_on=YESTERDAY,
    )
    assert seen(world.users["company_member"]) == set()


def test_a_termination_counts_from_the_next_request(world, roads):
    agreement = signed_agreement(world, assets=[roads[0]])
    assert seen(world.users["company_member"]) == {"ROAD-A"}
    move_agreement(agreement, AgreementState.TERMINATED, ended_on=YESTERDAY)
    assert seen(world.users["company_member"]) == set()
    assert agreement in Agreement.objects.visible_to(world.users["company_member"])


def test_a_role_that_ends_closes_the_assets_of_the_agreement(world, roads):
    signed_agreement(world, assets=[roads[0]])
    user = world.users["company_member"]
    user.memberships.update(valid_to=TODAY)
    assert seen(user) == set()


def test_restricted_assets_stay_closed_even_under_an_agreement(world, roads):
    signed_agreement(world, assets=[roads[0]])
    Asset.objects.filter(code="ROAD-A").update(visibility=Visibility.RESTRICTED)
    assert seen(world.users["company_member"]) == set()


def test_roles_are_those_of_the_scope_s_own_organisations(world, roads):
    agreement = signed_agreement(world, assets=roads)
    scope = scope_of(world.users["company_member"])
    assert roles_in(scope, agreement) == {PartyRole.EXECUTOR}
    assert organisation_for(scope, agreement, PartyRole.EXECUTOR) == world.companies[0]
    for stranger in (Scope.internal(), scope_of(world.users["district_planner"])):
        assert roles_in(stranger, agreement) == frozenset()
    with pytest.raises(NotPermitted):
        organisation_for(scope, agreement, PartyRole.SUPERVISOR)
    with pytest.raises(NotPermitted):
        organisation_for(Scope.internal(), agreement, PartyRole.SUPERVISOR)


def test_the_office_acts_by_area(world):
    officer = scope_of(world.users["township_officer"])
    assert office_of(officer, "340199100201") == Role.TOWNSHIP_OFFICER
    assert office_of(officer, "340199101201") is None
    assert office_of(scope_of(world.users["evaluator"]), "340199100201") is None
    planner = scope_of(world.users["district_planner"])
    assert office_of(planner, "340199101201") == Role.DISTRICT_PLANNER


def test_the_agreement_of_a_place_is_found_by_chainage(world, roads):
    first = signed_agreement(world, assets=[(roads[0], 0, 500)])
    second = signed_agreement(world, assets=[(roads[0], 500, 900)], executor=world.companies[1])
    found = {
        metre: agreement_covering(roads[0], on=TODAY, chainage_m=Decimal(metre))
        for metre in (0, 499, 500, 900, 950)
    }
    assert found == {0: first, 499: first, 500: second, 900: second, 950: None}
    assert agreement_covering(roads[0], on=TODAY) == first
    assert agreement_covering(roads[0], on=TODAY, task="greening") is None
    assert agreement_covering(roads[0], on=first.starts_on - datetime.timedelta(days=1)) is None


def test_many_places_need_one_query(world, roads):
    agreement = signed_agreement(world, assets=roads)
    places = [(road.pk, None) for road in roads] + [(roads[1].pk, Decimal(1500))]
    with CaptureQueriesContext(connection) as queries:
        found = agreements_covering(places, on=TODAY)
    assert set(found) == set(places)
    assert set(found.values()) == {agreement}
    assert len(queries) == 1
