"""What the database itself refuses, by the name of the rule."""

from __future__ import annotations

import datetime

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.db import DataError, IntegrityError, InternalError, connection, transaction

from sites.models import Area, ProjectSite
from tests.factories import AreaFactory, ProjectSiteFactory, line


def _refusal(action):
    with pytest.raises((IntegrityError, DataError, InternalError)) as caught, transaction.atomic():
        action()
    return caught.value.__cause__.diag.constraint_name


def _set(site, column, sql):
    """Write past the ORM, so that only the database can object."""
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE sites_projectsite SET {column} = {sql} WHERE id = %s", [site.pk])


BAD_GEOMETRIES = {
    "empty": "ST_GeomFromText('LINESTRING EMPTY', 4490)",
    "not a number": (
        "ST_SetSRID(ST_MakeLine(ST_MakePoint(117, 'nan'), ST_MakePoint(118, 31)), 4490)"
    ),
    "infinite": "ST_SetSRID(ST_MakeLine(ST_MakePoint(117, 31), ST_MakePoint('inf', 31)), 4490)",
    "out of bounds": "ST_GeomFromText('LINESTRING(1000 31, 1000.1 31)', 4490)",
    "one place only": "ST_GeomFromText('LINESTRING(117 31, 117 31)', 4490)",
}


@pytest.mark.parametrize("geometry", BAD_GEOMETRIES.values(), ids=BAD_GEOMETRIES)
@pytest.mark.parametrize("column", ["planned_geometry", "actual_geometry"])
def test_a_bad_geometry_never_enters(world, column, geometry):
    name = _refusal(lambda: _set(world.own, column, geometry))
    assert name in {f"project_site_{column}_is_sound", None}
    assert ProjectSite.objects.get(pk=world.own.pk).planned_geometry.valid


def test_three_dimensions_do_not_enter(world):
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        _set(
            world.own,
            "planned_geometry",
            "ST_GeomFromText('LINESTRING Z(117 31 5, 118 31 6)', 4490)",
        )


def test_a_self_crossing_polygon_is_refused(world):
    bow_tie = "ST_GeomFromText('POLYGON((117 31, 117.1 31.1, 117.1 31, 117 31.1, 117 31))', 4490)"
    site = ProjectSiteFactory(area=world.villages[0], kind="village_centre")
    assert (
        _refusal(lambda: _set(site, "planned_geometry", bow_tie))
        == "project_site_planned_geometry_is_sound"
    )


@pytest.mark.parametrize(
    ("column", "value", "rule"),
    [
        ("kind", "'bridge'", "project_site_kind_known"),
        ("visibility", "'secret'", "project_site_visibility_known"),
        ("year", "1900", "project_site_year_in_range"),
        ("progress_percent", "100.01", "project_site_progress_in_range"),
        ("declared_length_m", "-1", "project_site_declared_length_in_range"),
        ("planned_start", "'1900-01-01'", "project_site_planned_start_in_range"),
        ("code", "'a b'", "project_site_code_form"),
        ("planned_geometry", "NULL", "project_site_has_a_place"),
        (
            "planned_geometry",
            "ST_GeomFromText('POINT(117 31)', 4490)",
            "project_site_planned_geometry_fits_kind",
        ),
    ],
)
def test_a_bad_value_is_refused_by_name(world, column, value, rule):
    assert _refusal(lambda: _set(world.own, column, value)) == rule


def test_the_same_identifier_of_a_source_enters_once(world):
    def twice():
        ProjectSiteFactory(area=world.villages[0], source="survey", source_id="7")
        ProjectSiteFactory(area=world.villages[0], source="survey", source_id="7")

    assert _refusal(twice) == "project_site_source_id_once"


@pytest.mark.parametrize("code", ["34019", "34019X", "٣٤٠١٩٩"])
def test_an_area_code_has_the_digits_of_its_level(db, code):
    assert (
        _refusal(lambda: AreaFactory(code=code, level="district"))
        == "area_code_is_digits_of_its_level"
    )


def test_a_code_is_in_force_once_at_a_time_but_may_return(db):
    AreaFactory(code="340197", valid_to=datetime.date(2022, 1, 1))
    AreaFactory(code="340197", valid_from=datetime.date(2022, 1, 1))
    assert (
        _refusal(lambda: AreaFactory(code="340197", valid_from=datetime.date(2024, 1, 1)))
        == "area_code_valid_once_at_a_time"
    )


def test_codes_of_place_follow_the_area(world):
    ProjectSite.objects.filter(pk=world.own.pk).update(area=world.villages[1])
    world.own.refresh_from_db()
    assert (world.own.area_code, world.own.township_code) == ("340199101201", "340199101")


def test_measures_follow_the_geometry(world):
    ProjectSite.objects.filter(pk=world.own.pk).update(
        actual_geometry=line((117.05, 31.05), (117.05, 31.06))
    )
    world.own.refresh_from_db()
    assert world.own.measured_length_m == pytest.approx(1108.7, abs=0.5)
    assert world.own.geometry_3857.srid == 3857


def test_a_boundary_must_be_sound(world):
    broken = GEOSGeometry("SRID=4490;MULTIPOLYGON(((117 31,117.1 31.1,117.1 31,117 31.1,117 31)))")
    rule = _refusal(lambda: Area.objects.filter(pk=world.district.pk).update(boundary=broken))
    assert rule == "area_boundary_is_sound"
