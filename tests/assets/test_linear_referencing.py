"""Linear referencing agrees with an independent computation, and keeps its own promises.

The tolerance is 5 mm where goals are 5 cm: both ways measure lengths on the ellipsoid to
nanometres, and differ only in what they take for the straight line between two vertices (a
geodesic here, a straight line of the projection there). On segments up to 1.2 km, the longest
of the real roads, these lie less than a millimetre apart.
"""

from __future__ import annotations

import json
import random
from decimal import Decimal
from itertools import pairwise

import pytest
from django.contrib.gis.geos import LineString, MultiLineString, Point
from django.db import connection
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from shapely import from_wkb

from assets.chainage import Chainage, ChainageRange
from assets.linear import (
    AmbiguousFoot,
    Axis,
    NotALine,
    NotAPlace,
    OffTheSection,
    TooFar,
    locate,
    part_between,
    point_at,
)
from tests.assets.geodesic import Road, distance

TOLERANCE_M = 0.005
EAST_OF_LIECHTENSTEIN = 108.6
"""Degrees that bring the real roads to the meridian of the district, and south to its latitude."""
SOUTH_OF_LIECHTENSTEIN = 17.0
database = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


@pytest.fixture(scope="module", params=["as surveyed", "moved to the district"])
def roads(request):
    """The real roads of Liechtenstein, and the same shapes at 30° N in another zone."""
    from tests.conftest import pilot_folder

    content = (pilot_folder() / "real_li" / "roads.geojson").read_text(encoding="utf-8")
    lines = [feature["geometry"]["coordinates"] for feature in json.loads(content)["features"]]
    if request.param == "as surveyed":
        return [Road(tuple(map(tuple, line))) for line in lines]
    east, south = EAST_OF_LIECHTENSTEIN, SOUTH_OF_LIECHTENSTEIN
    return [Road(tuple((x + east, y - south) for x, y in line)) for line in lines]


def geos(road):
    return LineString(*road.coords, srid=4490)


