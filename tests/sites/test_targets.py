"""Targets against what sites and records delivered."""

from __future__ import annotations

import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.gis.geos import Point
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sites.access import scope_of
from sites.kinds import Kind, ProgrammeKind, ServiceState, State, Unit
from sites.models import ProjectSite, Target
from sites.quantities_done import executed_of, site_quantity
from sites.services import NotPermitted, RefusedByRegister, target_remove, target_save
from sites.targets import target_rows
from tests.factories import ProjectSiteFactory
from tests.factories.records import SRID
from tests.factories.targets import INTERNAL, programme, service_record, target, today

pytestmark = pytest.mark.django_db


def road(world, code, metres, state=State.ACCEPTED, area=0, of=None, **values):
    return ProjectSiteFactory(
        code=code,
        area=world.villages[area],
        programme=of or world.programme,
        declared_length_m=metres,
        state=state,
        **values,
    )


def only(rows):
    (row,) = rows
    return row


def test_executed_are_finished_sites_and_verified_the_accepted_ones(world):
    road(world, "R-1", 1200)
    road(world, "R-2", "800.5", State.COMPLETED)
    for number, state in enumerate(set(State) - set(_finished()), start=10):
        road(world, f"R-{number}", 500, state)
    road(world, "R-GONE", 500, removed_at="2024-01-01T00:00Z", removal_reason="重复")
    target(world.programme, world.townships[0], 3)
    row = only(target_rows(INTERNAL, year=2023, as_of=today()))
    assert (row.assigned, row.executed, row.verified) == (3, Decimal("2.0005"), Decimal("1.2"))
    assert (row.gap, row.percent, row.standing) == (Decimal("-0.9995"), Decimal("66.7"), "short")
    listed = row.site_filter.apply(ProjectSite.objects.visible_to(INTERNAL))
    assert set(listed.values_list("code", flat=True)) == {"R-1", "R-2"}


def _finished():
    return (State.COMPLETED, State.ACCEPTED, State.SETTLED, State.HANDED_OVER, State.CLOSED)


def test_targets_of_every_level_of_area_count_what_lies_below_them(world):
    road(world, "R-1", 1000)
    road(world, "R-2", 2000, area=1)
    places = (world.district, *world.townships, world.villages[0])
    for place in places:
        target(world.programme, place, 1)
    # The world's public site is finished too, and declares nothing: its measured length counts.
    measured = Decimal(str(world.public.measured_length_m)).quantize(Decimal("0.1")) / 1000
    rows = target_rows(INTERNAL, year=2023, as_of=today())
    done = {row.area.code: row.executed for row in rows}
    assert done == {
        world.district.code: measured + 3,
        world.townships[0].code: 1,
        world.townships[1].code: measured + 2,
        world.villages[0].code: 1,
    }


def test_each_township_sees_its_own_targets_and_a_foreign_one_none(world):
    for place in (world.district, *world.townships, world.foreign_township):
        target(world.programme, place, 1)
    seen = {
        name: {row.area.code for row in target_rows(scope_of(user), year=2023, as_of=today())}
        for name, user in world.users.items()
    }
    first, second = (area.code for area in world.townships)
    assert seen["district_planner"] == {world.district.code, first, second}
    assert seen["township_officer"] == {first}
    assert seen["company_member"] == set()


def test_the_number_of_statements_does_not_grow_with_the_targets(
    world, django_assert_max_num_queries
):
    courses = [programme(f"P-{n}") for n in range(6)]
    for of in (*courses, world.programme):
        for place in world.townships:
            target(of, place, 1)
    with django_assert_max_num_queries(3):
        rows = target_rows(INTERNAL, year=2023, as_of=today())
        assert [(row.programme.code, row.area.name, row.percent) for row in rows]


def test_rates_keep_numerator_and_denominator_of_verified_records(world):
    course = programme()
    place = world.townships[0]
    service_record(course, place, 400, passed=380, certified=300)
    service_record(course, world.villages[0], 200, passed=172)
    service_record(course, place, 50, passed=0, state=ServiceState.REPORTED)
    service_record(course, place, 50, passed=0, state=ServiceState.RETURNED, state_reason="重报")
    target(course, place, 600)
    target(course, place, 90, measure="pass_rate")
    target(course, place, 80, measure="certificate_rate")
    rows = {row.measure: row for row in target_rows(INTERNAL, year=2023, as_of=today())}
    assert rows["quantity"].executed == rows["quantity"].verified == 600
    passed, certified = rows["pass_rate"], rows["certificate_rate"]
    assert (passed.numerator, passed.denominator, passed.percent) == (552, 600, Decimal("92.0"))
    assert (certified.numerator, certified.denominator) == (300, 400)
    assert certified.gap == Decimal("-5.0")


