"""GeoPackage, read as the SQLite database that it is: tables only, never views or triggers.

An authorizer lets nothing but reading through, and schemas are not trusted, so that a crafted
file can't run functions of its own choosing.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from sites.imports.reader import coordinates
from sites.imports.reader.outcome import Options, RefusedError
from sites.imports.reader.source import Layer, Row, Source, choose_layer

_ALLOWED: Final = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_TRANSACTION,
    sqlite3.SQLITE_FUNCTION,
}
_FUNCTIONS: Final = {"length", "count", "lower", "substr"}
_ENVELOPE_BYTES: Final = (0, 32, 48, 48, 64)
MAX_GEOMETRY_BYTES: Final = 16 * 1024 * 1024
_LAYERS: Final = """
    SELECT c.table_name, g.column_name, g.geometry_type_name, g.srs_id, m.type
    FROM gpkg_contents c
    LEFT JOIN gpkg_geometry_columns g ON lower(g.table_name) = lower(c.table_name)
    LEFT JOIN sqlite_master m ON lower(m.name) = lower(c.table_name) AND m.type IN ('table', 'view')
    WHERE c.data_type IN ('features', 'attributes', 'aspatial')
    ORDER BY c.table_name LIMIT 1000
"""


def open_geopackage(path: Path, options: Options) -> Source:
    """Open a GeoPackage's only spatial table, or the one that the user chose."""
    connection = _connect(path)
    try:
        tables = {row[0]: row for row in connection.execute(_LAYERS).fetchall()}
        layers = [_layer(connection, row) for row in tables.values()]
        layer = choose_layer(layers, options.layer)
        _, geometry, _, srs_id, _ = tables[layer.name]
        crs = _crs(connection, srs_id)
        columns = _columns(connection, layer.name)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise RefusedError("geopackage_broken", reason=str(error)[:120]) from error
    if geometry not in [name for name, _ in columns]:
        raise RefusedError("geopackage_broken", reason=f"column {geometry}")
    return Source(
        format="GeoPackage",
        layer=layer,
        layers=layers,
        crs=crs,
        encoding="utf-8",
        fields=[name for name, _ in columns if name != geometry],
        rows=lambda: _rows(connection, layer.name, geometry, columns),
    )


def _connect(path: Path) -> sqlite3.Connection:
    with path.open("rb") as stream:
        if stream.read(16) != b"SQLite format 3\0":
            raise RefusedError("not_a_geopackage")
    address = f"file:{quote(str(path))}?mode=ro&immutable=1"
    connection = sqlite3.connect(address, uri=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA cache_size = -16384")
    connection.set_authorizer(_authorize)
    return connection


def _authorize(action: int, first: Any, second: Any, *_: Any) -> int:
    """Let reading of tables through, a few functions, and the pragma that lists columns."""
    if action == sqlite3.SQLITE_FUNCTION:
        return sqlite3.SQLITE_OK if str(second).lower() in _FUNCTIONS else sqlite3.SQLITE_DENY
    if action == sqlite3.SQLITE_PRAGMA and first == "table_info":
        return sqlite3.SQLITE_OK
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


def _layer(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Layer:
    name, geometry, geometry_type, _, kind = row
    if kind == "view" and geometry:
        raise RefusedError("geopackage_view", layer=name)
    is_table = kind == "table"
    count = (
        connection.execute(f"SELECT count(*) FROM {_quoted(name)}").fetchone()[0]  # noqa: S608
        if is_table
        else None
    )
    return Layer(str(name), count, str(geometry_type or ""), bool(geometry and is_table))


def _quoted(name: str) -> str:
    """Return an identifier in quotes; the name comes from the file's own list of tables."""
    return '"' + str(name).replace('"', '""') + '"'


def _columns(connection: sqlite3.Connection, table: str) -> list[tuple[str, bool]]:
    """Return the columns of a table and whether each is its integer primary key."""
    rows = connection.execute(f"PRAGMA table_info({_quoted(table)})").fetchall()
    return [(row[1], bool(row[5]) and str(row[2]).upper() == "INTEGER") for row in rows]


def _crs(connection: sqlite3.Connection, srs_id: Any) -> coordinates.FileCrs | None:
    """Return the CRS of the layer: by its EPSG number, else by its definition."""
    if srs_id in (0, -1, None):
        return None
    row = connection.execute(
        "SELECT organization, organization_coordsys_id, definition"
        " FROM gpkg_spatial_ref_sys WHERE srs_id = ?",
        (srs_id,),
    ).fetchone()
    if row is None:
        raise RefusedError("crs_unknown", crs=str(srs_id))
    if str(row[0]).upper() == "EPSG":
        return coordinates.of_srid(int(row[1]))
    return coordinates.of_wkt(str(row[2]))


def _rows(
    connection: sqlite3.Connection, table: str, geometry: str, columns: list[tuple[str, bool]]
) -> Iterator[Row]:
    """Yield the rows in stored order; a geometry above the limit is not even loaded."""
    keys = [name for name, is_key in columns if is_key]
    names = [name for name, is_key in columns if name != geometry and not is_key]
    shape = _quoted(geometry)
    wanted = ", ".join(_quoted(name) for name in [*keys[:1], *names])
    query = (
        f"SELECT CASE WHEN length({shape}) <= {MAX_GEOMETRY_BYTES} THEN {shape} END,"  # noqa: S608
        f" length({shape}){', ' if wanted else ''}{wanted} FROM {_quoted(table)}"
    )
    try:
        for number, (blob, size, *values) in enumerate(connection.execute(query), start=1):
            own_id = str(values.pop(0)) if keys else None
            yield _row(number, own_id, dict(zip(names, values, strict=True)), blob, size)
    except (sqlite3.Error, UnicodeDecodeError) as error:
        raise RefusedError("geopackage_broken", reason=str(error)[:120]) from error


def _row(number: int, own_id: str | None, properties: dict[str, Any], blob: Any, size: Any) -> Row:
    if blob is None and size:
        problem = {"code": "geometry_too_large", "limit": MAX_GEOMETRY_BYTES // 1024**2}
        return Row(number, properties, None, own_id, problem)
    if blob is None:
        return Row(number, properties, None, own_id)
    try:
        return Row(number, properties, _well_known(blob), own_id)
    except (struct.error, IndexError, TypeError):
        return Row(number, properties, None, own_id, {"code": "geometry_malformed"})


def _well_known(blob: bytes) -> bytes:
    """Return the WKB inside a GeoPackage geometry: magic, version, flags, SRS, envelope, WKB."""
    if blob[:2] != b"GP":
        raise struct.error("no GeoPackage geometry")
    return blob[8 + _ENVELOPE_BYTES[(blob[3] >> 1) & 7] :]
