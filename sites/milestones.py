"""Milestones of sites: which are overdue, and how a site's plan of them stands."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.db.models import QuerySet

from sites.kinds import MilestoneKind, State
from sites.models import Milestone

DONE_BY_STATE: Final[Mapping[str, MilestoneKind]] = {
    State.SHORTLISTED: MilestoneKind.SHORTLIST,
    State.DESIGNED: MilestoneKind.DESIGN,
    State.APPROVED: MilestoneKind.APPROVAL,
    State.CONTRACTED: MilestoneKind.TENDER,
    State.UNDER_CONSTRUCTION: MilestoneKind.START,
    State.COMPLETED: MilestoneKind.FINISH,
    State.ACCEPTED: MilestoneKind.FINAL_ACCEPTANCE,
    State.SETTLED: MilestoneKind.SETTLEMENT,
    State.HANDED_OVER: MilestoneKind.HANDOVER,
}
"""The milestone that is done when a site enters a state."""
HALTED: Final = (State.SUSPENDED, State.CANCELLED)


def overdue(milestones: QuerySet[Any], as_of: datetime.date) -> QuerySet[Any]:
    """Return milestones whose day has passed undone; halted and removed sites wait for nothing."""
    due = milestones.filter(due_on__lt=as_of, done_on__isnull=True, site__removed_at__isnull=True)
    return due.exclude(site__state__in=HALTED)


def milestones_mark(milestones: Iterable[Milestone]) -> str:
    """Return a text that is equal as long as a site's milestones stand as they were read."""
    rows = sorted(
        f"{row.kind}|{row.due_on}|{row.done_on}|{row.responsible_id}" for row in milestones
    )
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:32]
