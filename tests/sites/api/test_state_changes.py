"""Moving a site's state, and what the history tells of it."""

from __future__ import annotations

import datetime

import pytest

from sites.models import Milestone
from tests.sites.api.conftest import codes


@pytest.fixture
def address(world):
    return f"/api/v1/sites/{world.own.pk}"


def test_a_move_is_recorded_with_role_day_reason_and_evidence(world, company, planner, address):
    body = {
        "to_state": "completed",
        "effective_on": "2026-11-20",
        "reason": "做完了",
        "evidence": "验收单 12 号",
    }
    response = company.post(f"{address}/state-changes", body)
    recorded = response.json()
    assert response.status_code == 201
    assert {name: recorded[name] for name in body} == body
    assert (recorded["from_state"], recorded["role"], recorded["actor"]) == (
        "under_construction",
        "company_member",
        "company_member",
    )
    assert planner.get(f"{address}/state-changes").json()["items"] == [recorded]
    assert planner.get("/api/v1/state-changes").json()["items"] == [recorded]
    properties = planner.get(address).json()["properties"]
    assert (properties["state"], properties["actual_finish"]) == ("completed", "2026-11-20")


def test_a_move_that_does_not_exist_is_a_conflict(world, planner, address):
    response = planner.post(f"{address}/state-changes", {"to_state": "closed"})
    assert (response.status_code, response.json()["code"]) == (409, "illegal_transition")
    assert "Under construction" in response.json()["detail"]


def test_a_move_that_needs_a_reason_says_so(world, planner, address):
    response = planner.post(f"{address}/state-changes", {"to_state": "suspended"})
    assert (response.status_code, codes(response)) == (422, {"reason": "reason_missing"})


def test_an_unknown_state_is_refused(world, planner, address):
    response = planner.post(f"{address}/state-changes", {"to_state": "gone"})
    assert codes(response) == {"to_state": "invalid_choice"}


def test_a_version_is_honoured_where_it_is_sent(world, planner, address):
    moved = planner.post(f"{address}/state-changes", {"to_state": "completed"}, etag='"7"')
    assert moved.status_code == 412
    moved = planner.post(f"{address}/state-changes", {"to_state": "completed"}, etag='"1"')
    assert moved.status_code == 201


def test_changes_are_asked_for_by_time_and_state(world, planner, address):
    planner.post(f"{address}/state-changes", {"to_state": "completed"})
    later = (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=1)).isoformat()

    def count(query):
        return len(planner.client.get("/api/v1/state-changes", query).json()["items"])

    assert count({"updated_since": "2026-01-01T00:00:00+08:00"}) == 1
    assert count({"updated_since": later}) == 0
    assert (count({"state": "completed"}), count({"state": "accepted"})) == (1, 0)


def test_the_history_shows_each_field_with_both_values(world, planner, address):
    planner.patch(address, {"properties": {"name": "甲路", "pavement": "cement"}}, etag='"1"')
    planner.post(f"{address}/state-changes", {"to_state": "suspended", "reason": "汛期"})
    items = planner.get(f"{address}/history").json()["items"]
    shown = {item["field"]: (item["old"], item["new"], item["reason"]) for item in items}
    assert shown == {
        "name": ("OWN-1路", "甲路", ""),
        "pavement": ("", "cement", ""),
        "state": ("under_construction", "suspended", "汛期"),
    }
    assert {item["user"] for item in items} == {"district_planner"}


def test_a_moved_line_stands_in_the_history_by_type_and_size(world, planner, address):
    body = {
        "geometry": {"type": "LineString", "coordinates": [[117, 31], [117.1, 31], [117.1, 31.1]]}
    }
    planner.patch(address, body, etag='"1"')
    item = planner.get(f"{address}/history").json()["items"][0]
    assert item["field"] == "planned_geometry"
    assert item["old"].startswith("LINESTRING 2 ")
    assert item["new"].startswith("LINESTRING 3 ")


def test_the_household_stays_out_of_other_peoples_history(world, planner, evaluator):
    house = f"/api/v1/sites/{world.house.pk}"
    planner.patch(house, {"properties": {"household_reference": "H-9"}}, etag='"1"')

    def fields(caller):
        return [item["field"] for item in caller.get(f"{house}/history").json()["items"]]

    assert (fields(planner), fields(evaluator)) == (["household_reference"], [])


def test_milestones_know_whether_they_are_overdue(world, planner, address):
    due = datetime.date(2024, 5, 1)
    Milestone.objects.create(site=world.own, kind="finish", due_on=due)
    Milestone.objects.create(site=world.own, kind="start", due_on=due, done_on=due)
    items = planner.get(f"{address}/milestones").json()["items"]
    assert [(item["kind"], item["is_overdue"]) for item in items] == [
        ("finish", True),
        ("start", False),
    ]
