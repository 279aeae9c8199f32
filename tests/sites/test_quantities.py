"""Claimed against mapped: sums, tolerance, and links that list exactly the sites behind them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.test import Client

from sites.access import Scope
from sites.filters import SiteFilter
from sites.length_gaps import gap_rows, gap_total, worst_sites
from sites.lengths import length_check
from sites.models import ProjectSite

pytestmark = pytest.mark.django_db
EVERY = Scope.internal()


@pytest.fixture
def declared(world):
    """The own site declares 1 km too much, the sibling what it measures, the foreign nothing."""
    measured = Decimal(str(round(world.sibling.measured_length_m, 1)))
    for site, length in ((world.own, measured + 1000), (world.sibling, measured)):
        ProjectSite.objects.filter(pk=site.pk).update(declared_length_m=length)
    return world


def _codes(chosen):
    return set(chosen.apply(ProjectSite.objects.all()).values_list("code", flat=True))


def test_sums_hold_the_compared_sites_alone(declared):
    total = gap_total(gap_rows(EVERY, SiteFilter()))
    assert (total.sites, total.beyond) == (2, 1)
    assert total.gap_m == pytest.approx(-1000, abs=0.2)
    assert total.beyond_gap_m == pytest.approx(-1000, abs=0.2)


def test_each_row_links_to_exactly_its_sites(declared):
    for row in gap_rows(EVERY, SiteFilter()):
        compared = row.link.replaced("length_gap", ("beyond", "within"))
        assert len(_codes(compared)) == row.sites
        assert len(_codes(row.link.replaced("length_gap", ("beyond",)))) == row.beyond


def test_every_site_is_of_one_standing(declared):
    found = [
        _codes(SiteFilter.from_query({"length_gap": value}))
        for value in ("beyond", "within", "not_compared")
    ]
    assert found[0] == {"OWN-1"}
    assert found[1] == {"SIBLING-1"}
    assert sum(map(len, found)) == ProjectSite.objects.count()


def test_the_condition_agrees_with_the_sites_own_page(declared):
    for site in ProjectSite.objects.all():
        check = length_check(site.declared_length_m, site.measured_length_m)
        beyond = site.code in _codes(SiteFilter.from_query({"length_gap": "beyond"}))
        assert beyond is bool(check and check.is_beyond)


def test_the_worst_come_first(declared):
    assert [site.code for site in worst_sites(EVERY, SiteFilter())] == ["OWN-1"]


def test_a_viewer_sees_the_own_sites_alone(declared):
    client = Client(headers={"accept-language": "en"})
    client.force_login(declared.users["township_officer"])
    page = client.get("/quantities/?year=2023").content.decode()
    assert "OWN-1" in page
    assert "SIBLING-1" not in page


@pytest.mark.parametrize("query", ["year=x", "foo=1", "programme=%00", "township=abc", "bbox=1"])
def test_bad_parameters_are_named(declared, query):
    client = Client()
    client.force_login(declared.users["district_planner"])
    answer = client.get(f"/quantities/?{query}")
    assert answer.status_code == 400
    assert query.split("=")[0] in answer.content.decode()
