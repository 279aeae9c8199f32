"""Progress: what counts at once, what waits, who reviews, and which percentage holds."""

from __future__ import annotations

import datetime
from decimal import Decimal
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sites.access import Scope, scope_of
from sites.models import ProgressEntry, ProgressReview
from sites.progress_standing import Standing, waiting, with_standing
from sites.services import (
    AlreadyReviewed,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
    progress_record,
    progress_review,
)
from tests.factories.progress import TODAY, at_work, reported

pytestmark = pytest.mark.django_db
DAY = datetime.timedelta(days=1)


def _review(world, entry, verdict="verified", *, role="township_officer", reason=""):
    user = world.users[role]
    return progress_review(
        entry=entry, verdict=verdict, actor=user, scope=scope_of(user), reason=reason
    )


def _percent(world):
    world.own.refresh_from_db()
    return world.own.progress_percent


def _standing(entry):
    return with_standing(ProgressEntry.objects.all()).get(pk=entry.pk).standing


def test_a_companys_entry_counts_once_it_is_verified(world):
    entry = reported(world, 40, quantity=Decimal("1.2"))
    assert (_percent(world), _standing(entry)) == (0, Standing.WAITS)
    _review(world, entry)
    assert (_percent(world), _standing(entry)) == (40, Standing.COUNTS)


def test_the_offices_own_entry_counts_at_once(world):
    entry = reported(world, 30, role="township_officer")
    assert (_percent(world), entry.needs_review) == (30, False)
    with pytest.raises(AlreadyReviewed):
        _review(world, entry, role="district_planner")


def test_a_returned_entry_never_counts(world):
    entry = reported(world, 40)
    with pytest.raises(ReasonMissing):
        _review(world, entry, "returned")
    _review(world, entry, "returned", reason="照片不清")
    assert (_percent(world), _standing(entry)) == (0, Standing.RETURNED)


def test_an_entry_is_reviewed_once(world):
    entry = reported(world, 40)
    _review(world, entry, "returned", reason="照片不清")
    with pytest.raises(AlreadyReviewed):
        _review(world, entry, role="district_planner")
    assert _percent(world) == 0


@pytest.mark.parametrize("role", ["company_member", "association_member", "evaluator"])
def test_only_the_office_reviews(world, role):
    entry = reported(world, 40)
    with pytest.raises(NotPermitted):
        _review(world, entry, role=role)


def test_nobody_reviews_their_own_entry(world):
    officer = world.users["township_officer"]
    entry = ProgressEntry.objects.create(
        site=world.own, reported_on=TODAY, percent=9, needs_review=True, reported_by=officer
    )
    with pytest.raises(NotPermitted):
        _review(world, entry)


def test_the_percentage_of_the_latest_day_holds(world):
    late, early = reported(world, 60), reported(world, 40, on=TODAY - DAY)
    _review(world, late)
    _review(world, early)
    assert _percent(world) == 60


def test_a_fall_by_review_needs_a_word(world):
    entry = reported(world, 40)
    reported(world, 50, role="township_officer", on=TODAY - DAY)
    with pytest.raises(ReasonMissing):
        _review(world, entry)
    _review(world, entry, reason="返工")
    assert _percent(world) == 40


@pytest.mark.parametrize(
    "wrong", [{"percent": 101}, {"percent": -1}, {"percent": "NaN"}, {"quantity": Decimal(-1)}]
)
def test_what_the_register_does_not_take_is_refused(world, wrong):
    with pytest.raises(RefusedByRegister):
        reported(world, **{"percent": 10, **wrong})


def test_the_database_wants_the_reason_of_a_return(world):
    entry = reported(world, 40)
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgressReview.objects.create(entry=entry, verdict="returned")


def test_what_waits_is_listed_until_it_is_reviewed(world):
    entry = reported(world, 40)
    reported(world, 10, role="district_planner")
    assert list(waiting(ProgressEntry.objects.all())) == [entry]
    _review(world, entry)
    assert not waiting(ProgressEntry.objects.all()).exists()


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    entries=st.lists(
        st.tuples(st.integers(0, 100), st.integers(0, 5), st.booleans(), st.booleans()),
        min_size=1,
        max_size=6,
    )
)
def test_the_percentage_is_that_of_the_last_counted_day(world, entries):
    """Whatever is reported, verified or returned in whatever order."""
    with transaction.atomic():
        counted = []
        for percent, days, by_office, verified in entries:
            role = "township_officer" if by_office else "company_member"
            day = TODAY - days * DAY
            entry = reported(world, percent, role=role, on=day, note="说明")
            if not by_office:
                _review(world, entry, "verified" if verified else "returned", reason="说明")
            if by_office or verified:
                counted.append((day, entry.pk, Decimal(percent)))
        assert _percent(world) == (max(counted)[2] if counted else 0)
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_at_once_one_reviews(world):
    entry = reported(world, 40)
    officers = ("township_officer", "district_planner")
    scopes = {name: scope_of(world.users[name]) for name in officers}
    start, outcomes = Barrier(2), []

    def review(name):
        start.wait()
        try:
            progress_review(
                entry=entry, verdict="verified", actor=world.users[name], scope=scopes[name]
            )
            outcomes.append("done")
        except AlreadyReviewed:
            outcomes.append("late")
        finally:
            connection.close()

    threads = [Thread(target=review, args=(name,)) for name in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (sorted(outcomes), entry.reviews.count()) == (["done", "late"], 1)


def test_an_internal_command_reports_for_the_office(world):
    site = at_work(world.own)
    progress_record(site=site, percent=Decimal(12), on=TODAY, actor=None, scope=Scope.internal())
    assert _percent(world) == 12
