"""What was set aside, judged again: with the phone's clock, once dismissed never, without waits."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from field.operation import Sending
from field.services import operations, set_aside_retries
from field.services.operations import operations_take
from field.services.outbox_files import SenderUnknown, outbox_file_take
from field.services.set_aside_decisions import set_aside_dismiss
from field.services.set_aside_retries import set_aside_enter_second, set_aside_retry
from maintenance.log_review import clock_is_wrong
from maintenance.models import ChecklistItem, Inspection, MaintenanceLog, SetAsideEntry
from sites.access import Grant, Scope, scope_of
from sites.kinds import Role
from sites.models import Membership
from tests.factories import build_world
from tests.factories.field import standard
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import by
from tests.factories.outbox_file import outbox
from tests.factories.push import log_body, operation, push

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def officer(world):
    return {**by(world.users["township_officer"]), "at": timezone.now()}


@pytest.fixture
def suspended(world):
    """The sender's membership, which ends today and can be given back."""
    rows = Membership.objects.filter(user=world.users["company_member"])
    rows.update(valid_to=timezone.localdate())
    return rows


def test_an_inspection_of_a_clock_ahead_is_put_right_when_tried_again(
    world, worker, agreement, officer
):
    made, now = standard({}), timezone.now()
    item, told = made.items.get(), (now + 3 * DAY).isoformat()
    body = {
        "asset": str(world.own_asset.pk),
        "standard": str(made.pk),
        "kind": "patrol",
        "inspected_at": told,
        "answers": [{"item": str(item.pk), "result": "ok"}],
    }
    ChecklistItem.objects.filter(pk=item.pk).update(is_active=False)
    (result,) = push(worker, operation("inspection", body), sent_at=told)
    assert result["status"] == "rejected"
    ChecklistItem.objects.filter(pk=item.pk).update(is_active=True)
    set_aside_retry(entry=SetAsideEntry.objects.get(), **officer)
    assert abs(Inspection.objects.get().inspected_at - now) < datetime.timedelta(minutes=1)


def test_an_honest_old_entry_is_not_marked_when_tried_again(
    world, worker, agreement, officer, suspended
):
    old = (timezone.now() - 2 * DAY).isoformat()
    push(worker, operation("log", log_body(world.own_asset, device_time=old)))
    suspended.update(valid_to=None)
    set_aside_retry(entry=SetAsideEntry.objects.get(), **officer)
    assert not clock_is_wrong(MaintenanceLog.objects.get())


def test_what_the_office_dismissed_stays_out_and_its_sender_reads_why(
    world, worker, agreement, officer, suspended
):
    op = operation("log", log_body(world.own_asset))
    push(worker, op)
    set_aside_dismiss(entry=SetAsideEntry.objects.get(), reason="与昨天的记录重复", **officer)
    suspended.update(valid_to=None)
    (result,) = push(worker, op)
    assert (result["status"], result["code"]) == ("rejected", "dismissed")
    assert "与昨天的记录重复" in result["message"]
    entry = SetAsideEntry.objects.get()
    assert (entry.state, entry.times_sent) == ("dismissed", 2)
    assert not MaintenanceLog.objects.exists()
    (result,) = push(worker, operation("log", log_body(world.own_asset, note="另一段")))
    assert result["status"] == "stored"


def test_an_entry_under_a_used_operation_goes_in_under_its_own_identifier(
    world, worker, agreement, officer
):
    first = operation("log", log_body(world.own_asset))
    second = {**operation("log", log_body(world.own_asset, note="另一条")), "op_id": first["op_id"]}
    push(worker, first)
    (result,) = push(worker, second)
    assert result["code"] == "op_id_reused"
    set_aside_enter_second(entry=SetAsideEntry.objects.get(), **officer)
    log = MaintenanceLog.objects.get(pk=second["entity_id"])
    assert (log.note, log.corrects) == ("另一条", None)


def test_what_a_closed_account_left_on_its_phone_waits_for_its_last_office(
    world, agreement, officer
):
    sender = world.users["company_member"]
    sender.is_active = False
    sender.save()
    file = {"file": outbox(sender, {"op": operation("log", log_body(world.own_asset))})}
    grant = Grant(Role.TOWNSHIP_OFFICER, (world.townships[1].code,), ())
    elsewhere = Scope(grants=(grant,), roles=frozenset({grant.role}))
    with pytest.raises(SenderUnknown):
        outbox_file_take(**file, **{**officer, "scope": elsewhere})
    file["file"].seek(0)
    report = outbox_file_take(**file, **officer)
    assert [line.outcome.value for line in report.lines] == ["set_aside"]
    entry = SetAsideEntry.objects.get()
    assert (entry.sender, entry.cause) == (sender, "not_permitted")
    assert officer["scope"].covers_area(entry.area_code)


def _ended(outcomes, name, work):
    """Do a thread's work and note the error that ended it."""
    try:
        work()
    except Exception as error:
        outcomes[name] = type(error).__name__
    finally:
        connection.close()


@pytest.mark.django_db(transaction=True)
def test_a_push_and_a_retry_of_one_entry_do_not_wait_for_each_other(monkeypatch):
    world = build_world()
    signed_agreement(world, assets=[world.own_asset])
    sender, now = world.users["company_member"], timezone.now()
    op = operation("log", log_body(world.own_asset, chainage_m=99999))
    take = {"ops": [op], "sender": sender, "sending": Sending(now, "phone-1", 0.0)}
    operations_take(scope=scope_of(sender), **take)
    entry = SetAsideEntry.objects.get()
    pushed, retried = threading.Event(), threading.Event()
    hold, judged = operations._hold, set_aside_retries._judged

    def held(ops):
        hold(ops)
        if threading.current_thread().name == "push":
            pushed.set()
            retried.wait(1)

    def judging(*given):
        retried.set()
        return judged(*given)

    monkeypatch.setattr(operations, "_hold", held)
    monkeypatch.setattr(set_aside_retries, "_judged", judging)
    outcomes = {}

    def retry():
        pushed.wait(5)
        set_aside_retry(entry=entry, at=now, **by(world.users["township_officer"]))

    def send():
        operations_take(scope=scope_of(sender), **take)

    threads = [
        threading.Thread(name=name, target=_ended, args=(outcomes, name, work))
        for name, work in (("push", send), ("retry", retry))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert outcomes == {"retry": "StillNotTaken"}
