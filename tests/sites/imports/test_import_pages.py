"""The import pages from upload to commit, and who may see them."""

from __future__ import annotations

import datetime
import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from sites.imports import runs, uploads
from sites.imports.execution import check_run, write_run
from sites.models import ImportMapping, ImportRun, ProjectSite

LINE = {"type": "LineString", "coordinates": [[117.05, 31.05], [117.06, 31.06]]}


def survey(*names, geometry=LINE):
    features = [
        {"type": "Feature", "properties": {"id": f"R{n}", "name": name, "len_km": 1.5}}
        | {"geometry": geometry}
        for n, name in enumerate(names)
    ]
    content = {"type": "FeatureCollection", "features": features}
    return json.dumps(content, ensure_ascii=False).encode()


@pytest.fixture
def planner(client, world, settings, tmp_path):
    """A client signed in as the planner."""
    settings.MEDIA_ROOT = tmp_path
    client.force_login(world.users["district_planner"])
    return client


def upload(client, content, *, name="survey.geojson", kind="road", follow=False):
    return client.post(
        reverse("sites:imports"),
        {
            "file": SimpleUploadedFile(name, content),
            "kind": kind,
            "programme": "NLDL-2023" if kind != "areas" else "",
        },
        follow=follow,
        headers={"accept-language": "en"},
    )


def page(client, run):
    address = reverse("sites:import-run", kwargs={"pk": run.pk})
    return client.get(address, headers={"accept-language": "en"}).content.decode()


def send(client, name, run, **data):
    return client.post(reverse(f"sites:{name}", kwargs={"pk": run.pk}), data)


def test_an_upload_is_stored_checked_shown_and_written(planner, world):
    answer = upload(planner, survey("甲路", "乙路"))
    run = ImportRun.objects.get()
    assert answer.url == reverse("sites:import-run", kwargs={"pk": run.pk})
    assert (run.state, run.size_bytes) == ("validating", len(survey("甲路", "乙路")))
    assert "being read and checked" in page(planner, run)
    check_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.counts["new"]) == ("ready", 2)
    before = ProjectSite.objects.count()
    assert "Import 2 rows" in page(planner, run)
    send(planner, "import-commit", run)
    write_run(run.pk)
    run.refresh_from_db()
    assert (run.state, ProjectSite.objects.count()) == ("committed", before + 2)
    assert "The rows are in the register." in page(planner, run)
    site = ProjectSite.objects.get(source="survey", source_id="R0")
    assert (site.declared_length_m, site.created_by) == (1500, world.users["district_planner"])


def test_bad_rows_are_listed_and_reported_and_only_good_ones_taken(planner):
    rows = json.loads(survey("甲路", "<img src=x onerror=alert(1)>"))
    rows["features"][1]["geometry"] = None
    upload(planner, json.dumps(rows).encode())
    run = ImportRun.objects.get()
    check_run(run.pk)
    run.refresh_from_db()
    content = page(planner, run)
    assert "There is no geometry; a site needs a place." in content
    assert "<img src=x" not in content
    report = planner.get(
        reverse("sites:import-report", kwargs={"pk": run.pk}), headers={"accept-language": "en"}
    )
    assert "geometry_missing" in report.getvalue().decode("utf-8-sig")
    send(planner, "import-commit", run)
    run.refresh_from_db()
    assert run.state == "ready"
    send(planner, "import-commit", run, accept_good_rows="1")
    write_run(run.pk)
    assert ProjectSite.objects.filter(source="survey").count() == 1


def test_a_question_is_asked_and_its_answer_goes_on(planner, pilot):
    path = pilot / "nasty" / "zip_two_shapefiles.zip"
    upload(planner, path.read_bytes(), name=path.name)
    run = ImportRun.objects.get()
    check_run(run.pk)
    assert 'value="a_roads"' in page(planner, run)
    send(planner, "import-answer", run, layer="a_roads")
    check_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.counts["read"]) == ("ready", 3)


def test_the_mapping_can_be_changed_and_saved(planner, world):
    upload(planner, survey("甲路"))
    run = ImportRun.objects.get()
    check_run(run.pk)
    assert 'name="map_declared_length_m"' in page(planner, run)
    data = {"has_mapping": "1", "map_name": "id", "map_code": "id", "save_as": "路表"}
    send(planner, "import-answer", run, **data)
    check_run(run.pk)
    run.refresh_from_db()
    assert run.mapping == {"name": "id", "code": "id"}
    saved = ImportMapping.objects.get(owner=world.users["district_planner"])
    assert (saved.name, saved.kind, saved.fields) == ("路表", "road", run.mapping)
    send(planner, "import-answer", run, has_mapping="1", saved=str(saved.pk))
    run.refresh_from_db()
    assert run.mapping == saved.fields


