"""Milestones: planned by the office, dated by facts, overdue by the day."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client

from sites.access import scope_of
from sites.kinds import MilestoneKind, State
from sites.milestones import milestones_mark, overdue
from sites.models import Milestone, PlannedProgress, ProjectSite
from sites.progress_curve import Point
from sites.services import (
    ConcurrentChange,
    NotPermitted,
    PlannedMilestone,
    RefusedByRegister,
    milestones_save,
    planned_progress_save,
    site_move_state,
)
from tests.factories.progress import TODAY

pytestmark = pytest.mark.django_db
DUE = datetime.date(2026, 6, 30)


def _save(world, *plan, role="township_officer", **values):
    user = world.users[role]
    return milestones_save(
        site=world.own, plan=plan, actor=user, scope=scope_of(user), on=TODAY, **values
    )


def _curve(world, *points, role="township_officer", **values):
    user = world.users[role]
    return planned_progress_save(
        site=world.own, points=points, actor=user, scope=scope_of(user), **values
    )


def test_the_plan_replaces_what_stood(world):
    _save(world, PlannedMilestone("start", DUE), PlannedMilestone("finish", DUE))
    kept = Milestone.objects.get(site=world.own, kind="finish").pk
    _save(world, PlannedMilestone("finish", TODAY, None, world.companies[0]))
    found = Milestone.objects.get(site=world.own)
    assert (found.pk, found.due_on, found.responsible) == (kept, TODAY, world.companies[0])


@pytest.mark.parametrize("role", ["company_member", "association_member", "evaluator"])
def test_only_the_office_plans(world, role):
    with pytest.raises(NotPermitted):
        _save(world, PlannedMilestone("start", DUE), role=role)
    with pytest.raises(NotPermitted):
        _curve(world, Point(DUE, 10), role=role)


@pytest.mark.parametrize(
    ("plan", "code"),
    [
        ([("start", DUE), ("start", TODAY)], "twice"),
        ([("start", None, TODAY + datetime.timedelta(days=1))], "in_the_future"),
        ([("start",)], "no_date"),
        ([("nonsense", DUE)], "invalid_choice"),
    ],
)
def test_a_plan_that_cannot_be_is_refused(world, plan, code):
    with pytest.raises(RefusedByRegister) as refusal:
        _save(world, *(PlannedMilestone(*values) for values in plan))
    assert code in {found for _field, found, _text in refusal.value.errors}
    assert not Milestone.objects.filter(site=world.own).exists()


def test_of_two_plans_made_from_one_reading_the_second_is_refused(world):
    mark = milestones_mark(())
    _save(world, PlannedMilestone("start", DUE), expected=mark)
    with pytest.raises(ConcurrentChange):
        _save(world, PlannedMilestone("finish", DUE), expected=mark)


def test_entering_a_state_dates_its_milestone(world):
    _save(world, PlannedMilestone("finish", DUE))
    user = world.users["township_officer"]
    site_move_state(
        site=world.own, to_state=State.COMPLETED, actor=user, scope=scope_of(user), on=TODAY
    )
    assert Milestone.objects.get(site=world.own).done_on == TODAY


def test_overdue_is_past_undone_and_not_halted(world):
    _save(world, PlannedMilestone("start", DUE, DUE), PlannedMilestone("finish", DUE))
    rows = Milestone.objects.all()
    assert [row.kind for row in overdue(rows, TODAY)] == [MilestoneKind.FINISH]
    assert not overdue(rows, DUE).exists()
    assert not overdue(rows.filter(site=world.sibling), TODAY).exists()


@pytest.mark.parametrize(
    ("points", "code"),
    [
        ([(DUE, 50), (TODAY, 40)], "falls"),
        ([(DUE, 50), (DUE, 60)], "twice"),
        ([(DUE, 101)], "out_of_range"),
    ],
)
def test_a_curve_that_cannot_be_is_refused(world, points, code):
    with pytest.raises(RefusedByRegister) as refusal:
        _curve(world, *(Point(*values) for values in points))
    assert code in {found for _field, found, _text in refusal.value.errors}


def test_a_saved_curve_lets_tiles_learn(world):
    version = ProjectSite.objects.get(pk=world.own.pk).version
    _curve(world, Point(DUE, 50))
    assert PlannedProgress.objects.get(site=world.own).percent == 50
    assert ProjectSite.objects.get(pk=world.own.pk).version >= version


@pytest.fixture
def officer(world):
    client = Client(headers={"accept-language": "en"})
    client.force_login(world.users["township_officer"])
    return client


def _milestone_form(page, **changes):
    fields = {"part": "milestones", "mark": page.context["milestones_mark"]}
    for row in page.context["milestones"].rows:
        for bound in row:
            fields[bound.html_name] = bound.value() or ""
    return {**fields, **changes}


def test_the_page_saves_the_milestones(world, officer):
    address = f"/sites/{world.own.pk}/plan/"
    form = _milestone_form(officer.get(address), **{"finish-due_on": "2026-06-30"})
    assert officer.post(address, form).status_code == 302
    assert Milestone.objects.get(site=world.own).due_on == DUE
    assert officer.post(address, form).status_code == 409
    told = officer.get(address).content.decode()
    assert "overdue by" in told


@pytest.mark.parametrize(
    "wrong",
    [
        {"finish-due_on": "31.02.2026"},
        {"finish-done_on": "2999-01-01"},
        {"finish-responsible": "x"},
    ],
)
def test_the_page_tells_what_is_wrong(world, officer, wrong):
    address = f"/sites/{world.own.pk}/plan/"
    form = _milestone_form(officer.get(address), **wrong)
    assert officer.post(address, form).status_code == 422
    assert not Milestone.objects.filter(site=world.own).exists()


def _points_form(page, *points):
    form = {"part": "points", "mark": page.context["points_mark"], "points-TOTAL_FORMS": "4"}
    form["points-INITIAL_FORMS"] = "0"
    for number, (on, percent) in enumerate(points):
        form |= {f"points-{number}-on": on, f"points-{number}-percent": percent}
    return form


def test_the_page_saves_the_curve(world, officer):
    address = f"/sites/{world.own.pk}/plan/"
    page = officer.get(address)
    form = _points_form(page, ("2026-05-01", "20"), ("2026-07-01", "60"))
    assert officer.post(address, form).status_code == 302
    assert PlannedProgress.objects.filter(site=world.own).count() == 2
    assert officer.post(address, form).status_code == 409
    half = _points_form(officer.get(address), ("2026-05-01", ""))
    assert officer.post(address, half).status_code == 422
    falling = _points_form(officer.get(address), ("2026-05-01", "20"), ("2026-07-01", "6"))
    assert officer.post(address, falling).status_code == 422
    assert officer.post(address, {"part": "points"}).status_code == 422


def test_others_read_the_plan_and_do_not_change_it(world):
    client = Client()
    client.force_login(world.users["company_member"])
    address = f"/sites/{world.own.pk}/plan/"
    assert client.get(address).status_code == 200
    assert client.post(address, {"part": "points"}).status_code == 403
