"""Monthly plans: prefilled, filed in time or late, confirmed, closed against facts, then locked."""

import datetime
from decimal import Decimal
from itertools import product

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from oversight.kinds import ItemResult, PlanState
from oversight.models import MonthlyPlan, PlanItem
from oversight.months import days_late, filing_day, last_day, months_on, parse_month
from oversight.plan_facts import result_of
from oversight.plan_prefill import ItemValues
from oversight.services.errors import MonthNotOver, NothingPlanned, PlanLocked, WrongMoment
from oversight.services.plan_moves import plan_close, plan_confirm, plan_return, plan_submit
from oversight.services.plans import plan_explain, plan_remove, plan_save, plan_start
from sites.access import scope_of
from sites.models import Milestone, ProgressEntry, ProgressReview
from sites.services import ConcurrentChange, NotPermitted, ReasonMissing, RefusedByRegister
from tests.factories import OrganisationFactory

MONTH = datetime.date(2026, 3, 1)
IN_TIME = datetime.datetime(2026, 2, 24, 9, tzinfo=datetime.UTC)
LATE = datetime.datetime(2026, 2, 27, 9, tzinfo=datetime.UTC)
AFTER = datetime.datetime(2026, 4, 2, 9, tzinfo=datetime.UTC)


@pytest.fixture
def township(world):
    """The government of the first township."""
    return OrganisationFactory(name="青溪镇政府", kind="township", area=world.townships[0])


@pytest.fixture
def officer(world):
    return scope_of(world.users["township_officer"])


@pytest.fixture
def planner(world):
    return scope_of(world.users["district_planner"])


@pytest.fixture
def plan(world, township, officer):
    """A draft with one line: the own site is to be completed on 20 March."""
    Milestone.objects.create(site=world.own, kind="finish", due_on=datetime.date(2026, 3, 20))
    Milestone.objects.create(site=world.own, kind="handover", due_on=datetime.date(2026, 5, 1))
    Milestone.objects.create(site=world.sibling, kind="start", due_on=datetime.date(2026, 3, 9))
    return plan_start(
        organisation=township, area=world.townships[0], month=MONTH, actor=None, scope=officer
    )


def confirmed(plan, officer, planner, at=IN_TIME):
    plan_submit(plan=plan, actor=None, scope=officer, at=at)
    plan_confirm(plan=plan, actor=None, scope=planner, at=at)
    return plan


def closed(plan, officer, planner):
    confirmed(plan, officer, planner)
    plan_close(plan=plan, actor=None, scope=planner, at=AFTER)
    return plan.items.get()


def line(site, **values):
    return ItemValues(site=site, **values)


def save(plan, items, scope, **values):
    return plan_save(plan=plan, items=items, note="", actor=None, scope=scope, **values)


def test_a_new_plan_holds_the_nodes_of_its_own_sites_due_in_the_month(plan, world):
    rows = list(plan.items.values_list("site_id", "milestone", "due_on"))
    assert rows == [(world.own.pk, "finish", datetime.date(2026, 3, 20))]
    assert (plan.due_on, plan.state) == (datetime.date(2026, 2, 25), "draft")


def test_a_body_has_one_plan_a_month(plan, world, township, officer):
    with pytest.raises(RefusedByRegister):
        plan_start(
            organisation=township, area=world.townships[0], month=MONTH, actor=None, scope=officer
        )


@pytest.mark.parametrize(
    ("caller", "place"),
    [("township_officer", 1), ("company_member", 0), ("evaluator", 0)],
)
def test_nobody_files_for_another_township(world, township, caller, place):
    with pytest.raises(NotPermitted):
        plan_start(
            organisation=township,
            area=world.townships[place],
            month=MONTH,
            actor=None,
            scope=scope_of(world.users[caller]),
        )


def test_only_townships_and_departments_file_for_their_own_area(world, township, planner):
    for body, area in ((world.companies[0], 0), (township, 1)):
        with pytest.raises(RefusedByRegister):
            plan_start(
                organisation=body,
                area=world.townships[area],
                month=MONTH,
                actor=None,
                scope=planner,
            )


def test_a_department_plans_for_the_sites_of_its_programmes(world, planner):
    department = OrganisationFactory(name="交通局", kind="lead_department", area=world.district)
    world.programme.lead_organisation = department
    world.programme.save()
    Milestone.objects.create(site=world.own, kind="finish", due_on=datetime.date(2026, 3, 20))
    started = plan_start(
        organisation=department, area=world.district, month=MONTH, actor=None, scope=planner
    )
    assert [item.site_id for item in started.items.all()] == [world.own.pk]