def test_a_refused_file_fails_with_its_sentence(planner, pilot):
    path = pilot / "nasty" / "truncated.geojson"
    upload(planner, path.read_bytes(), name=path.name)
    run = ImportRun.objects.get()
    check_run(run.pk)
    run.refresh_from_db()
    assert run.state == "failed"
    assert "breaks off at feature 5" in page(planner, run)


def test_areas_are_imported_on_the_page_too(planner):
    ring = [[117.0, 31.0], [117.1, 31.0], [117.1, 31.1], [117.0, 31.1], [117.0, 31.0]]
    feature = {
        "type": "Feature",
        "properties": {"code": "340199100202", "name": "下溪村"},
        "geometry": {"type": "Point", "coordinates": ring[0]},
    }
    content = json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()
    upload(planner, content, kind="areas")
    run = ImportRun.objects.get()
    check_run(run.pk)
    send(planner, "import-commit", run)
    write_run(run.pk)
    run.refresh_from_db()
    assert (run.state, run.counts["new"]) == ("committed", 1)


@pytest.mark.parametrize("name", ["../../evil.geojson", "a/b.geojson", "路 表.geojson"])
def test_an_upload_never_chooses_its_own_place(planner, name):
    upload(planner, survey("甲路"), name=name)
    run = ImportRun.objects.get()
    stored = uploads.folder_of(run.pk) / run.file_name
    assert stored.is_file()
    assert "/" not in run.file_name


def test_unknown_endings_and_missing_programmes_are_told_at_once(planner):
    assert upload(planner, b"x", name="a.exe").status_code == 422
    answer = planner.post(
        reverse("sites:imports"),
        {"file": SimpleUploadedFile("a.csv", b"x"), "kind": "road", "programme": ""},
    )
    assert answer.status_code == 422
    assert not ImportRun.objects.exists()


def test_a_file_above_the_limit_is_413(planner, settings):
    settings.UPLOAD_MAX_BYTES = 1_000
    assert upload(planner, b"x" * 2_000, name="a.csv").status_code == 413
    assert upload(planner, b"x" * 100_000, name="a.csv").status_code == 413
    assert not ImportRun.objects.exists()


def test_cancelling_a_waiting_run_removes_its_file(planner, django_capture_on_commit_callbacks):
    upload(planner, survey("甲路"))
    run = ImportRun.objects.get()
    check_run(run.pk)
    with django_capture_on_commit_callbacks(execute=True):
        send(planner, "import-cancel", run)
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert not uploads.folder_of(run.pk).exists()


def test_a_run_that_is_to_be_cancelled_is_not_worked_on(planner):
    upload(planner, survey("甲路"))
    run = ImportRun.objects.get()
    send(planner, "import-cancel", run)
    check_run(run.pk)
    run.refresh_from_db()
    assert run.state == "cancelled"


def test_a_run_whose_worker_died_fails_after_a_minute(planner):
    upload(planner, survey("甲路"))
    now = timezone.now()
    assert runs.fail_silent_runs(now + datetime.timedelta(seconds=30)) == 0
    assert runs.fail_silent_runs(now + datetime.timedelta(seconds=90)) == 1
    assert "start again" in page(planner, ImportRun.objects.get())


def test_an_upload_left_unfinished_is_given_up_and_old_files_are_removed(planner):
    upload(planner, survey("甲路"))
    run = ImportRun.objects.get()
    ImportRun.objects.update(state="uploading")
    runs.tidy(timezone.now() + datetime.timedelta(hours=20))
    run.refresh_from_db()
    assert run.state == "uploading"
    runs.tidy(timezone.now() + datetime.timedelta(hours=30))
    run.refresh_from_db()
    assert run.state == "cancelled"
    assert not uploads.folder_of(run.pk).exists()


@pytest.mark.parametrize(
    ("role", "status"),
    [
        ("district_planner", 200),
        ("township_officer", 200),
        ("company_member", 403),
        ("association_member", 403),
        ("cooperative_member", 403),
        ("evaluator", 403),
    ],
)
def test_only_the_office_sees_the_import_page(client, world, role, status):
    client.force_login(world.users[role])
    assert client.get(reverse("sites:imports")).status_code == status


def test_nobody_sees_imports_without_signing_in(client, db):
    assert client.get(reverse("sites:imports")).status_code == 302


def test_an_officer_does_not_see_the_planners_run(planner, client, world):
    upload(planner, survey("甲路"))
    run = ImportRun.objects.get()
    client.force_login(world.users["township_officer"])
    for name in ("import-run", "import-report"):
        assert client.get(reverse(f"sites:{name}", kwargs={"pk": run.pk})).status_code == 404
    for name in ("import-commit", "import-cancel", "import-answer"):
        assert send(client, name, run).status_code == 404


def test_an_officer_can_not_import_areas(client, world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client.force_login(world.users["township_officer"])
    assert upload(client, survey("甲路"), kind="areas").status_code == 422