def asked(question, rows):
    """Answers of one statement for all rows, each a line and its values."""
    marks = ", ".join(["(%s::bytea, %s::float8, %s::float8, %s::float8)"] * len(rows))
    values = [value for line, *rest in rows for value in (bytes(line.wkb), *rest)]
    statement = f"""
        SELECT {question}
        FROM (VALUES {marks}) AS given (wkb, a, b, c),
             LATERAL (SELECT ST_GeomFromWKB(wkb, 4490) AS line) AS road
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [row[0] if len(row) == 1 else row for row in cursor.fetchall()]


def chunks(rows, size=500):
    return [rows[start : start + size] for start in range(0, len(rows), size)]


def test_points_at_a_chainage_lie_where_the_geodesics_say(db, roads):
    rng = random.Random(341003)
    cases = [(road, rng.random()) for road in roads for _ in range(2)]
    worst = 0.0
    for some in chunks(cases):
        rows = [(geos(road), 1000, 3000, 1000 + 2000 * share) for road, share in some]
        found = asked("assets_point_at(line, a, b, c)::bytea", rows)
        for (road, share), shape in zip(some, found, strict=True):
            point = from_wkb(bytes(shape))
            away = distance((point.x, point.y), road.at(share * road.length))
            worst = max(worst, away)
    assert len(cases) == 4258
    assert worst < TOLERANCE_M


def test_places_beside_a_road_get_the_chainage_of_their_foot(db, roads):
    rng = random.Random(4490)
    cases = [
        (road, road.beside(rng.random() * road.length, rng.uniform(-50, 50)))
        for road in roads
        for _ in range(2)
    ]
    ties = 0
    for some in chunks(cases):
        rows = [(geos(road), road.length, *place) for road, place in some]
        found = asked("assets_chainage_at(line, 0, a, ST_SetSRID(ST_Point(b, c), 4490))", rows)
        for (road, place), metres in zip(some, found, strict=True):
            expected, away = road.foot(place)
            if abs(metres - expected) < TOLERANCE_M:
                continue
            # Another part of the road is as near: the answer must be no further away.
            ties += 1
            assert distance(place, road.at(metres)) < away + TOLERANCE_M
    assert len(cases) == 4258
    assert ties < len(cases) / 100


def test_parts_of_a_road_have_the_length_and_the_vertices_of_their_stretch(db, roads):
    rng = random.Random(2026)
    cases = [(road, *sorted((rng.random(), rng.random()))) for road in roads if road.length > 20]
    for some in chunks(cases):
        rows = [(geos(road), road.length, road.length * a, road.length * b) for road, a, b in some]
        found = asked("assets_part_between(line, 0, a, b, c)::bytea", rows)
        for (road, a, b), shape in zip(some, found, strict=True):
            expected = road.part(a * road.length, b * road.length)
            got = Road(tuple(from_wkb(bytes(shape)).coords))
            assert abs(got.length - (b - a) * road.length) < TOLERANCE_M
            assert len(got.coords) == len(expected.coords)
            for one, other in zip(got.coords, expected.coords, strict=True):
                assert distance(one, other) < TOLERANCE_M


def test_distances_from_the_line_are_geodesic(db, roads):
    rng = random.Random(50)
    for road in rng.sample(roads, 150):
        place = road.beside(rng.random() * road.length, rng.uniform(-50, 50))
        axis = Axis(geos(road), ChainageRange(0, 1000))
        foot = locate(axis, Point(*place, srid=4490), near=Chainage(0))
        # Among feet that are equally near to a decimetre, the one asked for is taken.
        assert -TOLERANCE_M < foot.distance_m - road.foot(place)[1] < 0.1 + TOLERANCE_M


# What holds for every line.


@st.composite
def lines(draw):
    """A road of 2 to 8 vertices in the district, steps of 10 m to 1 km."""
    place = (draw(st.floats(117, 119)), draw(st.floats(29, 32)))
    coords = [place]
    for _ in range(draw(st.integers(1, 7))):
        step = draw(st.floats(0.0001, 0.01)), draw(st.floats(-0.01, 0.01))
        place = (place[0] + step[0], place[1] + step[1])
        coords.append(place)
    return Road(tuple(coords))


@st.composite
def sections(draw):
    """A line and the stretch it stands for, which differs from its length as declared ones do."""
    road = draw(lines())
    start = draw(st.integers(0, 500_000))
    length = max(int(road.length * draw(st.floats(0.9, 1.1)) * 10), 10)
    return road, ChainageRange(Decimal(start) / 10, Decimal(start + length) / 10)


@database
@given(sections(), st.floats(0, 1))
def test_a_chainage_comes_back_from_its_point(db, section, share):
    road, stretch = section
    axis = Axis(geos(road), stretch)
    place = Chainage.nearest(float(stretch.start_m) + float(stretch.length_m) * share)
    assume(stretch.holds(place))
    foot = locate(axis, point_at(axis, place), within_m=0.01, near=place)
    assert foot.chainage == place


@database
@given(sections(), st.lists(st.floats(0, 1), min_size=2, max_size=5))
def test_a_higher_chainage_lies_further_along_the_line(db, section, shares):
    road, stretch = section
    axis = Axis(geos(road), stretch)
    rows = [
        Chainage.nearest(float(stretch.start_m) + float(stretch.length_m) * share)
        for share in sorted(shares)
    ]
    along = [road.foot(point_at(axis, place).tuple)[0] for place in rows if stretch.holds(place)]
    # The line runs eastwards, so that no two parts of it touch.
    assert all(one <= other + TOLERANCE_M for one, other in pairwise(along))


@database
@given(sections(), st.floats(0, 1), st.floats(0, 1))
def test_a_part_is_as_long_as_its_share(db, section, one, other):
    road, stretch = section
    low, high = (
        Chainage.nearest(float(stretch.start_m) + float(stretch.length_m) * share).metres
        for share in sorted((one, other))
    )
    assume(stretch.start_m <= low < high <= stretch.end_m)
    line = part_between(Axis(geos(road), stretch), ChainageRange(low, high))
    expected = road.length * float((high - low) / stretch.length_m)
    assert abs(Road(line.tuple).length - expected) < TOLERANCE_M


@database
@given(sections(), st.floats(0, 1), st.floats(-40, 40))
def test_a_line_turned_round_counts_from_the_other_end(db, section, share, offset):
    road, stretch = section
    assume(road.length > 5)
    place = Point(*road.beside(road.length * share, offset), srid=4490)
    turned = Road(road.coords[::-1])
    there = locate(Axis(geos(road), stretch), place, near=Chainage(stretch.start_m))
    back = locate(Axis(geos(turned), stretch), place, near=Chainage(stretch.end_m))
    mirrored = stretch.start_m + stretch.end_m - back.chainage.metres
    assert abs(there.chainage.metres - mirrored) <= Decimal("0.1")
    assert abs(there.distance_m - back.distance_m) < TOLERANCE_M


# What has no answer says so.

WEST_EAST = ((117.05, 31.05), (117.06, 31.05))
KM = ChainageRange(Decimal(0), Decimal(1000))


def axis(*coords):
    return Axis(LineString(*coords, srid=4490), KM)


def test_a_place_beyond_an_end_has_its_foot_at_the_end(db):
    road = axis(*WEST_EAST)
    west, east = Point(117.0499, 31.05, srid=4490), Point(117.0601, 31.05, srid=4490)
    assert locate(road, west, within_m=50).chainage == Chainage(0)
    assert locate(road, east, within_m=50).chainage == Chainage(1000)
    assert 9 < locate(road, east).distance_m < 10


def test_a_place_too_far_away_is_refused_with_its_distance(db):
    with pytest.raises(TooFar) as refusal:
        locate(axis(*WEST_EAST), Point(117.055, 31.051, srid=4490), within_m=50)
    assert "111" in str(refusal.value)


@pytest.mark.parametrize("place", [(-70.0, 31.0), (117.0, -60.0), (180.0, 85.0), (-63.0, 0.0)])
def test_a_place_on_the_other_side_of_the_world_is_refused(db, place):
    with pytest.raises(TooFar):
        locate(axis(*WEST_EAST), Point(*place, srid=4490))


@pytest.mark.parametrize(
    "place",
    [
        None,
        Point(srid=4490),
        Point(117.05, 31.05),
        Point(13_031_000, 3_632_000, srid=3857),
        Point(117.05, 31.05, 3, srid=4490),
        Point(117.05, float("nan"), srid=4490),
        Point(float("inf"), 31.05, srid=4490),
        Point(31.05, 117.05, srid=4490),
        LineString(*WEST_EAST, srid=4490),
    ],
)
def test_what_is_no_place_in_degrees_is_refused(db, place):
    with pytest.raises(NotAPlace):
        locate(axis(*WEST_EAST), place)


@pytest.mark.parametrize(
    "line",
    [
        None,
        LineString(srid=4490),
        MultiLineString(LineString(*WEST_EAST), srid=4490),
        LineString(*WEST_EAST),
        LineString((117.05, 31.05), (117.05, 31.05), srid=4490),
        LineString((117.05, 31.05), (117.0500001, 31.05), srid=4490),
        Point(117.05, 31.05, srid=4490),
    ],
)
def test_what_is_no_line_is_refused(db, line):
    broken = Axis(line, KM)
    with pytest.raises(NotALine):
        locate(broken, Point(117.05, 31.05, srid=4490))
    with pytest.raises(NotALine):
        point_at(broken, Chainage(500))
    with pytest.raises(NotALine):
        part_between(broken, ChainageRange(100, 200))


def test_chainages_outside_the_section_are_refused(db):
    road = Axis(LineString(*WEST_EAST, srid=4490), ChainageRange(500, 1000))
    with pytest.raises(OffTheSection, match=r"K1\+000\.1"):
        point_at(road, Chainage(Decimal("1000.1")))
    with pytest.raises(OffTheSection, match=r"K0\+400–K0\+600"):
        part_between(road, ChainageRange(400, 600))


def test_the_whole_stretch_is_the_line_itself(db):
    road = axis((117.05, 31.05), (117.055, 31.0512345), (117.06, 31.05))
    assert part_between(road, KM).equals_exact(road.line)


def test_where_a_road_crosses_itself_the_chainage_must_be_said(db):
    loop = axis(
        (117.05, 31.05), (117.06, 31.05), (117.06, 31.06), (117.055, 31.06), (117.055, 31.04)
    )
    crossing = Point(117.055, 31.05, srid=4490)
    with pytest.raises(AmbiguousFoot):
        locate(loop, crossing)
    low, high = (locate(loop, crossing, near=Chainage(at)).chainage for at in (0, 1000))
    assert low.metres < 200
    assert high.metres > 600


def test_a_closed_road_begins_and_ends_at_one_place(db):
    ring = axis((117.05, 31.05), (117.06, 31.05), (117.06, 31.06), (117.05, 31.05))
    with pytest.raises(AmbiguousFoot, match=r"K0\+000, K1\+000"):
        locate(ring, Point(117.05, 31.05, srid=4490))
    assert point_at(ring, Chainage(0)).equals_exact(point_at(ring, Chainage(1000)), 1e-9)


def test_a_road_that_comes_back_on_itself_is_ambiguous_along_its_whole(db):
    there_and_back = axis((117.05, 31.05), (117.06, 31.05), (117.05, 31.05))
    with pytest.raises(AmbiguousFoot, match=r"K0\+250, K0\+750"):
        locate(there_and_back, Point(117.055, 31.0501, srid=4490))


def test_repeated_vertices_change_nothing(db):
    plain = axis(*WEST_EAST)
    doubled = axis(WEST_EAST[0], WEST_EAST[0], WEST_EAST[1], WEST_EAST[1])
    place = Point(117.0537, 31.0502, srid=4490)
    assert locate(plain, place) == locate(doubled, place)


def test_whole_tables_get_nothing_where_there_is_no_answer(db):
    """One odd row must not spoil a page: the functions answer NULL and never raise."""
    odd = [
        "assets_point_at('SRID=4490;POINT(117 31)', 0, 1000, 500)",
        "assets_point_at('SRID=4490;LINESTRING EMPTY', 0, 1000, 500)",
        "assets_point_at('SRID=4490;LINESTRING(117 31,117 31)', 0, 1000, 500)",
        "assets_point_at('SRID=4490;LINESTRING(117 31,117 32)', 0, 1000, 1001)",
        "assets_point_at('SRID=4490;LINESTRING(117 31,117 32)', 0, 1000, 'NaN')",
        "assets_point_at('SRID=4490;LINESTRING(117 31,117 32)', 1000, 1000, 1000)",
        "assets_part_between('SRID=4490;LINESTRING(117 31,117 32)', 0, 1000, 1000, 2000)",
        "assets_part_between('SRID=4490;MULTILINESTRING((117 31,117 32))', 0, 1000, 0, 500)",
        "assets_chainage_at('SRID=4490;LINESTRING(117 31,117 32)', 0, 9, 'SRID=4490;POINT(1 1)')",
        "assets_chainage_at('SRID=4490;LINESTRING(117 31,117 32)', 0, 9, 'SRID=4490;POINT EMPTY')",
        "assets_chainage_at('SRID=4490;LINESTRING(117 31,117 32)', 0, 9,"
        " 'SRID=4490;LINESTRING(117 31,117 32)')",
        "assets_chainage_at(NULL, 0, 9, 'SRID=4490;POINT(117 31)')",
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(odd)}")
        assert cursor.fetchone() == (None,) * len(odd)
