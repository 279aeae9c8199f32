"""Two people at the same moment: nothing is written twice, and one of two contrary moves holds."""

from __future__ import annotations

import threading
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from maintenance.models import Defect, DefectChange, Inspection, PublicReport, WorkOrder
from maintenance.services import defect_move, inspection_record, report_link, report_receive
from sites.services.errors import ServiceError
from tests.factories import build_world
from tests.factories.field import answers, opened, public_report, reported, standard
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import by

pytestmark = pytest.mark.django_db(transaction=True)
WAIT_S = 30


@pytest.fixture
def world(transactional_db):
    return build_world()


@pytest.fixture
def agreement(world):
    return signed_agreement(world, assets=[world.own_asset])


def at_once(*works):
    """Run works in threads that start together; return each one's answer or refusal."""
    barrier, found = threading.Barrier(len(works)), [None] * len(works)

    def run(place, work):
        try:
            barrier.wait(WAIT_S)
            found[place] = work()
        except ServiceError as error:
            found[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(WAIT_S)
    assert not any(thread.is_alive() for thread in threads)
    return found


def test_one_inspection_sent_twice_is_written_once(world, agreement):
    made = standard({"opens_order": True})
    now = timezone.now()
    sent = {
        "identifier": uuid4(),
        "asset": world.own_asset,
        "standard": made,
        "kind": "supervision",
        "inspected_at": now,
        "answers": answers(made, "failed"),
        "at": now,
        **by(world.users["association_member"]),
    }
    found = at_once(*[lambda: inspection_record(**sent)] * 2)
    assert sorted(outcome.is_new for outcome in found) == [False, True]
    assert (Inspection.objects.count(), Defect.objects.count(), WorkOrder.objects.count()) == (
        1,
        1,
        1,
    )


def test_two_checks_of_one_road_order_one_repair(world, agreement):
    made = standard({"opens_order": True})
    now = timezone.now()
    common = {
        "asset": world.own_asset,
        "standard": made,
        "inspected_at": now,
        "answers": answers(made, "failed"),
        "at": now,
    }
    at_once(
        lambda: inspection_record(
            identifier=uuid4(),
            kind="supervision",
            **common,
            **by(world.users["association_member"]),
        ),
        lambda: inspection_record(
            identifier=uuid4(), kind="township", **common, **by(world.users["township_officer"])
        ),
    )
    assert Inspection.objects.count() == 2
    assert WorkOrder.objects.count() == 1


def test_of_verify_and_duplicate_each_leaves_a_true_record(world, agreement):
    first, second = reported(world), reported(world)
    moves = {"at": timezone.now(), "defect": second}
    found = at_once(
        lambda: defect_move(
            to_state="verified", expected_version=1, **moves, **by(world.users["township_officer"])
        ),
        lambda: defect_move(
            to_state="duplicate",
            duplicate_of=first,
            expected_version=1,
            **moves,
            **by(world.users["association_member"]),
        ),
    )
    refused = [answer for answer in found if isinstance(answer, ServiceError)]
    assert [error.code for error in refused] == ["stale_version"]
    change = DefectChange.objects.get(defect=second)
    assert change.to_state == Defect.objects.get(pk=second.pk).state


def test_two_defects_cannot_be_each_others_duplicate(world, agreement):
    first, second = reported(world), reported(world)
    officer = by(world.users["township_officer"])
    found = at_once(
        lambda: defect_move(
            defect=first, to_state="duplicate", duplicate_of=second, at=timezone.now(), **officer
        ),
        lambda: defect_move(
            defect=second, to_state="duplicate", duplicate_of=first, at=timezone.now(), **officer
        ),
    )
    assert sum(isinstance(answer, ServiceError) for answer in found) == 1
    assert Defect.objects.filter(state="duplicate").count() == 1


def test_two_officers_take_up_one_report_once(world, agreement):
    opened(world.own_asset)
    report, defect = public_report(world.own_asset), reported(world)
    found = at_once(
        *[
            lambda name=name: report_link(
                report=report, defect=defect, at=timezone.now(), **by(world.users[name])
            )
            for name in ("township_officer", "district_planner")
        ]
    )
    assert sum(isinstance(answer, ServiceError) for answer in found) == 1
    assert PublicReport.objects.get().changes.count() == 1


def test_a_flood_of_reports_is_counted_one_by_one(world):
    opened(world.own_asset)
    sent = {"asset": world.own_asset, "address": "192.0.2.1", "at": timezone.now()}
    for turn in range(8):
        report_receive(text=f"第{turn}次", **sent)
    found = at_once(*[lambda t=turn: report_receive(text=f"并发{t}", **sent) for turn in range(4)])
    assert sum(isinstance(answer, ServiceError) for answer in found) == 2
    assert PublicReport.objects.count() == 10