def test_the_first_filing_says_whether_it_was_late(plan, officer, planner):
    plan_submit(plan=plan, actor=None, scope=officer, at=IN_TIME)
    plan_return(plan=plan, reason="补充资金", actor=None, scope=planner, at=IN_TIME)
    plan_submit(plan=plan, actor=None, scope=officer, at=LATE)
    assert plan.submitted_at == IN_TIME
    assert days_late(plan.due_on, plan.submitted_at, LATE.date()) == 0
    assert days_late(plan.due_on, LATE, LATE.date()) == 2
    assert days_late(plan.due_on, None, datetime.date(2026, 3, 1)) == 4
    moves = list(plan.changes.values_list("to_state", "reason"))
    assert moves == [("submitted", ""), ("returned", "补充资金"), ("submitted", "")]


def test_a_return_needs_a_reason(plan, officer, planner):
    plan_submit(plan=plan, actor=None, scope=officer, at=IN_TIME)
    with pytest.raises(ReasonMissing):
        plan_return(plan=plan, reason=" ", actor=None, scope=planner, at=IN_TIME)


def test_a_plan_without_items_says_why(plan, officer):
    save(plan, [], officer)
    with pytest.raises(NothingPlanned):
        plan_submit(plan=plan, actor=None, scope=officer, at=IN_TIME)
    plan_save(plan=plan, items=[], note="本月无任务", actor=None, scope=officer)
    plan_submit(plan=plan, actor=None, scope=officer, at=IN_TIME)
    assert plan.state == PlanState.SUBMITTED


MOVES = {
    "submit": (plan_submit, {"draft", "returned"}),
    "return": (plan_return, {"submitted"}),
    "confirm": (plan_confirm, {"submitted"}),
    "close": (plan_close, {"confirmed"}),
}


@pytest.mark.parametrize(("state", "move"), list(product(PlanState.values, MOVES)))
def test_a_plan_moves_only_on_its_way(plan, planner, state, move):
    if state != "draft":
        with transaction.atomic():
            plan.changes.create(from_state="draft", to_state=state, at=IN_TIME)
            MonthlyPlan.objects.filter(pk=plan.pk).update(state=state)
    service, from_states = MOVES[move]
    reason = {"reason": "x"} if move == "return" else {}
    call = {"plan": plan, "actor": None, "scope": planner, "at": AFTER, **reason}
    if state in from_states:
        service(**call)
    else:
        with pytest.raises(PlanLocked if state == "closed" else WrongMoment):
            service(**call)


@pytest.mark.parametrize("move", ["return", "confirm", "close"])
def test_a_township_does_not_judge_its_own_plan(plan, officer, planner, move):
    if move == "close":
        confirmed(plan, officer, planner)
    else:
        plan_submit(plan=plan, actor=None, scope=officer, at=IN_TIME)
    reason = {"reason": "x"} if move == "return" else {}
    with pytest.raises(NotPermitted):
        MOVES[move][0](plan=plan, actor=None, scope=officer, at=AFTER, **reason)


def test_a_plan_closes_only_after_its_month(plan, officer, planner):
    confirmed(plan, officer, planner)
    last_evening = datetime.datetime(2026, 3, 31, 15, 59, tzinfo=datetime.UTC)
    with pytest.raises(MonthNotOver):
        plan_close(plan=plan, actor=None, scope=planner, at=last_evening)
    plan_close(
        plan=plan, actor=None, scope=planner, at=last_evening + datetime.timedelta(minutes=1)
    )
    assert plan.state == PlanState.CLOSED


