"""What a new case can rest on, as a planner chooses it: missed records first, then the rest."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext as _

from assets.kinds import FindingState
from assets.models import Finding
from oversight.kinds import CaseCause, CaseState, PlanState
from oversight.models import AccountabilityCase, Decision, MonthlyPlan
from sites.access import Scope
from sites.formatting import day
from sites.models import Milestone, ProjectSite

MOST: Final = 50
PLAIN: Final = (CaseCause.DATA, CaseCause.DEFECT, CaseCause.OTHER)
"""Causes without a record behind them; the facts say it all."""
RECORDS: Final[dict[str, Any]] = {
    CaseCause.DECISION: Decision,
    CaseCause.MILESTONE: Milestone,
    CaseCause.PLAN: MonthlyPlan,
    CaseCause.FINDING: Finding,
}


@dataclass(frozen=True, slots=True)
class GroundChoice:
    """A cause with the record behind it, as a value of a form and in words."""

    value: str
    label: str


def ground_choices(
    scope: Scope, site: ProjectSite | None, *, on: datetime.date
) -> list[GroundChoice]:
    """Return what a case can rest on: of one site, or what belongs to no site."""
    missed = list(_of_site(scope, site, on) if site else _of_no_site(scope, on))
    return missed + [GroundChoice(cause.value, str(cause.label)) for cause in PLAIN]


def record_behind(scope: Scope, value: str) -> tuple[str, Any]:
    """Return cause and record of a form's value; raises `ValueError` for what is not known."""
    cause, _colon, key = value.partition(":")
    if cause in RECORDS:
        record = RECORDS[cause].objects.visible_to(scope).filter(pk=UUID(key)).first()
        if record is None:
            raise ValueError(value)
        return cause, record
    return CaseCause(cause).value, None


def _of_site(scope: Scope, site: ProjectSite, on: datetime.date) -> Iterator[GroundChoice]:
    for decision in _decisions(scope, on).filter(site=site)[:MOST]:
        yield _decision(decision)
    late = Milestone.objects.visible_to(scope).filter(site=site, due_on__lt=on)
    late = late.filter(Q(done_on__isnull=True) | Q(done_on__gt=F("due_on")))
    for milestone in late.order_by("due_on")[:MOST]:
        words = {"name": milestone.get_kind_display(), "day": day(milestone.due_on)}
        text = _("Milestone “%(name)s” was due on %(day)s") % words
        yield GroundChoice(f"{CaseCause.MILESTONE.value}:{milestone.pk}", text)
    findings = Finding.objects.visible_to(scope).filter(acceptance__site=site, due_on__lt=on)
    for finding in findings.exclude(state=FindingState.CLOSED).order_by("due_on")[:MOST]:
        words = {"text": finding.text[:60], "day": day(finding.due_on)}
        text = _("Finding “%(text)s” was due on %(day)s") % words
        yield GroundChoice(f"{CaseCause.FINDING.value}:{finding.pk}", text)


def _of_no_site(scope: Scope, on: datetime.date) -> Iterator[GroundChoice]:
    for decision in _decisions(scope, on).filter(site__isnull=True)[:MOST]:
        yield _decision(decision)
    for plan in _plans(scope, on)[:MOST]:
        words = {"body": plan.organisation.label, "month": f"{plan.month:%Y-%m}"}
        text = _("Monthly plan of %(body)s for %(month)s, missed or filed late") % words
        yield GroundChoice(f"{CaseCause.PLAN.value}:{plan.pk}", text)


def _decisions(scope: Scope, on: datetime.date) -> QuerySet[Any]:
    had = AccountabilityCase.objects.filter(decision__isnull=False)
    known = had.exclude(state=CaseState.WITHDRAWN).values("decision_id")
    rows = Decision.objects.visible_to(scope).overdue(on)
    return rows.exclude(pk__in=known).select_related("organisation").order_by("due_on", "pk")


def _decision(decision: Decision) -> GroundChoice:
    words = {"action": decision.action[:60], "day": day(decision.due_on)}
    text = _("Decision “%(action)s” was due on %(day)s") % words
    return GroundChoice(f"{CaseCause.DECISION.value}:{decision.pk}", text)


def _plans(scope: Scope, on: datetime.date) -> QuerySet[Any]:
    rows = MonthlyPlan.objects.visible_to(scope).filter(due_on__lt=on)
    unfiled = Q(state__in=(PlanState.DRAFT, PlanState.RETURNED))
    late = Q(submitted_at__date__gt=F("due_on"))
    missed = Q(state=PlanState.CLOSED, items__result="missed")
    found = rows.filter(unfiled | late | missed).distinct()
    return found.select_related("organisation").order_by("-month", "area_code")
