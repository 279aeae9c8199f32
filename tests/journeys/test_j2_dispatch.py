"""Journey J2: from the month's plan over dispatch to accountability, over HTTP."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from oversight.models import Responsibility
from sites.access import scope_of
from sites.kinds import State
from sites.timeline import timeline_of
from tests.factories.cases import government
from tests.factories.oversight import answering
from tests.factories.records import ProjectSiteFactory
from tests.journeys.turning import Calendar

pytestmark = pytest.mark.django_db

NODES = (("start", 10), ("finish", 20), ("preliminary_acceptance", 28))
API = "/api/v1"
ORDER = (
    "四月十二日前完成路基施工",
    "reminder:raise",
    "reminder:notify",
    "supervision:escalate",
    "supervision:reply",
    "supervision:close",
)


class Office:
    """The people of the journey, each signing in anew on each day of the calendar."""

    def __init__(self, world, monkeypatch):
        self.world = world
        self.calendar = Calendar(monkeypatch)
        self.clients = {}

    def on(self, month, day):
        """Turn the calendar and let the people of the journey sign in."""
        self.calendar.turn_to(2026, month, day)
        for role in ("district_planner", "township_officer", "company_member"):
            self.clients[role] = Client()
            self.clients[role].force_login(self.world.users[role])

    def get(self, role, address):
        answer = self.clients[role].get(API + address)
        assert answer.status_code == 200, answer.content
        return answer.json()

    def post(self, role, address, body, *, status=200):
        answer = self.clients[role].post(API + address, body, content_type="application/json")
        assert answer.status_code == status, answer.content.decode()
        return answer.json()


@pytest.fixture
def office(world, monkeypatch):
    body = government(world.townships[0])
    for kind, day in NODES:
        due_on = datetime.date(2026, 3, day)
        world.own.milestones.create(kind=kind, due_on=due_on, responsible=body)
    return Office(world, monkeypatch)


def _plan_of_march(office, body):
    """The township files the plan in time, and the office confirms it."""
    office.on(2, 20)
    given = {"organisation": str(body.pk), "month": "2026-03"}
    plan = office.post("township_officer", "/monthly-plans", given, status=201)
    assert sorted(item["milestone"] for item in plan["items"]) == sorted(k for k, _day in NODES)
    moves = f"/monthly-plans/{plan['id']}/moves"
    office.post("township_officer", moves, {"to_state": "submitted"})
    plan = office.post("district_planner", moves, {"to_state": "confirmed"})
    assert (plan["state"], plan["days_late"]) == ("confirmed", 0)


def _dispatch_of_april(office, body):
    """The missed nodes are red and on the agenda by themselves; the meeting decides."""
    site = office.world.own
    office.on(4, 5)
    red = office.get("district_planner", "/sites?red=milestone")["features"]
    assert [feature["properties"]["code"] for feature in red] == [site.code]
    given = {
        "area": office.world.district.code,
        "level": "month",
        "title": "四月会商调度会",
        "held_on": "2026-04-05",
    }
    meeting = office.post("district_planner", "/dispatch-meetings", given, status=201)
    address = f"/dispatch-meetings/{meeting['id']}"
    agenda = office.post("district_planner", f"{address}/agenda", {})["items"]
    missed = [item for item in agenda if item["cause"] == "milestone"]
    assert {item["detail"]: item["days"] for item in missed} == {
        "start": 26,
        "finish": 16,
        "preliminary_acceptance": 8,
    }
    people = {entry["person"] for item in missed for entry in item["responsible"]}
    assert "孙负责" in people
    decided = {
        "meeting": meeting["id"],
        "site": str(site.pk),
        "action": ORDER[0],
        "organisation": str(body.pk),
        "person": "孙负责",
        "due_on": "2026-04-12",
    }
    decision = office.post("district_planner", "/decisions", decided, status=201)
    held = {"held_on": "2026-04-05", "minutes": "议定一项。"}
    assert office.post("district_planner", f"{address}/hold", held)["state"] == "held"
    return decision


def _accountability(office, decision):
    """Missed by five days it is a reminder, unanswered a supervision; the reply closes it."""
    run = "/accountability-cases/overdue"
    office.on(4, 16)
    assert office.post("district_planner", run, {}) == {"raised": [], "escalated": []}
    office.on(4, 17)
    raised = office.post("district_planner", run, {})["raised"]
    asked = f"/accountability-cases?decision={decision['id']}"
    case = office.get("township_officer", asked)["items"][0]
    assert (case["id"], case["level"], case["state"]) == (raised[0], "reminder", "notified")
    assert "现予提醒" in case["steps"][-1]["letter"]
    assert case["reply_due_on"] == "2026-04-24"
    office.on(4, 28)
    assert office.post("district_planner", run, {})["escalated"] == []
    office.on(4, 29)
    assert office.post("district_planner", run, {})["escalated"] == raised
    moves = f"/accountability-cases/{case['id']}/moves"
    office.post("township_officer", moves, {"move": "reply", "text": "路基已完成。"})
    office.on(4, 30)
    closed = {"move": "close", "text": "整改到位。"}
    assert office.post("district_planner", moves, closed)["state"] == "closed"
    return case


def test_j2_from_plan_to_accountability(office, settings):
    settings.DECISION_GRACE_DAYS, settings.REPLY_DAYS = 5, 7
    body = government(office.world.townships[0])
    _plan_of_march(office, body)
    decision = _dispatch_of_april(office, body)
    case = _accountability(office, decision)
    found = office.get("district_planner", f"/accountability-cases/{case['id']}")
    steps = [f"{step['level']}:{step['kind']}" for step in found["steps"]]
    assert steps == list(ORDER[1:])
    told = timeline_of(office.world.own, scope_of(office.world.users["district_planner"]))
    days = [event.on for event in told]
    assert days == sorted(days, reverse=True)
    cases = [event for event in told if event.kind == "case"]
    assert len(cases) == len(steps)
    assert any(ORDER[0] in f"{event.title} {event.detail}" for event in told)
    hidden = office.clients["company_member"].get(f"{API}/accountability-cases/{case['id']}")
    assert hidden.status_code == 404


def test_j2_a_site_without_project_lead_stays_out_of_construction(office):
    world = office.world
    office.on(2, 20)
    Responsibility.objects.filter(role="project_lead").delete()
    site = ProjectSiteFactory(
        area=world.villages[0], state=State.CONTRACTED, programme__answered_for=False
    )
    address = f"/sites/{site.pk}/state-changes"
    move = {"to_state": "under_construction"}
    refused = office.post("district_planner", address, move, status=409)
    assert [error["code"] for error in refused["errors"]] == ["project_lead_missing"]
    answering(site=site, roles=["project_lead"])
    office.post("district_planner", address, move, status=201)
    site.refresh_from_db()
    assert site.state == State.UNDER_CONSTRUCTION
