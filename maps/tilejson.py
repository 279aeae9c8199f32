"""The description of a layer for map clients (TileJSON 3.0.0)."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from django.contrib.gis.db.models import Extent

from maps.layers import ROWS_FROM_ZOOM, LayerDefinition, Topic
from maps.subjects import subject_of
from sites.access import Scope
from sites.functions import WORLD_HALF_WIDTH_M

LARGEST_TILE_ZOOM = 16
"""Clients enlarge these tiles for the zooms above; a unit of 0.15 m is finer than any survey."""
_ONE = {"id": "String", "kind": "String", "state": "String"}
GROUP_FIELDS: Mapping[Topic, dict[str, str]] = {
    Topic.SITES: {"red": "Number", "yellow": "Number", **_ONE, "delay": "String"},
    Topic.ASSETS: {"gaps": "Number", "managed": "Number", **_ONE, "gap": "String"},
    Topic.DEFECTS: {"late": "Number", "grave": "Number", **_ONE, "severity": "String"},
    Topic.ORDERS: {"late": "Number", "grave": "Number", **_ONE, "priority": "String"},
}
PUBLIC_GROUP_FIELDS = {"limited": "Number", **_ONE}
"""Properties of groups beside their `count`; a group of one also tells what it is."""


def tilejson(layer: LayerDefinition, scope: Scope, chosen: Any, address: str) -> dict[str, Any]:
    """Return the description; `bounds` and `center` are left out when the scope sees nothing."""
    described: dict[str, Any] = {
        "tilejson": "3.0.0",
        "name": layer.name,
        "scheme": "xyz",
        "tiles": [address],
        "minzoom": layer.from_zoom,
        "maxzoom": LARGEST_TILE_ZOOM,
        "vector_layers": _vector_layers(layer, public=scope.is_public),
    }
    bounds = _bounds(layer, scope, chosen)
    if bounds:
        west, south, east, north = bounds
        described["bounds"] = list(bounds)
        described["center"] = [(west + east) / 2, (south + north) / 2, ROWS_FROM_ZOOM - 2]
    return described


def _vector_layers(layer: LayerDefinition, *, public: bool) -> list[dict[str, Any]]:
    first = layer.from_zoom if layer.shows_lines or not layer.shows_counts else ROWS_FROM_ZOOM
    rows = {
        "id": layer.name,
        "fields": layer.fields(public=public),
        "minzoom": first,
        "maxzoom": LARGEST_TILE_ZOOM,
    }
    if not layer.shows_counts:
        return [rows]
    hidden = public and layer.topic is Topic.ASSETS
    groups = PUBLIC_GROUP_FIELDS if hidden else GROUP_FIELDS[layer.topic]
    counts = {
        "id": layer.clusters,
        "fields": {"count": "Number", **groups},
        "minzoom": 0,
        "maxzoom": ROWS_FROM_ZOOM - 1,
    }
    return [rows, counts]


def _bounds(
    layer: LayerDefinition, scope: Scope, chosen: Any
) -> tuple[float, float, float, float] | None:
    subject = subject_of(layer)
    rows = subject.rows(scope, chosen)
    if layer.is_areas:
        box = rows.aggregate(box=Extent("boundary"))["box"]
        return box and tuple(round(value, 6) for value in box)
    if layer.kind:
        rows = rows.filter(kind=layer.kind)
    box = rows.annotate(drawn=subject.mapped()).aggregate(box=Extent("drawn"))["box"]
    if box is None:
        return None
    west, south, east, north = box
    return (_longitude(west), _latitude(south), _longitude(east), _latitude(north))


def _longitude(metres: float) -> float:
    return round(metres / WORLD_HALF_WIDTH_M * 180, 6)


def _latitude(metres: float) -> float:
    angle = math.atan(math.sinh(metres / WORLD_HALF_WIDTH_M * math.pi))
    return round(math.degrees(angle), 6)
