"""Surveys: what may be recorded, what each metre is afterwards, and what is computed."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.contrib.auth import get_user_model
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assets.condition.summary import on_sections
from assets.kinds import ConditionGrade
from assets.models import ConditionStretch, ConditionSurvey, RatingCoefficient, RatingRuleset
from assets.services.condition import survey_record, surveys_rate_again
from assets.services.errors import WrongMoment
from sites.access import Scope, scope_of
from sites.services import NotPermitted, RefusedByRegister
from tests.assets.test_condition_formulas import TEST_NUMBERS
from tests.factories import AssetFactory, RouteFactory, section

TODAY = datetime.date(2026, 11, 23)
STATED = {"stated_grade": "good", "testing_body": "检测所", "report_no": "HC-1"}
MEASURED = {"damage_percent": Decimal(4), "iri_m_per_km": Decimal(5)}
database = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def road(world):
    """A section of 1.2 km with asphalt."""
    detail = {"pavement": "asphalt", "technical_class": "class_4"}
    return section(RouteFactory(), 1000, 2200, world.villages[0], detail=detail)


@pytest.fixture
def verified(db):
    """A rule set with every number verified; the numbers are the tests' own."""
    ruleset = RatingRuleset.objects.get(code="JTG-5211-2024")
    for symbol, value in TEST_NUMBERS.items():
        RatingCoefficient.objects.filter(ruleset=ruleset, symbol=symbol).update(
            value=value, status="verified", source="test", verified_on=TODAY
        )
    return ruleset


def record(asset, scope=None, **values):
    values = {"surveyed_on": TODAY, "method": "manual", **values}
    actor = get_user_model().objects.get(username="township_officer")
    return survey_record(
        asset=asset, values=values, actor=actor, scope=scope or Scope.internal(), on=TODAY
    )


def current(asset):
    """The stretches as the section shows them: from, to, grade."""
    rows = on_sections(ConditionStretch.objects.filter(asset=asset)).order_by("start_m")
    return [(int(row.from_m), int(row.to_m), row.grade) for row in rows]


def test_a_stated_grade_is_shown_as_stated_with_its_document(road):
    survey = record(road, **STATED)
    assert (survey.computed_grade, survey.stated_grade) == ("", "good")
    assert current(road) == [(1000, 2200, "good")]
    assert ConditionStretch.objects.get().is_stated


def test_nothing_is_computed_while_coefficients_are_not_verified(road):
    ruleset = RatingRuleset.objects.get(code="JTG-5210-2018")
    survey = record(road, ruleset=ruleset, **MEASURED)
    assert (survey.pci, survey.rqi, survey.pqi, survey.computed_grade) == (None, None, None, "")
    assert current(road) == [(1000, 2200, "")]


def test_with_verified_coefficients_indices_and_grade_are_computed(road, verified):
    survey = record(road, ruleset=verified, **MEASURED, **STATED)
    assert (survey.pci, survey.rqi, survey.pqi) == (
        Decimal("80.00"),
        Decimal("71.34"),
        Decimal("76.54"),
    )
    assert survey.computed_grade == "fair"
    stretch = ConditionStretch.objects.get()
    assert (stretch.grade, stretch.is_stated) == ("fair", False)


def test_a_newer_survey_covers_the_older_one_only_where_they_overlap(road):
    record(road, surveyed_on=datetime.date(2025, 5, 1), **STATED)
    record(road, start_m=Decimal(1500), end_m=Decimal(1800), **{**STATED, "stated_grade": "bad"})
    assert current(road) == [(1000, 1500, "good"), (1500, 1800, "bad"), (1800, 2200, "good")]


def test_an_older_survey_that_comes_late_fills_only_what_is_unknown(road):
    record(road, start_m=Decimal(1500), end_m=Decimal(1800), **STATED)
    old = {**STATED, "stated_grade": "poor"}
    record(road, surveyed_on=datetime.date(2024, 1, 1), **old)
    assert current(road) == [(1000, 1500, "poor"), (1500, 1800, "good"), (1800, 2200, "poor")]


