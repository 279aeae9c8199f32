"""Dispatch meetings: the agenda draws itself, the office marks it, decisions reach their bodies."""

import datetime

import pytest

from oversight.kinds import AgendaCause, DecisionState, MeetingState
from oversight.models import AgendaItem, Decision, DispatchMeeting, MonthlyPlan
from oversight.red_items import red_condition, red_items
from oversight.services.agenda import agenda_add, agenda_draw, agenda_mark, agenda_narrow
from oversight.services.decisions import (
    decision_done,
    decision_record,
    decision_reopen,
    decision_withdraw,
)
from oversight.services.errors import WrongMoment
from oversight.services.meetings import (
    meeting_cancel,
    meeting_change,
    meeting_hold,
    meeting_plan,
)
from sites.access import Scope, scope_of
from sites.filters import SiteFilter
from sites.kinds import State
from sites.models import Milestone, ProjectSite
from sites.services import ConcurrentChange, NotPermitted, ReasonMissing, RefusedByRegister
from tests.factories import OrganisationFactory
from tests.factories.oversight import PEOPLE, decided
from tests.factories.oversight import meeting as met
from tests.factories.progress import at_work, reported

DAY = datetime.date(2026, 4, 5)
ONE_DAY = datetime.timedelta(days=1)
EVERY = Scope.internal()


@pytest.fixture
def planner(world):
    return scope_of(world.users["district_planner"])


@pytest.fixture
def officer(world):
    return scope_of(world.users["township_officer"])


@pytest.fixture
def overdue(world):
    """Three nodes are overdue on 5 April: two of own sites, one of the sibling township."""
    for site, days in ((world.own, 12), (world.sibling, 3), (world.house, 1)):
        Milestone.objects.create(site=site, kind="finish", due_on=DAY - ONE_DAY * days)
    Milestone.objects.create(site=world.own, kind="handover", due_on=DAY)
    Milestone.objects.create(
        site=world.sibling, kind="start", due_on=DAY - ONE_DAY * 9, done_on=DAY - ONE_DAY
    )


def planned(world, **values):
    return met(world.district, held_on=DAY, **values)


def draw(meeting, scope, as_of=DAY):
    return agenda_draw(meeting=meeting, actor=None, scope=scope, as_of=as_of)


def test_overdue_nodes_are_red_with_days_and_names(world, overdue, planner):
    items = red_items(planner, world.district, DAY)
    nodes = [i for i in items if i.cause == AgendaCause.MILESTONE]
    assert [(i.site.code, i.detail, i.days) for i in nodes] == [
        ("OWN-1", "finish", 12),
        ("SIBLING-1", "finish", 3),
        ("HOUSE-1", "finish", 1),
    ]
    people = {entry["role"]: entry["person"] for entry in nodes[0].responsible}
    assert people == {str(role.value): name for role, name in PEOPLE.items()}


def test_what_was_accepted_is_not_red(world, overdue, planner):
    Milestone.objects.create(site=world.public, kind="settlement", due_on=DAY - ONE_DAY * 90)
    assert world.public.state == State.ACCEPTED
    assert world.public.pk not in {i.site.pk for i in red_items(planner, world.district, DAY)}


def test_the_filter_says_the_same_as_the_red_items(world, overdue):
    items = red_items(EVERY, "340199", DAY)
    for cause in {item.cause for item in items}:
        found = ProjectSite.objects.within("340199").filter(red_condition(cause, DAY))
        told = {item.site.pk for item in items if item.cause == cause}
        assert set(found.values_list("pk", flat=True)) == told


def test_a_quiet_site_tells_the_days_since_its_last_entry_or_move(world, planner):
    begun = {"actual_start": DAY - ONE_DAY * 90}
    heard, moved = at_work(world.own, **begun), at_work(world.sibling, **begun)
    for days in (60, 50, 40):
        reported(world, 90 - days, on=DAY - ONE_DAY * days)
    for days in (45, 80):
        for site in (heard, moved):
            site.state_changes.create(
                from_state="approved",
                to_state="under_construction",
                effective_on=DAY - ONE_DAY * days,
            )
    red = red_items(planner, world.district, DAY)
    found = {i.site.code: i.days for i in red if i.cause == AgendaCause.QUIET}
    assert found == {"SIBLING-1": 45, "OWN-1": 40, "HOUSE-1": None}


