"""Many phones and threads at the same time, on real connections: once is once."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from field.models import FieldOperation
from field.operation import Sending
from field.services import operations
from field.services.operations import operations_take
from maintenance.models import Defect, MaintenanceLog, SetAsideEntry
from sites.access import scope_of
from tests.factories.field import proposals, reported
from tests.factories.maintenance import signed_agreement
from tests.factories.push import defect_body, log_body, operation
from tests.factories.world import build_world

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 6
IDENTIFIERS = 20
TIMES = 12


@pytest.fixture
def world():
    made = build_world()
    proposals()
    signed_agreement(made, assets=[made.own_asset])
    return made


def at_once(send, things):
    """Call a function with each thing in several threads, each with a connection of its own."""

    def work(thing):
        try:
            return send(thing)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        return list(pool.map(work, things))


def sender(world, name="company_member"):
    user = world.users[name]

    def send(ops):
        taken = operations_take(
            ops=ops, sender=user, scope=scope_of(user), sending=Sending(timezone.now(), "phone-1")
        )
        return [result.status.value for result in taken]

    return send


def test_the_same_entries_sent_many_times_in_parallel_are_stored_once(world):
    ops = [operation("log", log_body(world.own_asset)) for _place in range(IDENTIFIERS)]
    # Every other push has them the other way round, where locks would meet head-on.
    pushes = [ops if place % 2 else ops[::-1] for place in range(TIMES)]
    statuses = Counter(status for found in at_once(sender(world), pushes) for status in found)
    assert statuses == {"stored": IDENTIFIERS, "duplicate": IDENTIFIERS * (TIMES - 1)}
    assert MaintenanceLog.objects.count() == FieldOperation.objects.count() == IDENTIFIERS


def test_one_identifier_with_other_contents_at_the_same_time_is_one_entry_and_the_rest_is_kept(
    world,
):
    key = str(uuid4())
    pushes = [
        [operation("log", log_body(world.own_asset, note=f"第{place}次"), entity_id=key)]
        for place in range(TIMES)
    ]
    statuses = Counter(status for found in at_once(sender(world), pushes) for status in found)
    assert statuses == {"stored": 1, "conflict": TIMES - 1}
    assert MaintenanceLog.objects.count() == 1
    assert SetAsideEntry.objects.filter(entity_id=key).count() == TIMES - 1


def test_changes_of_one_defect_at_the_same_time_go_in_once_and_clash_with_both_values(world):
    defect = reported(world)
    same = {"kind": "update", "entity_id": str(defect.pk), "base_version": defect.version}
    words = [f"看到的{place}" for place in range(TIMES)]
    pushes = [[operation("defect", {"description": word}, **same)] for word in words]
    send = sender(world, "association_member")
    statuses = Counter(status for found in at_once(send, pushes) for status in found)
    assert statuses == {"stored": 1, "conflict": TIMES - 1}
    standing = Defect.objects.get().description
    sides = [entry.sides[0] for entry in SetAsideEntry.objects.all()]
    assert {side["office"] for side in sides} == {standing}
    assert {side["phone"] for side in sides} | {standing} == set(words)


def test_a_deadlock_is_tried_again_and_nothing_is_stored_by_halves(world, monkeypatch):
    """Two transactions meet head-on: what the database ended goes through the second time."""
    tries = []
    judged = operations._Push.results

    def results(push):
        found = judged(push)
        tries.append(len(found))
        if len(tries) == 1:
            with connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE deadlock_detected; END $$")
        return found

    monkeypatch.setattr(operations._Push, "results", results)
    ops = [
        operation("log", log_body(world.own_asset)),
        operation("defect", defect_body(world.own_asset)),
    ]
    assert sender(world)(ops) == ["stored", "stored"]
    assert tries == [2, 2]
    assert (MaintenanceLog.objects.count(), Defect.objects.count()) == (1, 1)
