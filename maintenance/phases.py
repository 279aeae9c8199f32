"""Where an agreement stands on a day: computed from its state and dates, never stored."""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import Case, CharField, F, Q, Value, When

from maintenance.kinds import BINDING_STATES, AgreementPhase, AgreementState

EXPIRING_DAYS = 60
"""An agreement whose last day is at most this many days away ends soon (domain.md §7.3)."""

_AFTER_THE_END = {
    AgreementState.RENEWED: AgreementPhase.RENEWED,
    AgreementState.TERMINATED: AgreementPhase.TERMINATED,
}


def last_day_of(agreement: Any) -> datetime.date:
    """Return the day on which an agreement ends or ended."""
    day: datetime.date = agreement.ended_on or agreement.ends_on
    return day


def phase_of(agreement: Any, on: datetime.date) -> AgreementPhase:
    """Return where an agreement stands on a day.

    A renewed agreement is in force until its last day, and so is one that was terminated for a
    later day; one that was terminated before its first day never came into force.
    """
    state = AgreementState(agreement.state)
    if state not in BINDING_STATES:
        return AgreementPhase(state.value)
    last = last_day_of(agreement)
    if on > last or last < agreement.starts_on:
        return _AFTER_THE_END.get(state, AgreementPhase.EXPIRED)
    if on < agreement.starts_on:
        return AgreementPhase.SIGNED
    ends_soon = (last - on).days <= EXPIRING_DAYS and state != AgreementState.RENEWED
    return AgreementPhase.EXPIRING if ends_soon else AgreementPhase.ACTIVE


def phase_case(on: datetime.date) -> Case:
    """Return the same answer as `phase_of` as an expression over rows of agreements."""
    soon = on + datetime.timedelta(days=EXPIRING_DAYS)
    over = Q(ended_on__lt=on) | Q(ended_on__isnull=True, ends_on__lt=on)
    ends_soon = Q(ended_on__lte=soon) | Q(ended_on__isnull=True, ends_on__lte=soon)
    never = Q(ended_on__lt=F("starts_on"))
    return Case(
        When(state=AgreementState.DRAFT, then=Value(AgreementPhase.DRAFT.value)),
        When(state=AgreementState.NEGOTIATING, then=Value(AgreementPhase.NEGOTIATING.value)),
        *(
            When(Q(over | never, state=state), then=Value(phase.value))
            for state, phase in _AFTER_THE_END.items()
        ),
        When(over, then=Value(AgreementPhase.EXPIRED.value)),
        When(starts_on__gt=on, then=Value(AgreementPhase.SIGNED.value)),
        When(
            Q(ends_soon) & ~Q(state=AgreementState.RENEWED),
            then=Value(AgreementPhase.EXPIRING.value),
        ),
        default=Value(AgreementPhase.ACTIVE.value),
        output_field=CharField(max_length=20),
    )
