"""The facts that an evaluation of townships and departments will need, each counted from rows.

A fact has rows that count, a condition under which a row is good, and paths to township and body.
Weights and scores are no part of it: they come with the scheme of the evaluation.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assets.kinds import FindingState
from assets.models import Finding, FindingChange
from oversight.kinds import CaseState, DecisionState, ItemResult, PlanState
from oversight.models import (
    AccountabilityCase,
    Decision,
    InfoSubmission,
    MonthlyPlan,
    PlanItem,
)
from sites.access import Scope
from sites.kinds import State
from sites.models import Milestone


@dataclass(frozen=True, slots=True)
class Asked:
    """Of whom and of which days: `area` is a code, the days are inclusive."""

    scope: Scope
    starts_on: datetime.date
    ends_on: datetime.date
    as_of: datetime.date
    area: str = ""

    @property
    def last_due(self) -> datetime.date:
        """What was due up to this day counts; what is due later cannot be late yet."""
        return min(self.ends_on, self.as_of)


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: `rows` are the denominator, those that meet `good` the numerator.

    `fewer_is_better` has no numerator: the rows themselves are counted.
    """

    code: str
    label: str | Promise
    basis: str | Promise
    rows: Callable[[Asked], QuerySet[Any]]
    good: Callable[[Asked], Q]
    area: str
    body: str
    related: tuple[str, ...] = ()
    fewer_is_better: bool = False


def _plans(asked: Asked) -> QuerySet[Any]:
    rows = MonthlyPlan.objects.visible_to(asked.scope).within(asked.area)
    return rows.filter(due_on__range=(asked.starts_on, asked.last_due))


def _items(asked: Asked) -> QuerySet[Any]:
    plans = MonthlyPlan.objects.visible_to(asked.scope).within(asked.area)
    closed = plans.filter(state=PlanState.CLOSED, month__range=(asked.starts_on, asked.ends_on))
    rows = PlanItem.objects.filter(plan__in=closed.values("pk"))
    return rows.exclude(result=ItemResult.OPEN)


def _decisions(asked: Asked) -> QuerySet[Any]:
    rows = Decision.objects.visible_to(asked.scope).within(asked.area)
    rows = rows.exclude(state=DecisionState.WITHDRAWN)
    return rows.filter(due_on__range=(asked.starts_on, asked.last_due))


def _cases(asked: Asked) -> QuerySet[Any]:
    rows = AccountabilityCase.objects.visible_to(asked.scope).within(asked.area)
    rows = rows.exclude(state__in=(CaseState.RAISED, CaseState.WITHDRAWN))
    return rows.filter(raised_on__range=(asked.starts_on, asked.last_due))


def _information(asked: Asked) -> QuerySet[Any]:
    rows = InfoSubmission.objects.visible_to(asked.scope).within(asked.area)
    return rows.filter(sent_on__range=(asked.starts_on, asked.last_due))


def _milestones(asked: Asked) -> QuerySet[Any]:
    rows = Milestone.objects.visible_to(asked.scope).filter(
        site__area_code__startswith=asked.area,
        due_on__range=(asked.starts_on, asked.last_due),
    )
    return rows.exclude(site__state=State.CANCELLED)


def _findings(asked: Asked) -> QuerySet[Any]:
    rows = Finding.objects.visible_to(asked.scope).filter(
        acceptance__site__area_code__startswith=asked.area,
        due_on__range=(asked.starts_on, asked.last_due),
    )
    changes = FindingChange.objects.filter(finding=OuterRef("pk"), to_state=FindingState.RECTIFIED)
    last = changes.order_by("-effective_on").values("effective_on")[:1]
    found: QuerySet[Any] = rows.annotate(rectified_on=Subquery(last))
    return found


FACTS: Final[dict[str, Fact]] = {
    fact.code: fact
    for fact in (
        Fact(
            "plans_on_time",
            _("Monthly plans filed on time"),
            _("Plans due in the period; filed on the due day or earlier."),
            _plans,
            lambda asked: Q(submitted_at__date__lte=F("due_on")),
            "area_code",
            "organisation_id",
            ("organisation",),
        ),
        Fact(
            "items_met",
            _("Items of monthly plans met"),
            _("Items of plans that were closed against facts; met in full."),
            _items,
            lambda asked: Q(result=ItemResult.MET),
            "plan__area_code",
            "plan__organisation_id",
            ("site", "plan__organisation"),
        ),
        Fact(
            "decisions_in_time",
            _("Decisions carried out in time"),
            _("Decisions due in the period; done on the due day or earlier."),
            _decisions,
            lambda asked: Q(state=DecisionState.DONE, done_on__lte=F("due_on")),
            "area_code",
            "organisation_id",
            ("site",),
        ),
        Fact(
            "milestones_in_time",
            _("Milestones reached in time"),
            _("Milestones due in the period, without cancelled sites; reached by the due day."),
            _milestones,
            lambda asked: Q(done_on__lte=F("due_on")),
            "site__township_code",
            "responsible_id",
            ("site",),
        ),
        Fact(
            "findings_in_time",
            _("Findings rectified in time"),
            _("Findings of acceptance due in the period; last rectified by the due day."),
            _findings,
            lambda asked: Q(rectified_on__lte=F("due_on")) & ~Q(state=FindingState.OPEN),
            "acceptance__site__township_code",
            "acceptance__site__contractor_id",
            ("acceptance__site",),
        ),
        Fact(
            "information",
            _("Information published"),
            _("Information sent in the period; published up to the day of counting."),
            _information,
            lambda asked: Q(published_on__lte=asked.as_of),
            "area_code",
            "organisation_id",
            ("organisation",),
        ),
        Fact(
            "cases",
            _("Cases of accountability"),
            _("Cases raised in the period and sent out, without those withdrawn; fewer is better."),
            _cases,
            lambda asked: Q(pk__isnull=True),
            "area_code",
            "organisation_id",
            ("organisation", "site"),
            fewer_is_better=True,
        ),
    )
}
"""Every fact by its code, in the order in which they are shown."""
