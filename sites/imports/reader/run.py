"""The child process: read what was asked for, give up everything, open the file, send frames."""

from __future__ import annotations

import itertools
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson
import shapely

from sites.imports.reader import coordinates, frames
from sites.imports.reader.delimited import open_delimited
from sites.imports.reader.geojson import open_geojson
from sites.imports.reader.geometry import Batch, settle, usual_bounds
from sites.imports.reader.geopackage import open_geopackage
from sites.imports.reader.geotiff import open_geotiff
from sites.imports.reader.lockdown import Limits, NotContainedError, lock_down
from sites.imports.reader.outcome import (
    AskedError,
    Notes,
    Options,
    Problem,
    ReadingStoppedError,
    RefusedError,
)
from sites.imports.reader.shapefile import open_shapefile
from sites.imports.reader.source import Row, Source
from sites.imports.reader.workbook import open_workbook

BATCH_ROWS: Final = 2_000
BATCH_BYTES: Final = 4 * 1024 * 1024
MAX_TEXT: Final = 10_000
MOST_SAMPLES: Final = 20
FORMATS: Final = (".geojson", ".json", ".gpkg", ".zip", ".csv", ".tsv", ".txt", ".xlsx")
RASTERS: Final = (".tif", ".tiff")
"""Rasters hold people, not sites: an import of sites does not take them."""


def main() -> None:
    """Serve one request from standard input; the answer goes to standard output."""
    request = orjson.loads(sys.stdin.buffer.readline())
    out = sys.stdout.buffer
    path = Path(request["path"])
    # Warm what is loaded late, while files may still be opened.
    coordinates.to_stored(
        shapely.get_coordinates(shapely.Point(117, 30)), coordinates.of_srid(4548)
    )
    readable = [path, Path(sys.prefix), Path(sys.base_prefix), Path(request["code"])]
    try:
        granted = lock_down(Limits(**request["limits"]), readable)
    except NotContainedError:
        frames.write_frame(out, frames.REFUSE, {"code": "no_sandbox"})
        return
    try:
        serve(path, Options(**request["options"]), out, granted)
    except AskedError as question:
        frames.write_frame(out, frames.ASK, {"code": question.code, **question.values})
    except ReadingStoppedError as refusal:
        frames.write_frame(out, frames.REFUSE, {"code": refusal.code, **refusal.values})
    except MemoryError:
        frames.write_frame(out, frames.REFUSE, {"code": "too_much_memory"})
    except RecursionError:
        frames.write_frame(out, frames.REFUSE, {"code": "json_too_deep", "feature": 0})
    except OSError as error:
        frames.write_frame(
            out, frames.REFUSE, {"code": "file_unreadable", "reason": error.strerror or ""}
        )


def open_source(path: Path, options: Options, notes: Notes) -> Source:
    """Open a file by its ending; the content must then be what the ending says."""
    ending = path.suffix.lower()
    if ending in {".geojson", ".json"}:
        return open_geojson(path, options, notes)
    if ending == ".gpkg":
        return open_geopackage(path, options)
    if ending == ".zip":
        return open_shapefile(path, options, notes)
    if ending in {".csv", ".tsv", ".txt"}:
        return open_delimited(path, options, notes)
    if ending == ".xlsx":
        return open_workbook(path, options, notes)
    if ending in RASTERS:
        return open_geotiff(path)
    raise RefusedError("format_unknown", ending=ending[:20], formats=", ".join(FORMATS))


def serve(path: Path, options: Options, out: BinaryIO, granted: dict[str, bool]) -> None:
    """Send the heading, the rows in batches, and the end with everything worth noting."""
    notes = Notes()
    source = open_source(path, options, notes)
    rows = source.rows()
    first = list(itertools.islice(rows, 200))
    crs = _crs(source, first, options, notes)
    frames.write_frame(
        out,
        frames.HEADER,
        {
            "format": source.format,
            "layer": source.layer.name,
            "layers": [asdict(layer) for layer in source.layers],
            "count": source.layer.count,
            "crs": {"srid": crs.srid, "name": crs.name},
            "encoding": source.encoding,
            "fields": source.fields or _fields(first),
            "place_fields": source.place_fields,
            "samples": _samples(first),
            "sandbox": granted,
        },
    )
    count = 0
    for batch in _batches(itertools.islice(itertools.chain(first, rows), options.limit)):
        count += len(batch.rows)
        _send(batch, crs, out)
    frames.write_frame(out, frames.END, {"rows": count, "notes": notes.items})


