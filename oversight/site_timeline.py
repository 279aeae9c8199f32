"""What plans, agendas and decisions add to the timeline of a site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from oversight.agenda_words import cause_words
from oversight.kinds import DecisionState, ItemResult, MeetingState, PlanState
from oversight.models import AgendaItem, Decision, DispatchMeeting, MonthlyPlan, PlanItem
from oversight.months import days_late
from sites.access import Scope
from sites.formatting import day
from sites.kinds import MilestoneKind
from sites.models import ProjectSite
from sites.timeline import MOST_OF_ONE_KIND, TimelineEvent

RESULT_TONES: Final = {
    ItemResult.MET: "good",
    ItemResult.PARTLY: "warning",
    ItemResult.MISSED: "bad",
}


def plans_of_site(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Give the filing of each plan that names the site, and what became of its lines."""
    plans = MonthlyPlan.objects.visible_to(scope).filter(submitted_at__isnull=False)
    items = PlanItem.objects.filter(site=site, plan__in=plans.values("pk"))
    rows = items.select_related("plan__organisation").order_by("-plan__month", "pk")
    for item in rows[:MOST_OF_ONE_KIND]:
        yield from _filed(item)
        if item.plan.state == PlanState.CLOSED and item.plan.closed_at:
            yield TimelineEvent(
                on=timezone.localdate(item.plan.closed_at),
                at=item.plan.closed_at,
                kind="plan",
                title=_("Monthly plan %(month)s closed: %(result)s")
                % {"month": f"{item.plan.month:%Y-%m}", "result": item.get_result_display()},
                detail=item.explanation,
                url=reverse("oversight:plan-detail", args=[item.plan_id]),
                tone=RESULT_TONES.get(ItemResult(item.result), ""),
            )


def _filed(item: PlanItem) -> Iterator[TimelineEvent]:
    plan, filed_at = item.plan, item.plan.submitted_at
    if filed_at is None:
        return
    day = timezone.localdate(filed_at)
    late = days_late(plan.due_on, filed_at, day)
    node = MilestoneKind(item.milestone).label if item.milestone else ""
    words = {"month": f"{plan.month:%Y-%m}", "body": plan.organisation.label}
    yield TimelineEvent(
        on=day,
        at=filed_at,
        kind="plan",
        title=_("In the monthly plan %(month)s of %(body)s") % words,
        detail=" · ".join(
            part
            for part in (str(node), _("filed %(days)s days late") % {"days": late} if late else "")
            if part
        ),
        url=reverse("oversight:plan-detail", args=[plan.pk]),
        tone="warning" if late else "",
    )


def agendas_of_site(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Give each meeting that spoke, or is to speak, about the site."""
    meetings = DispatchMeeting.objects.visible_to(scope).exclude(state=MeetingState.CANCELLED)
    items = AgendaItem.objects.filter(site=site, is_kept=True, meeting__in=meetings.values("pk"))
    rows = items.select_related("meeting").order_by("-meeting__held_on", "pk")
    for item in rows[:MOST_OF_ONE_KIND]:
        yield TimelineEvent(
            on=item.meeting.held_on,
            at=None,
            kind="agenda",
            title=_("On the agenda of “%(title)s”") % {"title": item.meeting.title},
            detail=cause_words(item),
            url=reverse("oversight:meeting-detail", args=[item.meeting_id]),
            tone="warning",
        )


def decisions_of_site(site: ProjectSite, scope: Scope) -> Iterator[TimelineEvent]:
    """Give what was decided about the site, when it fell due undone, and when it was done."""
    seen = Decision.objects.visible_to(scope).filter(
        ~Q(state=DecisionState.WITHDRAWN), site=site, meeting__state=MeetingState.HELD
    )
    today = timezone.localdate()
    rows = seen.select_related("meeting", "organisation").order_by("-due_on", "pk")
    for decision in rows[:MOST_OF_ONE_KIND]:
        url = reverse("oversight:decision-detail", args=[decision.pk])
        by = f"{decision.organisation.label} {decision.person}"
        words = {"action": decision.action[:80], "day": day(decision.due_on)}
        decided = _("Decided: %(action)s, until %(day)s") % words
        yield TimelineEvent(
            decision.meeting.held_on, decision.created_at, "decision", decided, by, url=url
        )
        if decision.state == DecisionState.DONE and decision.done_on:
            done = _("Carried out: %(action)s") % words
            late = decision.done_on > decision.due_on
            yield TimelineEvent(
                decision.done_on,
                decision.updated_at,
                "decision",
                done,
                decision.outcome,
                url=url,
                tone="warning" if late else "good",
            )
        elif decision.due_on < today:
            overdue = _("Not carried out in time: %(action)s") % words
            yield TimelineEvent(decision.due_on, None, "decision", overdue, by, url=url, tone="bad")
