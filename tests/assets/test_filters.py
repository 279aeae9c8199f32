"""The filter of assets: strict to read, canonical to write, and true to what it says."""

from __future__ import annotations

import datetime
import uuid

import pytest
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from assets import filters
from assets.filter_parameters import PARAMETERS
from assets.filters import AssetFilter, register
from assets.kinds import OperatingClass
from assets.models import Asset
from sites.access import Scope
from sites.filter_parameter import chosen
from sites.filters import ParameterError
from tests.factories import AssetFactory, RouteFactory, section


def found(query):
    """The codes that an address means."""
    assets = AssetFilter.from_query(QueryDict(query)).apply(Asset.objects.visible_to(INTERNAL))
    return set(assets.values_list("code", flat=True))


INTERNAL = Scope.internal()
ALL = {"OWN-A", "SIBLING-A", "FOREIGN-A", "PUBLIC-A", "HOUSE-A"}


@pytest.fixture
def stock(world):
    """The district's assets, a water works of class IV and an asphalt section."""
    route = RouteFactory(route_no="X123", road_class="county")
    section(
        route, 0, 900, world.villages[0], code="ASPHALT", detail={"pavement": "asphalt"}, name="栗"
    )
    AssetFactory(
        code="WORKS",
        name="青龙水厂",
        area=world.villages[1],
        kind="water_works",
        state="restricted",
        operating_class="operating",
        warranty_until=None,
        detail={"capacity_m3_per_day": 500},
    )
    return world


@pytest.mark.parametrize(
    ("query", "codes"),
    [
        ("", {*ALL, "ASPHALT", "WORKS"}),
        ("kind=water_works,housing", {"WORKS", "HOUSE-A"}),
        ("state=restricted", {"WORKS"}),
        ("operating_class=operating", {"WORKS"}),
        ("township=340199100", {"OWN-A", "HOUSE-A", "ASPHALT"}),
        ("area=340198", {"FOREIGN-A"}),
        ("road_class=county", {"ASPHALT"}),
        ("pavement=asphalt", {"ASPHALT"}),
        ("scale_class=IV", {"WORKS"}),
        ("scale_class=V", set()),
        ("route=X123", {"ASPHALT"}),
        ("route=x123", {"ASPHALT"}),
        ("warranty=none", {"WORKS"}),
        ("site=OWN-1,HOUSE-1", {"OWN-A", "HOUSE-A"}),
        ("q=own", {"OWN-A"}),
        ("q=x12", {"ASPHALT"}),
        ("q=青龙", {"WORKS"}),
        ("bbox=117.24,31,117.26,31.1", {"SIBLING-A", "PUBLIC-A"}),
        ("updated_since=2099-01-01T00:00:00Z", set()),
    ],
)
def test_each_parameter_means_what_it_says(stock, query, codes):
    assert found(query) == codes


def test_a_warranty_runs_through_its_last_day(world):
    asset = AssetFactory(area=world.villages[0], warranty_until=datetime.date(2026, 11, 23))
    states = {}
    for day in (23, 24):
        as_of = datetime.date(2026, 11, day)
        for word in ("running", "ended"):
            wanted = AssetFilter({"warranty": (word,)}, as_of)
            states[day, word] = asset in wanted.apply(Asset.objects.all())

    assert states == {
        (23, "running"): True,
        (23, "ended"): False,
        (24, "running"): False,
        (24, "ended"): True,
    }


def test_bodies_and_keys_are_found_by_identifier(world):
    owner = world.cooperatives[0].pk
    assert found(f"owner={owner}") == {"OWN-A", "HOUSE-A"}
    assert found(f"upkeep_party={world.companies[1].pk}") == {"SIBLING-A", "FOREIGN-A", "PUBLIC-A"}
    assert found(f"id={world.own_asset.pk},{uuid.uuid4()}") == {"OWN-A"}
    assert found(f"site={world.own.pk}") == {"OWN-A"}
    assert found(f"route={world.own_asset.road_section.route_id}") == {"OWN-A"}


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=bridge", "kind"),
        ("state=proposed", "state"),
        ("warranty=yes", "warranty"),
        ("scale_class=VI", "scale_class"),
        ("area=34019", "area"),
        ("township=abc", "township"),
        ("owner=1", "owner"),
        ("route=A1", "route"),
        ("route=" + "X" * 60, "route"),
        ("site=" + "a" * 61, "site"),
        ("id=no", "id"),
        ("bbox=1,2,nan,4", "bbox"),
        ("bbox=10,0,5,1", "bbox"),
        ("q=" + "x" * 101, "q"),
        ("q=a%00b", "q"),
        ("updated_since=2026-01-01", "updated_since"),
        ("kind=" + ",".join(f"k{n}" for n in range(201)), "kind"),
    ],
)
def test_a_wrong_value_names_its_parameter(query, parameter):
    with pytest.raises(ParameterError) as refused:
        AssetFilter.from_query(QueryDict(query))

    assert refused.value.parameter == parameter


VALUES = {
    "kind": st.sampled_from(["road", "housing", "road,housing", "housing,road"]),
    "warranty": st.sampled_from(["running", "none,ended"]),
    "area": st.sampled_from(["34", "340199,340198"]),
    "route": st.sampled_from(["Y012", "x001,Y012"]),
    "site": st.sampled_from(["A-1", "甲-1,B"]),
    "q": st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20),
    "bbox": st.sampled_from(["117,31,118,32", "117.10,31.0,118,32"]),
    "updated_since": st.just("2026-01-01T08:00:00+08:00"),
}


@given(st.fixed_dictionaries({}, optional=VALUES))
def test_what_is_written_reads_back_the_same(params):
    first = AssetFilter.from_query(params)
    second = AssetFilter.from_query(QueryDict(first.to_query()))

    assert second.to_query() == first.to_query()
    assert {k: set(v) if isinstance(v, tuple) else v for k, v in second.given.items()} == {
        k: set(v) if isinstance(v, tuple) else v for k, v in first.given.items()
    }


def test_one_value_less(world):
    wanted = AssetFilter.from_query(QueryDict("kind=road,housing&q=own"))

    assert wanted.replaced("kind", ("road",)).to_query() == "kind=road&q=own"
    assert wanted.replaced("kind", ()).replaced("q", "").is_empty


@pytest.fixture
def further(monkeypatch):
    """A parameter of an app above, gone after the test."""
    monkeypatch.setattr(filters, "_REGISTERED", {})
    register(chosen("upkeep", "Upkeep", OperatingClass, lambda values, day: Q(pk__in=[])))


def test_an_app_above_adds_a_parameter_to_every_door(further, stock):
    assert found("upkeep=operating") == set()
    assert AssetFilter.from_query(QueryDict("upkeep=operating")).to_query() == "upkeep=operating"


def test_a_registered_parameter_cannot_take_another_ones_name():
    with pytest.raises(ValueError, match="kind"):
        register(PARAMETERS["kind"])


def test_the_day_is_today_unless_given():
    assert AssetFilter().as_of == timezone.localdate()
