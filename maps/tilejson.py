"""The description of a layer for map clients (TileJSON 3.0.0)."""

from __future__ import annotations

import math
from typing import Any

from django.contrib.gis.db.models import Extent

from maps.layers import ROWS_FROM_ZOOM, LayerDefinition
from sites.access import Scope
from sites.filters import SiteFilter
from sites.functions import WORLD_HALF_WIDTH_M
from sites.models import Area, ProjectSite

LARGEST_TILE_ZOOM = 16
"""Clients enlarge these tiles for the zooms above; a unit of 0.15 m is finer than any survey."""
CLUSTER_FIELDS = {
    "count": "Number",
    "red": "Number",
    "yellow": "Number",
    "id": "String",
    "kind": "String",
    "state": "String",
    "delay": "String",
}


def tilejson(
    layer: LayerDefinition, scope: Scope, chosen: SiteFilter, address: str
) -> dict[str, Any]:
    """Return the description; `bounds` and `center` are left out when the scope sees nothing."""
    described: dict[str, Any] = {
        "tilejson": "3.0.0",
        "name": layer.name,
        "scheme": "xyz",
        "tiles": [address],
        "minzoom": 0,
        "maxzoom": LARGEST_TILE_ZOOM,
        "vector_layers": _vector_layers(layer),
    }
    bounds = _bounds(layer, scope, chosen)
    if bounds:
        west, south, east, north = bounds
        described["bounds"] = list(bounds)
        described["center"] = [(west + east) / 2, (south + north) / 2, ROWS_FROM_ZOOM - 2]
    return described


def _vector_layers(layer: LayerDefinition) -> list[dict[str, Any]]:
    rows = {
        "id": layer.name,
        "fields": layer.fields(),
        "minzoom": 0 if layer.lines or layer.is_areas else ROWS_FROM_ZOOM,
        "maxzoom": LARGEST_TILE_ZOOM,
    }
    if layer.lines or layer.is_areas:
        return [rows]
    counts = {
        "id": layer.clusters,
        "fields": CLUSTER_FIELDS,
        "minzoom": 0,
        "maxzoom": ROWS_FROM_ZOOM - 1,
    }
    return [rows, counts]


def _bounds(
    layer: LayerDefinition, scope: Scope, chosen: SiteFilter
) -> tuple[float, float, float, float] | None:
    if layer.is_areas:
        areas = Area.objects.visible_to(scope).in_force(chosen.as_of)
        box = areas.aggregate(box=Extent("boundary"))["box"]
        return box and tuple(round(value, 6) for value in box)
    sites = chosen.apply(ProjectSite.objects.visible_to(scope))
    if layer.kind:
        sites = sites.of_kind(layer.kind)
    box = sites.aggregate(box=Extent("geometry_3857"))["box"]
    if box is None:
        return None
    west, south, east, north = box
    return (_longitude(west), _latitude(south), _longitude(east), _latitude(north))


def _longitude(metres: float) -> float:
    return round(metres / WORLD_HALF_WIDTH_M * 180, 6)


def _latitude(metres: float) -> float:
    angle = math.atan(math.sinh(metres / WORLD_HALF_WIDTH_M * math.pi))
    return round(math.degrees(angle), 6)
