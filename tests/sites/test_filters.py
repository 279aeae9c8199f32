"""The one filter: what it reads, what it refuses, how it is written back."""

from __future__ import annotations

import datetime

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from sites.filters import ParameterError, SiteFilter
from sites.kinds import Delay, Kind, State
from sites.models import ProjectSite
from tests.factories import ProjectSiteFactory

BAD = [
    ("kind=bridge", "kind", "unknown_value"),
    ("state=open", "state", "unknown_value"),
    ("delay=pink", "delay", "unknown_value"),
    ("year=20x3", "year", "bad_form"),
    ("year=٢٠٢٣", "year", "bad_form"),
    ("area=34019", "area", "bad_form"),
    ("programme=a%00b", "programme", "bad_form"),
    ("id=1", "id", "bad_form"),
    ("bbox=1,2,3", "bbox", "bad_box"),
    ("bbox=nan,0,1,1", "bbox", "bad_box"),
    ("bbox=1e999,0,1,1", "bbox", "bad_box"),
    ("bbox=118,30,117,31", "bbox", "bad_box"),
    ("updated_since=yesterday", "updated_since", "bad_moment"),
    ("updated_since=2026-01-01T00:00:00", "updated_since", "bad_moment"),
    ("updated_since=2026-13-01T00:00:00Z", "updated_since", "bad_moment"),
    ("key_plan=maybe", "key_plan", "unknown_value"),
    ("q=" + "x" * 101, "q", "bad_text"),
    ("q=a%00", "q", "bad_text"),
    ("kind=" + ",".join(f"k{n}" for n in range(201)), "kind", "too_many_values"),
]


@pytest.mark.parametrize(("query", "parameter", "code"), BAD)
def test_a_bad_parameter_is_named(query, parameter, code):
    with pytest.raises(ParameterError) as caught:
        SiteFilter.from_query(QueryDict(query))
    assert (caught.value.parameter, caught.value.code) == (parameter, code)


def test_equal_filters_are_written_alike():
    first = SiteFilter.from_query(QueryDict("state=accepted&kind=road&state=closed&year=2023"))
    second = SiteFilter.from_query(QueryDict("year=2023&kind=road&state=closed,accepted"))
    assert first.to_query() == second.to_query() == "kind=road&state=accepted,closed&year=2023"


@given(
    kind=st.lists(st.sampled_from(Kind.values), unique=True),
    state=st.lists(st.sampled_from(State.values), unique=True),
    delay=st.lists(st.sampled_from(Delay.values), unique=True),
    year=st.lists(st.integers(1949, 2100), unique=True, max_size=5),
    q=st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30),
    key_plan=st.none() | st.booleans(),
    moment=st.none() | st.datetimes(timezones=st.just(datetime.UTC)),
)
def test_a_filter_survives_its_address(kind, state, delay, year, q, key_plan, moment):
    made = SiteFilter(
        kind=tuple(sorted(kind)),
        state=tuple(sorted(state)),
        delay=tuple(sorted(delay)),
        year=tuple(sorted(year)),
        q=" ".join(q.split()),
        key_plan=key_plan,
        updated_since=moment,
    )
    assert SiteFilter.from_query(QueryDict(made.to_query())) == made


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {"OWN-1", "SIBLING-1", "PUBLIC-1", "HOUSE-1", "FOREIGN-1"}),
        ("kind=housing", {"HOUSE-1"}),
        ("state=accepted", {"PUBLIC-1"}),
        ("township=340199101", {"SIBLING-1", "PUBLIC-1"}),
        ("area=340198", {"FOREIGN-1"}),
        ("q=own", {"OWN-1"}),
        ("q=sibling 路", {"SIBLING-1"}),
        ("q=%25", set()),
        ("bbox=117.2,31,117.4,31.2", {"SIBLING-1", "PUBLIC-1"}),
        ("year=2022", set()),
        ("programme=NLDL-2023&area=340198", {"FOREIGN-1"}),
    ],
)
def test_a_filter_finds_exactly_its_sites(world, query, codes):
    found = SiteFilter.from_query(QueryDict(query)).apply(ProjectSite.objects.all())
    assert set(found.values_list("code", flat=True)) == codes


@pytest.mark.parametrize(
    ("state", "planned_start", "planned_finish", "delay", "days"),
    [
        ("under_construction", None, "2026-11-23", "green", 0),
        ("under_construction", None, "2026-11-22", "yellow", 1),
        ("under_construction", None, "2026-10-24", "yellow", 30),
        ("under_construction", None, "2026-10-23", "red", 31),
        ("accepted", None, "2020-01-01", "green", 0),
        ("cancelled", None, "2020-01-01", "green", 0),
        ("rectifying", None, "2026-10-01", "red", 53),
        ("contracted", "2026-11-01", "2027-06-01", "yellow", 22),
        ("under_construction", "2026-01-01", "2027-06-01", "green", 0),
        ("proposed", None, None, "green", 0),
    ],
)
def test_delay_follows_the_plan(world, state, planned_start, planned_finish, delay, days):
    site = ProjectSiteFactory(
        area=world.villages[0],
        state=state,
        planned_start=planned_start,
        planned_finish=planned_finish,
    )
    found = ProjectSite.objects.with_delay(datetime.date(2026, 11, 23), red_days=30).get(pk=site.pk)
    assert (found.delay, found.days_late) == (delay, days)
