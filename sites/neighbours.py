"""The sites near a site that a viewer may see, with their distance on the ellipsoid."""

from __future__ import annotations

import math
from typing import Final

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Value

from sites.access import Scope
from sites.functions import GroundDistance, shown_geometry
from sites.geometry import STORED_SRID, Box
from sites.models import ProjectSite

NEIGHBOUR_RADIUS_M: Final = 2000.0
NEIGHBOUR_LIMIT: Final = 40
"""As many as the small map can show; the page lists the first of them."""
METRES_PER_DEGREE: Final = 110_574.0
"""A degree of latitude where it is shortest, so that the box is never too small."""


def neighbours(
    scope: Scope,
    site: ProjectSite,
    *,
    radius_m: float = NEIGHBOUR_RADIUS_M,
    limit: int = NEIGHBOUR_LIMIT,
) -> list[ProjectSite]:
    """Return the nearest visible sites within the radius, nearest first, each with `distance_m`.

    The spatial index finds those in a box round the site, then distances are measured.
    """
    geometry: GEOSGeometry | None = site.actual_geometry or site.planned_geometry
    if geometry is None:
        return []
    here = Value(geometry, output_field=GeometryField(srid=STORED_SRID))
    found = (
        ProjectSite.objects.visible_to(scope)
        .in_box(_box_round(geometry, radius_m))
        .exclude(pk=site.pk)
        .annotate(distance_m=GroundDistance(shown_geometry(), here))
        .filter(distance_m__lte=radius_m)
        .order_by("distance_m", "pk")
    )
    columns = ("code", "name", "name_en", "kind", "state", "planned_geometry", "actual_geometry")
    return list(found.only(*columns)[:limit])


def _box_round(geometry: GEOSGeometry, radius_m: float) -> Box:
    west, south, east, north = geometry.extent
    up = radius_m / METRES_PER_DEGREE
    poleward = min(max(abs(south), abs(north)) + up, 89.0)
    across = up / math.cos(math.radians(poleward))
    return Box(
        max(west - across, -180.0),
        max(south - up, -90.0),
        min(east + across, 180.0),
        min(north + up, 90.0),
    )
