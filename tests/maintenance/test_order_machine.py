"""No path of moves, by whomever, closes an order without the three bodies; history is complete."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from maintenance.kinds import OrderState
from maintenance.models import WorkOrder
from maintenance.services import order_accept, order_cancel, order_move
from sites.access import scope_of
from sites.services import ServiceError
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import advance, by, issued_order, recorded_log
from tests.factories.records import UserFactory
from tests.factories.world import build_world

PEOPLE = (
    "company_member",
    "association_member",
    "cooperative_member",
    "township_officer",
    "district_planner",
    "evaluator",
    "admin",
)


class Orders(RuleBasedStateMachine):
    """Anybody tries any move at any time; the executor may record work."""

    world = agreement = None
    people: ClassVar[dict] = {}
    scopes: ClassVar[dict] = {}

    def __init__(self):
        super().__init__()
        self.order = issued_order(self.world, self.agreement)
        self.bodies = {
            "submitted": self.order.executor_id,
            "inspected": self.order.inspector_id,
            "confirmed": self.order.confirmer_id,
        }
        self.moves = 0

    @rule(
        name=st.sampled_from(PEOPLE),
        to_state=st.sampled_from(OrderState.values),
        reason=st.sampled_from(["", "理由"]),
    )
    def somebody_moves(self, name, to_state, reason):
        try:
            with transaction.atomic():
                order_move(
                    order=self.order,
                    to_state=to_state,
                    reason=reason,
                    at=timezone.now(),
                    actor=self.people[name],
                    scope=self.scopes[name],
                )
            self.moves += 1
        except ServiceError:
            self.order.refresh_from_db()

    @rule()
    def the_right_one_goes_on(self):
        path = list(OrderState.values)[:7]
        if self.order.state in path[:-1]:
            advance(self.world, self.order, path[path.index(self.order.state) + 1])
            self.moves += 1

    @rule()
    def the_executor_records_work(self):
        try:
            with transaction.atomic():
                recorded_log(self.order, self.people["company_member"])
        except ServiceError:
            self.order.refresh_from_db()

    @invariant()
    def history_is_complete(self):
        steps = list(self.order.changes.order_by("at", "id"))
        assert len(steps) == self.moves + 1
        assert all(first.to_state == second.from_state for first, second in pairwise(steps))
        assert steps[-1].to_state == self.order.state
        back = [s for s in steps if s.to_state == "doing" and s.from_state != "accepted"]
        assert len(back) == self.order.rework_count
        assert all(step.reason for step in back)

    @invariant()
    def each_check_was_made_by_its_own_body(self):
        steps = list(self.order.changes.all())
        for state, body in self.bodies.items():
            assert {s.organisation_id for s in steps if s.to_state == state} <= {body}
        if self.order.state == OrderState.CLOSED:
            last = {step.to_state: step for step in steps}
            assert set(self.bodies) <= set(last)
            assert last["submitted"].at <= last["inspected"].at <= last["confirmed"].at
            assert len({last[state].actor_id for state in self.bodies}) == 3
            assert self.order.logs.exists()


@pytest.mark.django_db
def test_no_path_skips_a_check():
    world = build_world()
    Orders.world = world
    Orders.agreement = signed_agreement(world, assets=[world.own_asset])
    Orders.people = {**world.users, "admin": UserFactory(username="admin", is_superuser=True)}
    Orders.scopes = {name: scope_of(user) for name, user in Orders.people.items()}
    run_state_machine_as_test(
        Orders,
        settings=settings(
            max_examples=12,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db(transaction=True)
def test_two_at_once_on_one_order_one_wins_and_the_other_learns_it():
    world = build_world()
    agreement = signed_agreement(world, assets=[world.own_asset])
    order = issued_order(world, agreement)
    version, start = order.version, threading.Barrier(2)

    def attempt(move, user, **values):
        def run():
            try:
                start.wait(timeout=30)
                mine = WorkOrder.objects.get(pk=order.pk)
                move(order=mine, at=timezone.now(), expected_version=version, **by(user), **values)
                return "done"
            except ServiceError as error:
                return error.code
            finally:
                connection.close()

        return run

    moves = [
        attempt(order_accept, world.users["company_member"]),
        attempt(order_cancel, world.users["township_officer"], reason="重复"),
    ]
    with ThreadPoolExecutor(2) as pool:
        answers = sorted(future.result() for future in [pool.submit(move) for move in moves])
    assert answers == ["done", "stale_version"]
    assert order.changes.count() == 2
