"""J9: what this year's roads changed. From the register to the index, before and after."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from decimal import Decimal

import numpy as np
import pytest
import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon, Point
from pyproj import CRS, Transformer

from maps.coverage.runs import percent_of
from maps.kinds import Indicator
from sites.models import Area
from tests.factories.coverage import road, run, sections_of, village
from tests.factories.records import SRID, AreaFactory

FIRST_DAY, LAST_DAY = datetime.date(2023, 1, 1), datetime.date(2023, 12, 31)
HARD = {"沥青混凝土": "asphalt", "水泥混凝土": "cement", "砂石": "gravel", "沥青表处": "simple"}
THIS_YEAR = datetime.date(2023, 9, 1)


def test_this_years_roads_take_the_index_from_81_4_to_86_9(world):
    first, second = world.townships
    village(first, 301, lon=117.02, lat=31.055, people=500)
    village(first, 302, lon=117.35, lat=31.15, people=55)
    village(second, 301, lon=117.30, lat=31.055, people=314)
    village(second, 302, lon=117.22, lat=31.19, people=131)
    village(second, 303, lon=117.30, lat=31.06, people=999, kind="121")
    road(first, west=117.01)
    road(second, west=117.30)
    road(second, west=117.34, lat=31.148, opened=THIS_YEAR)
    before = run(world.district, as_of=FIRST_DAY)
    after = run(world.district, as_of=LAST_DAY)
    assert percent_of(before.numerator, before.denominator) == Decimal("81.4")
    assert percent_of(after.numerator, after.denominator) == Decimal("86.9")
    assert after.inputs["people_not_rural"] == 999
    assert {row.township_code: row.numerator for row in after.rows.all()} == {
        first.code: 555,
        second.code: 314,
    }
    assert [(gap.label, gap.amount) for gap in after.gaps.all()] == [("村302", 131)]
    without = run(world.district, as_of=LAST_DAY, without_year=2023)
    assert without.numerator == before.numerator


@pytest.fixture
def pilot_district(db, pilot):
    """The pilot's district with its townships, villages with people, and roads."""
    read = {
        name: json.loads((pilot / f"{name}.geojson").read_text(encoding="utf-8"))["features"]
        for name in ("district", "towns", "villages", "hamlets", "roads")
    }
    outline = stored(read["district"][0])
    district = AreaFactory(code="341003", name="黄山区", boundary=multi(outline))
    towns = {
        town["properties"]["code"]: AreaFactory(
            code=town["properties"]["code"],
            name=town["properties"]["name"],
            level="township",
            parent=district,
            boundary=multi(stored(town)),
        )
        for town in read["towns"]
    }
    for feature in read["villages"]:
        about = feature["properties"]
        AreaFactory(
            code=about["code"],
            name=about["name"],
            level="village",
            parent=towns[about["town_code"]],
            boundary=None,
            centre=Point(*feature["geometry"]["coordinates"], srid=SRID),
            population=about["population"],
            households=about["households"],
            urban_rural_class="121" if about["kind"] == "居委会" else "220",
        )
    numbers: Counter[str] = Counter()
    for feature in read["hamlets"]:
        about = feature["properties"]
        numbers[about["village_code"]] += 1
        AreaFactory(
            code=f"{about['village_code']}{numbers[about['village_code']]:02d}",
            name=about["name"],
            level="group",
            parent=Area.objects.get(code=about["village_code"]),
            boundary=None,
            centre=Point(*feature["geometry"]["coordinates"], srid=SRID),
            households=about["households"],
        )
    sections_of(
        district,
        [stored(one) for one in read["roads"]],
        pavements=[HARD.get(one["properties"]["surface"], "earth") for one in read["roads"]],
        opened=[datetime.date(one["properties"]["built_year"], 6, 1) for one in read["roads"]],
    )
    return district


def stored(feature):
    """A feature's geometry in the register's system."""
    wkb = shapely.force_2d(shapely.geometry.shape(feature["geometry"])).wkb
    return GEOSGeometry(memoryview(wkb), srid=SRID)


