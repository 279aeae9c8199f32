"""Work orders for several defects: one order for each asset under each agreement."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from maintenance.bulk import BulkItem
from maintenance.covering import agreement_at
from maintenance.forms_orders import label_of_defect
from maintenance.models import Agreement, Defect
from maintenance.services import order_issue
from maintenance.services.errors import NotCovered
from sites.access import Scope
from sites.filter_values import AREA_CODE

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MOST_SHOWN: Final = 100


def orderable_defects(scope: Scope, params: Mapping[str, str]) -> list[Defect]:
    """Return verified defects without an order, the oldest first, those of an area or asset."""
    rows = Defect.objects.visible_to(scope).to_order().select_related("asset", "agreement")
    area, asset = params.get("area", ""), params.get("asset", "")
    if AREA_CODE.match(area):
        rows = rows.filter(area_code__startswith=area)
    if asset:
        try:
            rows = rows.filter(asset_id=UUID(asset))
        except ValueError:
            rows = rows.none()
    heavy = ("asset__geometry", "asset__geometry_3857", "asset__outline_3857", "point_3857")
    return list(rows.defer(*heavy).order_by("found_at", "id")[:MOST_SHOWN])


def issue_items(
    scope: Scope,
    keys: Sequence[UUID],
    *,
    actor: User | None,
    at: datetime.datetime,
    kind: str,
    priority: str,
    due_at: datetime.datetime,
) -> list[BulkItem]:
    """Return one item for each order that the defects make."""
    rows = Defect.objects.visible_to(scope).filter(pk__in=keys).select_related("asset")
    groups: dict[tuple[UUID, UUID | None], list[Defect]] = {}
    agreements: dict[UUID, Agreement] = {}
    for defect in rows.order_by("number"):
        agreement = agreement_at(
            defect.asset, on=timezone.localdate(at), scope=scope, chainage_m=defect.chainage_m
        )
        if agreement is not None:
            agreements[agreement.pk] = agreement
        key = (defect.asset_id, agreement.pk if agreement else None)
        groups.setdefault(key, []).append(defect)
    common = {"kind": kind, "priority": priority, "due_at": due_at}
    return [
        _item(scope, actor, at, agreements.get(agreement) if agreement else None, defects, common)
        for (_asset, agreement), defects in groups.items()
    ]


def _item(
    scope: Scope,
    actor: User | None,
    at: datetime.datetime,
    agreement: Agreement | None,
    defects: list[Defect],
    common: Mapping[str, Any],
) -> BulkItem:
    asset = defects[0].asset
    title = "、".join(label_of_defect(defect) for defect in defects)

    def work() -> str:
        if agreement is None:
            raise NotCovered(_("No agreement in force covers this place."))
        order = order_issue(
            agreement=agreement,
            asset=asset,
            title=title[:200],
            defects=defects,
            actor=actor,
            scope=scope,
            at=at,
            **common,
        )
        words = {"agreement": agreement.number, "executor": order.executor.label}
        return _("One order under %(agreement)s, carried out by %(executor)s.") % words

    address = reverse("maintenance:asset-detail", args=[asset.pk])
    label = f"{asset.label} · {title}"
    return BulkItem(label, address, work, [defect.pk for defect in defects])
