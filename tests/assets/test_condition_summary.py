"""Kilometres by grade: the parts add up to the whole, for everybody who may see them."""

from __future__ import annotations

import csv
import datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.test import Client

from assets.condition.summary import condition_summary, filter_of
from assets.filters import AssetFilter
from assets.kinds import ConditionGrade
from assets.models import Asset, ConditionSurvey, RoadSection
from sites.access import Scope, scope_of
from tests.factories import RouteFactory, section

TODAY = datetime.date(2026, 11, 23)


def survey(asset, grade, start=None, end=None, *, computed=False, day=TODAY):
    """A survey as the table holds it; the trigger does the rest."""
    own = {"computed_grade": grade} if computed else {"stated_grade": grade, "testing_body": "所"}
    return ConditionSurvey.objects.create(
        asset=asset, start_m=start, end_m=end, surveyed_on=day, method="manual", **own
    )


@pytest.fixture
def roads(world):
    """Four sections of two townships, beside the five of the world; every case of rating."""
    route = RouteFactory(road_class="county")
    first, second = world.villages
    asphalt, cement = {"pavement": "asphalt"}, {"pavement": "cement"}
    roads = [
        section(route, 0, 1000, first, detail=asphalt),
        section(route, 1000, "2500.5", first, detail=cement),
        section(route, "2500.5", 3000, second, detail=cement),
        section(route, 3000, 5000, second),
    ]
    survey(roads[0], "excellent", computed=True)
    survey(roads[1], "good", 1000, 2000)
    survey(roads[1], "bad", 1800, 2400)
    survey(roads[2], "fair")
    return roads


def summary_of(scope=None, **given):
    return condition_summary(scope or Scope.internal(), AssetFilter.from_query(given))


def test_each_metre_is_counted_once_under_its_newest_grade(roads):
    total = summary_of().total
    assert {grade: total.metres(grade) for grade in ConditionGrade.values} == {
        "excellent": Decimal(1000),
        "good": Decimal(800),
        "fair": Decimal("499.5"),
        "poor": Decimal(0),
        "bad": Decimal(600),
    }
    assert total.stated_m == Decimal("1899.5")


def test_the_parts_add_up_to_the_whole(roads):
    summary = summary_of()
    whole = sum(row.end_m - row.start_m for row in RoadSection.objects.filter(is_current=True))
    for rows in (summary.rows, summary.by_township(), summary.by_class(), summary.by_pavement()):
        assert sum(row.lengths.total_m for row in rows) == whole == summary.total.total_m
        for grade in ConditionGrade.values:
            metres = sum(row.lengths.metres(grade) for row in rows)
            assert metres == summary.total.metres(grade)
        for row in rows:
            assert row.lengths.rated_m + row.lengths.not_rated_m == row.lengths.total_m
            assert row.lengths.not_rated_m >= 0


def test_shares_are_of_the_rated_length(roads):
    total = summary_of().total
    assert total.rated_m == Decimal("2899.5")
    assert round(total.good_percent, 3) == Decimal("62.080")
    assert round(total.fair_percent, 3) == Decimal("79.307")
    assert summary_of(pavement="gravel").total.fair_percent is None


def test_a_decommissioned_or_removed_section_counts_no_more(roads):
    RoadSection.objects.filter(pk=roads[0].pk).update(is_current=False)
    Asset.objects.filter(pk=roads[2].pk).update(removed_at="2026-11-01T00:00:00Z")
    total = summary_of().total
    assert total.metres("excellent") == total.metres("fair") == 0


def test_a_survey_beyond_a_shortened_section_is_cut(roads):
    RoadSection.objects.filter(pk=roads[1].pk).update(end_m=1900)
    total = summary_of().total
    assert (total.metres("good"), total.metres("bad")) == (Decimal(800), Decimal(100))


@pytest.mark.parametrize(
    ("role", "townships"),
    [
        ("district_planner", {"340199100", "340199101"}),
        ("township_officer", {"340199100"}),
        ("company_member", {"340199100"}),
        ("evaluator", {"340199100", "340199101"}),
    ],
)
def test_everybody_sums_up_what_they_may_see(world, roads, role, townships):
    summary = summary_of(scope_of(world.users[role]))
    assert {row.township_code for row in summary.rows} == townships