def multi(shape):
    """The shape as a multipolygon."""
    return shape if shape.geom_type == "MultiPolygon" else MultiPolygon(shape, srid=SRID)


def nearest_metres(lon, lat, lines):
    """The distance on the ellipsoid to the nearest line: radii of an azimuthal projection."""
    around = CRS.from_proj4(f"+proj=aeqd +lat_0={lat} +lon_0={lon} +ellps=GRS80")
    move = Transformer.from_crs(CRS.from_epsg(SRID), around, always_xy=True)
    near = lines[shapely.dwithin(lines, shapely.Point(lon, lat), 0.05)]
    if not len(near):
        return np.inf
    flat = shapely.transform(
        shapely.segmentize(near, 0.001),
        lambda c: np.column_stack(move.transform(c[:, 0], c[:, 1])),
    )
    return float(shapely.distance(flat, shapely.Point(0, 0)).min())


def reached_people(people, lines, metres):
    """The people within a distance of the lines, computed another way than ours."""
    return sum(amount for lon, lat, amount in people if nearest_metres(lon, lat, lines) <= metres)


def test_the_pilots_villages_gain_by_the_roads_of_a_year(pilot_district, pilot):
    before = run(pilot_district, as_of=FIRST_DAY)
    after = run(pilot_district, as_of=LAST_DAY)
    left_out = run(pilot_district, as_of=LAST_DAY, without_year=2023)
    assert 0 < before.numerator <= after.numerator <= after.denominator
    assert left_out.numerator == before.numerator
    assert sum(row.denominator for row in after.rows.all()) == after.denominator
    features = json.loads((pilot / "roads.geojson").read_text(encoding="utf-8"))["features"]
    lines = np.array(
        [
            shapely.geometry.shape(one["geometry"])
            for one in features
            if HARD.get(one["properties"]["surface"]) in ("asphalt", "cement")
            and one["properties"]["built_year"] <= 2023
        ]
    )
    villages = Area.objects.filter(level="village", urban_rural_class="220")
    people = [(v.centre.x, v.centre.y, v.population) for v in villages]
    expected = reached_people(people, lines, 2000)
    assert abs(float(after.numerator) - expected) <= 0.001 * expected
    hamlets = run(pilot_district, indicator=Indicator.HAMLETS_HARD_ROAD)
    assert 0 < hamlets.numerator <= hamlets.denominator
    assert hamlets.denominator + hamlets.inputs["smaller"] == 185


def test_the_index_of_real_roads_equals_an_independent_one_on_the_ellipsoid(db, pilot):
    folder = pilot / "real_li"
    roads = json.loads((folder / "roads.geojson").read_text(encoding="utf-8"))["features"]
    paved = [one for one in roads if one["properties"]["highway"] != "track"]
    houses = json.loads((folder / "buildings.geojson").read_text(encoding="utf-8"))["features"]
    country = AreaFactory(code="349901", name="山国", boundary=None)
    town = AreaFactory(code="349901100", name="镇", level="township", parent=country, boundary=None)
    chosen = paved[::40]
    sections_of(country, [stored(one) for one in chosen])
    people = []
    for number, house in enumerate(houses[::4], start=1):
        spot = shapely.geometry.shape(house["geometry"]).representative_point()
        people.append((spot.x, spot.y, 1 + number % 5))
    Area.objects.bulk_create(
        Area(
            code=f"{town.code}001{number:03d}"[:15],
            name=f"屋{number}",
            level="group",
            parent=town,
            centre=Point(lon, lat, srid=SRID),
            population=amount,
            valid_from=datetime.date(2012, 1, 1),
        )
        for number, (lon, lat, amount) in enumerate(people, start=1)
        if number < 1000
    )
    found = run(country, as_of=LAST_DAY)
    lines = np.array([shapely.geometry.shape(one["geometry"]) for one in chosen])
    expected = reached_people(people[:999], lines, 2000)
    assert found.denominator == sum(amount for *_place, amount in people[:999])
    assert 0 < found.numerator < found.denominator
    assert abs(float(found.numerator) - expected) <= 0.001 * expected
