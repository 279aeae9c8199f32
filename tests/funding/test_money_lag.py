"""Payment behind the work: the light, its borders and the filter of sites."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from funding.money_lag import Lag, lag_light, money_lag_of
from sites.access import Scope, scope_of
from sites.filters import SiteFilter
from sites.models import ProjectSite
from tests.factories.funding import booked

pytestmark = pytest.mark.django_db

TODAY = datetime.date(2023, 12, 31)
ALL = Scope.internal()


def at_progress(site, percent, allocated, paid):
    ProjectSite.objects.filter(pk=site.pk).update(progress_percent=percent)
    if allocated:
        booked(None, allocated, stage="released", site=site, upto=True)
    if paid:
        booked(None, paid, site=site)


@pytest.mark.parametrize(
    ("progress", "paid", "light"),
    [
        ("60", "50", "green"),
        ("60.1", "50", "yellow"),
        ("75", "50", "yellow"),
        ("75.1", "50", "red"),
        ("10", "90", "green"),
    ],
)
def test_the_borders_are_ten_and_twenty_five_points(progress, paid, light):
    assert Lag(Decimal(progress), Decimal(paid)).light == light


def test_the_filter_and_the_light_say_the_same(world):
    at_progress(world.own, "50.00", "100.00", "20.00")
    at_progress(world.sibling, "50.00", "100.00", "45.00")
    at_progress(world.foreign, "35.00", "300.00", "60.00")
    at_progress(world.public, "90.00", None, None)
    sites = ProjectSite.objects.all()
    lags = money_lag_of([site.pk for site in sites], as_of=TODAY, scope=ALL)
    assert {key: lag.light.value for key, lag in lags.items()} == {
        world.own.pk: "red",
        world.sibling.pk: "green",
        world.foreign.pk: "yellow",
    }
    for light in ("green", "yellow", "red"):
        asked = SiteFilter.from_query({"money_lag": light})
        found = set(asked.apply(sites).values_list("pk", flat=True))
        assert found == {key for key, lag in lags.items() if lag.light == light}
    both = SiteFilter.from_query({"money_lag": "red,yellow"})
    assert both.apply(sites).count() == 2
    assert both.to_query() == "money_lag=red,yellow"


def test_what_was_paid_later_does_not_count_yet(world):
    at_progress(world.own, "50.00", "100.00", "50.00")
    before = datetime.date(2023, 1, 1)
    assert money_lag_of([world.own.pk], as_of=before, scope=ALL) == {}


def test_a_builder_is_shown_no_light_of_money(world):
    at_progress(world.own, "50.00", "100.00", None)
    sites = [world.own]
    assert lag_light(sites, ALL, TODAY)[world.own.pk].value == "red"
    assert lag_light(sites, scope_of(world.users["company_member"]), TODAY) == {}
