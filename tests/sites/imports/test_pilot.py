"""The pilot district's own files: counts, lengths, idempotence, other formats of the same data."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db.models import Sum
from pyproj import Geod
from shapely import union_all
from shapely.geometry import shape

from sites.models import Area, HouseholdRecord, ProjectSite, StateChange
from tests.factories import AreaFactory
from tests.factories.acceptance import passed
from tests.sites.imports.conftest import take_areas, take_sites

GEOD = Geod(ellps="GRS80")
FILES = {
    "roads": "road",
    "water_works": "water_works",
    "channels": "water_works",
    "village_centres": "village_centre",
    "housing_sites": "housing",
}


def features(path):
    return json.loads(path.read_text(encoding="utf-8"))["features"]


def geodesic_length(path):
    """Length in metres on the ellipsoid, computed without the database."""
    return sum(
        GEOD.geometry_length(shape(feature["geometry"]))
        for feature in features(path)
        if "Line" in feature["geometry"]["type"]
    )


def test_areas_come_level_by_level_with_their_parents(db, pilot):
    assert take_areas(pilot / "district.geojson").new == 1
    assert take_areas(pilot / "towns.geojson").new == 15
    assert take_areas(pilot / "villages.geojson").new == 86
    assert take_areas(pilot / "hamlets.geojson").new == 185
    assert take_areas(pilot / "hamlets.geojson").unchanged == 185
    village = Area.objects.get(code="341003100001")
    assert (village.level, village.parent.code) == ("village", "341003100")
    assert village.centre is not None
    assert (village.population, village.households) == (2029, 679)
    hamlet = Area.objects.get(code="341003100200001")
    assert (hamlet.name, hamlet.parent.code) == ("外桥头", "341003100200")


def test_areas_of_a_geopackage_change_nothing_when_they_are_known(huangshan, pilot):
    outcome = take_areas(pilot / "pilot.gpkg", options=_layer("towns"))
    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 0, 15)


def _layer(name):
    from sites.imports.reader.outcome import Options

    return Options(layer=name)


def test_a_shifted_outline_is_refused_with_the_distance(huangshan, pilot):
    outcome = take_areas(pilot / "sources" / "boundary_gcj02_mislabelled.geojson")
    problem = next(iter(outcome.problems))
    assert (problem.code, outcome.is_written) == ("area_shifted", False)
    assert 300 < problem.values["metres"] < 800


@pytest.mark.parametrize(("name", "kind"), FILES.items())
def test_each_file_goes_in_whole_and_only_once(huangshan, pilot, name, kind):
    path = pilot / f"{name}.geojson"
    first = take_sites(path, kind)
    assert (first.new, first.refused) == (len(features(path)), 0)
    sites = ProjectSite.objects.filter(source=name)
    assert sites.count() == first.new
    measured = sites.aggregate(total=Sum("measured_length_m"))["total"]
    if geodesic_length(path):
        assert measured == pytest.approx(geodesic_length(path), rel=0.001)
    second = take_sites(path, kind)
    assert (second.new, second.changed, second.unchanged) == (0, 0, first.new)


@pytest.mark.parametrize(("name", "kind"), FILES.items())
def test_the_geopackage_holds_the_same_sites(huangshan, pilot, name, kind):
    first = take_sites(pilot / f"{name}.geojson", kind)
    again = take_sites(pilot / "pilot.gpkg", kind, layer=name)
    assert (again.new, again.changed, again.unchanged) == (0, 0, first.new)


def test_road_fields_are_understood(huangshan, pilot):
    take_sites(pilot / "roads.geojson", "road")
    site = ProjectSite.objects.select_related("road", "area").get(code="X001341003")
    assert (site.name, site.area.code, site.declared_length_m) == ("甘仙线", "341003100", 7647)
    road = site.road
    assert (road.route_code, road.road_class) == ("X001341003", "county")
    assert (road.technical_class, road.pavement) == ("class_3", "cement")
    assert (road.pavement_width_m, road.start_name, road.end_name) == (
        Decimal("7.5"),
        "甘棠镇",
        "仙源镇",
    )


def test_states_and_details_of_the_other_kinds_are_understood(huangshan, pilot):
    take_sites(pilot / "housing_sites.geojson", "housing")
    house = ProjectSite.objects.select_related("housing").get(code="ZF-341003-0001")
    assert (house.state, house.housing.danger_grade) == ("completed", "D")
    assert (house.housing.method, house.housing.floor_area_m2) == ("rebuild", Decimal("105.4"))
    assert house.visibility == "office"
    assert HouseholdRecord.objects.filter(site=house, reference="H51185771").exists()
    take_sites(pilot / "village_centres.geojson", "village_centre")
    centre = ProjectSite.objects.select_related("village_centre").get(code="ZXC-341003-001")
    assert (centre.state, centre.year, centre.village_centre.households) == ("cancelled", 2019, 307)
    assert centre.planned_geometry is not None
    take_sites(pilot / "water_works.geojson", "water_works")
    works = ProjectSite.objects.select_related("water_works").get(code="SL-341003-0001")
    assert works.water_works.works_kind == "weir"


def test_a_completed_site_has_its_actual_geometry(huangshan, pilot):
    take_sites(pilot / "housing_sites.geojson", "housing")
    house = ProjectSite.objects.get(code="ZF-341003-0001")
    assert house.actual_geometry is not None
    assert house.planned_geometry is None


@pytest.mark.parametrize("name", ["roads_utf8_shp.zip", "roads_cgcs2000_gk117.zip"])
def test_the_same_roads_as_shapefile_are_recognised(huangshan, pilot, name):
    take_sites(pilot / "roads.geojson", "road")
    again = take_sites(pilot / "samples" / name, "road")
    assert (again.new, again.refused) == (0, 0)
    assert again.changed + again.unchanged == 303
    assert {field for change in again.changes for field in change.fields} == {"declared_length_m"}


@pytest.mark.parametrize("name", ["roads_utf8_shp.zip", "roads_cgcs2000_gk117.zip"])
def test_shapefiles_go_in_on_their_own(huangshan, pilot, name):
    assert take_sites(pilot / "samples" / name, "road").new == 303
    measured = ProjectSite.objects.aggregate(total=Sum("measured_length_m"))["total"]
    assert measured == pytest.approx(geodesic_length(pilot / "roads.geojson"), rel=0.001)
    assert ProjectSite.objects.get(code="X001341003").name == "甘仙线"


@pytest.mark.parametrize("name", ["water_works_survey.xlsx", "water_works_survey.csv"])
def test_survey_tables_go_in(huangshan, pilot, name):
    outcome = take_sites(pilot / "samples" / name, "water_works")
    assert (outcome.new, outcome.refused) == (260, 0)
    site = ProjectSite.objects.select_related("water_works", "area").get(code="SL-341003-0001")
    assert (site.name, site.water_works.works_kind) == ("凤凰村四号堰坝", "weir")
    assert site.area.code == "341003100"


def test_a_gb18030_table_of_villages_goes_in_as_areas(huangshan, pilot):
    outcome = take_areas(pilot / "samples" / "villages_survey_gbk.csv")
    assert (outcome.new, outcome.refused) == (86, 0)
    assert Area.objects.get(code="341003100001").name == "甘棠社区居委会"


def test_roads_of_a_real_country_go_into_the_district_of_its_communes(db, pilot):
    communes = [shape(f["geometry"]) for f in features(pilot / "real_li" / "communes.geojson")]
    outline = GEOSGeometry(union_all(communes).wkt, srid=4490)
    outline = outline if outline.geom_type == "MultiPolygon" else MultiPolygon(outline, srid=4490)
    AreaFactory(code="990101", name="Liechtenstein", boundary=outline)
    path = pilot / "real_li" / "roads.geojson"
    outcome = take_sites(path, "road")
    assert (outcome.new, outcome.refused) == (2129, 0)
    measured = ProjectSite.objects.aggregate(total=Sum("measured_length_m"))["total"]
    assert measured == pytest.approx(geodesic_length(path), rel=0.001)
    assert take_sites(path, "road").unchanged == 2129


def test_a_changed_row_is_updated_and_shown(huangshan, pilot, tmp_path):
    take_sites(pilot / "housing_sites.geojson", "housing")
    content = json.loads((pilot / "housing_sites.geojson").read_text(encoding="utf-8"))
    first = content["features"][0]["properties"]
    first["status"], first["floor_area_m2"] = "已验收", 99.5
    passed(ProjectSite.objects.get(source_id=first["site_id"]))
    path = tmp_path / "housing_sites.geojson"
    path.write_text(json.dumps(content), encoding="utf-8")
    outcome = take_sites(path, "housing")
    assert (outcome.new, outcome.changed, outcome.unchanged) == (0, 1, 216)
    assert outcome.changes[0].fields == ["state", "floor_area_m2"]
    change = StateChange.objects.get()
    assert (change.from_state, change.to_state) == ("completed", "accepted")
    assert change.reason.endswith("housing_sites.geojson")


def test_a_dry_run_counts_and_leaves_nothing(huangshan, pilot):
    outcome = take_sites(pilot / "roads.geojson", "road", dry_run=True)
    assert (outcome.new, outcome.is_written) == (303, False)
    assert ProjectSite.objects.count() == 0
