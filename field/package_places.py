"""Names on the phone's map: the townships' outlines and the villages as points."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from typing import Any, Final

from django.db.models import F, Func, Q, TextField
from django.db.models.functions import Coalesce

from sites.access import code_prefix_condition
from sites.api.features import feature
from sites.api.geojson import write_geometry
from sites.kinds import AreaLevel
from sites.models import Area

SIMPLIFIED_DEGREES: Final = 0.0003
"""About 30 m: an outline for finding one's way, not a boundary."""


class Outline(Func):
    """A boundary as GeoJSON text with five decimals, simplified by about 30 m."""

    template = f"ST_AsGeoJSON(ST_Simplify(%(expressions)s, {SIMPLIFIED_DEGREES:f}, true), 5, 0)"
    output_field = TextField()


class InnerPoint(Func):
    """A point inside a boundary, for the name of a village whose centre nobody entered."""

    template = "ST_PointOnSurface(%(expressions)s)"


class PointText(Func):
    """A point as GeoJSON text with five decimals."""

    template = "ST_AsGeoJSON(%(expressions)s, 5, 0)"
    output_field = TextField()


def places_of(townships: Collection[str], on: datetime.date) -> list[dict[str, Any]]:
    """Return the Features of townships and of their villages that have a place; two queries."""
    if not townships:
        return []
    known = Area.objects.in_force(on).order_by("code")
    towns = known.filter(level=AreaLevel.TOWNSHIP, code__in=townships, boundary__isnull=False)
    villages = known.filter(
        code_prefix_condition("code", townships),
        Q(boundary__isnull=False) | Q(centre__isnull=False),
        level=AreaLevel.VILLAGE,
    )
    point = Coalesce(
        F("centre"), InnerPoint(F("boundary"), output_field=Area._meta.get_field("centre"))
    )
    columns = ("pk", "code", "name", "name_en", "level", "shape")
    rows = [
        *towns.annotate(shape=Outline(F("boundary"))).values(*columns),
        *villages.annotate(shape=PointText(point)).values(*columns),
    ]
    return [
        feature(
            row["pk"],
            write_geometry(row["shape"]),
            {name: row[name] for name in ("code", "name", "name_en", "level")},
        )
        for row in rows
    ]