def test_a_company_sums_up_only_what_it_keeps_up(world, roads):
    assert summary_of(scope_of(world.users["company_member"])).total.sections == 1


def test_two_statements_whatever_the_number(roads, django_assert_num_queries):
    with django_assert_num_queries(2):
        summary_of()


@pytest.mark.parametrize(
    ("grades", "expected"),
    [
        ("excellent", {0}),
        ("good", {1}),
        ("bad", {1}),
        ("poor", set()),
        ("not_rated", {1, 3}),
        ("fair,not_rated", {1, 2, 3}),
    ],
)
def test_sections_are_found_by_grade(roads, grades, expected):
    found = AssetFilter.from_query({"grade": grades}).apply(Asset.objects.all())
    assert set(found.filter(pk__in=[road.pk for road in roads])) == {roads[i] for i in expected}


def test_a_line_of_the_table_leads_to_exactly_its_sections(world, roads):
    chosen = AssetFilter()
    for row in summary_of().rows:
        own = filter_of(row, chosen)
        if not row.pavement:
            assert own is None
            continue
        assert own.apply(Asset.objects.all()).count() == row.lengths.sections


def test_a_filter_by_village_is_never_widened_to_its_township(world, roads):
    village = AssetFilter.from_query({"township": "340199100201"})
    row = condition_summary(Scope.internal(), village).by_township()[0]
    assert filter_of(row, village, ("township",)) is None


# The page and the API


@pytest.fixture
def planner(world):
    client = Client()
    client.force_login(world.users["district_planner"])
    return client


def test_the_page_shows_lengths_and_leads_to_the_sections(roads, planner):
    page = planner.get("/assets/condition/").content.decode()
    assert "2.90" in page  # rated kilometres
    assert "/assets/?kind=road&amp;township=340199100&amp;grade=good" in page
    narrower = planner.get("/assets/condition/?township=340199101").content.decode()
    assert "grade=fair" in narrower
    assert "township=340199100&" not in narrower


@pytest.mark.parametrize(
    "query", ["?township=x", "?grade=superb", "?nonsense=1", "?bbox=1,2,3", "?pavement=%00"]
)
def test_a_wrong_parameter_is_named_and_left_out(planner, query):
    answer = planner.get(f"/assets/condition/{query}")
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode()
    assert planner.get(f"/assets/condition.csv{query}").status_code == 400


def test_the_csv_table_adds_up(roads, planner):
    text = planner.get("/assets/condition.csv").content.decode("utf-8-sig")
    headings, *rows, total = csv.reader(StringIO(text))
    assert len(headings) == 15
    for place in range(5, 13):
        parts = sum(Decimal(row[place]) for row in rows)
        assert parts == Decimal(total[place])


def test_the_api_gives_the_same_figures(roads, planner):
    body = planner.get("/api/v1/condition").json()
    summary = summary_of(scope_of(planner_user()))
    assert body["total"]["total_m"] == float(summary.total.total_m)
    assert body["total"]["fair_percent"] == 79.307
    for row in body["rows"]:
        grades = sum(row[f"{grade}_m"] for grade in (*ConditionGrade.values, "not_rated"))
        assert grades == pytest.approx(row["total_m"], abs=1e-6)
        if row["assets_url"]:
            found = planner.get(row["assets_url"]).json()["features"]
            assert len(found) == row["sections"]


def planner_user():
    from django.contrib.auth import get_user_model

    return get_user_model().objects.get(username="district_planner")


def test_the_stretches_behind_the_figures_come_page_by_page(roads, planner):
    seen, address = [], "/api/v1/condition-stretches?limit=2"
    while address:
        body = planner.get(address).json()
        seen += body["items"]
        address = body["next"]
    metres = sum(Decimal(str(row["end_m"])) - Decimal(str(row["start_m"])) for row in seen)
    assert metres == summary_of().total.rated_m
    bad = planner.get("/api/v1/condition-stretches?grade=bad").json()["items"]
    assert [(row["start_m"], row["end_m"], row["is_stated"]) for row in bad] == [
        (1800.0, 2400.0, True)
    ]
