"""A raster of one number a cell (GeoTIFF): each cell above zero becomes a point at its centre.

Classic TIFF with one band, in strips or tiles, plain or deflated, north up, with an EPSG code:
what raster tools write when asked for no special compression. Everything else is refused.
"""

from __future__ import annotations

import math
import mmap
import struct
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import shapely

from sites.imports.reader import coordinates
from sites.imports.reader.outcome import RefusedError
from sites.imports.reader.source import Layer, Row, Source

MOST_CELLS: Final = 100_000_000
MOST_BLOCK_BYTES: Final = 64 * 1024 * 1024
VALUE_FIELD: Final = "people"
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 8: 2, 9: 4, 11: 4, 12: 8, 16: 8}
_FORMS: Final = {1: "B", 3: "H", 4: "I", 6: "b", 8: "h", 9: "i", 11: "f", 12: "d", 16: "Q"}
_NUMBERS: Final = {
    (1, 8): "u1", (1, 16): "u2", (1, 32): "u4",
    (2, 8): "i1", (2, 16): "i2", (2, 32): "i4",
    (3, 32): "f4", (3, 64): "f8",
}  # fmt: skip
_PLAIN, _DEFLATE = 1, (8, 32946)
_PROJECTED_KEY, _GEOGRAPHIC_KEY = 3072, 2048
Numbers = npt.NDArray[Any]


@dataclass(frozen=True)
class _Tags:
    """The entries of the first image, read on demand; wrong ones are refusals."""

    data: Any
    order: str
    entries: dict[int, tuple[int, int, bytes]]

    def all(self, tag: int) -> list[Any]:
        """Return the values of a tag, empty without it."""
        if tag not in self.entries:
            return []
        kind, count, inline = self.entries[tag]
        size = _SIZES.get(kind, 0) * count
        if kind not in _SIZES or size > MOST_BLOCK_BYTES:
            raise _broken("tag")
        raw = inline[:size]
        if size > 4:
            start = struct.unpack(f"{self.order}I", inline)[0]
            raw = self.data[start : start + size]
        if len(raw) != size:
            raise _broken("tag")
        if kind == 2:
            return [raw.split(b"\0")[0].decode("ascii", "replace")]
        return list(struct.unpack(f"{self.order}{count}{_FORMS[kind]}", raw)) if kind != 5 else []

    def one(self, tag: int, default: Any = None) -> Any:
        """Return the only value of a tag."""
        found = self.all(tag)
        if not found and default is None:
            raise _broken(f"tag {tag}")
        return found[0] if found else default


def open_geotiff(path: Path) -> Source:
    """Open a raster; raises `RefusedError` for what is no plain GeoTIFF of one band."""
    with path.open("rb") as stream:
        data = mmap.mmap(stream.fileno(), 0, access=mmap.ACCESS_READ)
    raster = _Raster(_read_tags(data))
    layer = Layer(path.stem, raster.width * raster.height, "Point")
    return Source("geotiff", layer, [layer], raster.crs, raster.rows, fields=[VALUE_FIELD])


def _read_tags(data: Any) -> _Tags:
    order = {b"II": "<", b"MM": ">"}.get(data[:2])
    if order is None or len(data) < 8:
        raise RefusedError("not_a_geotiff")
    magic, start = struct.unpack(f"{order}HI", data[2:8])
    if magic != 42 or start + 2 > len(data):
        raise RefusedError("not_a_geotiff")
    count = struct.unpack(f"{order}H", data[start : start + 2])[0]
    entries = {}
    for number in range(count):
        raw = data[start + 2 + 12 * number : start + 14 + 12 * number]
        if len(raw) != 12:
            raise _broken("directory")
        tag, kind, length = struct.unpack(f"{order}HHI", raw[:8])
        entries[tag] = (kind, length, raw[8:])
    return _Tags(data, order, entries)


