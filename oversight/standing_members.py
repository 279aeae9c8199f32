"""The rows behind a number of the standing, in words and with their pages."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from assets.models import Finding
from oversight.models import (
    AccountabilityCase,
    Decision,
    InfoSubmission,
    MonthlyPlan,
    PlanItem,
)
from sites.models import Milestone, ProjectSite


@dataclass(frozen=True, slots=True)
class Member:
    """One row: what it is, when it was due, whether it counts as good, and where it is shown."""

    id: UUID
    title: str
    due_on: datetime.date | None
    is_good: bool
    url: str


def members(rows: Iterable[Any], good: QuerySet[Any]) -> list[Member]:
    """Return rows of one fact in words; `good` are the rows of its numerator."""
    found = list(rows)
    met = set(good.filter(pk__in=[row.pk for row in found]).values_list("pk", flat=True))
    return [Member(row.pk, _title(row), _due(row), row.pk in met, _url(row)) for row in found]


def _title(row: Any) -> str:
    if isinstance(row, MonthlyPlan):
        return f"{row.organisation.label} {row.month:%Y-%m}"
    if isinstance(row, PlanItem):
        node = row.get_milestone_display() if row.milestone else ""
        return f"{row.plan.month:%Y-%m} {row.site.label} {node}".strip()
    if isinstance(row, Milestone):
        return f"{row.site.label} {row.get_kind_display()}"
    if isinstance(row, Finding):
        return f"{row.acceptance.site.label}: {row.text[:80]}"
    if isinstance(row, AccountabilityCase):
        return f"{row.number} {row.get_level_display()}: {row.organisation.label}"
    return str(row)


def _due(row: Any) -> datetime.date | None:
    if isinstance(row, InfoSubmission):
        return row.sent_on
    if isinstance(row, AccountabilityCase):
        return row.raised_on
    due: datetime.date | None = row.due_on
    return due


def _url(row: Any) -> str:
    if isinstance(row, AccountabilityCase):
        return reverse("oversight:case-detail", args=[row.pk])
    if isinstance(row, MonthlyPlan):
        return f"/oversight/plans/{row.pk}/"
    if isinstance(row, PlanItem):
        return f"/oversight/plans/{row.plan_id}/"
    if isinstance(row, Decision):
        return f"/oversight/meetings/{row.meeting_id}/"
    site = _site(row)
    return reverse("sites:site-detail", args=[site.pk]) if site else ""


def _site(row: Any) -> ProjectSite | None:
    if isinstance(row, Finding):
        found: ProjectSite | None = row.acceptance.site
        return found
    return row.site if isinstance(row, Milestone) else None
