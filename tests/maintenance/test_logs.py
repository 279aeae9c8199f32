"""Field entries: once under one identifier, reviewed by another body, corrected, never deleted."""

from __future__ import annotations

import datetime
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from decimal import Decimal
from uuid import uuid4

import pytest
from django.contrib.gis.geos import Point
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from maintenance.log_entry import LogEntry
from maintenance.log_review import (
    LogMark,
    LogStanding,
    counting,
    marks_of,
    standing_of,
    with_standing,
)
from maintenance.models import LogPhoto, MaintenanceLog
from maintenance.services import log_record, log_review, order_submit
from maintenance.services.errors import (
    EvidenceMissing,
    LogContentDiffers,
    RoleConflict,
    WrongMoment,
)
from sites.access import Grant, scope_of
from sites.kinds import Role
from sites.services.errors import NotPermitted, ReasonMissing, RefusedByRegister
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import advance, by, issued_order, photo_row, recorded_log, verified_log
from tests.factories.records import SRID, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world, agreement):
    return advance(world, issued_order(world, agreement), "doing")


def routine(world, **values):
    """Routine work on the own road, noted where it was done."""
    defaults = {
        "asset": world.own_asset,
        "task": "routine",
        "device_time": timezone.now(),
        "position": Point(117.0505, 31.05, srid=SRID),
        "accuracy_m": 5.0,
        "note": "清扫路面",
    }
    return LogEntry(**{**defaults, **values})


def record(entry, user, identifier=None):
    return log_record(identifier=identifier or uuid4(), entry=entry, at=timezone.now(), **by(user))


def current(log):
    return with_standing(MaintenanceLog.objects.filter(pk=log.pk)).get()


def test_the_same_entry_again_is_the_same_row(world, agreement):
    company, entry, key = world.users["company_member"], routine(world), uuid4()
    first, is_new = record(entry, company, key)
    again, is_new_again = record(entry, company, key)
    assert (is_new, is_new_again, first.pk) == (True, False, again.pk)
    assert MaintenanceLog.objects.count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"note": "别的"},
        {"quantity": Decimal("1.5"), "unit": "m"},
        {"position": Point(117.0506, 31.05, srid=SRID)},
        {"position": None},
        {"device_time": datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)},
        {"accuracy_m": 6.0},
        {"task": "cleaning"},
        {"device_id": "phone-2"},
    ],
)
def test_another_content_under_one_identifier_is_refused(world, agreement, change):
    company, entry, key = world.users["company_member"], routine(world), uuid4()
    record(entry, company, key)
    with pytest.raises(LogContentDiffers):
        record(replace(entry, **change), company, key)


def test_another_sender_under_one_identifier_is_refused(world, agreement):
    entry, key = routine(world), uuid4()
    record(entry, world.users["company_member"], key)
    with pytest.raises(LogContentDiffers):
        record(entry, world.users["cooperative_member"], key)


def test_how_a_number_is_written_makes_no_other_content(world, agreement):
    company, key = world.users["company_member"], uuid4()
    entry = routine(world, quantity=Decimal("2.50"), unit="m")
    record(entry, company, key)
    moved = entry.device_time.astimezone(datetime.timezone(datetime.timedelta(hours=8)))
    _log, is_new = record(replace(entry, quantity=Decimal("2.5"), device_time=moved), company, key)
    assert is_new is False


@pytest.mark.django_db(transaction=True)
def test_eight_threads_with_one_identifier_make_one_row(world):
    signed_agreement(world, assets=[world.own_asset])
    company, key, start = world.users["company_member"], uuid4(), threading.Barrier(8)
    entry = routine(world)

    def send(number):
        try:
            start.wait(timeout=30)
            different = replace(entry, note="另一内容") if number == 7 else entry
            return record(different, company, key)[1]
        except LogContentDiffers:
            return "differs"
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(send, range(8)))
    assert MaintenanceLog.objects.filter(pk=key).count() == 1
    assert answers.count(True) == 1
    # Whoever came first, the one other content and the seven equal ones never mix.
    assert answers.count("differs") in {1, 7}


