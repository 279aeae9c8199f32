"""Zipped shapefiles. The `.shp` is read record by record, so a lost `.shx` does no harm."""

from __future__ import annotations

import itertools
import struct
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any, Final

from sites.imports.reader import coordinates, dbase, encodings
from sites.imports.reader.archive import member_name, open_archive
from sites.imports.reader.outcome import Notes, Options, Problem, RefusedError
from sites.imports.reader.rings import polygon_of
from sites.imports.reader.source import Layer, Row, Source, choose_layer

_TYPES: Final = {0: "", 1: "Point", 3: "LineString", 5: "Polygon", 8: "MultiPoint"}
MAX_RECORD_BYTES: Final = 16 * 1024 * 1024


@dataclass(slots=True)
class _Parts:
    """The files of one shapefile inside the archive, by their extension."""

    name: str
    files: dict[str, zipfile.ZipInfo] = field(default_factory=dict)


def open_shapefile(path: Path, options: Options, notes: Notes) -> Source:
    """Open the only shapefile of a zip archive, or the one that the user chose."""
    archive = open_archive(path)
    found = _shapefiles(archive)
    layers = [_layer(archive, parts) for parts in found.values()]
    layer = choose_layer(layers, options.layer)
    parts = found[layer.name]
    if "dbf" not in parts.files:
        raise RefusedError("shapefile_part_missing", layer=layer.name, part=".dbf")
    table, encoding = _encoding(archive, parts, options, notes)
    names = dbase.column_names(table, encoding)
    if "shx" not in parts.files:
        notes.add("shx_missing", layer=layer.name)
    return Source(
        format="Shapefile",
        layer=layer,
        layers=layers,
        crs=_crs(archive, parts),
        encoding=encoding,
        fields=names,
        rows=lambda: _rows(archive, parts, table, encoding, notes),
    )


def _shapefiles(archive: zipfile.ZipFile) -> dict[str, _Parts]:
    """Return the shapefiles of an archive by name; extensions may be in any case."""
    groups: dict[str, _Parts] = {}
    for member in archive.infolist():
        name = PurePosixPath(member_name(member).replace("\\", "/"))
        if member.is_dir() or name.parts[0] == "__MACOSX" or name.name.startswith("."):
            continue
        stem = str(name.with_suffix(""))
        parts = groups.setdefault(stem.lower(), _Parts(stem))
        parts.files.setdefault(name.suffix.lower().lstrip("."), member)
    found = {parts.name: parts for parts in groups.values() if "shp" in parts.files}
    if not found:
        names = ", ".join(sorted(member_name(m) for m in archive.infolist())[:8])
        raise RefusedError("zip_without_shapefile", names=names[:300])
    return found


def _layer(archive: zipfile.ZipFile, parts: _Parts) -> Layer:
    with _open(archive, parts, "shp") as stream:
        head = stream.read(100)
    if len(head) < 100 or struct.unpack(">i", head[:4])[0] != 9994:
        raise RefusedError("shp_broken", layer=parts.name)
    code = struct.unpack("<i", head[32:36])[0]
    count = None
    if "dbf" in parts.files:
        with _open(archive, parts, "dbf") as stream:
            count = dbase.read_table(stream).records
    return Layer(parts.name, count, _TYPES.get(code % 10, ""))


def _open(archive: zipfile.ZipFile, parts: _Parts, extension: str) -> IO[bytes]:
    try:
        return archive.open(parts.files[extension])
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise RefusedError("zip_broken") from error


def _read_small(archive: zipfile.ZipFile, parts: _Parts, extension: str) -> bytes:
    if extension not in parts.files:
        return b""
    with _open(archive, parts, extension) as stream:
        return stream.read(65_536)


def _crs(archive: zipfile.ZipFile, parts: _Parts) -> coordinates.FileCrs | None:
    text = _read_small(archive, parts, "prj").decode("utf-8", errors="replace").strip("\ufeff\0 \n")
    return coordinates.of_wkt(text) if text else None


def _encoding(
    archive: zipfile.ZipFile, parts: _Parts, options: Options, notes: Notes
) -> tuple[dbase.Table, str]:
    """Return the table's heading and encoding: chosen, by `.cpg`, by language byte, proved."""
    with _open(archive, parts, "dbf") as stream:
        table = dbase.read_table(stream)
        samples = dbase.text_samples(stream, table)
    page = _read_small(archive, parts, "cpg").decode("ascii", errors="replace")
    declared = encodings.named(page) if page.strip() else None
    if page.strip() and declared is None:
        notes.add("cpg_unknown", encoding=page.strip()[:40])
    declared = declared or encodings.of_language_driver(table.language_driver)
    chosen = encodings.decide(samples, chosen=options.encoding, declared=declared, notes=notes)
    return table, chosen


