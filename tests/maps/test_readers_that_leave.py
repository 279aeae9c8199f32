"""Somebody who stops reading an export leaves the connection fit for the next request."""

import pytest
from django.contrib.gis.geos import Point
from django.db import connection
from django.http import QueryDict

from maps.exports.choice import ExportChoice
from maps.exports.formats import FORMATS
from maps.exports.jobs import request_export, run_export
from maps.exports.progress import ExportCancelled
from maps.models import ExportJob
from sites.access import Scope, scope_of
from sites.filters import SiteFilter
from sites.models import ProjectSite
from tests.factories import build_world

pytestmark = pytest.mark.django_db(transaction=True)
SITES = 3000
NOTE = "很长的说明" * 400
"""Enough that the database cannot send everything ahead of the reader."""


@pytest.fixture
def large_world(transactional_db):
    world = build_world()
    ProjectSite.objects.bulk_create(
        ProjectSite(
            code=f"BIG-{number}",
            name=f"点{number}",
            kind="water_works",
            programme=world.programme,
            year=2023,
            area=world.villages[0],
            planned_geometry=Point(117.05, 31.05, srid=4490),
            source_id=f"BIG-{number}",
            note=NOTE,
        )
        for number in range(SITES)
    )
    return world


def choice():
    return ExportChoice.of(Scope.internal(), SiteFilter.from_query(QueryDict("")))


@pytest.mark.parametrize("pieces", [0, 1])
def test_a_stream_that_is_left_early_frees_the_connection(large_world, client, pieces):
    client.force_login(large_world.users["district_planner"])
    response = client.get("/api/v1/sites.geojson")
    content = iter(response.streaming_content)
    for _ in range(pieces):
        next(content)
    response.close()
    assert not connection.in_atomic_block
    assert client.get("/api/v1/sites/counts").json()["total"] == SITES + 4


@pytest.mark.parametrize("form", ["geojson", "gpkg", "csv", "xlsx", "shp", "fgb"])
def test_an_export_that_is_cancelled_frees_the_connection(large_world, tmp_path, form):
    def stop(written):
        raise ExportCancelled

    with pytest.raises(ExportCancelled) as caught:
        FORMATS[form].write(choice(), tmp_path / "out", stop)
    # The error, and with it every frame on the way, is still held here.
    assert caught.tb is not None
    assert not connection.in_atomic_block
    assert ProjectSite.objects.count() == SITES + 5
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_job_says_so(large_world, monkeypatch):
    planner = large_world.users["district_planner"]
    job = request_export(
        owner=planner,
        scope=scope_of(planner),
        chosen=SiteFilter.from_query(QueryDict("")),
        layer="sites",
        form="gpkg",
        srid=4490,
    )
    monkeypatch.setattr("maps.exports.jobs.SECONDS_BETWEEN_REPORTS", 0)
    ExportJob.objects.filter(pk=job.pk).update(cancel_requested=True)
    run_export(job.pk)
    job.refresh_from_db()
    assert job.state == "cancelled"
