"""The gate before work starts: every role of the responsibility matrix is filled on the day."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Final
from uuid import UUID

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from oversight.kinds import ResponsibleRole
from oversight.responsible import blank_roles
from sites.kinds import State
from sites.services.gates import GateSubject, Missing, register_gate

LACKING: Final[Mapping[str, tuple[str | Promise, str | Promise]]] = {
    ResponsibleRole.LEADER: (
        _("Nobody is named as responsible leader."),
        _("responsible leader"),
    ),
    ResponsibleRole.DEPARTMENT_HEAD: (
        _("Nobody is named as head of the lead department."),
        _("head of the lead department"),
    ),
    ResponsibleRole.TOWNSHIP_HEAD: (
        _("Nobody is named as head of the township."),
        _("head of the township"),
    ),
    ResponsibleRole.PROJECT_LEAD: (
        _("Nobody is named as project lead."),
        _("project lead"),
    ),
    ResponsibleRole.SITE_SUPERVISOR: (
        _("Nobody is named as supervisor on site."),
        _("supervisor on site"),
    ),
}
"""What is said, in a sentence and in a list, about each role that nobody holds."""


def missing_code(role: str) -> str:
    """Return the stable code that says that a role is blank."""
    return f"{role}_missing"


def before_construction(subjects: Sequence[GateSubject]) -> Mapping[UUID, Sequence[Missing]]:
    """A site is under construction only with somebody in each role on that day."""
    by_day: dict[datetime.date, list[UUID]] = defaultdict(list)
    for subject in subjects:
        by_day[subject.on or timezone.localdate()].append(subject.site_id)
    return {
        site_id: [Missing("responsibility", missing_code(r), LACKING[r][0]) for r in roles]
        for day, site_ids in by_day.items()
        for site_id, roles in blank_roles(site_ids, day).items()
    }


def register_gates() -> None:
    """Hang the check on the state; called when the app starts."""
    words = {missing_code(role): word for role, (_sentence, word) in LACKING.items()}
    register_gate(State.UNDER_CONSTRUCTION, before_construction, words)
