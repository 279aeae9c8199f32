"""Mileage equals an independent measurement, and each number leads to its sites."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pyproj import Geod

from sites.access import Scope, scope_of
from sites.filters import SiteFilter
from sites.kinds import State
from sites.mileage import Lengths, filter_of, mileage
from sites.models import ProjectSite
from tests.factories import ProjectSiteFactory, line

CGCS2000 = Geod(a=6378137.0, rf=298.257222101)
pytestmark = pytest.mark.django_db


@pytest.fixture
def roads(world):
    """Winding roads of three classes in two townships; one declares nothing."""
    classes = ("county", "township", "village")
    for number in range(12):
        start = 117.02 + number * 0.012 + (0.2 if number % 2 else 0)
        points = [(start + i * 0.0013, 31.03 + ((i * 7) % 5) * 0.0009) for i in range(20)]
        ProjectSiteFactory(
            code=f"ROAD-{number:02d}",
            area=world.villages[number % 2],
            programme=world.programme,
            planned_geometry=line(*points),
            declared_length_m=None if number == 11 else Decimal("2500.0"),
            state=State.ACCEPTED if number < 4 else State.UNDER_CONSTRUCTION,
            detail={"road_class": classes[number % 3]},
        )
    return SiteFilter(q="ROAD-")


def _geodesic_m(site):
    lon, lat = zip(*(site.actual_geometry or site.planned_geometry).tuple, strict=True)
    return CGCS2000.line_length(lon, lat)


def test_lengths_agree_with_an_independent_measurement(roads):
    found = mileage(Scope.internal(), roads).total.every
    measured = sum(map(_geodesic_m, ProjectSite.objects.filter(code__startswith="ROAD-")))
    assert found.measured_m == pytest.approx(measured, rel=1e-3)
    assert found.declared_m == Decimal("27500.0")


def test_a_road_without_declared_length_makes_no_difference(roads):
    found = mileage(Scope.internal(), roads).total.every
    undeclared = ProjectSite.objects.get(code="ROAD-11").measured_length_m
    assert found.undeclared == 1
    assert found.difference_m == pytest.approx(found.measured_m - undeclared - 27500)


def test_the_numbers_take_one_statement(roads, django_assert_num_queries):
    with django_assert_num_queries(1):
        mileage(Scope.internal(), roads, with_identifiers=True)


def test_finished_roads_are_a_part_of_all(roads):
    total = mileage(Scope.internal(), roads).total
    assert (total.every.sites, total.finished.sites) == (12, 4)
    assert total.finished.declared_m == Decimal("10000.0")


def test_townships_and_classes_each_sum_to_the_total(roads):
    found = mileage(Scope.internal(), roads)
    for rows in (found.rows, found.by_township(), found.by_class()):
        assert sum((row.every for row in rows), Lengths()).sites == found.total.every.sites
    assert [row.road_class for row in found.by_class()] == ["county", "township", "village"]


def test_an_officer_gets_the_own_township_alone(world, roads):
    scope = scope_of(world.users["township_officer"])
    assert {row.township_code for row in mileage(scope, roads).rows} == {"340199100"}


def test_the_link_of_a_row_lists_exactly_its_sites(world, roads):
    client = Client()
    client.force_login(world.users["district_planner"])
    answer = client.get("/api/v1/mileage?q=ROAD-").json()
    assert len(answer["rows"]) == 6
    for row in answer["rows"]:
        listed = client.get(row["sites_url"]).json()["features"]
        assert sorted(site["id"] for site in listed) == sorted(row["ids"])
        assert row["all"]["sites"] == len(row["ids"])


def test_a_row_under_a_village_filter_keeps_the_village(world, roads):
    chosen = SiteFilter(township=("340199100201",))
    row = mileage(Scope.internal(), chosen).rows[0]
    assert filter_of(row, chosen).township == ("340199100201",)
    assert filter_of(row, chosen).area == ("340199100",)


def test_the_command_and_the_interface_tell_the_same(world, roads):
    client = Client()
    client.force_login(world.users["district_planner"])
    total = client.get("/api/v1/mileage?year=2023&township=340199").json()["total"]["all"]
    printed = io.StringIO()
    call_command("mileage", year="2023", township="340199", format="json", stdout=printed)
    told = json.loads(printed.getvalue())["total"]
    assert told["declared_km"] == pytest.approx(total["declared_m"] / 1000)
    assert told["roads"] == total["sites"]


def test_the_command_writes_rows_that_a_spreadsheet_reads(roads):
    printed = io.StringIO()
    call_command("mileage", format="csv", stdout=printed)
    rows = list(csv.DictReader(io.StringIO(printed.getvalue())))
    assert {row["township_name"] for row in rows} >= {"青溪镇", "石桥镇"}


def test_the_command_names_a_wrong_parameter(db):
    with pytest.raises(CommandError, match="--year"):
        call_command("mileage", year="soon")


def test_an_unknown_parameter_is_a_problem(world):
    client = Client()
    client.force_login(world.users["district_planner"])
    answer = client.get("/api/v1/mileage?yaer=2023")
    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "yaer"
