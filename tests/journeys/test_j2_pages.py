"""Journey J2: from the month's plan over dispatch to accountability, through the pages."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from oversight.models import (
    AccountabilityCase,
    Decision,
    DispatchMeeting,
    MonthlyPlan,
    Responsibility,
)
from sites.kinds import State
from tests.factories import build_world
from tests.factories.cases import government
from tests.factories.oversight import answering
from tests.factories.records import ProjectSiteFactory
from tests.journeys.desks import Desks
from tests.journeys.turning import Calendar

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NODES = (("start", 10), ("finish", 20), ("preliminary_acceptance", 28))
PERSON = "孙负责"
TOLD = (
    "Closed · Supervised",
    "Reply · Supervised",
    "Raised to the next level",
    "Letter sent · Reminder",
    "四月十二日前完成路基施工",
)
"""What the site's page tells of it, the newest first."""


@pytest.fixture
def district(transactional_db, monkeypatch, settings, tmp_path):
    """A world in which work is late: three milestones of one site in March."""
    settings.MEDIA_ROOT = tmp_path
    world = build_world()
    body = government(world.townships[0])
    for kind, day in NODES:
        due_on = datetime.date(2026, 3, day)
        world.own.milestones.create(kind=kind, due_on=due_on, responsible=body)
    return world, body, Calendar(monkeypatch)


def _plan_of_march(desks, body):
    """The township files the plan in time, and the office confirms it."""
    desks.open("township_officer", "/oversight/plans/new/")
    desks.send("Begin", organisation=str(body.pk), month="2026-03", prefill=True)
    plan = MonthlyPlan.objects.get()
    assert plan.items.count() == 3
    desks.open("township_officer", f"/oversight/plans/{plan.pk}/")
    desks.send("File the plan")
    desks.open("district_planner", f"/oversight/plans/{plan.pk}/")
    desks.send("Confirm the plan")
    plan.refresh_from_db()
    assert (plan.state, timezone.localdate(plan.submitted_at) <= plan.due_on) == ("confirmed", True)


def _dispatch_of_april(desks, world, body):
    """The missed nodes are red and on the agenda by themselves; the meeting decides."""
    desks.open("district_planner", "/sites/?red=milestone")
    assert world.own.code in desks.text()
    assert world.sibling.code not in desks.text()
    desks.open("district_planner", "/oversight/meetings/new/")
    given = {"level": "month", "title": "四月会商调度会", "held_on": "2026-04-05"}
    desks.send("Save", area=str(world.district.pk), **given)
    meeting = DispatchMeeting.objects.get()
    desks.open("district_planner", f"/oversight/meetings/{meeting.pk}/")
    desks.send("Draw the agenda")
    items = meeting.agenda.filter(site=world.own, cause="milestone")
    assert sorted(items.values_list("detail", flat=True)) == sorted(kind for kind, _day in NODES)
    assert PERSON in desks.text()
    desks.visits.picture(desks.page, "j2-agenda")
    desks.send(
        "Record the decision",
        **{
            "decide-site": world.own.code,
            "decide-action": "四月十二日前完成路基施工",
            "decide-organisation": str(body.pk),
            "decide-person": PERSON,
            "decide-due_on": "2026-04-12",
        },
    )
    minutes = {"hold-held_on": "2026-04-05", "hold-minutes": "议定一项。"}
    desks.send("Fix the minutes", **minutes)
    decision = Decision.objects.get()
    assert decision.meeting.state == "held"
    return decision


def _remind(desks):
    desks.open("district_planner", "/oversight/cases/")
    return desks.send("Remind of missed decisions")


def test_j2_from_plan_to_accountability(district, visits, settings):
    settings.DECISION_GRACE_DAYS, settings.REPLY_DAYS = 5, 7
    world, body, calendar = district
    desks = Desks(visits, world.users)
    calendar.turn_to(2026, 2, 20)
    _plan_of_march(desks, body)
    calendar.turn_to(2026, 4, 5)
    decision = _dispatch_of_april(desks, world, body)

    calendar.turn_to(2026, 4, 16)
    assert "Nothing is overdue" in _remind(desks)
    calendar.turn_to(2026, 4, 17)
    assert "1 reminder was sent" in _remind(desks)
    case = AccountabilityCase.objects.get(decision=decision)
    assert (case.level, case.state, case.person) == ("reminder", "notified", PERSON)
    letter = case.steps.get(kind="notify")
    desks.open("township_officer", f"/oversight/cases/{case.pk}/letters/{letter.pk}/")
    assert "现予提醒" in desks.text()
    visits.picture(desks.page, "j2-letter")

    calendar.turn_to(2026, 4, 29)
    assert "1 case went to supervision" in _remind(desks)
    desks.open("township_officer", f"/oversight/cases/{case.pk}/")
    desks.send("Save the reply", text="路基已完成。")
    calendar.turn_to(2026, 4, 30)
    desks.open("district_planner", f"/oversight/cases/{case.pk}/")
    desks.send("Close the case", text="整改到位。")
    case.refresh_from_db()
    assert (case.level, case.state) == ("supervision", "closed")
    visits.picture(desks.page, "j2-case")

    desks.open("district_planner", f"/sites/{world.own.pk}/")
    told = desks.page.locator("ol.events li").all_inner_texts()
    order = [next(n for n, text in enumerate(told) if words in text) for words in TOLD]
    assert order == sorted(order), told
    visits.picture(desks.page, "j2-site")


def test_j2_a_site_without_project_lead_stays_out_of_construction(district, visits):
    world, _body, calendar = district
    calendar.turn_to(2026, 2, 20)
    Responsibility.objects.filter(role="project_lead").delete()
    site = ProjectSiteFactory(
        area=world.villages[0],
        programme=world.programme,
        state=State.CONTRACTED,
        programme__answered_for=False,
    )
    desks = Desks(visits, world.users)
    move = {"to_state": "under_construction", "on": "2026-02-20"}
    desks.open("district_planner", f"/sites/{site.pk}/")
    assert "Project lead" in desks.send("Move", **move)
    visits.complaints.clear()  # the browser notes the refusal's status
    site.refresh_from_db()
    assert site.state == State.CONTRACTED
    answering(site=site, roles=["project_lead"])
    desks.open("district_planner", f"/sites/{site.pk}/")
    desks.send("Move", **move)
    site.refresh_from_db()
    assert site.state == State.UNDER_CONSTRUCTION
