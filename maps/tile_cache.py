"""Finished tiles in the memory of the process, the longest unused ones leaving first."""

from __future__ import annotations

import gzip
import hashlib
from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass, field
from threading import Lock

MEDIA_TYPE = "application/vnd.mapbox-vector-tile"
SMALLEST_TO_PACK = 300
"""Bytes below which packing saves nothing."""
OVERHEAD = 600
"""Bytes that an entry and its key cost beside the tile."""


@dataclass(slots=True)
class Tile:
    """The bytes of a tile, their entity tag, and the packed form once somebody asked for it."""

    body: bytes
    etag: str = ""
    packed: bytes | None = field(default=None, repr=False)

    @classmethod
    def of(cls, body: bytes) -> Tile:
        """Return a tile with the tag of its content: equal content is equal for everybody."""
        return cls(body, f'"{hashlib.blake2b(body, digest_size=12).hexdigest()}"')

    def pack(self) -> bytes | None:
        """Return the gzip form, None where it is not worth it.

        Level 1: level 6 costs three times the time for a tenth of the size.
        """
        if self.packed is None and len(self.body) >= SMALLEST_TO_PACK:
            self.packed = gzip.compress(self.body, compresslevel=1, mtime=0)
        return self.packed

    def response(self, known: str, accepted: str) -> tuple[str, dict[str, str], bytes]:
        """Return status line, headers and body: 200, 204 when empty, 304 when the copy is good.

        `known` is the caller's `If-None-Match`, `accepted` its `Accept-Encoding`. A browser may
        keep the tile but must ask each time whether it still may show it.
        """
        headers = {
            "ETag": self.etag,
            "Cache-Control": "private, no-cache",
            "Vary": "Accept-Encoding, Cookie, Authorization",
        }
        if self.etag in known:
            return "304 Not Modified", headers, b""
        if not self.body:
            return "204 No Content", headers, b""
        headers["Content-Type"] = MEDIA_TYPE
        packed = self.pack() if "gzip" in accepted else None
        if packed is None:
            return "200 OK", headers, self.body
        headers["Content-Encoding"] = "gzip"
        return "200 OK", headers, packed


class TileCache:
    """A bounded memory of tiles; the key must hold all that the tile depends on."""

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.held_bytes = 0
        self._tiles: OrderedDict[Hashable, Tile] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable) -> Tile | None:
        """Return the tile, or None."""
        with self._lock:
            tile = self._tiles.get(key)
            if tile is not None:
                self._tiles.move_to_end(key)
            return tile

    def put(self, key: Hashable, tile: Tile) -> None:
        """Keep a tile, and forget others until all fit."""
        with self._lock:
            old = self._tiles.pop(key, None)
            self.held_bytes += _weight(tile) - (_weight(old) if old else 0)
            self._tiles[key] = tile
            while self.held_bytes > self.most_bytes and self._tiles:
                _key, gone = self._tiles.popitem(last=False)
                self.held_bytes -= _weight(gone)

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._tiles.clear()
            self.held_bytes = 0


def _weight(tile: Tile) -> int:
    # Twice the body: the packed form may join it later.
    return 2 * len(tile.body) + OVERHEAD