class _Raster:
    """The raster: its size, its grid on the ground and its blocks of numbers."""

    def __init__(self, tags: _Tags) -> None:
        self._tags = tags
        self.width, self.height = int(tags.one(256)), int(tags.one(257))
        if not 0 < self.width * self.height <= MOST_CELLS:
            raise RefusedError("geotiff_too_large", limit=MOST_CELLS)
        kind = _NUMBERS.get((int(tags.one(339, 1)), int(tags.one(258, 1))))
        if kind is None or tags.one(277, 1) != 1:
            raise RefusedError("geotiff_kind", found=f"{tags.one(277, 1)} × {tags.one(258, 1)} bit")
        self._kind = np.dtype(tags.order + kind)
        self._compression = tags.one(259, 1)
        if self._compression not in (_PLAIN, *_DEFLATE) or tags.one(317, 1) != 1:
            raise RefusedError("geotiff_kind", found=f"compression {self._compression}")
        self._origin, self._step = _grid(tags)
        self._nothing = _nothing(tags)
        self.crs = _crs(tags)

    def rows(self) -> Iterator[Row]:
        """Yield one row a cell above zero: its number counted by lines, its centre, its value."""
        for left, top, block in self._blocks():
            lines, columns = np.nonzero(self._counted(block))
            for line, column in zip(lines.tolist(), columns.tolist(), strict=True):
                x = self._origin[0] + (left + column + 0.5) * self._step[0]
                y = self._origin[1] - (top + line + 0.5) * self._step[1]
                number = (top + line) * self.width + left + column + 1
                value = float(block[line, column])
                yield Row(number, {VALUE_FIELD: value}, shapely.Point(x, y).wkb)

    def _counted(self, block: Numbers) -> Any:
        with np.errstate(invalid="ignore"):
            counted = np.isfinite(block) & (block > 0)
        return counted if self._nothing is None else counted & (block != self._nothing)

    def _blocks(self) -> Iterator[tuple[int, int, Numbers]]:
        """Yield left, top and the numbers of each strip or tile, cut to the raster."""
        is_tiled = 322 in self._tags.entries
        wide = int(self._tags.one(322)) if is_tiled else self.width
        high = int(self._tags.one(323) if is_tiled else self._tags.one(278, self.height))
        high = high if is_tiled else min(high, self.height)
        if wide <= 0 or high <= 0 or wide * high * self._kind.itemsize > MOST_BLOCK_BYTES:
            raise _broken("block")
        starts = self._tags.all(324 if is_tiled else 273)
        sizes = self._tags.all(325 if is_tiled else 279)
        across = math.ceil(self.width / wide)
        if len(starts) != across * math.ceil(self.height / high) or len(sizes) != len(starts):
            raise _broken("blocks")
        for index, (start, size) in enumerate(zip(starts, sizes, strict=True)):
            left, top = index % across * wide, index // across * high
            kept = high if is_tiled else min(high, self.height - top)
            if size:
                block = self._numbers(start, size, kept * wide).reshape(kept, wide)
                yield left, top, block[: self.height - top, : self.width - left]

    def _numbers(self, start: int, size: int, count: int) -> Numbers:
        wanted = count * self._kind.itemsize
        raw = self._tags.data[start : start + size]
        if self._compression != _PLAIN:
            try:
                raw = zlib.decompressobj().decompress(raw, wanted)
            except zlib.error as error:
                raise _broken(str(error)) from error
        if len(raw) < wanted:
            raise _broken("block")
        return np.frombuffer(raw[:wanted], dtype=self._kind)


def _grid(tags: _Tags) -> tuple[tuple[float, float], tuple[float, float]]:
    """Return the upper left corner and the size of a cell; only north-up rasters have these."""
    step, tie = tags.all(33550), tags.all(33922)
    numbers = [*step, *tie]
    if len(step) < 2 or len(tie) < 6 or not all(math.isfinite(v) for v in numbers):
        raise RefusedError("geotiff_without_place")
    if step[0] <= 0 or step[1] <= 0:
        raise RefusedError("geotiff_without_place")
    corner = (tie[3] - tie[0] * step[0], tie[4] + tie[1] * step[1])
    return corner, (step[0], step[1])


def _nothing(tags: _Tags) -> float | None:
    try:
        return float(tags.one(42113, ""))
    except ValueError:
        return None


def _crs(tags: _Tags) -> coordinates.FileCrs:
    keys = tags.all(34735)
    found = {keys[i]: keys[i + 3] for i in range(4, len(keys) - 3, 4) if keys[i + 1] == 0}
    code = found.get(_PROJECTED_KEY) or found.get(_GEOGRAPHIC_KEY)
    if not code or code == 32767:
        raise RefusedError("geotiff_without_place")
    return coordinates.of_srid(int(code))


def _broken(reason: str) -> RefusedError:
    return RefusedError("geotiff_broken", reason=reason[:80])
