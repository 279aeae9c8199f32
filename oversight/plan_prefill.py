"""What a plan would hold by itself: the nodes of the body's sites that are due in the month."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet

from oversight.months import last_day
from sites.access import Scope
from sites.kinds import OrganisationKind, State
from sites.models import Area, Milestone, Organisation, ProjectSite

MOST_ITEMS = 300
"""Items that one plan may hold."""


@dataclass(frozen=True, slots=True)
class ItemValues:
    """One line of a plan as somebody means it: what is to be reached at a site in the month."""

    site: ProjectSite
    milestone: str = ""
    due_on: datetime.date | None = None
    percent: Decimal | None = None
    quantity: Decimal | None = None
    money: Decimal | None = None
    note: str = ""


def sites_of(organisation: Organisation, area: Area, scope: Scope) -> QuerySet[Any]:
    """Return the sites that a body plans for: of its area, a department's of its programmes."""
    sites = ProjectSite.objects.visible_to(scope).within(area).exclude(state=State.CANCELLED)
    if organisation.kind == OrganisationKind.LEAD_DEPARTMENT:
        sites = sites.filter(programme__lead_organisation=organisation)
    return sites


def proposed_items(
    organisation: Organisation, area: Area, month: datetime.date, scope: Scope
) -> list[ItemValues]:
    """Return a line for each node that is due in the month and was not done before it."""
    due = Milestone.objects.filter(
        Q(done_on__isnull=True) | Q(done_on__gte=month),
        site__in=sites_of(organisation, area, scope),
        due_on__gte=month,
        due_on__lte=last_day(month),
    )
    rows = due.select_related("site").order_by("due_on", "site__code", "kind")
    heavy = ("planned_geometry", "actual_geometry", "geometry_3857", "outline_3857")
    rows = rows.defer(*(f"site__{column}" for column in heavy))
    return [
        ItemValues(site=row.site, milestone=row.kind, due_on=row.due_on)
        for row in rows[:MOST_ITEMS]
    ]
