"""Moves of a site between states."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from sites.access import Scope
from sites.kinds import STATES_FINISHED, Role, State
from sites.models import ProjectSite, StateChange
from sites.services.authorship import authored
from sites.services.errors import (
    ConcurrentChange,
    IllegalTransition,
    NotPermitted,
    ReasonMissing,
    RefusedByRegister,
)
from sites.services.gates import require_gate
from sites.services.milestones import milestone_follow
from sites.transitions import TRANSITIONS, Transition

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def site_move_state(
    *,
    site: ProjectSite,
    to_state: str,
    actor: User | None,
    scope: Scope,
    on: datetime.date,
    reason: str = "",
    evidence: str = "",
    expected_version: int | None = None,
) -> StateChange:
    """Move a site to another state on a day and leave a `StateChange`.

    Raises `IllegalTransition`, `NotPermitted`, `ReasonMissing`, `GateNotMet` with everything
    that the state needs and the site lacks, `RefusedByRegister` (a day before work began) or
    `ConcurrentChange` when `expected_version` is no longer current.
    """
    current = ProjectSite.objects.select_for_update(of=("self",)).get(pk=site.pk)
    if expected_version is not None and current.version != expected_version:
        raise ConcurrentChange(current)
    move = _move_to(current, to_state)
    held = {Role.DISTRICT_PLANNER} if scope.everything else scope.roles_for_site(current)
    roles = sorted(move.roles & held)
    if not roles:
        raise NotPermitted
    if move.needs_reason and not reason.strip():
        raise ReasonMissing(field="reason")
    require_gate(current, move.to_state, on)
    change = StateChange.objects.create(
        site=current,
        from_state=move.from_state,
        to_state=move.to_state,
        actor=actor,
        role=roles[0],
        effective_on=on,
        reason=reason.strip(),
        evidence=evidence.strip(),
    )
    with authored(actor=actor, reason=reason):
        _apply_move(current, move.to_state, on, actor)
        milestone_follow(site=current, state=move.to_state, on=on)
    site.refresh_from_db()
    return change


def _move_to(site: ProjectSite, to_state: str) -> Transition:
    """Return the move from the site's state to another; raises `IllegalTransition`."""
    move = TRANSITIONS.get((site.state, to_state))
    if move is None:
        raise IllegalTransition(
            _("A site cannot move from “%(from)s” to “%(to)s”.")
            % {
                "from": site.get_state_display(),
                "to": State(to_state).label if to_state in State.values else to_state[:40],
            }
        )
    return move


def _apply_move(site: ProjectSite, to_state: State, on: datetime.date, actor: User | None) -> None:
    changed = ["state", "updated_by"]
    site.state = to_state
    site.updated_by = actor
    if to_state == State.UNDER_CONSTRUCTION and site.actual_start is None:
        site.actual_start = on
        changed.append("actual_start")
    if to_state in STATES_FINISHED and site.actual_finish is None:
        if site.actual_start and on < site.actual_start:
            raise RefusedByRegister(
                [("effective_on", "before_start", _("The finish must not come before the start."))]
            )
        site.actual_finish = on
        site.progress_percent = 100
        changed += ["actual_finish", "progress_percent"]
    site.save(update_fields=changed)
