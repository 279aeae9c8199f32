"""The timeline of a site, and its lights in the list and on its page."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from sites import site_lights, timeline
from sites.access import Scope, scope_of
from sites.kinds import State
from sites.models import Milestone
from sites.services import site_move_state
from sites.site_lights import Light, lights_of, register_light
from sites.timeline import TimelineEvent, register_timeline, timeline_of
from tests.factories.progress import TODAY, at_work, reported

pytestmark = pytest.mark.django_db
EVERY = Scope.internal()
NOON = datetime.datetime(2026, 11, 1, 12, tzinfo=datetime.UTC)


def _kinds(site):
    return [(event.kind, event.on) for event in timeline_of(site, EVERY)]


def test_what_happened_is_told_the_newest_first(world):
    user = world.users["township_officer"]
    reported(world, 20, on=TODAY - datetime.timedelta(days=9))
    Milestone.objects.create(site=world.own, kind="design", done_on=datetime.date(2026, 2, 1))
    site_move_state(
        site=world.own, to_state=State.COMPLETED, actor=user, scope=scope_of(user), on=TODAY
    )
    assert [kind for kind, _on in _kinds(world.own)] == ["state", "progress", "milestone"]


def test_a_milestone_that_a_move_has_told_is_not_told_twice(world):
    user = world.users["township_officer"]
    Milestone.objects.create(site=world.own, kind="finish", due_on=TODAY)
    site_move_state(
        site=world.own, to_state=State.COMPLETED, actor=user, scope=scope_of(user), on=TODAY
    )
    assert [kind for kind, _on in _kinds(world.own)] == ["state"]


def test_apps_add_events_and_the_recorded_moment_orders_a_day(world, monkeypatch):
    monkeypatch.setattr(timeline, "_makers", [])
    early = TimelineEvent(TODAY, NOON, "money", "early")
    late = TimelineEvent(TODAY, NOON + datetime.timedelta(hours=1), "money", "late")
    register_timeline(lambda site, scope: [early, late])
    register_timeline(lambda site, scope: [TimelineEvent(TODAY, None, "plan", "no moment")])
    assert [event.title for event in timeline_of(world.own, EVERY)] == [
        "late",
        "early",
        "no moment",
    ]


def test_lists_show_the_lights_that_ask_for_a_look(world, monkeypatch):
    monkeypatch.setattr(site_lights, "_makers", [])
    lights = {
        world.own.pk: Light("money", "red", "Money far behind"),
        world.sibling.pk: Light("money", "green", "Money in step"),
    }
    register_light(lambda sites, scope, day: {s.pk: lights[s.pk] for s in sites if s.pk in lights})
    client = Client()
    client.force_login(world.users["district_planner"])
    page = client.get("/sites/").content.decode()
    assert "Money far behind" in page
    assert "Money in step" not in page
    assert "Money in step" in client.get(f"/sites/{world.sibling.pk}/").content.decode()


def test_behind_and_quiet_are_lights(world):
    site = at_work(world.own)
    found = lights_of([site, world.sibling], EVERY, TODAY)
    assert [light.name for light in found[site.pk]] == ["behind", "quiet"]
    assert [light.name for light in found[world.sibling.pk]] == ["quiet"]