def test_more_sites_do_not_cost_more_statements(world, overdue, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        red_items(EVERY, "340199", DAY)


def test_the_agenda_draws_itself_and_again_keeps_what_the_office_did(world, overdue, planner):
    meeting = planned(world)
    draw(meeting, planner)
    nodes = meeting.agenda.filter(cause=AgendaCause.MILESTONE, detail="finish")
    assert set(nodes.values_list("site__code", "days")) == {
        ("OWN-1", 12),
        ("SIBLING-1", 3),
        ("HOUSE-1", 1),
    }
    agenda_mark(item=nodes.get(site=world.own), actor=None, scope=planner, is_kept=False)
    agenda_mark(item=nodes.get(site=world.sibling), actor=None, scope=planner, note="先说")
    Milestone.objects.filter(kind="finish").exclude(site=world.own).update(done_on=DAY)
    draw(meeting, planner, DAY + ONE_DAY)
    rows = set(nodes.values_list("site__code", "days", "is_kept"))
    # The struck one got older and stays struck; the one with a note stays; the other is gone.
    assert rows == {("OWN-1", 13, False), ("SIBLING-1", 3, True)}


def test_a_township_draws_and_sees_only_its_own_sites(world, overdue, officer):
    own = met(world.townships[0], held_on=DAY)
    draw(own, officer)
    assert {item.site.area_code[:9] for item in own.agenda.all()} == {"340199100"}
    with pytest.raises(NotPermitted):
        draw(planned(world), officer)


def test_short_waits_are_struck_at_once(world, overdue, planner):
    meeting = planned(world)
    draw(meeting, planner)
    agenda_narrow(meeting=meeting, least_days=3, actor=None, scope=planner)
    kept = meeting.agenda.filter(is_kept=True, cause=AgendaCause.MILESTONE)
    assert set(kept.values_list("site__code", flat=True)) == {"OWN-1", "SIBLING-1"}


def test_the_office_adds_a_site_once_and_says_why(world, planner):
    meeting = planned(world)
    add = {"meeting": meeting, "actor": None, "scope": planner, "as_of": DAY}
    for site, note, field in (
        (world.own, " ", "note"),
        (world.foreign, "征迁", "site"),
        (world.public, "已验收", "site"),
    ):
        with pytest.raises(RefusedByRegister) as refused:
            agenda_add(site=site, note=note, **add)
        assert refused.value.errors[0][0] == field
    agenda_add(site=world.own, note="征迁", **add)
    with pytest.raises(RefusedByRegister):
        agenda_add(site=world.own, note="再议", **add)


def test_the_map_shows_exactly_the_sites_kept_on_the_agenda(world, overdue, planner):
    meeting = planned(world)
    draw(meeting, planner)
    meeting.agenda.filter(site=world.house).update(is_kept=False)
    asked = SiteFilter.from_query({"agenda": str(meeting.pk)})
    found = asked.apply(ProjectSite.objects.visible_to(planner))
    kept = AgendaItem.objects.filter(meeting=meeting, is_kept=True).values_list("site", flat=True)
    assert set(found.values_list("pk", flat=True)) == set(kept)
    assert asked.to_query() == f"agenda={meeting.pk}"


def test_a_meeting_belongs_to_a_district_or_township(world, planner):
    values = {"level": "month", "title": "会", "held_on": DAY}
    with pytest.raises(RefusedByRegister):
        meeting_plan(area=world.villages[0], values=values, actor=None, scope=planner)
    with pytest.raises(NotPermitted):
        meeting_plan(area=world.foreign_district, values=values, actor=None, scope=planner)
    made = meeting_plan(area=world.district, values=values, actor=None, scope=planner)
    assert made.state == MeetingState.PLANNED


def hold(meeting, scope, **values):
    given = {"held_on": DAY, "minutes": "会议纪要", "on": DAY, "actor": None, **values}
    return meeting_hold(meeting=meeting, scope=scope, **given)


@pytest.mark.parametrize(
    ("values", "field"), [({"minutes": " "}, "minutes"), ({"held_on": DAY + ONE_DAY}, "held_on")]
)
def test_a_meeting_is_held_with_minutes_and_not_in_the_future(world, planner, values, field):
    with pytest.raises(RefusedByRegister) as refused:
        hold(planned(world), planner, **values)
    assert refused.value.errors[0][0] == field


def test_a_held_meeting_is_fixed(world, overdue, planner):
    meeting = planned(world)
    item = draw(meeting, planner)[0]
    hold(meeting, planner)
    works = (
        lambda: draw(meeting, planner),
        lambda: agenda_mark(item=item, actor=None, scope=planner, is_kept=False),
        lambda: meeting_change(meeting=meeting, values={}, actor=None, scope=planner),
        lambda: hold(meeting, planner),
        lambda: meeting_cancel(meeting=meeting, reason="x", actor=None, scope=planner),
    )
    for work in works:
        with pytest.raises(WrongMoment):
            work()


def test_of_two_secretaries_the_second_is_told(world, planner):
    meeting = planned(world)
    version = meeting.version
    change = {"meeting": meeting, "actor": None, "scope": planner, "expected_version": version}
    meeting_change(values={"chair": "甲"}, **change)
    with pytest.raises(ConcurrentChange):
        meeting_change(values={"chair": "乙"}, **change)


def decide(meeting, scope, site, body, **values):
    given = {
        "action": "限期完成",
        "person": "孙负责",
        "due_on": DAY + ONE_DAY * 7,
        "actor": None,
        **values,
    }
    return decision_record(meeting=meeting, site=site, organisation=body, scope=scope, **given)


def test_a_decision_reaches_its_body_once_the_meeting_is_held(world, planner):
    meeting = planned(world)
    decision = decide(meeting, planner, world.own, world.companies[0])

    def seen_by(name):
        seen = Decision.objects.visible_to(scope_of(world.users[name]))
        return seen.filter(pk=decision.pk).exists()

    assert (seen_by("company_member"), seen_by("township_officer")) == (False, True)
    hold(meeting, planner)
    assert (seen_by("company_member"), seen_by("association_member")) == (True, False)


def test_a_township_finds_what_the_district_asks_of_it(world, planner):
    body = OrganisationFactory(name="镇政府", kind="township", area=world.townships[0])
    decision = decide(planned(world), planner, None, body)
    assert decision.area == world.townships[0]


@pytest.mark.parametrize(("site", "days", "field"), [("foreign", 7, "site"), ("own", -1, "due_on")])
def test_a_decision_fits_its_meeting(world, planner, site, days, field):
    meeting, due = planned(world), DAY + ONE_DAY * days
    with pytest.raises(RefusedByRegister) as refused:
        decide(meeting, planner, getattr(world, site), world.companies[0], due_on=due)
    assert refused.value.errors[0][0] == field


def done(decision, scope, **values):
    given = {"done_on": DAY, "outcome": "已完成", "on": DAY, "actor": None, **values}
    return decision_done(decision=decision, scope=scope, **given)


@pytest.mark.parametrize(
    ("caller", "allowed"),
    [
        ("district_planner", True),
        ("township_officer", True),
        ("company_member", True),
        ("association_member", False),
        ("evaluator", False),
    ],
)
def test_its_body_or_the_office_says_that_it_is_done(world, caller, allowed):
    meeting = planned(world, state="held", minutes="记录")
    decision = decided(meeting, site=world.own, organisation=world.companies[0], due_on=DAY)
    scope = scope_of(world.users[caller])
    if allowed:
        assert done(decision, scope).state == DecisionState.DONE
    else:
        with pytest.raises(NotPermitted):
            done(decision, scope)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"outcome": " "}, "outcome"),
        ({"done_on": DAY + ONE_DAY}, "done_on"),
        ({"done_on": DAY - ONE_DAY}, "done_on"),
    ],
)
def test_what_is_done_has_a_day_and_an_outcome(world, planner, values, field):
    meeting = planned(world, state="held", minutes="记录")
    decision = decided(meeting, site=world.own, due_on=DAY)
    with pytest.raises(RefusedByRegister) as refused:
        done(decision, planner, **values)
    assert refused.value.errors[0][0] == field


