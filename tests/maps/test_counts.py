"""The legend's numbers are those of the list."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from sites.models import ProjectSite
from tests.factories import ProjectSiteFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", ["district_planner", "company_member", "evaluator"])
def test_the_numbers_are_those_of_the_rows_that_the_role_lists(world, client, role):
    user = world.users[role]
    client.force_login(user)
    body = client.get("/api/v1/sites/counts").json()
    total = ProjectSite.objects.visible_to(user).count()
    assert body["total"] == total
    for group in ("kind", "state", "delay"):
        assert sum(body[group].values()) == total
    assert sum(entry["count"] for entry in body["township"]) == total


def test_townships_have_their_names(world, client):
    client.force_login(world.users["district_planner"])
    body = client.get("/api/v1/sites/counts?kind=road").json()
    assert body == {
        "total": 3,
        "kind": {"road": 3},
        "state": {"accepted": 1, "under_construction": 2},
        "delay": {"green": 3},
        "township": [
            {"code": "340199100", "name": "青溪镇", "count": 1},
            {"code": "340199101", "name": "石桥镇", "count": 2},
        ],
        "declared_length_m": pytest.approx(6622.8, abs=0.2),
        "measured_length_m": pytest.approx(6622.8, abs=0.2),
    }


def test_the_lengths_are_those_of_the_roads_declared_and_measured(world, client):
    client.force_login(world.users["district_planner"])
    before = client.get("/api/v1/sites/counts").json()
    ProjectSiteFactory(code="R-1", area=world.villages[0], declared_length_m=1234.5)
    ProjectSiteFactory(code="H-1", area=world.villages[0], kind="housing")
    after = client.get("/api/v1/sites/counts").json()
    assert round(after["declared_length_m"] - before["declared_length_m"], 1) == 1234.5
    assert after["measured_length_m"] > before["measured_length_m"]


def test_the_public_counts_public_sites(world, client):
    body = client.get("/api/public/v1/sites/counts").json()
    assert (body["total"], body["kind"]) == (1, {"road": 1})


def test_a_parameter_that_nobody_reads_is_refused(world, client):
    client.force_login(world.users["district_planner"])
    for query in ("?knid=road", "?kind=castle"):
        response = client.get(f"/api/v1/sites/counts{query}")
        assert response.status_code == 400


def test_the_numbers_take_the_same_statements_for_many_sites(world, client):
    client.force_login(world.users["district_planner"])
    with CaptureQueriesContext(
        connection,
    ) as few:
        client.get("/api/v1/sites/counts")
    for number in range(20):
        ProjectSiteFactory(code=f"R-{number}", area=world.villages[number % 2])
    with CaptureQueriesContext(connection) as many:
        client.get("/api/v1/sites/counts")
    assert len(many) == len(few) <= 8


def test_limits_are_open_to_everybody(client):
    body = client.get("/api/v1/limits").json()
    assert body["tile_zoom"] == 22
    assert all(isinstance(value, int) for value in body.values())


def test_what_a_phone_may_send_at_once_is_among_the_limits(client, world):
    body = client.get("/api/v1/limits").json()
    client.force_login(world.users["company_member"])
    own = client.get("/api/v1/field/me").json()["limits"]
    assert own == {
        "photo_max_bytes": body["photo_bytes"],
        "push_max_bytes": body["push_bytes"],
        "ops_in_a_push": body["push_operations"],
        "photos_in_an_entry": body["photos_in_an_entry"],
    }
    assert client.get(f"/api/v1/sites?limit={body['page_rows']}").status_code == 200
    assert client.get(f"/api/v1/sites?limit={body['page_rows'] + 1}").status_code == 400
