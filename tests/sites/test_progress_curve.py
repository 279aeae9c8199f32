"""The planned curve, computed by the database as by hand, and who is behind it."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sites.access import Scope
from sites.curve_picture import curve_picture
from sites.filters import SiteFilter
from sites.kinds import State
from sites.models import PlannedProgress, ProjectSite
from sites.progress_curve import (
    Point,
    behind_condition,
    curve_of,
    planned_course,
    planned_percent_on,
)
from tests.factories import ProjectSiteFactory
from tests.factories.progress import TODAY, at_work, reported

pytestmark = pytest.mark.django_db
FIRST = datetime.date(2026, 1, 1)
days = st.integers(0, 60).map(lambda number: FIRST + datetime.timedelta(days=number))


def _by_hand(course, day):
    """Straight lines through the course; None before it begins."""
    before = [point for point in course if point.on <= day]
    after = [point for point in course if point.on > day]
    if not before:
        return None
    last = before[-1]
    if not after:
        return last.percent
    share = Decimal((day - last.on).days) / Decimal((after[0].on - last.on).days)
    return last.percent + (after[0].percent - last.percent) * share


def _planned(site, day):
    return ProjectSite.objects.filter(pk=site.pk).values_list(planned_percent_on(day)).get()[0]


@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    points=st.dictionaries(days, st.integers(0, 100), max_size=4),
    ends=st.tuples(st.none() | days, st.none() | days),
    day=days,
)
def test_the_database_draws_the_curve_as_by_hand(world, points, ends, day):
    start, finish = ends
    if start and finish and finish < start:
        start, finish = finish, start
    rising = sorted(points.values())
    given_points = [Point(on, Decimal(p)) for on, p in zip(sorted(points), rising, strict=True)]
    with transaction.atomic():
        site = at_work(world.own, planned_start=start, planned_finish=finish)
        PlannedProgress.objects.bulk_create(
            PlannedProgress(site=site, on=point.on, percent=point.percent) for point in given_points
        )
        expected = _by_hand(planned_course(given_points, start, finish), day)
        found = _planned(site, day)
        transaction.set_rollback(True)
    if expected is None:
        assert found is None
    else:
        assert found == pytest.approx(expected, abs=Decimal("0.0001"))


def test_a_start_and_a_finish_on_one_day_are_done_by_then(world):
    site = at_work(world.own, planned_start=TODAY, planned_finish=TODAY)
    assert _planned(site, TODAY) == 100


def test_a_site_is_behind_beyond_the_tolerated_points(world, settings):
    settings.BEHIND_PERCENT = 10
    half_way = at_work(
        world.own,
        planned_start=TODAY - datetime.timedelta(days=50),
        planned_finish=TODAY + datetime.timedelta(days=50),
    )
    for percent, is_behind in ((39, True), (40, False), (60, False)):
        ProjectSite.objects.filter(pk=half_way.pk).update(progress_percent=percent)
        half_way.refresh_from_db()
        found = ProjectSite.objects.filter(behind_condition(TODAY), pk=half_way.pk).exists()
        assert found is is_behind, percent
        assert curve_of(half_way, Scope.internal(), TODAY).is_behind is is_behind


def test_finished_sites_and_sites_without_a_plan_are_not_behind(world):
    done = ProjectSiteFactory(state=State.COMPLETED, planned_finish=FIRST, area=world.villages[0])
    unplanned = ProjectSiteFactory(area=world.villages[0])
    behind = SiteFilter.from_query({"behind": "1"}).apply(ProjectSite.objects.all())
    assert not behind.filter(pk__in=[done.pk, unplanned.pk]).exists()
    others = SiteFilter.from_query({"behind": "0"}).apply(ProjectSite.objects.all())
    assert others.filter(pk__in=[done.pk, unplanned.pk]).count() == 2


def test_the_course_holds_what_counts_alone(world):
    site = at_work(world.own)
    reported(world, 20, role="township_officer", on=TODAY - datetime.timedelta(days=9))
    reported(world, 50, on=TODAY)
    course = curve_of(site, Scope.internal(), TODAY)
    assert [point.percent for point in course.actual] == [20]
    picture = curve_picture(course)
    assert picture is not None
    assert len(picture.dots) == 1


def test_a_site_without_days_has_no_picture(world):
    site = at_work(world.own, planned_start=None, planned_finish=None)
    assert curve_picture(curve_of(site, Scope.internal(), TODAY)) is None
