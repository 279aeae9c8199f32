"""Imports over HTTP: put, parts, commit, and what each repetition means."""

from __future__ import annotations

import json
import uuid

import pytest
from django.test import Client

from sites.imports.execution import check_run, write_run
from sites.models import ImportRun, ProjectSite

LINE = {"type": "LineString", "coordinates": [[117.05, 31.05], [117.06, 31.06]]}
RUN = {"file_name": "survey.geojson", "kind": "road", "programme": "NLDL-2023"}


class Api:
    """A caller of the import API."""

    def __init__(self, user):
        self.client = Client(headers={"accept-language": "en"})
        self.client.force_login(user)
        self.address = f"/api/v1/imports/{uuid.uuid4()}"

    def put(self, body, address=None):
        return self.client.put(address or self.address, body, content_type="application/json")

    def part(self, number, content):
        return self.client.put(
            f"{self.address}/parts/{number}", content, content_type="application/octet-stream"
        )

    def commit(self, **body):
        return self.client.post(f"{self.address}/commit", body, content_type="application/json")

    def get(self):
        return self.client.get(self.address).json()


@pytest.fixture
def api(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return Api(world.users["district_planner"])


def survey(geometry=LINE):
    feature = {"type": "Feature", "properties": {"id": "R1", "name": "甲路"}, "geometry": geometry}
    return json.dumps({"type": "FeatureCollection", "features": [feature]}).encode()


def test_a_file_in_parts_is_checked_and_written(api):
    assert api.put(RUN).status_code == 201
    content = survey()
    assert api.part(1, content[:100]).status_code == 204
    assert api.part(2, content[100:]).status_code == 204
    answer = api.commit(parts=2)
    assert (answer.status_code, answer.json()["state"]) == (202, "committing")
    write_run(ImportRun.objects.get().pk)
    told = api.get()
    assert (told["state"], told["counts"]["new"], told["errors"]) == ("committed", 1, [])
    assert ProjectSite.objects.filter(source="survey").count() == 1
    assert api.commit().status_code == 200


def test_bad_rows_keep_all_out_and_are_told(api):
    api.put(RUN)
    api.part(1, survey(geometry=None))
    api.commit()
    write_run(ImportRun.objects.get().pk)
    told = api.get()
    assert told["state"] == "ready"
    error = told["errors"][0]
    assert (error["file"], error["feature"], error["code"]) == (
        "survey.geojson",
        1,
        "geometry_missing",
    )
    assert error["message"] == "There is no geometry; a site needs a place."


def test_a_dry_run_stops_before_writing_and_a_commit_goes_on(api):
    api.put(RUN)
    api.part(1, survey())
    assert api.commit(dry_run=True).json()["state"] == "validating"
    assert api.commit().status_code == 409
    check_run(ImportRun.objects.get().pk)
    assert api.get()["state"] == "ready"
    assert api.commit().status_code == 202


def test_the_same_put_again_is_the_same_and_another_clashes(api):
    assert api.put(RUN).status_code == 201
    assert api.put(RUN).status_code == 200
    assert api.put({**RUN, "file_name": "other.geojson"}).status_code == 409


def test_the_same_part_again_is_the_same_and_another_clashes(api):
    api.put(RUN)
    assert api.part(1, b"abc").status_code == 204
    assert api.part(1, b"abc").status_code == 204
    assert api.part(1, b"abd").status_code == 409


def test_a_missing_part_is_named(api):
    api.put(RUN)
    api.part(1, b"abc")
    api.part(3, b"abc")
    answer = api.commit(parts=3)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["code"] == "part_missing"


def test_parts_above_the_limit_are_413(api, settings):
    settings.UPLOAD_MAX_BYTES = 1_000
    api.put(RUN)
    assert api.part(1, b"x" * 600).status_code == 204
    assert api.part(2, b"x" * 600).status_code == 413


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({**RUN, "kind": "bridge"}, 422),
        ({**RUN, "programme": None}, 422),
        ({**RUN, "programme": "NONE"}, 422),
        ({**RUN, "file_name": ""}, 422),
        ({**RUN, "more": 1}, 422),
        ("x", 400),
    ],
)
def test_a_run_that_can_not_be_is_refused(api, body, status):
    assert api.put(body).status_code == status


def test_a_question_is_told_with_its_choices_and_answered(api, pilot):
    path = pilot / "nasty" / "shp_no_prj_lonlat.zip"
    api.put({**RUN, "file_name": path.name, "kind": "facility"})
    api.part(1, path.read_bytes())
    api.commit()
    run = ImportRun.objects.get()
    write_run(run.pk)
    question = api.get()["question"]
    assert (question["code"], question["choices"][0]["value"]) == ("crs_needed", "4490")
    api.commit(srid=4490, accept_good_rows=True)
    write_run(run.pk)
    assert api.get()["counts"]["read"] == 8


def test_others_know_nothing_of_a_run(api, world):
    api.put(RUN)
    officer = Api(world.users["township_officer"])
    assert officer.client.get(api.address).status_code == 404
    assert officer.put(RUN, api.address).status_code == 404
    company = Api(world.users["company_member"])
    assert company.client.get(api.address).status_code == 403
    assert Client().get(api.address).status_code == 401


def test_a_cancelled_run_takes_nothing_more(api):
    api.put(RUN)
    assert api.client.delete(api.address).status_code == 204
    assert api.part(1, b"abc").status_code == 409
    assert api.get()["state"] == "cancelled"
