"""Defects near a place of an asset: what may be the same thing, seen twice."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db.models import F, Q, QuerySet

from maintenance.defect_place import at_place
from maintenance.kinds import OPEN_DEFECT_STATES, DefectState
from maintenance.models import Defect
from sites.access import Scope
from sites.functions import GroundDistance

NEAR_M: Final = 50
"""Metres on the ground or along the road within which two defects may be one: our choice."""
RECENTLY_CLOSED: Final = datetime.timedelta(days=30)
"""A defect closed longer ago is another one: our choice."""
MOST_SUGGESTIONS: Final = 10


@dataclass(frozen=True, slots=True)
class NearDefect:
    """A defect and how many metres away it is, on the ground or along the road if that is less."""

    defect: Defect
    metres: float


def possible_duplicates(
    *,
    asset_id: UUID,
    point: Point,
    chainage_m: Decimal | None,
    scope: Scope,
    at: datetime.datetime,
    excluding: UUID | None = None,
) -> list[NearDefect]:
    """Return defects of the same asset near a place, open or lately closed, the nearest first."""
    rows = _near(asset_id, point, scope, at).exclude(pk=excluding)
    close = Q(metres__lte=NEAR_M)
    if chainage_m is not None:
        close |= Q(chainage_m__range=(chainage_m - NEAR_M, chainage_m + NEAR_M))
    return _listed(rows.filter(close), chainage_m)


def nearest_open(*, asset_id: UUID, point: Point, scope: Scope) -> list[NearDefect]:
    """Return the open defects of an asset by their distance from a place, however far."""
    rows = Defect.objects.visible_to(scope).open().filter(asset_id=asset_id)
    return _listed(_with_metres(rows, point), None)


def _near(asset_id: UUID, point: Point, scope: Scope, at: datetime.datetime) -> QuerySet[Any]:
    known = Q(state__in=OPEN_DEFECT_STATES) | Q(
        state=DefectState.CLOSED, closed_at__gte=at - RECENTLY_CLOSED
    )
    rows: QuerySet[Any] = Defect.objects.visible_to(scope).filter(known, asset_id=asset_id)
    return _with_metres(rows, point)


def _with_metres(rows: QuerySet[Any], point: Point) -> QuerySet[Any]:
    measured: QuerySet[Any] = rows.annotate(metres=GroundDistance(F("point"), at_place(point)))
    return measured


def _listed(rows: QuerySet[Any], chainage_m: Decimal | None) -> list[NearDefect]:
    found = [
        NearDefect(row, _metres(row, chainage_m))
        for row in rows.order_by("metres", "pk")[:MOST_SUGGESTIONS]
    ]
    return sorted(found, key=lambda near: near.metres)


def _metres(row: Any, chainage_m: Decimal | None) -> float:
    away: float = row.metres
    if chainage_m is None or row.chainage_m is None:
        return away
    return min(away, abs(float(row.chainage_m - chainage_m)))
