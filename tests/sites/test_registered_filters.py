"""Parameters that apps add to the filter of sites, at every door of the service."""

from __future__ import annotations

import datetime

import pytest
from django.db.models import Q, TextChoices
from django.http import QueryDict
from django.test import Client

from sites import filters
from sites.access import Scope
from sites.filter_choices import chips, filter_choices
from sites.filter_parameter import Control, Parameter, chosen
from sites.filters import ParameterError, SiteFilter, parameter_names, register, registered
from sites.models import ProjectSite

pytestmark = pytest.mark.django_db


class Colour(TextChoices):
    RED = "red", "Red light"
    GREEN = "green", "Green light"


@pytest.fixture
def colour(monkeypatch, world):
    """A parameter of an app above that means the own site for red; gone after the test."""
    monkeypatch.setattr(filters, "_REGISTERED", dict(registered()))
    register(
        chosen(
            "colour",
            "Colour",
            Colour,
            lambda values, _day: Q(code="OWN-1") if "red" in values else ~Q(code="OWN-1"),
        )
    )


@pytest.fixture
def planner(world):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["district_planner"])
    return client


def test_a_name_is_given_once(colour):
    with pytest.raises(ValueError, match="exists"):
        register(Parameter("kind", "Kind", lambda _params: (), lambda _value, _day: Q()))


def test_it_is_part_of_the_one_address(colour):
    read = SiteFilter.from_query(QueryDict("colour=red&kind=road&colour=green"))
    assert read.to_query() == "kind=road&colour=green,red"
    assert read["colour"] == ("red", "green")
    assert read.replaced("colour", ()).to_query() == "kind=road"
    assert SiteFilter()["colour"] == ()
    assert len({read, SiteFilter.from_query(QueryDict("colour=red,green&kind=road"))}) == 1


def test_a_wrong_value_is_named(colour):
    with pytest.raises(ParameterError) as refusal:
        SiteFilter.from_query({"colour": "blue"})
    assert refusal.value.parameter == "colour"


@pytest.mark.parametrize(
    ("address", "count"),
    [
        ("/api/v1/sites?colour=red", lambda body: len(body["features"])),
        ("/api/v1/sites/counts?colour=red", lambda body: body["total"]),
        ("/api/v1/mileage?colour=red", lambda body: body["total"]["all"]["sites"]),
    ],
)
def test_the_api_takes_it(colour, planner, address, count, monkeypatch):
    from sites.api import sites as sites_api

    monkeypatch.setattr(sites_api.SiteResource, "parameters", parameter_names() | {"geometry"})
    assert count(planner.get(address).json()) == 1
    assert planner.get(address.replace("red", "blue")).status_code == 400


def test_the_list_offers_it_and_tells_what_is_chosen(colour, planner, world):
    page = planner.get("/sites/?colour=red").content.decode()
    assert "Colour: Red light" in page
    assert 'name="colour" value="red" checked' in page
    assert "OWN-1" in page
    assert "SIBLING-1" not in page


def test_the_map_is_told_of_it(colour, planner):
    added = planner.get("/").content.decode()
    assert '"name": "colour"' in added or '"name":"colour"' in added


@pytest.mark.parametrize(
    "address",
    [
        "/api/public/v1/sites?colour=red",
        "/api/public/v1/sites/counts?colour=red",
        "/api/public/v1/tiles/sites/8/211/104.mvt?colour=red",
    ],
)
def test_the_public_does_not_learn_by_it(colour, address):
    assert Client().get(address).status_code == 400


@pytest.mark.parametrize(
    ("query", "problem"),
    [
        ("finished_from=2026-13-01", "finished_from"),
        ("finished_to=yesterday", "finished_to"),
        ("quiet=perhaps", "quiet"),
        ("behind=2", "behind"),
        ("length_gap=far", "length_gap"),
    ],
)
def test_bad_values_of_our_own_parameters_are_named(planner, query, problem):
    answer = planner.get(f"/api/v1/sites/counts?{query}")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == problem
    assert planner.get(f"/sites/?{query}").status_code == 400


def test_sites_finished_in_a_time_are_found(world):
    sites = ProjectSite.objects
    sites.filter(pk=world.own.pk).update(actual_finish=datetime.date(2023, 6, 30))
    sites.filter(pk=world.sibling.pk).update(actual_finish=datetime.date(2023, 7, 1))
    query = {"finished_from": "2023-01-01", "finished_to": "2023-06-30"}
    assert list(SiteFilter.from_query(query).apply(sites.all())) == [world.own]


def test_days_and_yes_are_told_in_words(world):
    read = SiteFilter.from_query({"finished_from": "2023-01-01", "quiet": "1", "behind": "0"})
    told = [chip.label for chip in chips(read, filter_choices(Scope.internal(), read))]
    assert len(told) == 3
    controls = {asked.name: asked.control for asked in filter_choices(Scope.internal(), read).added}
    assert controls["finished_from"] == Control.DAY.value
