"""Vector tiles of what a viewer may see, cut by PostGIS and remembered until data change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from psycopg.types.numeric import Int4

from maps.layers import LayerDefinition
from maps.subjects import subject_of
from maps.tile_address import TileAddress
from maps.tile_cache import Tile, TileCache
from maps.tile_statements import Band, area_tolerance, areas_statement, sites_statement
from maps.upkeep_statements import Chosen, upkeep_statement
from sites.access import Scope
from sites.data_version import DataVersion
from sites.prepared import server_cursor

CACHE_BYTES = 64 * 1024 * 1024
"""Memory that finished tiles may take in each server process."""

TILES = TileCache(CACHE_BYTES)


def tile(
    layer: LayerDefinition,
    address: TileAddress,
    scope: Scope,
    chosen: Any,
    version: DataVersion,
) -> Tile:
    """Return the tile of the rows that the scope sees under the filter, empty without any.

    `chosen` is what the layer's subject read. `version` is that of the subject's marks and must
    have been read before, on this request: it decides whether a tile in memory is still true.
    """
    if connection.in_atomic_block:
        # What this transaction has changed itself is in no version that others could know.
        return Tile.of(cut(layer, address, scope, chosen))
    key = (layer.name, address, scope.cache_key(), subject_of(layer).key(chosen), version)
    found = TILES.get(key)
    if found is None:
        found = Tile.of(cut(layer, address, scope, chosen))
        TILES.put(key, found)
    return found


def cut(layer: LayerDefinition, address: TileAddress, scope: Scope, chosen: Any) -> bytes:
    """Return the bytes of a tile straight from the database."""
    query = tile_query(layer, address, scope, chosen)
    if not query.text:
        return b""
    row = (
        server_cursor()
        .execute(query.text, query.values, prepare=query.prepare, binary=True)
        .fetchone()
    )
    return bytes(row[0] or b"") if row else b""


@dataclass(frozen=True, slots=True)
class TileQuery:
    """The statement of a tile, the values to bind, and whether its plan may be kept.

    None keeps the plan after `PREPARE_AFTER` executions; False plans afresh each time, because
    below the zoom of all rows the best plan depends on how much of the data the tile covers.
    """

    text: bytes
    values: dict[str, Any]
    prepare: bool | None


def tile_query(
    layer: LayerDefinition, address: TileAddress, scope: Scope, chosen: Any
) -> TileQuery:
    """Return how a tile is asked for."""
    place = {"z": Int4(address.z), "x": Int4(address.x), "y": Int4(address.y)}
    if layer.is_areas:
        text = areas_statement(address.z, scope, chosen, chosen.as_of)
        return TileQuery(text, {**place, "tolerance": area_tolerance(address.z)}, None)
    band = Band.of(layer, address.z)
    if layer.is_upkeep:
        return _upkeep_query(layer, band, address, scope, chosen)
    text = sites_statement(layer, band, scope, chosen, chosen.as_of)
    if band is Band.COUNTS:
        return TileQuery(text, address.cells(), False)
    return TileQuery(text, place, False if band is Band.LINES else None)


def _upkeep_query(
    layer: LayerDefinition, band: Band, address: TileAddress, scope: Scope, chosen: Any
) -> TileQuery:
    if address.z < layer.from_zoom:
        return TileQuery(b"", {}, None)
    place = {"z": Int4(address.z), "x": Int4(address.x), "y": Int4(address.y)}
    text = upkeep_statement(layer, band, scope, Chosen(subject_of(layer).key(chosen), chosen))
    every_row = band in {Band.ROWS, Band.NAMED_ROWS}
    cells = {} if every_row else address.cells()
    return TileQuery(text, {**place, **cells}, None if every_row else False)
