"""From a viewer's sites to the one SQL statement that cuts their tiles.

The rows always come from `visible_to()` and the shared filter; their SQL stands as it is inside
our own. Compiling it costs more than cutting a street tile, so the finished text is kept for
each combination of layer, zoom band, scope and filter.
"""

from __future__ import annotations

import datetime
from enum import Enum
from functools import lru_cache

from django.db.models import F

from maps.layers import NAMES_FROM_ZOOM, ROWS_FROM_ZOOM, LayerDefinition
from maps.sql import filled
from sites.access import Scope
from sites.filters import SiteFilter
from sites.kinds import AreaLevel
from sites.models import Area, ProjectSite

MOST_LINES = 2500
"""Thinned lines in one tile: about 200 kB."""
WINDOW = "ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.015625)"
"""The tile with the 64 units round it that lines and symbols reach into."""
TOWNSHIPS_FROM_ZOOM = 7
VILLAGES_FROM_ZOOM = 10
DEGREES_OF_WORLD_TILE = 360 / 512
DELAY_GROUPS = {
    "tallies": "count(*) FILTER (WHERE entry.delay = 'red') AS red,"
    " count(*) FILTER (WHERE entry.delay = 'yellow') AS yellow",
    "tallied": "groups.red::integer AS red, groups.yellow::integer AS yellow",
    "columns": "entry.id, entry.kind, entry.state, entry.delay",
    "alone": "alone.id::text AS id, alone.kind, alone.state, alone.delay",
}
"""What a group of sites says: how many are late, and of a single one what it is."""


class Band(Enum):
    """What a tile holds at a range of zooms."""

    COUNTS = "clusters"
    LINES = "lines"
    ROWS = "features"
    NAMED_ROWS = "named_features"

    @classmethod
    def of(cls, layer: LayerDefinition, zoom: int) -> Band:
        """Return the band of a layer at a zoom."""
        if zoom >= NAMES_FROM_ZOOM:
            return cls.NAMED_ROWS
        if zoom >= ROWS_FROM_ZOOM:
            return cls.ROWS
        return cls.LINES if layer.lines else cls.COUNTS


@lru_cache(maxsize=2048)
def sites_statement(
    layer: LayerDefinition, band: Band, scope: Scope, chosen: SiteFilter, as_of: datetime.date
) -> bytes:
    """Return the statement of a layer of sites; `%(z)s`, `%(x)s` … are left to be bound.

    `as_of` repeats the filter's day, which is no part of the filter's identity.
    """
    sites = chosen.apply(ProjectSite.objects.visible_to(scope))
    if layer.kind:
        sites = sites.of_kind(layer.kind)
    if band is Band.COUNTS:
        rows = sites.values("id", "kind", "state", "delay", "cluster_column", "cluster_row")
        return filled("clusters", rows, layer=layer.clusters, **DELAY_GROUPS)
    names = ["kind", "state", "delay"]
    if layer.lines:
        sites = sites.annotate(road_class=F("road__road_class"))
        names.append("road_class")
    if band is Band.NAMED_ROWS:
        names += ["name", "code"]
    columns = ", ".join(["entry.id::text AS id", *(f"entry.{name}" for name in names)])
    if band is Band.LINES:
        rows = sites.annotate(
            drawn=F("outline_3857"), place=F("geometry_3857"), length=F("measured_length_m")
        ).values("id", *names, "drawn", "place", "length")
        return filled("lines", rows, layer=layer.name, columns=columns, limit=str(MOST_LINES))
    rows = sites.annotate(drawn=F("geometry_3857")).values("id", *names, "drawn")
    return filled("features", rows, layer=layer.name, columns=columns, place="drawn", window=WINDOW)


@lru_cache(maxsize=512)
def areas_statement(zoom: int, scope: Scope, chosen: SiteFilter, day: datetime.date) -> bytes:
    """Return the statement of the layer of administrative units at a zoom."""
    levels = [AreaLevel.CITY, AreaLevel.DISTRICT]
    if zoom >= TOWNSHIPS_FROM_ZOOM:
        levels.append(AreaLevel.TOWNSHIP)
    if zoom >= VILLAGES_FROM_ZOOM:
        levels.append(AreaLevel.VILLAGE)
    areas = Area.objects.visible_to(scope).in_force(day).filter(level__in=levels)
    for code in chosen.area[:1]:
        areas = areas.within(code)
    rows = areas.values("code", "name", "name_en", "level", "boundary")
    return filled("areas", rows, layer="areas")


def area_tolerance(zoom: int) -> float:
    """Return the degrees that are less than half a pixel of a tile."""
    return DEGREES_OF_WORLD_TILE / (1 << zoom) / 2