def test_a_correction_takes_the_place_of_the_wrong_survey_everywhere(road):
    wrong = record(road, **{**STATED, "stated_grade": "excellent"})
    record(road, start_m=Decimal(1000), end_m=Decimal(1200), supersedes=wrong, **STATED)
    assert current(road) == [(1000, 1200, "good")]
    assert ConditionSurvey.objects.count() == 2


def test_a_survey_is_corrected_once(road):
    wrong = record(road, **STATED)
    record(road, supersedes=wrong, **STATED)
    with pytest.raises(RefusedByRegister) as refusal:
        record(road, supersedes=wrong, **STATED)
    assert [error[:2] for error in refusal.value.errors] == [("supersedes", "corrected")]


def test_a_survey_is_never_changed(road):
    survey = record(road, **STATED)
    for change in (
        lambda: ConditionSurvey.objects.filter(pk=survey.pk).update(stated_grade="bad"),
        lambda: ConditionSurvey.objects.filter(pk=survey.pk).delete(),
    ):
        with (
            pytest.raises(DatabaseError, match="Cannot update or delete"),
            transaction.atomic(),
        ):
            change()


ends = st.integers(10_000, 22_000).map(lambda tenths: Decimal(tenths) / 10)
findings = st.lists(
    st.tuples(
        st.tuples(ends, ends).filter(lambda pair: pair[0] != pair[1]).map(sorted),
        st.dates(datetime.date(2020, 1, 1), TODAY),
        st.sampled_from(ConditionGrade.values),
        st.booleans(),
    ),
    min_size=1,
    max_size=8,
)


@database
@given(findings)
def test_each_metre_is_what_its_newest_survey_found(road, found):
    """Against a plain model: paint the metres survey by survey, the oldest day first."""
    with transaction.atomic():
        painted = {}
        surveys = []
        for order, ((start, end), day, grade, whole) in enumerate(found):
            values = {} if whole else {"start_m": start, "end_m": end}
            record(road, surveyed_on=day, **values, **{**STATED, "stated_grade": grade})
            low, high = (Decimal(1000), Decimal(2200)) if whole else (start, end)
            surveys.append((day, order, low, high, grade))
        for _day, _order, low, high, grade in sorted(surveys):
            for tenth in range(int(low * 10), int(high * 10)):
                painted[tenth] = grade
        shown = {}
        rows = on_sections(ConditionStretch.objects.filter(asset=road))
        for row in rows:
            for tenth in range(int(row.from_m * 10), int(row.to_m * 10)):
                assert tenth not in shown
                shown[tenth] = row.grade
        assert shown == painted
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"start_m": Decimal(900), "end_m": Decimal(1500)}, "start_m", "off_the_section"),
        ({"start_m": Decimal(1500), "end_m": Decimal(2201)}, "end_m", "off_the_section"),
        ({"start_m": Decimal(1500), "end_m": Decimal(1500)}, "end_m", "chainage_order"),
        ({"start_m": Decimal(1500)}, "end_m", "required"),
        ({"start_m": Decimal(-1), "end_m": Decimal(2)}, "start_m", "chainage_out_of_range"),
        ({"start_m": Decimal("NaN"), "end_m": Decimal(2)}, "start_m", "chainage_not_finite"),
        ({"start_m": Decimal("1000.05"), "end_m": Decimal(2000)}, "start_m", "chainage_too_fine"),
        ({"surveyed_on": datetime.date(2026, 11, 24)}, "surveyed_on", "in_future"),
        ({"stated_grade": ""}, "", "nothing_surveyed"),
        ({"testing_body": ""}, "testing_body", "required"),
        ({"report_no": " "}, "report_no", "required"),
    ],
)
def test_what_cannot_be_is_refused(road, values, field, code):
    with pytest.raises(RefusedByRegister) as refusal:
        record(road, **{**STATED, **values})
    assert (field, code) in [(name, key) for name, key, _text in refusal.value.errors]
    assert not ConditionSurvey.objects.exists()


