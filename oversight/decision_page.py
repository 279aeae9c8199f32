"""What a viewer may do with a decision as it stands."""

from __future__ import annotations

from dataclasses import dataclass

from oversight.kinds import DecisionState, MeetingState
from oversight.models import Decision
from oversight.services.decisions import may_do
from oversight.services.meetings import may_hold
from sites.access import Scope


@dataclass(frozen=True, slots=True)
class DecisionPowers:
    """What a viewer may do; `any_part` says that the viewer has a part in it at all."""

    do: bool = False
    reopen: bool = False
    withdraw: bool = False
    any_part: bool = False


def decision_powers(decision: Decision, scope: Scope) -> DecisionPowers:
    """Return what a viewer may do with a decision."""
    does = may_do(scope, decision)
    leads = may_hold(scope, decision.meeting.area_code)
    is_open = decision.state == DecisionState.OPEN
    return DecisionPowers(
        do=does and is_open and decision.meeting.state == MeetingState.HELD,
        reopen=leads and not is_open,
        withdraw=leads and is_open,
        any_part=does or leads,
    )
