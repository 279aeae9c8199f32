"""Exports: the files hold the filtered rows, and belong to the one who asked."""

import csv
import datetime
import json

import geopandas
import pytest
import shapely
from django.core.management import CommandError, call_command
from django.http import QueryDict
from django.utils import timezone

from maps.exports.choice import ExportChoice
from maps.exports.formats import FORMATS
from maps.exports.jobs import file_of, request_export, run_export, tidy_exports
from maps.exports.progress import ExportCancelled
from maps.models import ExportJob
from sites.access import Scope, scope_of
from sites.filters import ParameterError, SiteFilter
from sites.models import Membership, ProjectSite
from tests.factories import ProjectSiteFactory

pytestmark = pytest.mark.django_db


def choice_of(viewer, query="", **options):
    return ExportChoice.of(scope_of(viewer), SiteFilter.from_query(QueryDict(query)), **options)


def asked(user, query="", form="gpkg", **options):
    scope = scope_of(user)
    chosen = SiteFilter.from_query(QueryDict(query))
    return request_export(
        owner=user, scope=scope, chosen=chosen, layer="sites", form=form, srid=4490, **options
    )


def test_a_geopackage_opens_with_every_row_name_and_coordinate(world, tmp_path):
    path = tmp_path / "out.gpkg"
    count = FORMATS["gpkg"].write(choice_of(Scope.internal()), path, lambda n: None)
    frame = geopandas.read_file(path)
    rows = {site.code: site for site in ProjectSite.objects.all()}
    assert count == len(frame) == len(rows)
    assert frame.crs.to_epsg() == 4490
    for row in frame.itertuples():
        site = rows[row.code]
        assert row.name == site.name
        assert row.id == str(site.pk)
        stored = shapely.from_wkb(bytes((site.actual_geometry or site.planned_geometry).wkb))
        assert row.geometry.equals_exact(stored, 1e-7)


def test_the_spatial_index_of_a_geopackage_finds_what_is_in_a_box(world, tmp_path):
    path = tmp_path / "out.gpkg"
    FORMATS["gpkg"].write(choice_of(Scope.internal()), path, lambda n: None)
    inside = geopandas.read_file(path, bbox=(117.2, 31.0, 117.4, 31.2))
    assert sorted(inside["code"]) == ["PUBLIC-1", "SIBLING-1"]


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_every_format_holds_exactly_the_rows_of_the_scope(world, tmp_path, form):
    user = world.users["township_officer"]
    path = tmp_path / f"out.{FORMATS[form].suffix}"
    count = FORMATS[form].write(choice_of(user), path, lambda n: None)
    assert count == ProjectSite.objects.visible_to(user).count() == 2
    assert path.stat().st_size > 0
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]


def test_another_reference_system_moves_the_coordinates(world, tmp_path):
    path = tmp_path / "out.gpkg"
    FORMATS["gpkg"].write(choice_of(Scope.internal(), "kind=housing", srid=4548), path, print)
    frame = geopandas.read_file(path)
    assert frame.crs.to_epsg() == 4548
    place = frame.to_crs(4490).geometry.iloc[0]
    assert (place.x, place.y) == pytest.approx((117.06, 31.06), abs=1e-7)
    with pytest.raises(ParameterError):
        choice_of(Scope.internal(), srid=27700)


def test_a_table_holds_no_formula(world, tmp_path):
    for number, name in enumerate(["=1+1", "+86", "-x", "@SUM(A1)", "\tx"]):
        ProjectSiteFactory(code=f"F-{number}", name=name, area=world.villages[0])
    path = tmp_path / "out.csv"
    FORMATS["csv"].write(choice_of(Scope.internal(), "q=F-"), path, lambda n: None)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert sorted(row["name"] for row in rows) == ["'\tx", "'+86", "'-x", "'=1+1", "'@SUM(A1)"]
    assert rows[0]["wkt"].startswith("LINESTRING(117.05 31.05")


def test_a_file_appears_whole_or_not_at_all(world, tmp_path):
    def stop(written):
        raise ExportCancelled

    path = tmp_path / "out.gpkg"
    with pytest.raises(ExportCancelled):
        FORMATS["gpkg"].write(choice_of(Scope.internal()), path, stop)
    assert list(tmp_path.iterdir()) == []


def test_the_command_writes_what_the_filter_and_the_user_say(world, tmp_path):
    path = tmp_path / "roads.geojson"
    call_command(
        "export_layers",
        "roads",
        format="geojson",
        output=path,
        filter=["year=2023"],
        user="township_officer",
        verbosity=0,
    )
    features = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert [feature["properties"]["code"] for feature in features] == ["OWN-1"]
    with pytest.raises(CommandError, match="year"):
        call_command("export_layers", "roads", format="geojson", output=path, filter=["year=never"])


def test_an_export_is_written_by_the_worker_and_fetched_by_its_owner_alone(world, client):
    officer = world.users["township_officer"]
    job = asked(officer, "kind=road")
    run_export(job.pk)
    job.refresh_from_db()
    assert (job.state, job.sites) == ("ready", 1)
    address = f"/api/v1/exports/{job.pk}/file"
    client.force_login(officer)
    assert b"".join(client.get(address).streaming_content).startswith(b"SQLite format 3")
    client.force_login(world.users["district_planner"])
    assert client.get(address).status_code == 404
    assert client.get(f"/api/v1/exports/{job.pk}").status_code == 404
    assert client.get("/api/v1/exports").json() == {"items": []}


