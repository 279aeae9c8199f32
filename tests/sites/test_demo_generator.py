"""The generated district hangs together: areas, roads, sites and their histories."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from dataclasses import replace

import numpy as np
import pytest
import shapely
from django.utils import timezone

from sites.demo.density import DEFAULT_SEED, DISTRICT, SCALES, Scale
from sites.demo.generator import district_of, generate
from sites.demo.plane import ellipsoid_length_m
from sites.kinds import (
    STATES_BEFORE_WORK,
    STATES_FINISHED,
    ComponentKind,
    FacilityKind,
    MilestoneKind,
    OrganisationKind,
    State,
    WaterWorksKind,
)
from sites.transitions import TRANSITIONS

AS_OF = datetime.date(2026, 11, 23)
SMALL = replace(DISTRICT, hamlets=250, houses=120, ponds=30)
DEGREE_M2 = 111_320.0**2 * np.cos(np.radians(31))


@pytest.fixture(scope="module")
def district():
    return district_of(0, DISTRICT, seed=DEFAULT_SEED, as_of=AS_OF)


def areas_of(district, level):
    return [area for area in district.areas if area.level == level]


def test_villages_and_townships_tile_the_district_without_gap_or_overlap(district):
    whole = areas_of(district, "district")[0].boundary
    for level in ("township", "village"):
        boundaries = [area.boundary for area in areas_of(district, level)]
        assert all(shapely.is_valid(boundaries))
        assert shapely.coverage_is_valid(boundaries)
        union = shapely.union_all(boundaries)
        assert union.symmetric_difference(whole).area * DEGREE_M2 < 1
        assert sum(b.area for b in boundaries) == pytest.approx(union.area, rel=1e-9)


def test_the_district_has_the_size_of_a_district(district):
    square_km = areas_of(district, "district")[0].boundary.area * DEGREE_M2 / 1e6
    assert 1_500 < square_km < 2_000
    assert len(areas_of(district, "township")) == 14
    assert 110 <= len(areas_of(district, "village")) <= 150
    assert 3_000 <= len(district.sites) <= 6_000


def test_neighbouring_districts_share_their_border():
    first, second = (
        areas_of(district_of(index, SMALL, seed=DEFAULT_SEED, as_of=AS_OF), "district")[0].boundary
        for index in (0, 1)
    )
    assert first.intersection(second).area * DEGREE_M2 < 1
    shared = set(map(tuple, shapely.get_coordinates(first))) & set(
        map(tuple, shapely.get_coordinates(second))
    )
    assert len(shared) > 50


def test_a_child_lies_in_its_parent_and_its_code_begins_with_the_parents(district):
    by_code = {area.code: area for area in district.areas}
    for area in district.areas:
        assert area.code.startswith(area.parent_code)
        parent = by_code.get(area.parent_code)
        if parent is not None and parent.boundary is not None:
            assert parent.boundary.covers(area.centre)


def test_codes_are_unique_and_names_unique_within_a_township(district):
    assert len({area.code for area in district.areas}) == len(district.areas)
    assert len({site.code for site in district.sites}) == len(district.sites)
    names = Counter((site.township_code, site.name) for site in district.sites)
    assert names.most_common(1)[0][1] == 1
    villages = Counter((area.parent_code, area.name) for area in areas_of(district, "village"))
    assert villages.most_common(1)[0][1] == 1


def test_everything_has_a_chinese_and_an_english_name(district):
    for record in (*district.areas, *district.organisations, *district.sites):
        assert record.name
        assert record.name_en
        assert not any("一" <= letter <= "鿿" for letter in record.name_en)


def test_every_site_lies_inside_its_area_but_for_roads_along_a_border(district):
    boundary = {area.code: area.boundary for area in district.areas if area.boundary}
    straying = []
    for site in district.sites:
        # Coordinates have seven decimals, so a cut at a border may miss it by a centimetre.
        outside = site.planned.difference(boundary[site.area_code].buffer(2e-6))
        if not outside.is_empty:
            assert site.kind == "road", site.code
            straying.append(outside.length / site.planned.length)
    assert len(straying) < 0.05 * 846
    assert max(straying) < 0.5


def test_the_road_network_is_one(district):
    parts = [
        part
        for site in district.sites
        if site.kind == "road"
        for part in shapely.get_parts(site.planned)
    ]
    holders = defaultdict(list)
    for number, part in enumerate(parts):
        for point in part.coords:
            holders[point].append(number)
    leader = list(range(len(parts)))

    def led_by(node):
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    for numbers in holders.values():
        for other in numbers[1:]:
            leader[led_by(numbers[0])] = led_by(other)
    assert len({led_by(number) for number in range(len(parts))}) == 1


def test_2023_holds_680_km_of_finished_road_on_214_sites(district):
    roads = [site for site in district.sites if site.kind == "road" and site.year == 2023]
    assert len(roads) == 214
    assert {site.state for site in roads} <= {state.value for state in STATES_FINISHED}
    assert sum(site.declared_length_m for site in roads) == 680_000
    measured = sum(ellipsoid_length_m(site.actual) for site in roads)
    assert measured == pytest.approx(680_000, rel=0.001)


@pytest.mark.parametrize("day", [datetime.date(2024, 7, 1), datetime.date(2028, 2, 29)])
def test_2023_is_finished_on_whatever_day_the_demo_begins(day):
    made = district_of(0, DISTRICT, seed=DEFAULT_SEED, as_of=day)
    roads = [site for site in made.sites if site.kind == "road" and site.year == 2023]
    assert {site.state for site in roads} <= {state.value for state in STATES_FINISHED}
    assert sum(site.declared_length_m for site in roads) == 680_000
    assert max(site.year for site in made.sites) == max(day.year, 2026)


def test_a_day_too_early_for_the_report_is_refused():
    with pytest.raises(ValueError, match="2024-07-01"):
        next(generate(SCALES["district"], seed=1, as_of=datetime.date(2024, 6, 30)))


def test_some_declared_lengths_differ_from_the_measured_ones(district):
    roads = [site for site in district.sites if site.kind == "road"]
    off = [
        site
        for site in roads
        if abs(float(site.declared_length_m) / ellipsoid_length_m(site.planned) - 1) > 0.01
    ]
    assert 0.03 < len(off) / len(roads) < 0.15


def test_the_same_seed_makes_the_same_district_and_another_seed_another():
    scale = Scale("small", 1, SMALL)
    first, again = (list(generate(scale, seed=DEFAULT_SEED, as_of=AS_OF)) for _ in range(2))
    assert first == again
    assert first != list(generate(scale, seed=DEFAULT_SEED + 2, as_of=AS_OF))


def test_histories_follow_the_allowed_moves_and_end_in_the_state(district):
    for site in district.sites:
        states = ["proposed", *(move.to_state for move in site.moves)]
        assert [move.from_state for move in site.moves] == states[:-1]
        assert states[-1] == site.state
        for move in site.moves:
            allowed = TRANSITIONS[move.from_state, move.to_state]
            assert move.role in {role.value for role in allowed.roles}
            assert move.reason or not allowed.needs_reason
        days = [move.on for move in site.moves]
        assert days == sorted(days)
        assert not days or days[-1] <= AS_OF


def test_dates_and_progress_agree_with_the_state(district):
    for site in district.sites:
        assert site.planned_start <= site.planned_finish
        if site.state in STATES_BEFORE_WORK:
            assert (site.actual_start, site.progress_percent) == (None, 0)
        if site.state in STATES_FINISHED:
            assert site.actual_start <= site.actual_finish <= AS_OF
            assert site.progress_percent == 100
        if site.state == State.UNDER_CONSTRUCTION:
            assert site.actual_finish is None
            assert 0 < site.progress_percent < 100
        percents = [entry.percent for entry in site.entries]
        assert percents == sorted(percents)
        assert all(site.actual_start <= entry.on <= AS_OF for entry in site.entries)
        if percents and site.state != State.CANCELLED:
            assert percents[-1] == site.progress_percent
        assert all(node.done_on is None or node.done_on <= AS_OF for node in site.milestones)


def test_all_three_lights_appear_and_most_are_green(district):
    lights = Counter()
    for site in district.sites:
        due = site.planned_finish
        if site.state in STATES_BEFORE_WORK:
            due = min(site.planned_start, due)
        late = (AS_OF - due).days
        if site.state in (*STATES_FINISHED, State.CANCELLED):
            late = 0
        lights["red" if late > 30 else "yellow" if late > 0 else "green"] += 1
    assert lights["red"] > 20
    assert lights["yellow"] > 10
    assert lights["green"] > 0.9 * len(district.sites)


def test_codes_of_kinds_are_those_of_the_register(district):
    details = defaultdict(set)
    for site in district.sites:
        for column, value in site.detail.items():
            details[column].add(value)
    assert details["works_kind"] == set(WaterWorksKind.values)
    assert details["facility_kind"] <= set(FacilityKind.values)
    parts = {part.kind for site in district.sites for part in site.components}
    assert parts == set(ComponentKind.values)
    nodes = {node.kind for site in district.sites for node in site.milestones}
    assert nodes == set(MilestoneKind.values)
    assert {body.kind for body in district.organisations} <= set(OrganisationKind.values)


def test_no_household_is_public_and_no_company_works_on_one(district):
    for site in district.sites:
        if site.kind == "housing":
            assert site.visibility == "restricted"
            assert (site.contractor, site.supervisor) == ("", "")
            assert site.owner.startswith("government:")


def test_today_is_a_day_on_which_the_demo_can_begin():
    assert next(generate(Scale("small", 1, SMALL), seed=3, as_of=timezone.localdate())).sites
