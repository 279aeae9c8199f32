"""The rows of a package: what somebody may see of it, without houses, and still of use."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import Prefetch, Q, QuerySet

from assets.models import Asset
from field.packages import Package, without_houses
from maintenance.kinds import ReviewVerdict
from maintenance.log_review import with_standing
from maintenance.models import (
    ChecklistItem,
    Defect,
    LogReview,
    MaintenanceLog,
    PatrolPlan,
    UpkeepSchedule,
    UpkeepStandard,
    WorkOrder,
)
from sites.access import Scope
from sites.kinds import Kind

DUE_WITHIN: Final = datetime.timedelta(days=31)
"""Duties that are due later than this are no work of the coming weeks: our choice."""
RETURNED_WITHIN: Final = datetime.timedelta(days=90)
"""Returned entries that are older are settled at a desk: our choice."""
MOST_RETURNED: Final = 200


def assets_to_take(scope: Scope) -> QuerySet[Any]:
    """Return the assets that a phone may hold."""
    rows: QuerySet[Any] = Asset.objects.visible_to(scope)
    return rows.filter(without_houses())


def orders_to_take(scope: Scope) -> QuerySet[Any]:
    """Return the open work orders that a phone may hold."""
    rows: QuerySet[Any] = WorkOrder.objects.visible_to(scope).open()
    return rows.filter(without_houses("asset__"))


def defects_to_take(scope: Scope) -> QuerySet[Any]:
    """Return the open defects that a phone may hold."""
    rows: QuerySet[Any] = Defect.objects.visible_to(scope).open()
    return rows.filter(without_houses("asset__"))


def plans_to_take(scope: Scope) -> QuerySet[Any]:
    """Return the patrol plans in use."""
    rows: QuerySet[Any] = PatrolPlan.objects.visible_to(scope).filter(is_active=True)
    return rows


def plans_in(package: Package) -> Q:
    """Return the condition that a patrol plan belongs to a package."""
    if package.agreement_id:
        return Q(agreement_id=package.agreement_id)
    return Q(agreement__township_code=package.township_code)


def duties_to_take(scope: Scope, on: datetime.date) -> QuerySet[Any]:
    """Return the duties that are overdue or due soon, of assets that a phone may hold."""
    rows: QuerySet[Any] = UpkeepSchedule.objects.visible_to(scope)
    soon = rows.filter(is_active=True, standard__is_active=True, next_due_on__lte=on + DUE_WITHIN)
    return soon.filter(without_houses("asset__"))


def returned_to_take(scope: Scope, at: datetime.datetime) -> QuerySet[Any]:
    """Return the entries of the scope's bodies that came back with a reason, newest first."""
    sent_back = LogReview.objects.filter(
        verdict=ReviewVerdict.RETURNED, log__organisation_id__in=scope.organisation_ids()
    )
    rows: QuerySet[Any] = MaintenanceLog.objects.visible_to(scope).filter(
        pk__in=sent_back.values("log_id"),
        received_at__gte=at - RETURNED_WITHIN,
        organisation_id__in=scope.organisation_ids(),
    )
    standing = with_standing(rows.filter(without_houses("asset__")))
    return standing.filter(verdict=ReviewVerdict.RETURNED, is_corrected=False).order_by(
        "-server_seq"
    )


def standards_to_take(scope: Scope) -> QuerySet[Any]:
    """Return the standards in use with the questions in use, for every kind but houses."""
    used = ChecklistItem.objects.filter(is_active=True).order_by("position")
    rows: QuerySet[Any] = UpkeepStandard.objects.visible_to(scope).filter(is_active=True)
    return (
        rows.exclude(asset_kind=Kind.HOUSING)
        .prefetch_related(Prefetch("items", used, to_attr="used_items"))
        .order_by("code")
    )
