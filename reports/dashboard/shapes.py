"""Outlines of the units of the dashboard, coarse enough to be drawn at once."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.gis.db.models.functions import AsGeoJSON
from django.db.models import F

from reports.dashboard.places import places_of
from sites.access import Scope
from sites.functions import Coarse
from sites.models import Area

DECIMALS = 4
"""Of a degree: about ten metres, finer than the outlines are drawn."""


def shapes(scope: Scope, within: tuple[str, ...]) -> dict[str, Any]:
    """Return the units of a scope as a FeatureCollection; those without a boundary are left out."""
    places = places_of(scope, within)
    names = {place.code: place.name for place in places.units}
    rows = (
        Area.objects.visible_to(scope)
        .filter(code__in=names, level=places.level, valid_to__isnull=True, boundary__isnull=False)
        .annotate(outline=AsGeoJSON(Coarse(F("boundary")), precision=DECIMALS))
        .order_by("code")
        .values_list("code", "outline")
    )
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "id": code,
                "geometry": json.loads(outline),
                "properties": {"code": code, "name": names[code]},
            }
            for code, outline in rows
        ],
    }
