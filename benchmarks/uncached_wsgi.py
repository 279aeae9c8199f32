"""Our WSGI door without the memory of tiles, to measure what cutting them costs."""

from __future__ import annotations

from config.wsgi import application
from maps import tiles

tiles.TILES.most_bytes = 0

__all__ = ["application"]
