"""By which day an entry is judged that comes from a valley later than the work was done."""

from __future__ import annotations

import datetime
from uuid import uuid4

import pytest
from django.utils import timezone

from maintenance.log_entry import LogEntry
from maintenance.models import MaintenanceLog
from maintenance.services import log_record, log_review
from maintenance.services.field_errors import OutsideAgreement
from sites.models import Membership
from tests.factories.maintenance import signed_agreement
from tests.factories.orders import by

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


@pytest.fixture
def noon():
    """Yesterday at noon, when the work was done."""
    today = datetime.datetime.combine(timezone.localdate(), datetime.time(12))
    return timezone.make_aware(today) - DAY


@pytest.fixture
def ended(world):
    """The company's agreement, which ended yesterday."""
    return _agreement(world, -200, -1)


def _agreement(world, first, last, **values):
    today = timezone.localdate()
    days = {"starts_on": today + first * DAY, "ends_on": today + last * DAY}
    return signed_agreement(world, assets=[world.own_asset], **days, **values)


def recorded(world, noon, *, skew_s=None, **values):
    """An entry of the company about work at noon, which arrives now unless said otherwise."""
    at = values.pop("at", timezone.now())
    entry = LogEntry(asset=world.own_asset, task="routine", device_time=noon, **values)
    log, _is_new = log_record(
        identifier=uuid4(),
        entry=entry,
        at=at,
        clock_skew_s=skew_s,
        **by(world.users["company_member"]),
    )
    return log


def test_work_counts_for_the_agreement_of_its_day_though_a_new_one_holds(world, ended, noon):
    _agreement(world, 0, 300)
    assert recorded(world, noon, skew_s=0.0).agreement_id == ended.pk


def test_work_may_arrive_after_its_agreement_ended(world, ended, noon):
    assert recorded(world, noon).agreement_id == ended.pk


def test_an_entry_may_name_the_agreement_that_has_ended(world, ended, noon):
    _agreement(world, 0, 300)
    assert recorded(world, noon, agreement=ended).agreement_id == ended.pk


def test_a_wrong_clocks_day_is_put_right_first(world, ended, noon):
    _agreement(world, 0, 300)
    ahead = 3 * DAY
    log = recorded(world, noon + ahead, skew_s=ahead.total_seconds())
    assert log.agreement_id == ended.pk


def test_a_day_under_no_agreement_falls_back_to_the_day_of_arrival(world, noon):
    current = _agreement(world, 0, 300)
    assert recorded(world, noon - 900 * DAY, skew_s=0.0).agreement_id == current.pk


def test_work_done_when_no_agreement_held_and_none_holds_is_refused(world, noon):
    _agreement(world, -200, -100)
    with pytest.raises(OutsideAgreement):
        recorded(world, noon)


@pytest.mark.parametrize("has_successor", [True, False])
@pytest.mark.parametrize("corrected_on", ["its day", "today"])
def test_a_correction_stays_under_the_agreement_of_what_it_corrects(
    world, ended, noon, has_successor, corrected_on
):
    old = recorded(world, noon, at=noon)
    log_review(
        log=old, verdict="returned", reason="数量不对", **by(world.users["association_member"])
    )
    if has_successor:
        _agreement(world, 0, 300)
    told = noon if corrected_on == "its day" else timezone.now()
    assert recorded(world, told, corrects=old, note="更正").agreement_id == ended.pk


def test_who_has_moved_to_another_body_worked_for_the_one_of_that_day(world, ended, noon):
    user, (own, other) = world.users["company_member"], world.companies
    today = timezone.localdate()
    _agreement(world, 0, 300, executor=other)
    Membership.objects.filter(user=user).update(valid_to=today)
    moved = Membership.objects.create(user=user, role="company_member", valid_from=today)
    moved.organisations.set([other])
    log = recorded(world, noon)
    assert (log.organisation_id, log.agreement_id) == (own.pk, ended.pk)
    assert MaintenanceLog.objects.count() == 1
