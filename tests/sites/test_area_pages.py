"""The pages of townships: numbers that lead to exactly the sites behind them."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.test import Client
from django.utils.html import escape

from sites.kinds import Kind, Role, State
from tests.factories import ProjectSiteFactory

STATEMENTS = 26
pytestmark = pytest.mark.django_db


@pytest.fixture
def town(world):
    """The first township with a late road, two finished ones and a house."""
    village, programme = world.villages[0], world.programme
    for code, state, extra in (
        ("T-1", State.ACCEPTED, {"declared_length_m": Decimal(2000)}),
        ("T-2", State.CLOSED, {"declared_length_m": Decimal(1000), "year": 2022}),
        ("T-3", State.UNDER_CONSTRUCTION, {"planned_finish": datetime.date(2020, 1, 1)}),
    ):
        ProjectSiteFactory(
            code=code,
            area=village,
            programme=programme,
            state=state,
            detail={"road_class": "village"},
            **extra,
        )
    return world.townships[0]


@pytest.fixture
def as_role(world):
    def client_of(role):
        client = Client(headers={"accept-language": "en"})
        client.force_login(world.users[role])
        return client

    return client_of


def test_every_number_of_the_matrix_opens_exactly_its_sites(town, as_role):
    client = as_role("district_planner")
    answer = client.get(f"/areas/{town.code}/")
    page, summary = answer.content.decode(), answer.context["summary"]
    assert summary.matrix[Kind.ROAD][State.UNDER_CONSTRUCTION] == 2
    for kind, row in summary.matrix.items():
        for state, number in row.items():
            address = f"/sites/?area={town.code}&kind={kind}&state={state}"
            assert (escape(address) in page) == bool(number)
            assert client.get(address).context["count"].number == number


def test_mileage_is_told_by_class_with_its_difference(town, as_role):
    answer = as_role("district_planner").get(f"/areas/{town.code}/")
    (village, unknown) = answer.context["classes"]
    assert (village.road_class, village.every.sites, village.finished.sites) == ("village", 3, 2)
    assert village.every.declared_m == Decimal("3000.0")
    assert (unknown.road_class, unknown.every.sites) == ("", 1)
    assert "2 roads declare no length" in answer.content.decode()


def test_a_year_narrows_every_number(town, as_role):
    answer = as_role("district_planner").get(f"/areas/{town.code}/?year=2022")
    assert answer.context["summary"].tally.sites == 1
    assert escape(f"/sites/?year=2022&area={town.code}&delay=red") in answer.content.decode()


def test_the_latest_site_is_named_first(town, as_role):
    late = as_role("district_planner").get(f"/areas/{town.code}/").context["summary"].late
    assert [site.code for site in late] == ["T-3"]
    assert late[0].delay == "red"


def test_villages_and_townships_sum_to_the_whole(town, as_role):
    client = as_role("district_planner")
    context = client.get(f"/areas/{town.code}/").context
    assert sum(row.tally.sites for row in context["villages"]) == context["summary"].tally.sites
    context = client.get("/areas/340199/").context
    assert sum(row.tally.sites for row in context["townships"]) == context["summary"].tally.sites


def test_a_unit_out_of_scope_is_not_there(world, as_role):
    for role in Role.values:
        wide = role in {Role.DISTRICT_PLANNER, Role.EVALUATOR}
        client = as_role(role)
        for code, expected in (
            ("340199100", 200),
            ("340199100201", 200),
            ("340199101", 200 if wide else 404),
            ("340198100", 404),
            ("340199999", 404),
            ("x", 404),
        ):
            assert client.get(f"/areas/{code}/").status_code == expected, (role, code)


def test_an_officer_reads_the_own_township_alone(town, as_role):
    rows = as_role("township_officer").get("/areas/").context["rows"]
    assert [(row.area.code, row.tally.sites) for row in rows] == [("340199100", 5)]


def test_the_page_takes_a_bounded_number_of_statements(
    town, as_role, django_assert_max_num_queries
):
    client = as_role("district_planner")
    with django_assert_max_num_queries(STATEMENTS):
        client.get(f"/areas/{town.code}/")
    with django_assert_max_num_queries(STATEMENTS):
        client.get("/areas/")