def test_a_closed_plan_is_locked_at_every_door(plan, officer, planner):
    item = closed(plan, officer, planner)
    with pytest.raises(PlanLocked):
        save(plan, [], planner)
    with pytest.raises(PlanLocked):
        plan_explain(plan=plan, explanations={item.pk: "x"}, actor=None, scope=planner)
    with pytest.raises(PlanLocked):
        plan_remove(plan=plan, actor=None, scope=planner, expected_version=plan.version)
    for work in (
        lambda: PlanItem.objects.filter(pk=item.pk).update(result="met"),
        lambda: PlanItem.objects.filter(pk=item.pk).delete(),
        lambda: PlanItem.objects.create(plan=plan, site=item.site, percent=1),
        lambda: MonthlyPlan.objects.filter(pk=plan.pk).update(note="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            work()


@pytest.mark.parametrize(
    ("done_on", "result"),
    [
        (datetime.date(2026, 3, 31), ItemResult.MET),
        (datetime.date(2026, 2, 1), ItemResult.MET),
        (datetime.date(2026, 4, 1), ItemResult.MISSED),
        (None, ItemResult.MISSED),
    ],
)
def test_a_node_is_met_when_it_was_done_by_the_end_of_the_month(
    plan, officer, planner, done_on, result
):
    Milestone.objects.filter(kind="finish").update(done_on=done_on)
    item = closed(plan, officer, planner)
    assert item.result == result


@pytest.mark.parametrize(
    ("entries", "reached", "result"),
    [
        ([(20, 3, False, None), (60, 28, False, None)], 60, ItemResult.MET),
        ([(20, 3, False, None), (60, 28, True, None)], 20, ItemResult.PARTLY),
        ([(20, 3, False, None), (60, 28, True, "verified")], 60, ItemResult.MET),
        ([(20, 3, False, None), (60, 28, False, "returned")], 20, ItemResult.PARTLY),
        ([], 0, ItemResult.MISSED),
    ],
)
def test_progress_counts_once_it_is_verified(
    plan, world, officer, planner, entries, reached, result
):
    save(plan, [line(world.own, percent=Decimal(60))], officer)
    for percent, day, needs_review, verdict in entries:
        entry = ProgressEntry.objects.create(
            site=world.own,
            percent=percent,
            reported_on=datetime.date(2026, 3, day),
            needs_review=needs_review,
        )
        if verdict:
            ProgressReview.objects.create(entry=entry, verdict=verdict, reason="x")
    item = closed(plan, officer, planner)
    assert (item.reached_percent, item.result) == (reached, result)


def test_what_stood_before_the_month_is_no_progress_of_the_month(plan, world, officer, planner):
    save(plan, [line(world.own, percent=Decimal(60), quantity=Decimal("1.2"))], officer)
    ProgressEntry.objects.create(
        site=world.own, percent=50, quantity="1.000", reported_on=datetime.date(2026, 2, 20)
    )
    item = closed(plan, officer, planner)
    assert (item.reached_percent, item.reached_quantity) == (50, 1)
    assert item.result == ItemResult.MISSED


BAD_LINES = {
    "other_township": ("sibling", {"percent": Decimal(10)}, "items.0.site"),
    "other_month": (
        "own",
        {"milestone": "start", "due_on": datetime.date(2026, 4, 1)},
        "items.0.due_on",
    ),
    "says_nothing": ("own", {}, "items.0."),
    "too_much": ("own", {"percent": Decimal("100.01")}, "items.0."),
    "negative": ("own", {"money": Decimal(-1)}, "items.0."),
    "no_node": ("own", {"milestone": "party"}, "items.0.milestone"),
    "too_large": ("own", {"money": Decimal(10) ** 20}, "items.0.money"),
}


@pytest.mark.parametrize("case", BAD_LINES)
def test_a_line_that_cannot_be_taken_is_named(plan, world, officer, case):
    site, values, field = BAD_LINES[case]
    with pytest.raises(RefusedByRegister) as refused:
        save(plan, [line(getattr(world, site), **values)], officer)
    assert field in {entry[0] for entry in refused.value.errors}
    assert plan.items.count() == 1


def test_the_same_node_of_a_site_stands_once(plan, world, officer):
    twice = [line(world.own, milestone="start"), line(world.own, milestone="start")]
    with pytest.raises(RefusedByRegister) as refused:
        save(plan, twice, officer)
    assert refused.value.errors[0][:2] == ("items.1.milestone", "twice")


def test_of_two_officers_the_second_is_told(plan, world, officer):
    version = plan.version
    save(plan, [line(world.own, percent=Decimal(30))], officer, expected_version=version)
    with pytest.raises(ConcurrentChange):
        save(plan, [line(world.own, percent=Decimal(40))], officer, expected_version=version)
    assert plan.items.get().percent == 30


def test_explanations_are_written_between_confirmation_and_closing(plan, officer, planner):
    item = plan.items.get()
    with pytest.raises(WrongMoment):
        plan_explain(plan=plan, explanations={item.pk: "连阴雨"}, actor=None, scope=officer)
    confirmed(plan, officer, planner)
    plan_explain(plan=plan, explanations={item.pk: "连阴雨"}, actor=None, scope=officer)
    plan_close(plan=plan, actor=None, scope=planner, at=AFTER)
    assert plan.items.get().explanation == "连阴雨"


@given(st.lists(st.tuples(st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_met_is_all_and_missed_is_nothing(aims):
    result = result_of(aims)
    assert (result == ItemResult.MET) == all(reached for reached, _moved in aims)
    assert (result == ItemResult.MISSED) == (not any(a or b for a, b in aims))


@given(st.dates(datetime.date(1950, 1, 1), datetime.date(2090, 1, 1)), st.integers(-40, 40))
def test_months_follow_each_other(day, number):
    month = day.replace(day=1)
    assert months_on(months_on(month, number), -number) == month
    assert last_day(month) + datetime.timedelta(days=1) == months_on(month, 1)
    assert filing_day(month).replace(day=1) == months_on(month, -1)
    assert parse_month(f"{month:%Y-%m}") == month


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-3", "2026-03-01", "²026-03", "x"])
def test_a_month_is_read_strictly(text):
    with pytest.raises(ValueError):
        parse_month(text)
