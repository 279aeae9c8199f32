"""Where an agreement stands on a day: in Python and in the database alike."""

from __future__ import annotations

import datetime

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from maintenance.kinds import AgreementPhase
from maintenance.models import Agreement
from maintenance.phases import EXPIRING_DAYS, phase_of
from tests.factories import AreaFactory

DAY = datetime.date(2026, 6, 1)
YEAR = datetime.timedelta(days=364)


def agreement(state="signed", ended_on=None, starts_on=DAY):
    return Agreement(state=state, starts_on=starts_on, ends_on=starts_on + YEAR, ended_on=ended_on)


@pytest.mark.parametrize(
    ("days", "phase"),
    [
        (-1, AgreementPhase.SIGNED),
        (0, AgreementPhase.ACTIVE),
        (364 - EXPIRING_DAYS - 1, AgreementPhase.ACTIVE),
        (364 - EXPIRING_DAYS, AgreementPhase.EXPIRING),
        (364, AgreementPhase.EXPIRING),
        (365, AgreementPhase.EXPIRED),
    ],
)
def test_a_signed_agreement_moves_through_its_phases_by_date(days, phase):
    assert phase_of(agreement(), DAY + datetime.timedelta(days=days)) == phase


def test_what_is_not_signed_has_no_dates():
    for state in ("draft", "negotiating"):
        assert phase_of(agreement(state), DAY + YEAR * 3) == state


def test_an_end_counts_from_the_day_after_the_last():
    last = DAY + datetime.timedelta(days=100)
    after = last + datetime.timedelta(days=1)
    assert phase_of(agreement("terminated", last), last) == AgreementPhase.EXPIRING
    assert phase_of(agreement("terminated", last), after) == AgreementPhase.TERMINATED
    assert phase_of(agreement("renewed", last), last) == AgreementPhase.ACTIVE
    assert phase_of(agreement("renewed", last), after) == AgreementPhase.RENEWED


def test_what_was_terminated_before_it_began_was_never_in_force():
    ended = DAY - datetime.timedelta(days=1)
    for days in (-10, 0, 10):
        day = DAY + datetime.timedelta(days=days)
        assert phase_of(agreement("terminated", ended), day) == AgreementPhase.TERMINATED


@pytest.mark.django_db
@settings(max_examples=60, deadline=None)
@given(
    state=st.sampled_from(["draft", "negotiating", "signed", "renewed", "terminated"]),
    ended=st.integers(-1, 364),
    day=st.integers(-90, 500),
)
def test_the_database_says_the_same(state, ended, day):
    over = state in {"renewed", "terminated"}
    row = agreement(state, DAY + datetime.timedelta(days=ended) if over else None)
    row.number, row.name, row.model, row.price_basis = "P-1", "P", "self", "per_order"
    on = DAY + datetime.timedelta(days=day)
    with transaction.atomic():
        row.area = AreaFactory()
        row.save(force_insert=True)
        found = Agreement.objects.with_phase(on).get(pk=row.pk).phase
        transaction.set_rollback(True)
    assert found == phase_of(row, on)