def _crs(source: Source, first: list[Row], options: Options, notes: Notes) -> coordinates.FileCrs:
    """Return the CRS to read with: the file's own or the answer; the question otherwise."""
    bounds = usual_bounds(first)
    if options.srid is not None:
        chosen = coordinates.of_srid(options.srid)
        if source.crs and not source.crs_is_default and source.crs.srid != chosen.srid:
            notes.add("crs_overruled", file=source.crs.name, chosen=f"EPSG:{options.srid}")
        return chosen
    if source.crs is None:
        raise coordinates.question(bounds or (0, 0, 0, 0))
    if source.crs_is_default and bounds and not coordinates.look_like_degrees(bounds):
        raise coordinates.question(bounds)
    return source.crs


def _samples(rows: list[Row]) -> dict[str, list[str]]:
    """Return a few different values of each column, to be shown beside the field mapping."""
    found: dict[str, list[str]] = {}
    for row in rows:
        for name, value in row.properties.items():
            texts = found.setdefault(_name(name), [])
            text = "" if value is None else str(value)[:60]
            if text and _is_text(text) and text not in texts and len(texts) < MOST_SAMPLES:
                texts.append(text)
    return found


def _fields(rows: list[Row]) -> list[str]:
    return list(dict.fromkeys(name for row in rows for name in row.properties))


def _batches(rows: Iterator[Row]) -> Iterator[Batch]:
    batch = Batch()
    for row in rows:
        batch.add(
            row.number,
            row.properties,
            row.geometry,
            own_id=row.own_id,
            problem=row.problem,
            size=200 + len(row.geometry or b""),
        )
        if len(batch.rows) >= BATCH_ROWS or batch.size >= BATCH_BYTES:
            yield batch
            batch = Batch()
    if batch.rows:
        yield batch


def _send(batch: Batch, crs: coordinates.FileCrs, out: BinaryIO) -> None:
    geometries = settle(batch, crs)
    encoded = shapely.to_wkb(geometries, output_dimension=2, include_srid=False)
    content: list[list[Any]] = []
    for position, number in enumerate(batch.rows):
        properties, problem = _plain(batch.properties[position])
        problem = batch.problems.get(position) or problem
        shape = encoded[position]
        size = len(shape) if shape is not None and problem is None else 0
        content.append([number, batch.ids[position], properties, problem, size])
    kept = [shape for shape, entry in zip(encoded, content, strict=True) if entry[4]]
    frames.write_frame(out, frames.ROWS, content, b"".join(kept))


def _plain(properties: dict[str, Any]) -> tuple[dict[str, Any], Problem | None]:
    """Return attributes that are text, numbers or truth values, bounded in length."""
    plain: dict[str, Any] = {}
    problem: Problem | None = None
    for name, value in properties.items():
        kind = type(value)
        if kind is str:
            if len(value) > MAX_TEXT or not _is_text(value):
                problem = {"code": "text_unusable", "field": _name(name)}
                value = None
        elif kind is int:
            value = value if -(2**63) <= value < 2**63 else str(value)[:MAX_TEXT]
        elif kind in (dict, list):
            value = _nested(value)
        elif kind is bytes:
            value = None
        plain[_name(name)] = value
    return plain, problem


def _is_text(value: str) -> bool:
    """Whether a text can be stored: no NUL, no half of a surrogate pair."""
    if "\0" in value:
        return False
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def _name(name: str) -> str:
    return name if len(name) <= 200 and _is_text(name) else repr(name)[:200]


def _nested(value: Any) -> str | None:
    try:
        return orjson.dumps(value).decode()[:MAX_TEXT]
    except (TypeError, orjson.JSONEncodeError):
        return None