def test_a_file_is_not_handed_out_once_the_scope_has_changed(world, client):
    officer = world.users["township_officer"]
    job = asked(officer)
    run_export(job.pk)
    client.force_login(officer)
    Membership.objects.get(user=officer).areas.set([world.townships[1]])
    assert client.get(f"/api/v1/exports/{job.pk}/file").status_code == 404
    assert client.get(f"/api/v1/exports/{job.pk}").json()["file"] is None


def test_an_export_over_http_is_queued_once_for_each_key(world, client):
    client.force_login(world.users["district_planner"])
    body = json.dumps({"format": "csv", "filter": "kind=housing", "fields": ["code", "name"]})
    answers = [
        client.post(
            "/api/v1/exports",
            body,
            content_type="application/json",
            headers={"idempotency-key": "one"},
        )
        for _ in range(2)
    ]
    assert [answer.status_code for answer in answers] == [202, 202]
    job = ExportJob.objects.get()
    run_export(job.pk)
    job.refresh_from_db()
    assert job.state == "ready"
    assert file_of(job).read_bytes().splitlines()[0] == b"\xef\xbb\xbfid,code,name,wkt"
    assert client.delete(f"/api/v1/exports/{job.pk}").status_code == 204
    assert not file_of(job).exists()


@pytest.mark.parametrize(
    "body",
    [
        {"format": "dwg"},
        {"format": "gpkg", "layer": "areas"},
        {"format": "gpkg", "fields": ["nonsense"]},
        {"format": "gpkg", "srid": 27700},
        {"format": "geojson", "srid": 4548},
        {"format": "gpkg", "filter": "year=never"},
        {"format": "gpkg", "surplus": 1},
    ],
)
def test_an_export_that_cannot_be_written_is_refused_with_the_field(world, client, body):
    client.force_login(world.users["district_planner"])
    response = client.post("/api/v1/exports", json.dumps(body), content_type="application/json")
    assert response.status_code == 422
    assert response.json()["errors"]


def test_one_person_waits_for_five_exports_at_most(world, client):
    planner = world.users["district_planner"]
    for _ in range(5):
        asked(planner)
    client.force_login(planner)
    response = client.post("/api/v1/exports", '{"format": "gpkg"}', content_type="application/json")
    assert response.status_code == 429


def test_an_expired_export_goes_with_its_file(world):
    job = asked(world.users["district_planner"])
    run_export(job.pk)
    job.refresh_from_db()
    path = file_of(job)
    assert path.is_file()
    tidy_exports(job.expires_at + datetime.timedelta(seconds=1))
    assert not path.exists()
    assert not ExportJob.objects.exists()


def test_the_page_asks_for_an_export_of_the_filter_in_its_address(world, client):
    client.force_login(world.users["district_planner"])
    page = client.get("/exports/?kind=road")
    assert page.status_code == 200
    assert 'value="roads" selected' in page.content.decode()
    response = client.post(
        "/exports/?kind=road", {"layer": "roads", "form": "csv", "srid": "4490", "names": ["code"]}
    )
    assert response.status_code == 302
    job = ExportJob.objects.get()
    assert (job.layer, job.format, job.query, job.fields) == ("roads", "csv", "kind=road", ["code"])
    assert client.get("/exports/rows/").status_code == 200
    assert client.post(f"/exports/{job.pk}/remove/").status_code == 302
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_the_geopackage_address_sends_the_filtered_rows(world, client, tmp_path):
    client.force_login(world.users["company_member"])
    response = client.get("/api/v1/sites.gpkg?kind=road")
    path = tmp_path / "got.gpkg"
    path.write_bytes(b"".join(response.streaming_content))
    assert list(geopandas.read_file(path)["code"]) == ["OWN-1"]
    assert response["Content-Disposition"].endswith('.gpkg"')


@pytest.mark.parametrize(
    ("language", "sentence"),
    [("en", "The server stopped while writing."), ("zh-Hans", "服务器在写文件时中断")],
)
def test_each_reader_learns_in_the_own_language_what_went_wrong(world, client, language, sentence):
    planner = world.users["district_planner"]
    job = asked(planner)
    long_ago = timezone.now() - datetime.timedelta(hours=1)
    ExportJob.objects.filter(pk=job.pk).update(state="running", heartbeat_at=long_ago)
    tidy_exports(timezone.now())
    client.force_login(planner)
    page = client.get("/exports/rows/", headers={"accept-language": language})
    assert sentence in page.content.decode()


def test_an_export_of_somebody_without_a_role_fails(world, client):
    officer = world.users["township_officer"]
    job = asked(officer)
    Membership.objects.filter(user=officer).delete()
    run_export(job.pk)
    job.refresh_from_db()
    assert job.state == "failed"
    client.force_login(officer)
    assert client.get(f"/api/v1/exports/{job.pk}").json()["file"] is None


def test_an_export_whose_worker_is_gone_is_named_failed(world):
    job = asked(world.users["district_planner"])
    now = timezone.now()
    ExportJob.objects.update(state="running", heartbeat_at=now - datetime.timedelta(minutes=11))
    tidy_exports(now)
    job.refresh_from_db()
    assert job.state == "failed"
