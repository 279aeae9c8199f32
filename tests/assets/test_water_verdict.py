"""The verdict on rural water by four criteria, at its borders."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assets.models import WaterQualityTest, WaterWorks
from assets.water_verdict import WaterCriterion, WaterGrade, verdict_of, water_verdict
from tests.factories import AssetFactory, WaterTestFactory

MET, BASICALLY, NOT_MET, UNKNOWN = WaterGrade
DAY = datetime.date(2026, 6, 1)
MOMENT = datetime.datetime(2026, 6, 2, tzinfo=datetime.UTC)


def sample(stage="tap", passed=True, day=DAY):
    return WaterQualityTest(stage=stage, passed=passed, tested_on=day, recorded_at=MOMENT)


def grades(works=None, tests=()):
    values = {"works_kind": "central_supply", "scale_class": "", **(works or {})}
    verdict = water_verdict(WaterWorks(**values), tests)
    return {c.criterion: c.grade for c in verdict.criteria}


@pytest.mark.parametrize(
    ("days", "grade"),
    [(None, UNKNOWN), (0, MET), (17, MET), (18, BASICALLY), (35, BASICALLY), (36, NOT_MET)],
)
def test_guarantee_by_days_of_shortage(days, grade):
    assert grades({"shortage_days_per_year": days})[WaterCriterion.GUARANTEE] == grade


@pytest.mark.parametrize(
    ("minutes", "grade"), [(10, MET), (11, BASICALLY), (20, BASICALLY), (21, NOT_MET)]
)
def test_convenience_by_minutes(minutes, grade):
    works = {"tap_at_home": False, "fetch_minutes": minutes}

    assert grades(works)[WaterCriterion.CONVENIENCE] == grade


@pytest.mark.parametrize(
    ("metres", "climb", "grade"),
    [
        (400, 40, MET),
        (401, 40, BASICALLY),
        (400, 41, BASICALLY),
        (800, 80, BASICALLY),
        (801, 80, NOT_MET),
        (800, 81, NOT_MET),
        (100, None, UNKNOWN),
        (None, 10, UNKNOWN),
    ],
)
def test_convenience_by_way_and_climb(metres, climb, grade):
    works = {"tap_at_home": False, "fetch_distance_m": metres, "fetch_climb_m": climb}

    assert grades(works)[WaterCriterion.CONVENIENCE] == grade


@pytest.mark.parametrize(("tap", "grade"), [(True, MET), (False, NOT_MET), (None, UNKNOWN)])
def test_a_tap_at_home_is_convenient_whatever_the_way(tap, grade):
    works = {"tap_at_home": tap, "fetch_minutes": 60}

    assert grades(works)[WaterCriterion.CONVENIENCE] == grade


@given(
    st.none() | st.integers(0, 60),
    st.none() | st.integers(0, 2000),
    st.none() | st.integers(0, 200),
)
def test_convenience_never_worsens_when_water_comes_nearer(minutes, metres, climb):
    order = [NOT_MET, BASICALLY, MET]
    far = {
        "tap_at_home": False,
        "fetch_minutes": minutes,
        "fetch_distance_m": metres,
        "fetch_climb_m": climb,
    }
    near = {k: v // 2 if isinstance(v, int) and k != "tap_at_home" else v for k, v in far.items()}
    before, after = (grades(w)[WaterCriterion.CONVENIENCE] for w in (far, near))

    assert (before == UNKNOWN) == (after == UNKNOWN)
    assert before == UNKNOWN or order.index(after) >= order.index(before)


@pytest.mark.parametrize(
    ("tests", "grade"),
    [
        ([], UNKNOWN),
        ([sample("source")], UNKNOWN),
        ([sample("plant")], UNKNOWN),
        ([sample("tap")], MET),
        ([sample("tap"), sample("plant", passed=False)], NOT_MET),
        ([sample("tap"), sample("source", passed=False)], MET),
        ([sample("plant", passed=False)], NOT_MET),
        ([sample("tap", passed=False), sample("tap", day=datetime.date(2026, 7, 1))], MET),
        ([sample("tap"), sample("tap", passed=False, day=datetime.date(2026, 7, 1))], NOT_MET),
    ],
)
def test_quality_by_the_latest_test_of_each_stage(tests, grade):
    assert grades(tests=tests)[WaterCriterion.QUALITY] == grade


@given(st.integers(0, 500), st.sampled_from(["", "I", "V"]))
def test_quantity_has_no_established_threshold(litres, scale):
    works = {"litres_per_person_day": litres, "scale_class": scale}
    verdict = water_verdict(WaterWorks(works_kind="central_supply", **works), [])

    assert verdict.criteria[0].grade == UNKNOWN
    assert verdict.criteria[0].reason
    assert not any(criterion.is_verified for criterion in verdict.criteria)


@pytest.mark.parametrize(
    ("works", "overall"),
    [
        ({}, UNKNOWN),
        ({"shortage_days_per_year": 3, "tap_at_home": True}, UNKNOWN),
        ({"shortage_days_per_year": 40, "tap_at_home": True}, NOT_MET),
    ],
)
def test_the_weakest_criterion_decides(works, overall):
    verdict = water_verdict(
        WaterWorks(works_kind="scattered_supply", scale_class="", **works), [sample()]
    )

    assert verdict.overall == overall


def test_large_works_that_do_not_run_all_day_are_remarked_on():
    large = WaterWorks(works_kind="central_supply", scale_class="III", is_round_the_clock=False)

    assert water_verdict(large, []).remarks
    large.scale_class = "IV"
    assert not water_verdict(large, []).remarks


def test_a_pond_has_no_verdict():
    assert water_verdict(WaterWorks(works_kind="pond"), []) is None


def test_a_corrected_test_no_longer_counts(db, world):
    asset = AssetFactory(
        kind="water_works", area=world.villages[0], detail={"works_kind": "central_supply"}
    )
    wrong = WaterTestFactory(asset=asset, passed=False)
    WaterTestFactory(asset=asset, passed=True, supersedes=wrong)

    quality = verdict_of(asset).criteria[1]

    assert quality.criterion == WaterCriterion.QUALITY
    assert quality.grade == MET