def test_distance_and_chainage_are_computed(world, agreement):
    log, _new = record(routine(world), world.users["company_member"])
    start = world.own_asset.geometry.coords[0][0]
    assert log.distance_m == pytest.approx(0, abs=1)
    assert float(log.chainage_m) == pytest.approx((117.0505 - start) * 95_450, rel=0.01)


@pytest.mark.parametrize(
    ("values", "marks"),
    [
        ({}, []),
        ({"position": Point(117.05, 31.0672, srid=SRID)}, [LogMark.FAR]),
        ({"accuracy_m": 150.0}, [LogMark.INACCURATE]),
        ({"device_time": timezone.now() - datetime.timedelta(hours=25)}, [LogMark.CLOCK]),
        ({"device_time": timezone.now() + datetime.timedelta(days=400)}, [LogMark.CLOCK]),
        ({"device_time": datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)}, [LogMark.CLOCK]),
        ({"position": None, "accuracy_m": None}, []),
    ],
)
def test_what_is_odd_is_kept_and_marked(world, agreement, values, marks):
    log, is_new = record(routine(world, **values), world.users["company_member"])
    assert (is_new, marks_of(log)) == (True, marks)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"task": "magic"}, "task"),
        ({"unit": "acre"}, "unit"),
        ({"quantity": Decimal(-1)}, ""),
        ({"labour_days": Decimal("NaN")}, "labour_days"),
        ({"accuracy_m": float("nan")}, "accuracy_m"),
        ({"accuracy_m": float("inf")}, "accuracy_m"),
        ({"chainage_m": Decimal(99_999)}, "chainage_m"),
        ({"material": "长" * 201}, "material"),
        ({"device_time": datetime.datetime(1905, 1, 1, tzinfo=datetime.UTC)}, "device_time"),
    ],
)
def test_what_cannot_be_is_refused_by_name(world, agreement, values, field):
    with pytest.raises(RefusedByRegister) as refused:
        record(routine(world, **values), world.users["company_member"])
    assert refused.value.errors[0][0] == field
    assert not MaintenanceLog.objects.exists()


def test_only_parties_write_and_only_on_what_their_agreement_covers(world):
    signed_agreement(world, assets=[(world.own_asset, 0, 500)])
    company = world.users["company_member"]
    record(routine(world, chainage_m=Decimal(400)), company)
    record(routine(world), world.users["cooperative_member"])
    with pytest.raises(NotPermitted):
        record(routine(world, chainage_m=Decimal(800)), company)
    with pytest.raises(NotPermitted):
        record(routine(world, asset=world.house_asset, position=None), company)
    with pytest.raises(NotPermitted):
        record(routine(world), world.users["township_officer"])
    with pytest.raises(NotPermitted):
        record(routine(world), UserFactory(is_superuser=True))


def test_work_on_an_order_is_recorded_by_its_executor_alone(world, order):
    recorded_log(order, world.users["company_member"])
    for name in ("association_member", "cooperative_member", "township_officer"):
        with pytest.raises(NotPermitted):
            recorded_log(order, world.users[name])


def test_nothing_is_recorded_on_an_order_that_is_over_but_a_repeat_is_known(world, agreement):
    order = issued_order(world, agreement)
    advance(world, order, "doing")
    company, key = world.users["company_member"], uuid4()
    entry = routine(world, order=order, photos=[(photo_row(company), "before")])
    record(entry, company, key)
    advance(world, order, "closed")
    with pytest.raises(WrongMoment):
        record(entry, company)
    assert record(entry, company, key)[1] is False


def test_a_returned_entry_is_put_right_also_after_its_order_closed(world, agreement):
    order = issued_order(world, agreement)
    advance(world, order, "doing")
    company = world.users["company_member"]
    old, _new = record(
        routine(world, order=order, photos=[(photo_row(company), "before")]), company
    )
    advance(world, order, "closed")
    with pytest.raises(WrongMoment):
        record(routine(world, order=order, corrects=old), company)
    association = world.users["association_member"]
    log_review(log=old, verdict="returned", reason="数量不清", **by(association))
    newer, is_new = record(routine(world, order=order, corrects=old), company)
    assert is_new
    assert standing_of(current(newer)) == LogStanding.PENDING