def test_a_decision_is_overdue_from_the_day_after(world, planner):
    meeting = planned(world, state="held", minutes="记录")
    decision = decided(meeting, site=world.own, due_on=DAY)
    assert not Decision.objects.overdue(DAY).exists()
    assert Decision.objects.overdue(DAY + ONE_DAY).get() == decision
    red = red_items(planner, world.district, DAY + ONE_DAY)
    assert [(i.detail, i.days) for i in red if i.cause == AgendaCause.DECISION] == [
        ("2026-04-05", 1)
    ]
    done(decision, planner)
    assert not Decision.objects.overdue(DAY + ONE_DAY).exists()


def test_a_draft_of_a_meeting_to_come_is_never_overdue(world):
    decided(planned(world), site=world.own, due_on=DAY)
    assert not Decision.objects.overdue(DAY + ONE_DAY * 30).exists()


def test_a_decision_opens_again_or_is_withdrawn_with_a_reason(world, planner, officer):
    meeting = planned(world, state="held", minutes="记录")
    decision = decided(meeting, site=world.own, due_on=DAY)
    done(decision, planner)
    act = {"decision": decision, "actor": None}
    with pytest.raises(NotPermitted):
        decision_reopen(reason="未完成", scope=officer, **act)
    with pytest.raises(ReasonMissing):
        decision_reopen(reason="", scope=planner, **act)
    decision_reopen(reason="未完成", scope=planner, **act)
    with pytest.raises(WrongMoment):
        decision_reopen(reason="未完成", scope=planner, **act)
    decision_withdraw(reason="重复", scope=planner, **act)
    decision.refresh_from_db()
    assert (decision.state, decision.outcome, decision.done_on) == ("withdrawn", "重复", None)


def test_a_missed_plan_of_last_month_is_red(world, planner):
    body = OrganisationFactory(kind="township", area=world.townships[0])
    plan = MonthlyPlan.objects.create(
        organisation=body,
        area=world.townships[0],
        month=datetime.date(2026, 3, 1),
        due_on=DAY,
        state="confirmed",
    )
    plan.items.create(site=world.own, percent=50, result="missed")
    plan.changes.create(
        from_state="confirmed", to_state="closed", at=datetime.datetime.now(datetime.UTC)
    )
    MonthlyPlan.objects.filter(pk=plan.pk).update(state="closed")
    red = red_items(planner, world.district, DAY)
    found = [(i.detail, i.days) for i in red if i.cause == AgendaCause.PLAN_MISSED]
    assert found == [("2026-03", 5)]


def test_a_township_knows_the_meetings_of_its_district_and_no_others(world, officer):
    meetings = [planned(world), met(world.townships[0], held_on=DAY)]
    met(world.townships[1], held_on=DAY)
    met(world.foreign_district, held_on=DAY)
    assert set(DispatchMeeting.objects.visible_to(officer)) == set(meetings)
