"""Where a work order lies: the agreement's stretches on its asset, and the point on the map."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from decimal import Decimal
from typing import TypeAlias

from django.contrib.gis.db.models.functions import PointOnSurface
from django.contrib.gis.geos import Point
from django.db.models import F, Value

from assets.chainage import ChainageRange
from assets.functions import PointAt
from assets.models import Asset, RoadSection
from maintenance.models import Agreement, AgreementScope

Stretch: TypeAlias = tuple[Decimal, Decimal] | None
"""From and to which metre something is covered; `None` is all of the asset."""


def scopes_on(agreement: Agreement, asset: Asset, day: datetime.date) -> list[Stretch]:
    """Return the stretches of the asset that the agreement covers on a day; `None` is all of it.

    Stretches of different tasks that touch or overlap are joined.
    """
    rows = (
        AgreementScope.objects.binding(day)
        .filter(agreement=agreement, asset=asset)
        .order_by("start_m")
        .values_list("start_m", "end_m")
    )
    return joined(rows)


def joined(rows: Iterable[tuple[Decimal | None, Decimal | None]]) -> list[Stretch]:
    """Return stretches in the order of their starts, those that touch or overlap as one."""
    found: list[Stretch] = []
    for start, end in rows:
        last = found[-1] if found else None
        if start is None or end is None:
            return [None]
        if last is not None and start <= last[1]:
            found[-1] = (last[0], max(last[1], end))
        else:
            found.append((start, end))
    return found


def is_covered(
    scopes: Iterable[tuple[Decimal, Decimal] | None], start: Decimal | None, end: Decimal | None
) -> bool:
    """Whether a stretch, a chainage (`start` = `end`) or an unplaced matter lies in a scope."""
    if start is None or end is None:
        return any(True for _scope in scopes)
    return any(scope is None or (scope[0] <= start and end <= scope[1]) for scope in scopes)


def section_stretch(asset: Asset) -> ChainageRange | None:
    """Return the stretch of a road section; `None` for every other kind of asset."""
    ends = RoadSection.objects.filter(asset=asset).values_list("start_m", "end_m").first()
    return ChainageRange(*ends) if ends else None


def point_on(asset: Asset, stretch: ChainageRange | None) -> Point:
    """Return a point on the asset: the middle of the stretch, or of the section, or inside it."""
    whole = section_stretch(asset)
    if whole is not None:
        part = stretch or whole
        middle = (part.start_m + part.end_m) / 2
        line = (F("asset__geometry"), F("start_m"), F("end_m"))
        sections = RoadSection.objects.filter(asset=asset)
        found: Point | None = sections.values_list(PointAt(*line, Value(middle)), flat=True).get()
        if found is not None:
            return found
    on_surface = Asset.objects.filter(pk=asset.pk).values_list(
        PointOnSurface("geometry"), flat=True
    )
    point: Point = on_surface.get()
    return point
