"""Quiet sites: under construction, and nothing has been heard of them for some time.

Evidence is a progress entry, whatever became of it, or a change of state; apps above add what
they know. The number of days is our choice (`QUIET_DAYS`).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import TypeAlias

from django.conf import settings
from django.db.models import Exists, OuterRef, Q

from sites.kinds import State
from sites.models import ProgressEntry, StateChange

Evidence: TypeAlias = Callable[[datetime.date], Q]
"""From a day to the condition that a project site has evidence of that day or later."""

_further: list[Evidence] = []


def register_evidence(evidence: Evidence) -> None:
    """Add a kind of evidence; called once, when an app starts."""
    if evidence not in _further:
        _further.append(evidence)


def quiet_condition(as_of: datetime.date, days: int | None = None) -> Q:
    """Return that a site is under construction without evidence in the days before `as_of`.

    The state is judged first: the rest is looked up only for sites at work.
    """
    since = as_of - datetime.timedelta(days=settings.QUIET_DAYS if days is None else days)
    condition = Q(state=State.UNDER_CONSTRUCTION) & ~Q(actual_start__gte=since)
    for evidence in (_reported, _moved, *_further):
        condition &= ~evidence(since)
    return condition


def _reported(since: datetime.date) -> Q:
    return Q(Exists(ProgressEntry.objects.filter(site=OuterRef("pk"), reported_on__gte=since)))


def _moved(since: datetime.date) -> Q:
    return Q(Exists(StateChange.objects.filter(site=OuterRef("pk"), effective_on__gte=since)))
