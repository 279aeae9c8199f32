"""Which roads count on a day: pavement, passability, closures, condition, the border."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from django.contrib.gis.geos import Point

from assets.models import Asset, AssetSource, ConditionSurvey, RoadClosure
from maps.coverage.parameters import ParameterRefused, defaults_of
from maps.coverage.population import population_from_register
from maps.coverage.rules import rule_add, rule_in_use
from maps.coverage.runs import WrongArea, WrongDay, WrongPopulation, latest_run, percent_of
from maps.kinds import Indicator
from maps.models import CoverageRule, CoverageRun
from sites.access import Scope
from sites.kinds import State
from sites.services import InUse, NotPermitted
from tests.factories.coverage import LAST_DAY, road, run, village
from tests.factories.records import SRID, AreaFactory, ProjectSiteFactory, line

TODAY_RULE = {"indicator": Indicator.RURAL_ACCESS}


@pytest.fixture
def town(db):
    """A township with 100 rural people at one place; nobody else lives in the district."""
    district = AreaFactory()
    town = AreaFactory(
        code="340199100", name="青溪镇", level="township", parent=district, boundary=None
    )
    village(town, 301, lon=117.02, lat=31.055, people=100)
    return town


def reached(area, **values):
    """The rural people reached on the last day."""
    return run(area, **values).numerator


@pytest.mark.parametrize(
    ("detail", "people"),
    [
        ({"pavement": "asphalt"}, 100),
        ({"pavement": "cement", "is_all_season": True}, 100),
        ({"pavement": "cement", "is_all_season": False}, 0),
        ({"pavement": "gravel"}, 0),
        ({"pavement": "gravel", "is_all_season": True}, 0),
        ({"pavement": "gravel", "is_all_season": True, "all_season_basis": "stated"}, 100),
        ({"pavement": "gravel", "is_all_season": True, "all_season_basis": "observed"}, 100),
        ({"pavement": "earth", "is_all_season": True, "all_season_basis": "observed"}, 0),
        ({"pavement": ""}, 0),
        ({"opened": None}, 100),
        ({"opened": datetime.date(2023, 12, 31)}, 100),
        ({"opened": datetime.date(2024, 1, 1)}, 0),
    ],
)
def test_a_road_counts_when_it_is_open_all_season_on_the_day(town, detail, people):
    road(town, west=117.01, **detail)
    assert reached(town.parent) == people


@pytest.mark.parametrize(
    ("kind", "first", "last", "people"),
    [
        ("sudden", datetime.date(2023, 12, 30), None, 100),
        ("sudden", datetime.date(2023, 12, 1), None, 0),
        ("planned", datetime.date(2023, 12, 28), datetime.date(2024, 1, 3), 100),
        ("planned", datetime.date(2023, 12, 28), datetime.date(2024, 1, 4), 0),
        ("planned", datetime.date(2023, 6, 1), datetime.date(2023, 8, 30), 100),
        ("seasonal", datetime.date(2023, 6, 1), datetime.date(2023, 8, 30), 0),
        ("seasonal", datetime.date(2023, 6, 1), datetime.date(2023, 6, 5), 100),
        ("seasonal", datetime.date(2022, 6, 1), datetime.date(2022, 8, 30), 100),
        ("planned", datetime.date(2024, 1, 1), datetime.date(2024, 6, 30), 100),
    ],
)
def test_a_closure_takes_a_road_out_when_it_is_long_or_of_the_season(
    town, kind, first, last, people
):
    section = road(town, west=117.01)
    RoadClosure.objects.create(
        asset=section,
        kind=kind,
        start_m=0,
        end_m=1000,
        from_date=first,
        until_date=last,
        reason="水毁",
    )
    assert reached(town.parent) == people


def test_only_the_closed_stretch_is_out(town):
    section = road(town, west=117.01, length_m=30_000)
    closure = RoadClosure.objects.create(
        asset=section,
        kind="sudden",
        start_m=0,
        end_m=4000,
        from_date=datetime.date(2023, 1, 1),
        reason="塌方",
    )
    found = run(town.parent)
    assert found.numerator == 0
    assert found.inputs["stretches_closed"] == 1
    assert abs(found.inputs["road_m"] - 26_000) < 130
    RoadClosure.objects.filter(pk=closure.pk).update(start_m=4000, end_m=30_000)
    assert reached(town.parent) == 100


def test_the_newest_survey_up_to_the_day_decides_over_condition(town):
    section = road(town, west=117.01)
    bad = {"asset": section, "method": "manual", "stated_grade": "bad", "testing_body": "检测所"}
    ConditionSurvey.objects.create(surveyed_on=datetime.date(2023, 3, 1), **bad)
    assert reached(town.parent) == 0
    assert reached(town.parent, as_of=datetime.date(2023, 2, 1)) == 100
    ConditionSurvey.objects.create(
        surveyed_on=datetime.date(2023, 9, 1), **{**bad, "stated_grade": "fair"}
    )
    assert reached(town.parent) == 100
    assert reached(town.parent, as_of=datetime.date(2023, 6, 1)) == 0


def test_roads_outside_count_up_to_two_kilometres(town):
    district = town.parent
    village(town, 302, lon=117.399, lat=31.1, people=50)
    village(town, 303, lon=117.2, lat=31.1, people=7)
    abroad = AreaFactory(code="340198", name="邻区", boundary=None)
    road(abroad, west=117.402, lat=31.1)
    road(abroad, west=117.5, lat=31.1)
    assert reached(district) == 50
    rule = CoverageRule.objects.get(indicator=Indicator.RURAL_ACCESS)
    inside_only = rule_add(
        **TODAY_RULE,
        parameters={**rule.parameters, "outside_m": 0},
        name="仅区内",
        method="区外道路不计",
        actor=None,
        scope=Scope.internal(),
    )
    assert inside_only.number == 2
    assert reached(district) == 0
    assert reached(district, rule=rule) == 50


def test_a_finished_site_counts_until_its_asset_stands_in_the_register(town):
    site = ProjectSiteFactory(
        area=town,
        state=State.ACCEPTED,
        actual_finish=datetime.date(2023, 10, 1),
        planned_geometry=line((117.01, 31.05), (117.02, 31.05)),
        detail={"pavement": "cement"},
    )
    found = run(town.parent)
    assert (found.numerator, found.inputs["sites"]) == (100, 1)
    assert reached(town.parent, as_of=datetime.date(2023, 9, 30)) == 0
    assert reached(town.parent, without_year=2023) == 0
    AssetSource.objects.create(asset=road(town, west=117.3), site=site)
    assert reached(town.parent) == 0


def test_out_of_service_and_removed_roads_do_not_count(town):
    section = road(town, west=117.01)
    Asset.objects.filter(pk=section.pk).update(state="out_of_service")
    assert reached(town.parent) == 0
    Asset.objects.filter(pk=section.pk).update(state="restricted")
    assert reached(town.parent) == 100


def test_where_no_rural_people_live_the_index_is_not_defined(db):
    district = AreaFactory()
    town = AreaFactory(code="340199100", name="镇", level="township", parent=district)
    road(town, west=117.01)
    village(town, 301, lon=117.02, lat=31.055, people=900, kind="111")
    found = run(district)
    assert (found.numerator, found.denominator) == (0, 0)
    assert percent_of(found.numerator, found.denominator) is None
    assert found.inputs["people_not_rural"] == 900


def test_natural_villages_count_in_the_place_of_their_village(town):
    parent = town.children.get(level="village")
    AreaFactory(
        code=f"{parent.code}01",
        name="上组",
        level="group",
        parent=parent,
        boundary=None,
        centre=Point(117.2, 31.15, srid=SRID),
        population=30,
    )
    road(town, west=117.01)
    found = run(town.parent)
    assert (found.numerator, found.denominator) == (70, 100)
    assert [(gap.label, gap.amount) for gap in found.gaps.all()] == [("上组", 30)]


def test_the_same_inputs_give_the_same_number_and_hash(town):
    section = road(town, west=117.01)
    first, second = run(town.parent), run(town.parent)
    assert first.inputs_sha256 == second.inputs_sha256
    assert first.numerator == second.numerator
    Asset.objects.filter(pk=section.pk).update(
        geometry=line((117.011, 31.05), (117.015, 31.05), (117.02, 31.05))
    )
    assert run(town.parent).inputs_sha256 != first.inputs_sha256


def test_a_kept_population_is_used_and_never_changes(town):
    road(town, west=117.01)
    kept = population_from_register(
        area=town.parent, year=2023, name="登记", on=LAST_DAY, actor=None, scope=Scope.internal()
    )
    village(town, 399, lon=117.02, lat=31.055, people=5000)
    found = run(town.parent)
    assert (found.population, found.denominator) == (kept, 100)
    assert kept.people == 100
    other = AreaFactory(code="340198", name="邻区", boundary=None)
    with pytest.raises(WrongPopulation):
        run(other, population=kept)
    from maps.coverage.population import population_remove

    with pytest.raises(InUse):
        population_remove(population=kept, scope=Scope.internal())


def test_latest_is_the_newest_day_and_never_a_comparison(town):
    road(town, west=117.01)
    newest = run(town.parent)
    run(town.parent, as_of=datetime.date(2023, 1, 1))
    run(town.parent, without_year=2022)
    assert latest_run(Indicator.RURAL_ACCESS, town.parent) == newest
    asked = latest_run(Indicator.RURAL_ACCESS, town.parent, as_of=datetime.date(2023, 6, 1))
    assert asked.as_of == datetime.date(2023, 1, 1)
    assert latest_run(Indicator.UPKEEP, town.parent) is None


def test_runs_are_refused_where_they_make_no_sense(town):
    with pytest.raises(NotPermitted):
        run(town.parent, scope=Scope())
    with pytest.raises(WrongArea):
        run(town.children.get(level="village"))
    for day in (datetime.date(2999, 1, 1), datetime.date(1900, 1, 1)):
        with pytest.raises(WrongDay):
            run(town.parent, as_of=day)
    assert not CoverageRun.objects.exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"buffer_m": 0},
        {"buffer_m": "2000"},
        {"buffer_m": True},
        {"buffer_m": 10**9},
        {"pavements": ["mud"]},
        {"pavements": "asphalt"},
        {"pavements": [["asphalt"]]},
        {"undated_count": 1},
        {"unknown": 1},
        {"closure_days": -1},
        {"closure_days": 1.5},
    ],
)
def test_a_rule_takes_only_what_it_knows(db, wrong):
    given = {**defaults_of(Indicator.RURAL_ACCESS), **wrong}
    with pytest.raises(ParameterRefused) as refusal:
        rule_add(
            **TODAY_RULE,
            parameters=given,
            name="x",
            method="y",
            actor=None,
            scope=Scope.internal(),
        )
    assert refusal.value.field == next(iter(wrong))
    assert rule_in_use(Indicator.RURAL_ACCESS).number == 1


def test_every_indicator_has_a_rule_with_its_method_in_both_languages(db):
    rules = {rule.indicator: rule for rule in CoverageRule.objects.all()}
    assert set(rules) == set(Indicator.values)
    for indicator, rule in rules.items():
        assert rule.parameters == defaults_of(indicator)
        assert "我们的约定" in rule.method or indicator == Indicator.RURAL_ACCESS
        assert "our choice" in rule.method_en


def test_an_area_over_several_districts_is_the_sum_of_them(db):
    city = AreaFactory(code="3401", name="市", level="city", boundary=None)
    for code, west in (("340199", 117.0), ("340198", 117.9)):
        district = AreaFactory(code=code, name=code, parent=city, boundary=None)
        town = AreaFactory(
            code=f"{code}100", name="镇", level="township", parent=district, boundary=None
        )
        village(town, 301, lon=west, lat=31.05, people=60)
        village(town, 302, lon=west + 0.3, lat=31.05, people=40)
        road(town, west=west)
    found = run(city)
    assert (found.numerator, found.denominator) == (Decimal(120), Decimal(200))
    assert found.rows.count() == 2
