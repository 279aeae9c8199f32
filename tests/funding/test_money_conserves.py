"""Money conserves: whatever is tried in whatever order, sums agree to the fen and limits hold."""

from __future__ import annotations

import threading
from collections import defaultdict
from decimal import Decimal
from typing import ClassVar

import pytest
from django.db import connection, transaction
from django.db.models import Sum
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from funding.kinds import Stage
from funding.models import FundAccount, LedgerEntry
from funding.services import ledger_reverse
from funding.sums import money_by_source, money_matrix
from sites.access import Scope
from sites.services.errors import ServiceError
from tests.factories.funding import DAY, booked, signed_contract
from tests.factories.world import build_world

WAIT_S = 60
SOURCES = ("central", "district", "donation")
ALL = Scope.internal()
amounts = st.decimals("0.01", "1000.00", places=2)


def ledger_sums():
    """The ledger added up in Python, by programme, source and stage."""
    found = defaultdict(Decimal)
    for entry in LedgerEntry.objects.all():
        found[entry.programme_id, entry.source_id, entry.stage] += entry.amount
    return found


def assert_accounts_equal_ledger():
    found = ledger_sums()
    for account in FundAccount.objects.all():
        for stage in Stage:
            key = (account.programme_id, account.source_id, stage.value)
            assert getattr(account, stage.value) == found.pop(key, 0)
    assert not any(found.values())


def assert_within_limits():
    for account in FundAccount.objects.all():
        assert 0 <= account.paid <= account.released <= account.allocated


class Ledger(RuleBasedStateMachine):
    """Anybody books, gives back and reverses anything, never with a reason to exceed a limit."""

    world: ClassVar = None

    def __init__(self):
        super().__init__()
        self.block = transaction.atomic()
        self.block.__enter__()
        self.expected = Decimal(0)

    def teardown(self):
        transaction.set_rollback(True)
        self.block.__exit__(None, None, None)

    @rule(
        amount=amounts,
        stage=st.sampled_from(Stage.values),
        source=st.sampled_from(SOURCES),
        kind=st.sampled_from(["entry", "entry", "return"]),
        place=st.sampled_from(["own", "sibling", "district"]),
    )
    def book(self, amount, stage, source, kind, place):
        where = {"site": getattr(self.world, place, None)}
        if place == "district":
            where = {"area": self.world.district, "programme": self.world.programme}
        try:
            entry = booked(self.world, amount, stage=stage, source=source, kind=kind, **where)
        except ServiceError:
            return
        self.expected += entry.amount

    @rule(place=st.integers(0, 50))
    def take_back(self, place):
        entries = list(LedgerEntry.objects.order_by("id"))
        if not entries:
            return
        try:
            back = ledger_reverse(
                entry=entries[place % len(entries)], reason="录错", actor=None, scope=ALL, on=DAY
            )
        except ServiceError:
            return
        self.expected += back.amount

    @invariant()
    def nothing_is_lost(self):
        total = LedgerEntry.objects.aggregate(sum=Sum("amount"))["sum"] or 0
        assert total == self.expected
        assert sum(cell.amount for cell in money_matrix(ALL)) == self.expected
        assert_accounts_equal_ledger()

    @invariant()
    def limits_hold(self):
        assert_within_limits()


@pytest.mark.django_db
def test_no_order_of_bookings_loses_a_fen_or_passes_a_limit(world):
    Ledger.world = world
    run_state_machine_as_test(
        Ledger,
        settings=settings(
            max_examples=15,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def at_once(works):
    """Run works in threads that start together; return the refusals, fail on anything else."""
    barrier, refused, broken = threading.Barrier(len(works)), [], []

    def run(work):
        try:
            barrier.wait(WAIT_S)
            work()
        except ServiceError as error:
            refused.append(error)
        except Exception as error:  # a deadlock would be one
            broken.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
    assert broken == []
    return refused


@pytest.mark.django_db(transaction=True)
def test_parallel_payments_never_pass_what_was_released(transactional_db):
    world = build_world()
    booked(world, "100.00", stage="released", upto=True)
    sites = [world.own, world.sibling]
    refused = at_once([lambda n=n: booked(world, "30.00", site=sites[n % 2]) for n in range(8)])
    assert len(refused) == 5
    assert money_by_source(ALL, stage="paid").total == Decimal("90.00")
    assert_accounts_equal_ledger()
    assert_within_limits()


@pytest.mark.django_db(transaction=True)
def test_parallel_work_on_two_accounts_and_a_contract_ends_and_conserves(transactional_db):
    world = build_world()
    contract = signed_contract(world, amount="100.00")
    for source in ("central", "district"):
        booked(world, "500.00", stage="released", source=source, upto=True)
    works = [
        lambda n=n: booked(
            world,
            "30.01",
            source=("central", "district")[n % 2],
            contract=contract if n % 3 else None,
        )
        for n in range(12)
    ]
    refused = at_once(works)
    paid_on_contract = sum(e.amount for e in LedgerEntry.objects.filter(contract=contract))
    assert len(refused) == 5
    assert paid_on_contract == Decimal("90.03")
    assert_accounts_equal_ledger()


@pytest.mark.django_db(transaction=True)
def test_one_entry_reversed_by_many_is_reversed_once(transactional_db):
    world = build_world()
    entry = booked(world, "30.00", stage="budget")
    reverse = {"entry": entry, "reason": "录错", "actor": None, "scope": ALL, "on": DAY}
    refused = at_once([lambda: ledger_reverse(**reverse)] * 4)
    assert len(refused) == 3
    assert money_by_source(ALL, stage="budget").total == 0
