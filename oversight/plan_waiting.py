"""Bodies that should have a plan for a month and have none."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import Exists, OuterRef, QuerySet

from oversight.models import MonthlyPlan
from sites.access import Scope, code_prefix_condition
from sites.kinds import OrganisationKind
from sites.models import Organisation

MOST_NAMED: Final = 200


def townships_filing(scope: Scope) -> QuerySet[Any]:
    """Return the township governments of the scope's areas: each files a plan every month.

    A lead department files where it wants to; nobody waits for it (our choice).
    """
    bodies = Organisation.objects.filter(kind=OrganisationKind.TOWNSHIP, area__isnull=False)
    if not scope.everything:
        bodies = bodies.filter(code_prefix_condition("area__code", scope.area_codes()))
    return bodies


def without_plan(scope: Scope, month: datetime.date) -> QuerySet[Any]:
    """Return the township governments that have not even begun a month's plan."""
    begun = MonthlyPlan.objects.filter(organisation=OuterRef("pk"), month=month)
    return townships_filing(scope).filter(~Exists(begun))


def bodies_without_plan(scope: Scope, month: datetime.date) -> list[Organisation]:
    """Return those bodies by their area, at most 200 of them."""
    rows = without_plan(scope, month).select_related("area").defer("area__boundary")
    return list(rows.order_by("area__code", "name")[:MOST_NAMED])
