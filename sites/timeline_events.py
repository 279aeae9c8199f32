"""What the register itself adds to a site's timeline: states and milestones done."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from sites.access import Scope
from sites.kinds import STATES_FINISHED, State
from sites.milestones import DONE_BY_STATE
from sites.models import Milestone, ProjectSite, StateChange
from sites.people import person_name
from sites.timeline import MOST_OF_ONE_KIND, TimelineEvent, register_timeline

_TONES = {State.SUSPENDED: "bad", State.CANCELLED: "bad", State.RECTIFYING: "warning"}


def register() -> None:
    """Add the register's own events; called when the app starts."""
    register_timeline(states)
    register_timeline(milestones)


def states(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Each change of state with its reason and evidence."""
    changes = StateChange.objects.visible_to(scope).filter(site=site).select_related("actor")
    for change in changes.order_by("-effective_on", "-at")[:MOST_OF_ONE_KIND]:
        state = State(change.to_state)
        told = _("State: %(state)s") % {"state": state.label}
        details = [change.reason, change.evidence]
        yield TimelineEvent(
            on=change.effective_on,
            at=change.at,
            kind="state",
            title=told,
            detail=" · ".join(detail for detail in details if detail),
            actor=person_name(change.actor) or _("Command on the server"),
            tone="good" if state in STATES_FINISHED else _TONES.get(state, ""),
        )


def milestones(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Each milestone that was done, unless a change of state on that day says the same."""
    moves = StateChange.objects.filter(site=site).values_list("to_state", "effective_on")
    told = {(DONE_BY_STATE.get(state), on) for state, on in moves}
    done = Milestone.objects.visible_to(scope).filter(site=site, done_on__isnull=False)
    for milestone in done.select_related("responsible"):
        if (milestone.kind, milestone.done_on) in told:
            continue
        late = (milestone.done_on - milestone.due_on).days if milestone.due_on else 0
        words = ngettext("%(count)s day late", "%(count)s days late", max(late, 0))
        yield TimelineEvent(
            on=milestone.done_on,
            at=None,
            kind="milestone",
            title=_("Milestone done: %(name)s") % {"name": milestone.get_kind_display()},
            detail=words % {"count": late} if late > 0 else "",
            actor=milestone.responsible.label if milestone.responsible else "",
            tone="warning" if late > 0 else "good",
        )