def test_a_rate_over_nobody_is_not_defined(world):
    target(programme(), world.townships[0], 90, measure="pass_rate")
    row = only(target_rows(INTERNAL, year=2023, as_of=today()))
    assert (row.executed, row.percent, row.gap, row.standing) == (None, None, None, "none")


def test_a_past_day_leaves_out_what_was_finished_later(world):
    road(world, "R-1", 1000, actual_finish=datetime.date(2023, 6, 1))
    road(world, "R-2", 1000, actual_finish=datetime.date(2023, 9, 1))
    done = executed_of(world.programme, world.townships[0], as_of=datetime.date(2023, 6, 30))
    assert (done.executed, len(done.site_ids())) == (1, 1)


def test_each_unit_counts_what_the_site_states(world):
    house = ProjectSiteFactory(
        area=world.villages[0],
        kind=Kind.HOUSING,
        planned_geometry=Point(117.06, 31.06, srid=SRID),
        detail={"danger_grade": "C", "households": 3, "floor_area_m2": "88.50"},
    )
    works = ProjectSiteFactory(
        area=world.villages[0],
        kind=Kind.WATER_WORKS,
        planned_geometry=Point(117.06, 31.06, srid=SRID),
        detail={"capacity_m3_per_day": "120.25", "people_served": 900},
    )
    expected = {
        (house, Unit.HOUSEHOLD): 3,
        (house, Unit.SQUARE_METRE): Decimal("88.5"),
        (house, Unit.SITE): 1,
        (house, Unit.KILOMETRE): 0,
        (house, Unit.YUAN): 0,
        (works, Unit.CUBIC_METRE_PER_DAY): Decimal("120.25"),
        (works, Unit.PERSON): 900,
    }
    for (site, unit), quantity in expected.items():
        found = ProjectSite.objects.annotate(done=site_quantity(unit)).get(pk=site.pk)
        assert found.done == quantity, (site.kind, unit)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 50_000_0), min_size=1, max_size=6))
def test_executed_kilometres_are_the_exact_sum_of_what_was_declared(world, tenths):
    roads = programme(f"KM-{uuid4()}", ProgrammeKind.ENGINEERING, Unit.KILOMETRE)
    for value in tenths:
        road(world, str(uuid4()), Decimal(value) / 10, of=roads)
    done = executed_of(roads, world.townships[0], as_of=today())
    exact = sum((Decimal(value) / 10_000 for value in tenths), Decimal(0))
    assert done.executed == exact


def saved(world, user="district_planner", **values):
    given = {
        "programme": world.programme,
        "area": world.townships[0],
        "year": 2023,
        "assigned": Decimal("12.5"),
        **values,
    }
    return target_save(values=given, actor=None, scope=scope_of(world.users[user]))


def test_only_the_planner_of_the_area_sets_targets(world):
    assert saved(world).assigned == Decimal("12.5")
    for user in set(world.users) - {"district_planner"}:
        with pytest.raises(NotPermitted):
            saved(world, user, year=2024)
    with pytest.raises(NotPermitted):
        saved(world, area=world.foreign_township)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"assigned": Decimal(-1)}, "target_assigned_in_range"),
        ({"measure": "pass_rate", "assigned": Decimal(90)}, "rate_needs_training"),
        ({"year": 1900}, "target_year_in_range"),
        ({"measure": "luck"}, "rate_needs_training"),
    ],
)
def test_a_target_that_makes_no_sense_is_refused(world, values, code):
    with pytest.raises(RefusedByRegister) as refusal:
        saved(world, **values)
    codes = {found for _field, found, _text in refusal.value.errors}
    assert code in codes | _named(refusal.value)


def _named(refusal):
    """The names of the constraints whose sentences were given."""
    texts = {str(c.get_violation_error_message()): c.name for c in Target._meta.constraints}
    return {texts.get(text, "") for _field, _code, text in refusal.errors}


def test_people_households_and_sites_come_whole(world):
    course = programme()
    with pytest.raises(RefusedByRegister) as refusal:
        saved(world, programme=course, assigned=Decimal("1.5"))
    assert refusal.value.errors[0][:2] == ("assigned", "whole_number")
    half = saved(world, programme=course, measure="pass_rate", assigned=Decimal("92.5"))
    assert half.assigned == Decimal("92.5")


def test_the_same_target_cannot_be_set_twice(world):
    saved(world)
    with pytest.raises(RefusedByRegister):
        saved(world)


def test_what_a_target_is_of_stays(world):
    first = saved(world)
    planner = scope_of(world.users["district_planner"])
    with pytest.raises(RefusedByRegister) as refusal:
        target_save(
            target=first,
            values={"year": 2024},
            actor=None,
            scope=planner,
            expected_version=first.version,
        )
    assert refusal.value.errors[0][:2] == ("year", "read_only")
    target_remove(target=first, actor=None, scope=planner, expected_version=first.version)
    assert not target_rows(planner, year=2023, as_of=today())
