"""What the page of a dispatch meeting tells: its agenda as the viewer may know it, decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import F

from oversight.kinds import MeetingState
from oversight.models import AgendaItem, Decision, DispatchMeeting
from oversight.services.meetings import may_hold
from sites.access import Scope
from sites.models import ProjectSite


@dataclass(frozen=True, slots=True)
class MeetingPowers:
    """What a viewer may do with a meeting as it stands."""

    prepare: bool = False
    decide: bool = False


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting's parts as a viewer may know them."""

    kept: list[AgendaItem]
    struck: list[AgendaItem]
    decisions: list[Decision]
    powers: MeetingPowers


def agenda_of(meeting: DispatchMeeting, scope: Scope) -> Any:
    """Return the items of an agenda whose sites the viewer sees, what waited longest first."""
    sites = ProjectSite.objects.visible_to(scope).filter(agenda_items__meeting=meeting)
    items = AgendaItem.objects.filter(meeting=meeting, site__in=sites.values("pk"))
    heavy = ("planned_geometry", "actual_geometry", "geometry_3857", "outline_3857")
    rows = items.select_related("site").defer(*(f"site__{column}" for column in heavy))
    longest = F("days").desc(nulls_last=True)
    return rows.order_by("-is_kept", longest, "site__code", "pk")


def meeting_facts(meeting: DispatchMeeting, scope: Scope) -> MeetingFacts:
    """Return what a meeting's page shows to a viewer; three statements."""
    items = list(agenda_of(meeting, scope))
    decisions = Decision.objects.visible_to(scope).filter(meeting=meeting)
    rows = decisions.select_related("organisation", "site", "meeting")
    holds = may_hold(scope, meeting.area_code)
    planned = meeting.state == MeetingState.PLANNED
    return MeetingFacts(
        kept=[item for item in items if item.is_kept],
        struck=[item for item in items if not item.is_kept],
        decisions=list(rows.order_by("due_on", "pk")),
        powers=MeetingPowers(
            prepare=holds and planned, decide=holds and meeting.state != MeetingState.CANCELLED
        ),
    )
