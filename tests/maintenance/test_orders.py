"""Work orders: issue, the way to the triple confirmation, and who stands in whose way."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest
from django.contrib.gis.geos import Point
from django.utils import timezone

from maintenance.kinds import OrderState
from maintenance.models import OrderChange, WorkOrder
from maintenance.services import (
    PlannedQuantity,
    order_accept,
    order_close,
    order_confirm,
    order_inspect,
    order_move,
    order_quantities_plan,
    order_quantities_record,
    order_start,
    order_submit,
    order_update,
)
from maintenance.services.errors import (
    AgreementNotInForce,
    BodiesMissing,
    EvidenceMissing,
    NotCovered,
    RoleConflict,
    WrongMoment,
)
from sites.access import Grant, Scope, scope_of
from sites.kinds import Role
from sites.services.errors import (
    ConcurrentChange,
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from tests.factories.maintenance import draft_agreement, move_agreement, signed_agreement
from tests.factories.orders import advance, by, issued_order, recorded_log
from tests.factories.records import SRID, UserFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world, agreement):
    return issued_order(world, agreement)


def test_an_order_takes_its_three_bodies_from_the_agreement(world, order):
    assert order.executor == world.companies[0]
    assert order.inspector == world.associations[0]
    assert order.confirmer == world.cooperatives[0]
    assert order.area_code == world.own_asset.area_code
    assert [(c.from_state, c.to_state, c.role) for c in order.changes.all()] == [
        ("", "issued", "township_officer")
    ]


def test_an_order_without_a_point_lies_in_the_middle_of_its_stretch(world, agreement):
    order = issued_order(world, agreement, start_m=Decimal(0), end_m=Decimal(600))
    line = world.own_asset.geometry
    assert order.point.x == pytest.approx(
        (3 * line.coords[0][0] + line.coords[-1][0]) / 4, abs=1e-6
    )


@pytest.mark.parametrize("name", ["company_member", "cooperative_member", "evaluator"])
def test_only_office_client_and_supervisor_issue(world, agreement, name):
    with pytest.raises(NotPermitted):
        issued_order(world, agreement, user=world.users[name])


def test_the_supervisor_issues_for_its_own_body(world, agreement):
    order = issued_order(world, agreement, user=world.users["association_member"])
    assert order.changes.get().organisation == world.associations[0]


def test_a_rule_issues_whoever_checked(world, agreement):
    order = issued_order(
        world, agreement, user=world.users["company_member"], by_rule=True, title="排水沟堵塞"
    )
    assert (order.state, order.changes.get().role) == ("issued", "")


def test_no_order_outside_what_the_agreement_covers(world):
    agreement = signed_agreement(world, assets=[(world.own_asset, 0, 500)])
    issued_order(world, agreement, start_m=Decimal(100), end_m=Decimal(500))
    with pytest.raises(NotCovered):
        issued_order(world, agreement, start_m=Decimal(400), end_m=Decimal(600))
    with pytest.raises(NotCovered):
        issued_order(world, agreement, asset=world.house_asset)


def test_no_order_under_an_agreement_that_is_not_in_force(world):
    draft = draft_agreement(world, assets=[world.own_asset])
    with pytest.raises(AgreementNotInForce):
        issued_order(world, draft)


def test_no_order_without_three_different_bodies(world):
    agreement = signed_agreement(world, assets=[world.own_asset], participant=None)
    with pytest.raises(BodiesMissing):
        issued_order(world, agreement)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "长" * 201}, "title"),
        ({"kind": "miracle"}, "kind"),
        ({"priority": "someday"}, "priority"),
        ({"due_at": timezone.now() - datetime.timedelta(days=1)}, ""),
        ({"estimate": Decimal(-1)}, ""),
        ({"estimate": Decimal("1.234")}, "estimate"),
        ({"estimate": Decimal("NaN")}, "estimate"),
        ({"agreed_price": Decimal(100)}, "agreed_price"),
        ({"start_m": Decimal(10)}, "start_m"),
        ({"start_m": Decimal(20), "end_m": Decimal(10)}, "start_m"),
        ({"start_m": Decimal(0), "end_m": Decimal(5000)}, "start_m"),
        ({"point": Point(float("inf"), 31, srid=SRID)}, ""),
        ({"quantities": [PlannedQuantity("", "m2", Decimal(1))]}, "item"),
        ({"quantities": [PlannedQuantity("沥青", "acre", Decimal(1))]}, "unit"),
        ({"quantities": [PlannedQuantity("沥青", "m2", Decimal(-1))]}, ""),
        ({"quantities": [PlannedQuantity("沥青", "m2")] * 51}, "quantities"),
    ],
)
def test_values_that_cannot_be_are_refused_by_name(world, agreement, values, field):
    with pytest.raises(RefusedByRegister) as refused:
        issued_order(world, agreement, **values)
    assert refused.value.errors[0][0] == field
    assert not WorkOrder.objects.exists()


def test_the_straight_way_leaves_seven_changes_by_four_bodies(world, order):
    advance(world, order, OrderState.CLOSED)
    steps = [(c.to_state, c.organisation_id) for c in order.changes.order_by("at", "id")]
    office = order.changes.get(to_state="issued").organisation_id
    company, association = world.companies[0].pk, world.associations[0].pk
    assert steps == [
        ("issued", office),
        ("accepted", company),
        ("doing", company),
        ("submitted", company),
        ("inspected", association),
        ("confirmed", world.cooperatives[0].pk),
        ("closed", office),
    ]
    assert (order.rework_count, order.submitted_at is None, order.closed_at is None) == (
        0,
        False,
        False,
    )


WRONG_PEOPLE = [
    ("issued", "accepted", ["association_member", "cooperative_member", "township_officer"]),
    ("accepted", "doing", ["association_member", "cooperative_member", "district_planner"]),
    ("doing", "submitted", ["association_member", "cooperative_member", "township_officer"]),
    ("submitted", "inspected", ["company_member", "cooperative_member", "district_planner"]),
    ("submitted", "doing", ["company_member", "cooperative_member", "township_officer"]),
    ("inspected", "confirmed", ["company_member", "association_member", "township_officer"]),
    ("inspected", "doing", ["company_member", "association_member", "district_planner"]),
    ("confirmed", "closed", ["company_member", "association_member", "cooperative_member"]),
    ("doing", "cancelled", ["company_member", "cooperative_member", "evaluator"]),
]


@pytest.mark.parametrize(("state", "to_state", "names"), WRONG_PEOPLE)
def test_no_step_is_made_by_another_body(world, order, state, to_state, names):
    advance(world, order, state)
    for name in names:
        with pytest.raises(NotPermitted):
            order_move(
                order=order,
                to_state=to_state,
                reason="理由",
                at=timezone.now(),
                **by(world.users[name]),
            )
    order.refresh_from_db()
    assert order.state == state


@pytest.mark.parametrize(
    ("state", "to_state"),
    [(state, to) for state, to, _names in WRONG_PEOPLE if to not in {"closed", "cancelled"}],
)
def test_an_administrator_stands_in_for_no_body(world, order, state, to_state):
    advance(world, order, state)
    admin = UserFactory(is_superuser=True)
    with pytest.raises(NotPermitted):
        order_move(order=order, to_state=to_state, reason="x", at=timezone.now(), **by(admin))


def two_bodies(world, first, second):
    """A person who belongs to two bodies of the order."""
    user = member(first[0], organisations=[first[1]], username="both")
    return user, Grant(second[0], (), (second[1].pk,))


def test_nobody_inspects_what_they_did_for_the_executor(world, order):
    user, extra = two_bodies(
        world,
        (Role.COMPANY_MEMBER, world.companies[0]),
        (Role.ASSOCIATION_MEMBER, world.associations[0]),
    )
    own = scope_of(user)
    both = replace(own, grants=(*own.grants, extra), roles=own.roles | {extra.role})
    for step in (order_accept, order_start):
        step(order=order, actor=user, scope=both, at=timezone.now())
    recorded_log(order, world.users["company_member"])
    order_submit(order=order, at=timezone.now(), **by(world.users["company_member"]))
    with pytest.raises(RoleConflict):
        order_inspect(order=order, passed=True, actor=user, scope=both, at=timezone.now())


def test_who_only_recorded_a_log_inspects_nothing_either(world, order):
    user, extra = two_bodies(
        world,
        (Role.COMPANY_MEMBER, world.companies[0]),
        (Role.ASSOCIATION_MEMBER, world.associations[0]),
    )
    own = scope_of(user)
    both = replace(own, grants=(*own.grants, extra), roles=own.roles | {extra.role})
    advance(world, order, OrderState.DOING)
    recorded_log(order, user)
    order_submit(order=order, at=timezone.now(), **by(world.users["company_member"]))
    with pytest.raises(RoleConflict):
        order_inspect(order=order, passed=True, actor=user, scope=both, at=timezone.now())


def test_an_officer_who_issued_confirms_nothing_for_the_cooperative(world, order):
    officer = world.users["township_officer"]
    advance(world, order, OrderState.INSPECTED)
    own = scope_of(officer)
    extra = Grant(Role.COOPERATIVE_MEMBER, (), (world.cooperatives[0].pk,))
    both = replace(own, grants=(*own.grants, extra), roles=own.roles | {extra.role})
    with pytest.raises(RoleConflict):
        order_confirm(order=order, passed=True, actor=officer, scope=both, at=timezone.now())


def test_where_the_agreement_says_so_the_client_inspects(world):
    agreement = signed_agreement(world, assets=[world.own_asset], inspects="client")
    order = issued_order(world, agreement)
    advance(world, order, OrderState.SUBMITTED)
    officer = world.users["township_officer"]
    with pytest.raises(NotPermitted):
        order_inspect(
            order=order, passed=True, at=timezone.now(), **by(world.users["association_member"])
        )
    with pytest.raises(NotPermitted):
        order_inspect(
            order=order, passed=True, at=timezone.now(), actor=officer, scope=Scope.internal()
        )
    order_inspect(order=order, passed=True, at=timezone.now(), **by(officer))
    assert order.state == "inspected"


@pytest.mark.parametrize("check", ["inspector", "confirmer"])
def test_either_check_sends_back_with_a_reason_and_asks_for_new_work(world, order, check):
    advance(world, order, "submitted" if check == "inspector" else "inspected")
    step = order_inspect if check == "inspector" else order_confirm
    name = "association_member" if check == "inspector" else "cooperative_member"
    who = by(world.users[name])
    with pytest.raises(ReasonMissing):
        step(order=order, passed=False, at=timezone.now(), **who)
    step(order=order, passed=False, reason="路缘未修", at=timezone.now(), **who)
    assert (order.state, order.rework_count, order.submitted_at) == ("doing", 1, None)
    company = world.users["company_member"]
    with pytest.raises(EvidenceMissing) as refused:
        order_submit(order=order, at=timezone.now(), **by(company))
    assert [code for _field, code, _text in refused.value.errors] == [
        "log_missing",
        "photo_after_missing",
    ]
    recorded_log(order, company, stages=["after"])
    order_submit(order=order, at=timezone.now(), **by(company))
    assert order.state == "submitted"


def test_a_check_is_made_in_its_own_state_only(world, order):
    advance(world, order, OrderState.INSPECTED)
    with pytest.raises(IllegalTransition):
        order_inspect(
            order=order,
            passed=False,
            reason="x",
            at=timezone.now(),
            **by(world.users["cooperative_member"]),
        )


@pytest.mark.parametrize(
    ("stages", "missing"),
    [
        (None, ["log_missing", "photo_before_missing", "photo_after_missing"]),
        ([], ["photo_before_missing", "photo_after_missing"]),
        (["before"], ["photo_after_missing"]),
        (["during", "after"], ["photo_before_missing"]),
    ],
)
def test_a_repair_is_submitted_with_photos_from_before_and_after(world, order, stages, missing):
    advance(world, order, OrderState.DOING)
    company = world.users["company_member"]
    if stages is not None:
        recorded_log(order, company, stages=stages)
    with pytest.raises(EvidenceMissing) as refused:
        order_submit(order=order, at=timezone.now(), **by(company))
    assert [code for _field, code, _text in refused.value.errors] == missing


def test_routine_work_is_submitted_with_a_log_alone(world, agreement):
    order = issued_order(world, agreement, kind="routine")
    advance(world, order, OrderState.DOING)
    company = world.users["company_member"]
    recorded_log(order, company, stages=[])
    order_submit(order=order, at=timezone.now(), **by(company))
    assert order.state == "submitted"


def test_planned_quantities_need_what_was_done(world, agreement):
    order = issued_order(
        world, agreement, quantities=[PlannedQuantity("沥青混凝土", "m2", Decimal("12.5"))]
    )
    advance(world, order, OrderState.DOING)
    company = world.users["company_member"]
    recorded_log(order, company)
    with pytest.raises(EvidenceMissing) as refused:
        order_submit(order=order, at=timezone.now(), **by(company))
    assert refused.value.errors[0][1] == "quantity_missing"
    with pytest.raises(RefusedByRegister):
        order_submit(order=order, at=timezone.now(), done={7: Decimal(1)}, **by(company))
    order_submit(order=order, at=timezone.now(), done={1: Decimal("11.8")}, **by(company))
    assert order.quantities.get().done == Decimal("11.80")


def test_quantities_are_planned_by_the_issuer_and_done_by_the_executor(world, order):
    officer, company = by(world.users["township_officer"]), by(world.users["company_member"])
    plan = [PlannedQuantity("清沟", "m", Decimal(30))]
    with pytest.raises(NotPermitted):
        order_quantities_plan(order=order, quantities=plan, **company)
    before = order.version
    order_quantities_plan(order=order, quantities=plan, expected_version=before, **officer)
    with pytest.raises(ConcurrentChange):
        order_quantities_plan(order=order, quantities=plan, expected_version=before, **officer)
    with pytest.raises(WrongMoment):
        order_quantities_record(order=order, done={1: Decimal(3)}, **company)
    advance(world, order, OrderState.DOING)
    with pytest.raises(NotPermitted):
        order_quantities_record(order=order, done={1: Decimal(3)}, **officer)
    order_quantities_record(order=order, done={1: Decimal(3)}, **company)
    assert order.quantities.get().done == Decimal(3)


def test_an_order_is_cancelled_before_it_is_submitted_only(world, agreement):
    early, late = issued_order(world, agreement), issued_order(world, agreement)
    advance(world, early, OrderState.CANCELLED)
    assert early.state == "cancelled"
    advance(world, late, OrderState.SUBMITTED)
    with pytest.raises(IllegalTransition):
        advance(world, late, OrderState.CANCELLED)


def test_what_an_order_asks_for_changes_until_it_is_submitted(world):
    agreement = signed_agreement(world, assets=[world.own_asset], price_basis="per_order")
    order = issued_order(world, agreement)
    officer = by(world.users["township_officer"])
    order_update(
        order=order,
        values={"agreed_price": Decimal("1200.50"), "state": "closed"},
        expected_version=order.version,
        **officer,
    )
    order.refresh_from_db()
    assert (order.agreed_price, order.state) == (Decimal("1200.50"), "issued")
    advance(world, order, OrderState.SUBMITTED)
    with pytest.raises(WrongMoment):
        order_update(order=order, values={"title": "x"}, expected_version=order.version, **officer)


def test_a_move_at_an_old_version_is_refused_with_what_stands(world, order):
    old = order.version
    advance(world, order, OrderState.ACCEPTED)
    with pytest.raises(ConcurrentChange) as refused:
        order_start(
            order=order,
            at=timezone.now(),
            expected_version=old,
            **by(world.users["company_member"]),
        )
    assert refused.value.current.state == "accepted"


def test_an_order_ends_under_its_agreement_after_the_agreement_ended(world, agreement, order):
    day = timezone.localdate() - datetime.timedelta(days=1)
    move_agreement(agreement, "terminated", ended_on=day)
    advance(world, order, OrderState.CLOSED)
    assert order.state == "closed"


def test_a_refused_step_leaves_nothing(world, order):
    advance(world, order, OrderState.CONFIRMED)
    with pytest.raises(NotPermitted):
        order_close(order=order, at=timezone.now(), **by(world.users["company_member"]))
    assert OrderChange.objects.filter(order=order).count() == 6
