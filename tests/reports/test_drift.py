"""Drift: a frozen figure against today, with the sites, the changes and the people."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.utils import timezone

from reports.drift import drift_of
from sites.access import Scope, scope_of
from sites.services import site_remove, site_update
from tests.factories.funding import booked
from tests.factories.reports import finished_road, signed

pytestmark = pytest.mark.django_db


def drift(report, key, scope=None):
    figure = report.figures.get(key=key)
    return drift_of(figure, scope=scope or Scope.internal(), today=timezone.localdate())


def corrected(site, planner, metres, reason="重新测量"):
    site.refresh_from_db()
    return site_update(
        site=site,
        values={"declared_length_m": metres},
        detail={},
        actor=planner,
        scope=scope_of(planner),
        expected_version=site.version,
        reason=reason,
    )


def test_a_correction_shows_with_site_values_person_and_reason(world):
    road = finished_road(world, 1, Decimal(3000))
    report = signed(world)
    frozen = report.figures.get(key="road_km").value
    corrected(road, world.users["district_planner"], Decimal(1800))
    found = drift(report, "road_km")
    assert found.now == frozen - Decimal("1.2")
    assert found.difference == Decimal("-1.2")
    (row,) = found.sites
    assert (row.site, row.old, row.new) == (road, 3, Decimal("1.8"))
    (cause,) = row.causes
    assert (cause.old, cause.new) == ("3,000", "1,800")
    assert cause.person == world.users["district_planner"].username
    assert cause.reason == "重新测量"
    assert report.figures.get(key="road_km").value == frozen


def test_sites_that_came_and_went_are_told(world):
    gone = finished_road(world, 1, Decimal(1000))
    report = signed(world)
    planner = world.users["district_planner"]
    gone.refresh_from_db()
    site_remove(
        site=gone,
        actor=planner,
        scope=scope_of(planner),
        at=timezone.now(),
        reason="重复登记",
        expected_version=gone.version,
    )
    come = finished_road(world, 2, Decimal(400))
    rows = {row.site.pk: row for row in drift(report, "road_km").sites}
    assert (rows[gone.pk].old, rows[gone.pk].new) == (1, None)
    assert rows[gone.pk].causes[0].reason == "重复登记"
    assert (rows[come.pk].old, rows[come.pk].new) == (None, Decimal("0.4"))


def test_changes_that_cancel_out_are_still_drift(world):
    first, second = (finished_road(world, n, Decimal(1000)) for n in (1, 2))
    report = signed(world)
    planner = world.users["district_planner"]
    corrected(first, planner, Decimal(900))
    corrected(second, planner, Decimal(1100))
    found = drift(report, "road_km")
    assert found.difference == 0
    assert found.has_drifted
    assert len(found.sites) == 2


def test_nothing_changed_means_no_drift(world):
    finished_road(world, 1, Decimal(1000))
    report = signed(world, as_of=timezone.localdate())
    assert not drift(report, "road_km").has_drifted
    assert not drift(report, "paid_total").has_drifted


def test_a_site_that_the_viewer_may_not_see_stays_unnamed(world):
    road = finished_road(world, 1, Decimal(3000), visibility="restricted")
    report = signed(world, area=world.townships[0])
    corrected(road, world.users["district_planner"], Decimal(2000))
    found = drift(report, "road_km", scope_of(world.users["evaluator"]))
    assert found.difference == -1
    assert [row.site for row in found.sites] == [None]
    assert found.sites[0].causes == ()


def test_money_booked_afterwards_shows_with_its_entry(world):
    site = finished_road(world, 1, Decimal(1000))
    booked(world, "100.00", site=site, upto=True)
    report = signed(world, as_of=timezone.localdate())
    later = booked(
        world,
        "0.05",
        site=site,
        upto=True,
        actor=world.users["district_planner"],
        scope=scope_of(world.users["district_planner"]),
    )
    found = drift(report, "paid_total")
    assert found.difference == Decimal("0.05")
    assert found.sites[0].difference == Decimal("0.05")
    assert later.amount == Decimal("0.05")


def test_a_year_of_works_drifts_when_they_are_finished_later(world):
    road = finished_road(world, 1, Decimal(500), actual_finish=datetime.date(2024, 6, 1))
    report = signed(world)
    (row,) = [row for row in drift(report, "road_km").sites if row.site.pk == road.pk]
    assert row.old is None
