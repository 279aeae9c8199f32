"""Records as a phone gets them: the API's own shapes, with what a phone cannot ask for later."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Count, F, QuerySet, Sum

from maintenance.api.defect_fields import defect_features, with_feature_columns
from maintenance.api.duty_fields import PatrolSerializer
from maintenance.api.inspections import InspectionRow
from maintenance.api.log_fields import log_features
from maintenance.api.log_fields import with_columns as with_log_columns
from maintenance.api.order_fields import order_features
from maintenance.api.order_fields import with_columns as with_order_columns
from maintenance.log_review import standing
from maintenance.models import LogReview, MaintenanceLog
from sites.access import Scope
from sites.api.projections import AsRfc7946

Body = dict[str, Any]


def log_bodies(logs: QuerySet[Any], scope: Scope) -> list[Body]:
    """Return entries as Features; `reason` is that of the latest review, empty without one."""
    rows = list(with_log_columns(logs))
    reasons = _reasons([row.pk for row in rows])
    bodies = log_features(rows)
    for row, body in zip(rows, bodies, strict=True):
        body["properties"]["reason"] = reasons.get(row.pk, "")
    return bodies


def _reasons(keys: Collection[UUID]) -> dict[UUID, str]:
    latest = LogReview.objects.filter(log_id__in=keys).order_by("log_id", "-at", "-id")
    return dict(latest.distinct("log_id").values_list("log_id", "reason"))


def order_bodies(orders: QuerySet[Any], scope: Scope) -> list[Body]:
    """Return work orders as Features; `logged` sums the entries that stand, by unit."""
    rows = list(with_order_columns(orders))
    logged = _logged([row.pk for row in rows])
    bodies = order_features(rows, scope)
    for row, body in zip(rows, bodies, strict=True):
        body["properties"]["logged"] = logged.get(row.pk, [])
    return bodies


def _logged(keys: Sequence[UUID]) -> Mapping[UUID, list[Body]]:
    entries = standing(MaintenanceLog.objects.filter(order_id__in=keys)).order_by()
    sums = (
        MaintenanceLog.objects.filter(pk__in=entries.values("pk"))
        .values("order_id", "unit")
        .annotate(quantity=Sum("quantity"), entries=Count("pk"))
        .order_by("order_id", "unit")
    )
    found: dict[UUID, list[Body]] = defaultdict(list)
    for row in sums:
        quantity = None if row["quantity"] is None else float(row["quantity"])
        found[row["order_id"]].append(
            {"unit": row["unit"], "quantity": quantity, "entries": row["entries"]}
        )
    return found


def defect_bodies(defects: QuerySet[Any], scope: Scope) -> list[Body]:
    """Return defects as Features."""
    return defect_features(with_feature_columns(defects))


def inspection_bodies(inspections: QuerySet[Any], scope: Scope) -> list[Body]:
    """Return inspections without their answers, as the API's list does."""
    rows = inspections.select_related("performed_by").annotate(geojson=AsRfc7946(F("position")))
    context = {"scope": scope}
    return [dict(InspectionRow(row, context=context).data) for row in rows.defer("position")]


def patrol_bodies(patrols: QuerySet[Any], scope: Scope) -> list[Body]:
    """Return rounds that were made."""
    rows = patrols.select_related("agreement", "plan", "organisation", "performed_by")
    shown = rows.annotate(geojson=AsRfc7946(F("track"))).defer("track")
    return [dict(PatrolSerializer(row, context={"scope": scope}).data) for row in shown]
