"""A POST that was lost on the way can be sent again."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sites.models import IdempotentRequest, ProjectSite, StateChange
from tests.sites.api.test_sites import new_road


def test_the_same_key_does_the_work_once_and_repeats_the_answer(world, planner):
    first = planner.post("/api/v1/sites", new_road(), key="k-1")
    second = planner.post("/api/v1/sites", new_road(), key="k-1")
    assert (first.status_code, second.status_code) == (201, 201)
    assert second.json() == first.json()
    assert second.headers["Idempotency-Replayed"] == "true"
    for name in ("ETag", "Location", "Content-Type"):
        assert second.headers[name] == first.headers[name]
    assert ProjectSite.objects.filter(code="NEW-1").count() == 1


def test_the_same_key_for_another_body_is_refused(world, planner):
    planner.post("/api/v1/sites", new_road(), key="k-1")
    response = planner.post("/api/v1/sites", new_road(name="x"), key="k-1")
    assert (response.status_code, response.json()["code"]) == (422, "idempotency_key_reused")


def test_a_failure_keeps_no_key(world, planner):
    assert planner.post("/api/v1/sites", new_road(year="x"), key="k-1").status_code == 422
    assert planner.post("/api/v1/sites", new_road(), key="k-1").status_code == 201


def test_keys_of_two_people_are_apart(world, planner, officer):
    planner.post("/api/v1/sites", new_road(), key="k-1")
    response = officer.post("/api/v1/sites", new_road(code="NEW-2"), key="k-1")
    assert (response.status_code, IdempotentRequest.objects.count()) == (201, 2)


def test_a_state_is_moved_once(world, planner):
    address = f"/api/v1/sites/{world.own.pk}/state-changes"
    for _attempt in range(3):
        assert planner.post(address, {"to_state": "completed"}, key="m").status_code == 201
    assert StateChange.objects.count() == 1


@pytest.mark.parametrize("key", ["a b", "x" * 201, "\u00e9"])
def test_a_key_has_a_form(world, planner, key):
    assert planner.post("/api/v1/sites", new_road(), key=key).status_code == 400


def test_old_keys_are_forgotten(world, planner):
    planner.post("/api/v1/sites", new_road(), key="old")
    IdempotentRequest.objects.update(created_at=timezone.now() - datetime.timedelta(days=8))
    planner.post("/api/v1/sites", new_road(code="NEW-2"), key="new")
    assert list(IdempotentRequest.objects.values_list("key", flat=True)) == ["new"]
