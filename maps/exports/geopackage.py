"""Rows as a GeoPackage, written with SQLite itself in bounded memory.

The database makes each geometry's blob, so rows pass through Python without being looked at.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Generator
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db.models import BinaryField, FloatField, Func

from maps.exports.choice import ExportChoice
from maps.exports.columns import geometry_of
from maps.exports.geopackage_schema import (
    APPLICATION_ID,
    INDEX_DEFINITION,
    TABLES,
    USER_VERSION,
    index_triggers,
    layer_table,
    reference_system,
)
from maps.exports.progress import Progress, finished_file, silent
from maps.exports.rows import batches, columns_of
from sites.geometry import WGS84_SRID

EDGES = {"west": "ST_XMin", "east": "ST_XMax", "south": "ST_YMin", "north": "ST_YMax"}
FAST_AND_LOOSE = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -32000;
"""
"""The file has no readers and no name yet; if the machine stops, it is thrown away."""


class Blob(Func):
    """A geometry as GeoPackage's binary: a header with the box, then well-known binary.

    Byte 4 of the header says: numbers of the header big-endian, and which box follows (none for
    points, whose place is the box).
    """

    output_field = BinaryField()

    def __init__(self, geometry: Any, srid: int) -> None:
        template = (
            "(CASE WHEN GeometryType(%(expressions)s) = 'POINT'"
            f" THEN '\\x47500000'::bytea || int4send({srid:d})"
            f" ELSE '\\x47500002'::bytea || int4send({srid:d})"
            " || float8send(ST_XMin(%(expressions)s)) || float8send(ST_XMax(%(expressions)s))"
            " || float8send(ST_YMin(%(expressions)s)) || float8send(ST_YMax(%(expressions)s))"
            " END || ST_AsBinary(%(expressions)s, 'NDR'))"
        )
        super().__init__(geometry, template=template)


def write_geopackage(choice: ExportChoice, path: Path, progress: Progress = silent) -> int:
    """Write the rows to `path`, whole or not at all; return their number."""
    with finished_file(path) as part, closing(sqlite3.connect(part, isolation_level=None)) as file:
        file.executescript(FAST_AND_LOOSE)
        file.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        file.execute(f"PRAGMA user_version = {USER_VERSION}")
        file.execute("BEGIN")
        _start(file, choice)
        count = _fill(file, choice, progress)
        _finish(file, choice.layer.name)
        file.execute("COMMIT")
    return count


def _start(file: sqlite3.Connection, choice: ExportChoice) -> None:
    layer = choice.layer.name
    for statement in TABLES.split(";\n"):
        file.execute(statement)
    for srid in sorted({WGS84_SRID, choice.srid}):
        file.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", reference_system(srid)
        )
    file.execute(layer_table(layer, choice.fields))
    file.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id)"
        " VALUES (?, 'features', ?, ?)",
        (layer, layer, choice.srid),
    )
    file.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', 'GEOMETRY', ?, 0, 0)",
        (layer, choice.srid),
    )
    file.execute(
        f'CREATE VIRTUAL TABLE "rtree_{layer}_geom" USING rtree (id, minx, maxx, miny, maxy)'
    )
    file.execute(
        "INSERT INTO gpkg_extensions VALUES (?, 'geom', 'gpkg_rtree_index', ?, 'write-only')",
        (layer, INDEX_DEFINITION),
    )


def _fill(file: sqlite3.Connection, choice: ExportChoice, progress: Progress) -> int:
    layer = choice.layer.name
    marks = ", ".join("?" * (len(choice.fields) + 3))
    insert = f'INSERT INTO "{layer}" VALUES ({marks})'  # noqa: S608  (layers are our own names)
    index = f'INSERT INTO "rtree_{layer}_geom" VALUES (?, ?, ?, ?, ?)'  # noqa: S608
    count = 0
    with closing(_batches(choice)) as found:
        for batch in found:
            file.executemany(insert, ((count + n, *row[4:]) for n, row in enumerate(batch, 1)))
            # The index takes no row without a place: it would lie at 0, 0.
            placed = ((n, row) for n, row in enumerate(batch, 1) if row[0] is not None)
            file.executemany(index, ((count + n, *row[:4]) for n, row in placed))
            count += len(batch)
            progress(count)
    return count


def _batches(choice: ExportChoice) -> Generator[list[tuple[Any, ...]], None, None]:
    geometry = geometry_of(choice)
    columns: dict[str, Any] = {
        f"edge_{name}": Func(geometry, function=function, output_field=FloatField())
        for name, function in EDGES.items()
    }
    columns["blob"] = Blob(geometry, choice.srid)
    columns |= columns_of(choice)
    return batches(choice.rows().values_list(*columns.values(), named=False))


def _finish(file: sqlite3.Connection, layer: str) -> None:
    file.execute(
        f"UPDATE gpkg_contents SET (min_x, max_x, min_y, max_y) ="  # noqa: S608
        f' (SELECT min(minx), max(maxx), min(miny), max(maxy) FROM "rtree_{layer}_geom")'
    )
    for statement in index_triggers(layer).split(";\nCREATE"):
        text = statement if statement.lstrip().startswith("CREATE") else f"CREATE{statement}"
        file.execute(text)