def test_other_assets_have_a_stated_grade_and_no_measurements(world):
    pond = AssetFactory(kind="water_works", area=world.villages[0])
    with pytest.raises(RefusedByRegister) as refusal:
        record(pond, start_m=Decimal(0), end_m=Decimal(10), **MEASURED, **STATED)
    assert {code for _field, code, _text in refusal.value.errors} == {"only_for_roads"}
    record(pond, **STATED)
    assert ConditionStretch.objects.get(asset=pond).grade == "good"


def test_a_decommissioned_road_is_not_surveyed_any_more(road):
    type(road).objects.filter(pk=road.pk).update(state="decommissioned")
    with pytest.raises(WrongMoment):
        record(road, **STATED)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("district_planner", True),
        ("township_officer", True),
        ("company_member", False),
        ("association_member", False),
        ("cooperative_member", False),
        ("evaluator", False),
    ],
)
def test_only_the_office_records_surveys(world, role, may):
    scope = scope_of(world.users[role])
    if may:
        assert record(world.own_asset, scope, **STATED)
    else:
        with pytest.raises(NotPermitted):
            record(world.own_asset, scope, **STATED)


def test_nobody_records_a_survey_abroad(world):
    with pytest.raises(NotPermitted):
        record(world.foreign_asset, scope_of(world.users["district_planner"]), **STATED)


def test_surveys_are_rated_again_once_every_number_is_verified(world, road, verified):
    planner = world.users["district_planner"]
    RatingCoefficient.objects.filter(ruleset=verified, symbol="PQI.w_PCI").update(
        status="unverified", verified_on=None
    )
    first = record(road, ruleset=verified, **MEASURED)
    assert (first.pci, first.computed_grade) == (Decimal("80.00"), "")
    RatingCoefficient.objects.filter(ruleset=verified, symbol="PQI.w_PCI").update(
        status="verified", verified_on=TODAY
    )
    again = surveys_rate_again(ruleset=verified, actor=planner, scope=scope_of(planner))
    assert (again.number, again.is_complete) == (1, True)
    second = ConditionSurvey.objects.get(supersedes=first)
    assert (second.computed_grade, second.recorded_by) == ("fair", planner)
    assert current(road) == [(1000, 2200, "fair")]
    assert surveys_rate_again(ruleset=verified, actor=planner, scope=scope_of(planner)).number == 0


def test_rating_again_comes_in_bounded_portions(world, road, verified):
    planner = world.users["district_planner"]
    RatingCoefficient.objects.filter(ruleset=verified).update(status="unverified")
    for day in (1, 2, 3):
        record(road, ruleset=verified, surveyed_on=datetime.date(2026, 1, day), **MEASURED)
    RatingCoefficient.objects.filter(ruleset=verified, value__isnull=False).update(
        status="verified", verified_on=TODAY
    )
    scope = scope_of(planner)
    first = surveys_rate_again(ruleset=verified, actor=planner, scope=scope, most=2)
    second = surveys_rate_again(ruleset=verified, actor=planner, scope=scope, most=2)
    assert (first.number, first.is_complete) == (2, False)
    assert (second.number, second.is_complete) == (1, True)


def test_only_the_planner_rates_again(world, verified):
    officer = world.users["township_officer"]
    with pytest.raises(NotPermitted):
        surveys_rate_again(ruleset=verified, actor=officer, scope=scope_of(officer))


def test_the_database_lets_no_two_stretches_overlap(road):
    survey = record(road, **STATED)
    with pytest.raises(Exception, match="condition_stretch_no_overlap"), connection.cursor() as c:
        c.execute(
            "INSERT INTO assets_conditionstretch (asset_id, survey_id, start_m, end_m)"
            " VALUES (%s, %s, 1100, 1200)",
            [road.pk, survey.pk],
        )
