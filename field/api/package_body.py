"""A package put together: all that the phone's forms and map need in one place."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from typing import Any, Final

from django.db.models import QuerySet
from django.utils import timezone
from rest_framework.renderers import JSONRenderer

from field.api.record_bodies import Body, defect_bodies, log_bodies, order_bodies
from field.package_assets import asset_features, with_phone_columns
from field.package_places import places_of
from field.package_rows import (
    MOST_RETURNED,
    assets_to_take,
    defects_to_take,
    duties_to_take,
    orders_to_take,
    plans_in,
    plans_to_take,
    returned_to_take,
    standards_to_take,
)
from field.packages import Package
from sites.access import Scope

DIGEST: Final = 16


def package_parts(package: Package, scope: Scope, at: datetime.datetime) -> dict[str, Any]:
    """Return what a package holds; a fixed number of statements whatever its size."""
    on = timezone.localdate(at)
    rows = list(
        with_phone_columns(assets_to_take(scope).filter(package.assets(on))).order_by("code")
    )
    returned = returned_to_take(scope, at).filter(package.work())
    here = package.of_assets(on)
    townships = {row["township_code"] for row in rows} - {""}
    return {
        "assets": collection(asset_features(rows, scope, on)),
        "orders": order_bodies(orders_to_take(scope).filter(package.work()), scope),
        "defects": defect_bodies(defects_to_take(scope).filter(here), scope),
        "patrol_plans": plan_bodies(plans_to_take(scope).filter(plans_in(package))),
        "standards": standard_bodies(standards_to_take(scope)),
        "due": due_bodies(duties_to_take(scope, on).filter(here)),
        "returned": log_bodies(returned[:MOST_RETURNED], scope),
        "places": collection(places_of(townships, on)),
    }


def collection(features: list[Body]) -> Body:
    """Return Features as a FeatureCollection."""
    return {"type": "FeatureCollection", "features": features}


def plan_bodies(plans: QuerySet[Any]) -> list[Body]:
    """Return patrol plans with their stops in order."""
    rows = plans.order_by("next_due_on", "pk").prefetch_related("stops")
    return [
        {
            "id": str(plan.pk),
            "name": plan.name,
            "kind": plan.kind,
            "agreement": str(plan.agreement_id),
            "organisation": str(plan.organisation_id),
            "frequency_days": plan.frequency_days,
            "next_due_on": plan.next_due_on.isoformat(),
            "stops": [
                str(stop.asset_id) for stop in sorted(plan.stops.all(), key=lambda s: s.position)
            ],
        }
        for plan in rows
    ]


def standard_bodies(standards: QuerySet[Any]) -> list[Body]:
    """Return standards with their questions in both languages."""
    return [
        {
            "id": str(row.pk),
            "code": row.code,
            "name": row.name,
            "name_en": row.name_en,
            "asset_kind": row.asset_kind,
            "works_kind": row.works_kind,
            "task": row.task,
            "frequency_days": row.frequency_days,
            "items": [
                {
                    "id": str(item.pk),
                    "position": item.position,
                    "text": item.text,
                    "text_en": item.text_en,
                    "points": float(item.points),
                    "defect_kind": item.defect_kind,
                    "severity": item.severity,
                    "opens_order": item.opens_order,
                }
                for item in row.used_items
            ],
        }
        for row in standards
    ]


def due_bodies(duties: QuerySet[Any]) -> list[Body]:
    """Return duties, those due first before the others."""
    rows = duties.order_by("next_due_on", "pk")
    return [
        {"asset": str(asset), "standard": str(standard), "next_due_on": day.isoformat()}
        for asset, standard, day in rows.values_list("asset_id", "standard_id", "next_due_on")
    ]


def written(value: Any) -> bytes:
    """Return a part as the answer's bytes."""
    text: bytes = JSONRenderer().render(value)
    return text


def digest(*parts: bytes) -> str:
    """Return a short text that is equal for equal parts."""
    made = hashlib.blake2b(digest_size=DIGEST)
    for part in parts:
        made.update(part)
    return made.hexdigest()


def joined(members: Sequence[tuple[str, bytes]]) -> bytes:
    """Return an object of members that are written already."""
    return b"{" + b",".join(b'"%s":%s' % (name.encode(), text) for name, text in members) + b"}"
