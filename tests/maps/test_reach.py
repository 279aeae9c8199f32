"""The reach of lines: its radius, its union, and what a road more does to it."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from maps.coverage.cells import UNIT
from maps.coverage.metric import Zone, zone_of
from maps.coverage.reach import Reach

GEOD = Geod(ellps="GRS80")
RADIUS = 2000.0
spot = st.tuples(st.floats(0, 20_000), st.floats(0, 20_000))
road = st.lists(spot, min_size=2, max_size=6).map(shapely.LineString).filter(lambda r: r.length > 1)
roads = st.lists(road, min_size=0, max_size=8)
points = st.lists(spot.map(shapely.Point), min_size=1, max_size=40)
boxes = st.lists(
    st.tuples(st.floats(0, 20_000), st.floats(0, 20_000), st.floats(10, 3000)).map(
        lambda b: shapely.box(b[0], b[1], b[0] + b[2], b[1] + b[2])
    ),
    min_size=1,
    max_size=8,
)


def arranged(shapes):
    """Shapes as an array."""
    found = np.empty(len(shapes), dtype=object)
    found[:] = shapes
    return found


@pytest.mark.parametrize("longitude", [117.0, 118.1, 118.49, 9.5])
@pytest.mark.parametrize("latitude", [0.0, 31.0, 47.2])
def test_the_border_of_the_reach_lies_two_kilometres_away_on_the_ellipsoid(longitude, latitude):
    zone = zone_of(longitude)
    here = zone.to_metric(arranged([shapely.Point(longitude, latitude)]))
    reach = Reach(here, RADIUS)
    border = zone.to_stored(arranged([reach.dissolved]))[0]
    for lon, lat in shapely.get_coordinates(border):
        _there, _back, metres = GEOD.inv(longitude, latitude, lon, lat)
        assert abs(metres / RADIUS - 1) < 0.001
    for azimuth in range(0, 360, 7):
        for metres, share in ((RADIUS * 0.999, 1), (RADIUS * 1.001, 0)):
            lon, lat, _back = GEOD.fwd(longitude, latitude, azimuth, metres)
            place = zone.to_metric(arranged([shapely.Point(lon, lat)]))
            assert reach.shares(place)[0] == share


def test_the_area_of_the_reach_is_that_of_a_circle():
    reach = Reach(arranged([shapely.Point(500_000, 3_400_000)]), RADIUS)
    assert abs(reach.dissolved.area / (np.pi * RADIUS**2) - 1) < 0.001


@given(roads, road, points)
def test_a_road_more_never_lowers_who_is_reached(known, new, people):
    places = arranged(people)
    before = Reach(arranged(known), RADIUS).shares(places)
    after = Reach(arranged([*known, new]), RADIUS).shares(places)
    assert (after >= before).all()


@settings(max_examples=40)
@given(roads, road, boxes)
def test_a_road_more_never_lowers_the_share_of_an_area(known, new, areas):
    places = arranged(areas)
    before = Reach(arranged(known), RADIUS).shares(places)
    after = Reach(arranged([*known, new]), RADIUS).shares(places)
    assert (after >= before - 1e-9).all()


@given(roads, points)
def test_nobody_counts_twice_however_many_roads_are_near(known, people):
    places = arranged(people)
    together = Reach(arranged(known), RADIUS).shares(places).sum()
    alone = sum(Reach(arranged([one]), RADIUS).shares(places).sum() for one in known)
    assert together <= min(alone, len(people))


@settings(max_examples=40)
@given(roads, boxes)
def test_the_union_of_areas_is_never_more_than_their_sum(known, areas):
    places = arranged(areas)
    sizes = shapely.area(places)
    together = (Reach(arranged(known), RADIUS).shares(places) * sizes).sum()
    alone = sum((Reach(arranged([one]), RADIUS).shares(places) * sizes).sum() for one in known)
    assert together <= alone * (1 + 1e-9) + 1e-3


@given(roads, points)
def test_who_is_reached_lies_in_the_dissolved_buffers(known, people):
    reach = Reach(arranged(known), RADIUS)
    shares = reach.shares(arranged(people))
    for person, share in zip(people, shares, strict=True):
        metres = reach.dissolved.distance(person) if known else 0
        assert metres <= RADIUS * 0.001 if share else True


def test_an_area_half_of_which_is_near_counts_half():
    road_north = shapely.LineString([(0, 0), (0, 50_000)])
    square = shapely.box(1000, 20_000, 3000, 22_000)
    share = Reach(arranged([road_north]), RADIUS).shares(arranged([square]))[0]
    assert abs(share - 0.5) < 0.001
    assert round(share * UNIT * 100) / UNIT <= 100


def test_the_zone_is_the_districts_own_where_it_is_near(settings):
    settings.DISTRICT_SRID = 4547
    assert zone_of(115.5) == Zone(114)
    assert zone_of(117.2) == Zone(117)
    assert zone_of(117.2).name == "EPSG:4548"
    settings.DISTRICT_SRID = 4526
    assert zone_of(115.6) == Zone(114)
