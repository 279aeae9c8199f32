"""What a case rests on: the cause, the record that shows it, and the body that it is about."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _

from assets.kinds import FindingState
from assets.models import Finding
from oversight.kinds import CaseCause, DecisionState
from oversight.models import Decision, MonthlyPlan
from oversight.services.case_errors import NotMissed
from sites.kinds import OrganisationKind
from sites.models import Area, Milestone, Organisation, ProjectSite
from sites.services.errors import RefusedByRegister

LOCAL_BODIES = (OrganisationKind.TOWNSHIP, OrganisationKind.VILLAGE_COMMITTEE)
"""A case about one of these lies in its area unless a site says where."""


@dataclass(frozen=True, slots=True)
class Grounds:
    """Why and against whom; what is left out is taken from the record behind it."""

    cause: str
    organisation: Organisation | None = None
    person: str = ""
    site: ProjectSite | None = None
    area: Area | None = None
    decision: Decision | None = None
    milestone: Milestone | None = None
    plan: MonthlyPlan | None = None
    finding: Finding | None = None


@dataclass(frozen=True, slots=True)
class CheckedGrounds:
    """Grounds that hold: every part is known."""

    given: Grounds
    organisation: Organisation
    area: Area

    def columns(self) -> dict[str, Any]:
        """Return the columns of the case."""
        given = self.given
        names = ("cause", "person", "site", "decision", "milestone", "plan", "finding")
        return {
            **{name: getattr(given, name) for name in names},
            "organisation": self.organisation,
            "area": self.area,
            "area_code": self.area.code,
        }


_RECORD_OF = {
    CaseCause.DECISION.value: "decision",
    CaseCause.MILESTONE.value: "milestone",
    CaseCause.PLAN.value: "plan",
    CaseCause.FINDING.value: "finding",
}


def ground_checked(grounds: Grounds, *, on: datetime.date) -> CheckedGrounds:
    """Return the grounds completed from the record behind them.

    Raises `RefusedByRegister` where something is missing or does not belong together, and
    `NotMissed` where nothing was missed. A decision is locked, so that it is asked for once.
    """
    needed = _RECORD_OF.get(grounds.cause)
    for name in _RECORD_OF.values():
        record = getattr(grounds, name)
        if name == needed and record is None:
            sentence = _("Name the record on which the case rests.")
            raise RefusedByRegister([(name, "required", sentence)])
        if name != needed and record is not None:
            sentence = _("This record does not belong to the cause.")
            raise RefusedByRegister([(name, "not_the_cause", sentence)])
    full = completed(grounds, on=on)
    if full.organisation is None:
        sentence = _("Name the body that the case is about.")
        raise RefusedByRegister([("organisation", "required", sentence)])
    if grounds.site and full.site and grounds.site.pk != full.site.pk:
        sentence = _("The record belongs to another site.")
        raise RefusedByRegister([("site", "other_site", sentence)])
    return CheckedGrounds(full, full.organisation, _area_of(full, full.organisation))


def completed(grounds: Grounds, *, on: datetime.date) -> Grounds:
    """Return the grounds with what the record behind them says of site, body and person."""
    if grounds.decision:
        return _from_decision(grounds, grounds.decision, on)
    if grounds.milestone:
        return _from_milestone(grounds, grounds.milestone, on)
    if grounds.finding:
        return _from_finding(grounds, grounds.finding, on)
    if grounds.plan:
        plan = grounds.plan
        body = grounds.organisation or plan.organisation
        return replace(grounds, organisation=body, area=grounds.area or plan.area)
    return grounds


def _from_decision(grounds: Grounds, given: Decision, on: datetime.date) -> Grounds:
    locked = Decision.objects.select_for_update(of=("self",))
    decision = locked.select_related("site__area", "organisation", "area").get(pk=given.pk)
    is_late = decision.state == DecisionState.DONE and (decision.done_on or on) > decision.due_on
    is_missed = decision.state == DecisionState.OPEN and decision.due_on < on
    if not (is_late or is_missed):
        raise NotMissed
    return replace(
        grounds,
        decision=decision,
        site=decision.site,
        organisation=grounds.organisation or decision.organisation,
        person=grounds.person or decision.person,
        area=grounds.area or decision.area,
    )


def _from_milestone(grounds: Grounds, milestone: Milestone, on: datetime.date) -> Grounds:
    if milestone.due_on is None or (milestone.done_on or on) <= milestone.due_on:
        raise NotMissed
    body = grounds.organisation or milestone.responsible
    return replace(grounds, site=milestone.site, organisation=body)


def _from_finding(grounds: Grounds, finding: Finding, on: datetime.date) -> Grounds:
    if finding.state == FindingState.CLOSED or finding.due_on >= on:
        raise NotMissed
    site = finding.acceptance.site
    return replace(grounds, site=site, organisation=grounds.organisation or site.contractor)


def _area_of(grounds: Grounds, body: Organisation) -> Area:
    """Return where the case lies: with the site, with a local body, else as the record says."""
    if grounds.site:
        return grounds.site.area
    if body.kind in LOCAL_BODIES and body.area:
        return body.area
    area = grounds.area or body.area
    if area is None:
        sentence = _("Say in which area the case lies.")
        raise RefusedByRegister([("area", "required", sentence)])
    return area