def _rows(
    archive: zipfile.ZipFile, parts: _Parts, table: dbase.Table, encoding: str, notes: Notes
) -> Iterator[Row]:
    """Yield shapes and records in step; a record marked as deleted is left out with its shape."""
    names, convert = dbase.column_names(table, encoding), dbase.converters(table, encoding)
    with _open(archive, parts, "shp") as shapes, _open(archive, parts, "dbf") as texts:
        dbase.read_table(texts)
        records = dbase.raw_records(texts, table)
        number = 0
        try:
            for number, (geometry, problem) in enumerate(_shapes(shapes), start=1):
                record = next(records, None)
                if record is None:
                    raise RefusedError("shapefile_counts_differ", layer=parts.name, row=number)
                if record[0] == b"*":
                    notes.add("deleted_records")
                    continue
                yield _row(number, names, convert, record[1:], geometry, problem)
        except (zipfile.BadZipFile, EOFError, struct.error) as error:
            raise RefusedError("shp_broken", layer=parts.name) from error
        if next(records, None) is not None:
            raise RefusedError("shapefile_counts_differ", layer=parts.name, row=number + 1)


def _row(
    number: int,
    names: list[str],
    convert: list[Any],
    record: tuple[bytes, ...],
    geometry: bytes | None,
    problem: Problem | None,
) -> Row:
    properties: dict[str, Any] = {}
    for name, change, raw in zip(names, convert, record, strict=True):
        try:
            properties[name] = change(raw)
        except ValueError:
            properties[name] = None
            problem = problem or {
                "code": "value_unreadable",
                "field": name,
                "value": repr(raw)[:60],
            }
    return Row(number, properties, geometry, None, problem)


def _shapes(stream: IO[bytes]) -> Iterator[tuple[bytes | None, Problem | None]]:
    """Yield each record's geometry as WKB, or None; a record above the limit is passed over."""
    stream.read(100)
    while head := stream.read(8):
        size = struct.unpack(">ii", head)[1] * 2
        if size < 4:
            raise struct.error("record without a type")
        if size > MAX_RECORD_BYTES:
            left = size
            while left > 0 and (piece := stream.read(min(left, 1 << 20))):
                left -= len(piece)
            yield None, {"code": "geometry_too_large", "limit": MAX_RECORD_BYTES // 1024**2}
            continue
        content = stream.read(size)
        if len(content) < size:
            raise struct.error("cut short")
        try:
            yield _geometry(content), None
        except (struct.error, ValueError, IndexError):
            yield None, {"code": "geometry_malformed"}


def _geometry(content: bytes) -> bytes | None:
    """Return the WKB of one record; None for a null shape. Heights and measures are dropped."""
    code = struct.unpack("<i", content[:4])[0]
    family = code % 10 if 0 <= code < 30 else -1
    if code == 0:
        return None
    if family == 1:
        return b"\x01\x01\x00\x00\x00" + _exactly(content[4:20], 16)
    if family == 8:
        (count,) = struct.unpack("<i", content[36:40])
        points = _exactly(content[40 : 40 + 16 * count], 16 * count)
        each = (b"\x01\x01\x00\x00\x00" + points[i : i + 16] for i in range(0, len(points), 16))
        return struct.pack("<BII", 1, 4, count) + b"".join(each)
    if family not in (3, 5):
        raise ValueError("unknown shape type")
    parts = _lines(content)
    return _line_of(parts) if family == 3 else polygon_of(parts)


def _lines(content: bytes) -> list[bytes]:
    """Return the parts of a polyline or polygon as raw coordinates."""
    count, total = struct.unpack("<ii", content[36:44])
    if count < 0 or total < 0:
        raise ValueError("negative count")
    starts = [*struct.unpack(f"<{count}i", content[44 : 44 + 4 * count]), total]
    points = _exactly(content[44 + 4 * count : 44 + 4 * count + 16 * total], 16 * total)
    parts = [points[16 * low : 16 * high] for low, high in itertools.pairwise(starts)]
    if sum(map(len, parts)) != len(points):
        raise ValueError("parts overlap")
    return [part for part in parts if part]


def _line_of(parts: list[bytes]) -> bytes | None:
    lines = [b"\x01\x02\x00\x00\x00" + struct.pack("<I", len(part) // 16) + part for part in parts]
    if len(lines) == 1:
        return lines[0]
    return struct.pack("<BII", 1, 5, len(lines)) + b"".join(lines) if lines else None


def _exactly(content: bytes, size: int) -> bytes:
    if len(content) != size:
        raise ValueError("cut short")
    return content