def test_one_photo_proves_one_stage(world, agreement):
    company = world.users["company_member"]
    photo = photo_row(company)
    with pytest.raises(RefusedByRegister) as refused:
        record(routine(world, photos=[(photo, "before"), (photo, "after")]), company)
    assert refused.value.errors[0][1] == "given_twice"


def test_a_log_and_its_photos_are_never_changed_or_deleted(world, order):
    log = recorded_log(order, world.users["company_member"])
    for change in (
        lambda: MaintenanceLog.objects.filter(pk=log.pk).update(note="改"),
        lambda: MaintenanceLog.objects.filter(pk=log.pk).delete(),
        lambda: LogPhoto.objects.filter(log=log).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_a_correction_is_a_new_row_and_the_old_one_no_longer_counts(world, agreement):
    company = world.users["company_member"]
    old, _new = record(routine(world, quantity=Decimal(10), unit="m"), company)
    verified_log(world, old)
    assert list(counting(MaintenanceLog.objects.all())) == [old]
    newer, _new = record(routine(world, quantity=Decimal(8), unit="m", corrects=old), company)
    assert standing_of(current(old)) == LogStanding.CORRECTED
    assert list(counting(MaintenanceLog.objects.all())) == []
    verified_log(world, newer)
    assert list(counting(MaintenanceLog.objects.all())) == [newer]
    with pytest.raises(RefusedByRegister):
        record(routine(world, corrects=old), company)
    with pytest.raises(WrongMoment):
        verified_log(world, old)


def test_another_body_corrects_nothing(world, agreement):
    old, _new = record(routine(world), world.users["company_member"])
    with pytest.raises(NotPermitted):
        record(routine(world, corrects=old), world.users["cooperative_member"])


def test_the_association_or_the_office_reviews_never_the_writer(world, agreement):
    log, _new = record(routine(world), world.users["company_member"])
    with pytest.raises(NotPermitted):
        log_review(log=log, verdict="verified", **by(world.users["cooperative_member"]))
    with pytest.raises(NotPermitted):
        log_review(log=log, verdict="verified", **by(world.users["company_member"]))
    review = log_review(log=log, verdict="verified", **by(world.users["association_member"]))
    assert review.organisation == world.associations[0]
    own, _new = record(routine(world, note="巡查"), world.users["association_member"])
    with pytest.raises(RoleConflict):
        log_review(log=own, verdict="verified", **by(world.users["association_member"]))
    log_review(log=own, verdict="verified", **by(world.users["township_officer"]))


def test_an_officer_of_the_writing_body_reviews_nothing_of_it(world, agreement):
    log, _new = record(routine(world), world.users["company_member"])
    officer = world.users["township_officer"]
    own = scope_of(officer)
    extra = Grant(Role.COMPANY_MEMBER, (), (world.companies[0].pk,))
    both = replace(own, grants=(*own.grants, extra), roles=own.roles | {extra.role})
    with pytest.raises(RoleConflict):
        log_review(log=log, verdict="verified", actor=officer, scope=both)


def test_the_latest_review_holds_and_a_return_needs_a_reason(world, agreement):
    log, _new = record(routine(world), world.users["company_member"])
    who = by(world.users["association_member"])
    with pytest.raises(ReasonMissing):
        log_review(log=log, verdict="returned", **who)
    with pytest.raises(RefusedByRegister):
        log_review(log=log, verdict="perhaps", **who)
    assert standing_of(current(log)) == LogStanding.PENDING
    log_review(log=log, verdict="returned", reason="照片不清", **who)
    assert standing_of(current(log)) == LogStanding.RETURNED
    log_review(log=log, verdict="verified", **who)
    assert standing_of(current(log)) == LogStanding.VERIFIED
    with pytest.raises(WrongMoment):
        log_review(log=log, verdict="verified", **who)


def test_a_returned_log_is_no_evidence(world, order):
    company = world.users["company_member"]
    log = recorded_log(order, company)
    log_review(
        log=log, verdict="returned", reason="不是此处", **by(world.users["association_member"])
    )
    with pytest.raises(EvidenceMissing):
        order_submit(order=order, at=timezone.now(), **by(company))
    recorded_log(order, company, corrects=log)
    order_submit(order=order, at=timezone.now(), **by(company))
    assert order.state == "submitted"
