"""Service records: who enters, verifies and returns them, and what is refused."""

from __future__ import annotations

import datetime

import pytest
from django.utils import timezone

from sites.access import scope_of
from sites.kinds import ProgrammeKind, ServiceState, Unit
from sites.services import (
    ConcurrentChange,
    NotPermitted,
    ReasonMissing,
    RecordStands,
    RefusedByRegister,
    service_record_remove,
    service_record_return,
    service_record_save,
    service_record_verify,
)
from tests.factories.targets import programme, service_record, today

pytestmark = pytest.mark.django_db


def entered(world, user="township_officer", record=None, version=None, **values):
    given = {
        "title": "电工培训班",
        "starts_on": datetime.date(2023, 3, 1),
        "ends_on": datetime.date(2023, 3, 20),
        "people": 60,
        **values,
    }
    if record is None:
        given.setdefault("programme", programme())
        given.setdefault("area", world.townships[0])
    return service_record_save(
        record=record,
        values=given,
        actor=world.users[user],
        scope=scope_of(world.users[user]),
        on=today(),
        expected_version=version,
    )


def judged(world, step, record, user="district_planner", **extra):
    return step(
        record=record,
        actor=world.users[user],
        scope=scope_of(world.users[user]),
        at=timezone.now(),
        expected_version=record.version,
        **extra,
    )


def test_the_township_enters_and_the_planner_verifies(world):
    record = entered(world, passed=58, certified=55)
    assert record.state == ServiceState.REPORTED
    verified = judged(world, service_record_verify, record)
    assert (verified.state, verified.reviewed_by) == ("verified", world.users["district_planner"])


def test_nobody_enters_for_another_township_and_bodies_enter_nothing(world):
    with pytest.raises(NotPermitted):
        entered(world, area=world.townships[1])
    for user in ("company_member", "association_member", "cooperative_member", "evaluator"):
        with pytest.raises(NotPermitted):
            entered(world, user)


def test_the_township_does_not_verify_its_own_records(world):
    record = entered(world)
    with pytest.raises(NotPermitted):
        judged(world, service_record_verify, record, "township_officer")


def test_a_returned_record_is_corrected_and_reported_anew(world):
    record = judged(world, service_record_return, entered(world), reason="人数与名册不符")
    again = entered(world, record=record, version=record.version, people=59)
    assert (again.state, again.state_reason, again.reviewed_by) == ("reported", "", None)


def test_a_record_is_returned_with_a_reason_only(world):
    with pytest.raises(ReasonMissing):
        judged(world, service_record_return, entered(world), reason="  ")


def test_a_verified_record_stands_until_it_is_returned(world):
    record = judged(world, service_record_verify, entered(world))
    with pytest.raises(RecordStands):
        entered(world, record=record, version=record.version, people=1)
    with pytest.raises(RecordStands):
        judged(world, service_record_verify, record)
    with pytest.raises(RecordStands):
        service_record_remove(
            record=record,
            actor=None,
            scope=scope_of(world.users["district_planner"]),
            expected_version=record.version,
        )
    returned = judged(world, service_record_return, record, reason="重复")
    assert returned.state == ServiceState.RETURNED


def test_a_stale_page_changes_nothing(world):
    record = entered(world)
    entered(world, record=record, version=record.version, people=61)
    with pytest.raises(ConcurrentChange):
        entered(world, record=record, version=record.version, people=62)


@pytest.mark.parametrize(
    ("kind", "unit", "values", "refused"),
    [
        (ProgrammeKind.ENGINEERING, Unit.KILOMETRE, {}, ("programme", "counted_by_sites")),
        (ProgrammeKind.CASH, Unit.YUAN, {}, ("amount", "needed_for_unit")),
        (ProgrammeKind.PURCHASED, Unit.HOUSEHOLD, {}, ("households", "needed_for_unit")),
        (ProgrammeKind.CASH, Unit.PERSON, {"passed": 3}, ("passed", "training_only")),
        (ProgrammeKind.TRAINING, Unit.PERSON, {"ends_on": "later"}, ("ends_on", "in_future")),
    ],
)
def test_what_does_not_fit_the_programme_is_refused(world, kind, unit, values, refused):
    if values.get("ends_on"):
        values = {"ends_on": today() + datetime.timedelta(days=1)}
    with pytest.raises(RefusedByRegister) as refusal:
        entered(world, programme=programme(kind=kind, unit=unit), **values)
    assert refused in {error[:2] for error in refusal.value.errors}


@pytest.mark.parametrize(
    "values",
    [
        {"passed": 61},
        {"certified": 61},
        {"amount": "-0.01"},
        {"people": -1},
        {"people": 2**40},
        {"ends_on": datetime.date(2023, 2, 1)},
        {"title": ""},
    ],
)
def test_impossible_numbers_and_days_are_refused(world, values):
    with pytest.raises(RefusedByRegister):
        entered(world, **values)


def test_records_are_seen_by_the_office_of_their_area_only(world):
    record = service_record(programme(), world.townships[0])
    seen = {
        name
        for name, user in world.users.items()
        if type(record).objects.visible_to(user).filter(pk=record.pk).exists()
    }
    assert seen == {"district_planner", "township_officer", "evaluator"}
