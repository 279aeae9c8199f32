"""Which tile of the map is meant: zoom, column and row of the Web Mercator pyramid."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Self

from django.utils.translation import gettext as _
from psycopg.types.numeric import Int4

from maps.layers import LARGEST_ZOOM
from sites.filters import ParameterError
from sites.functions import CLUSTER_ZOOM

NUMBER = re.compile(r"^(0|[1-9]\d{0,7})$", re.ASCII)
CELL_BITS = 3
"""2^3 cells a side: 64 pixels each in a tile drawn 512 pixels wide."""
TILE_UNITS = 4096


@dataclass(frozen=True, slots=True)
class TileAddress:
    """Zoom `z` from 0 to 22, column `x` from the west and row `y` from the north."""

    z: int
    x: int
    y: int

    @classmethod
    def parse(cls, z: str, x: str, y: str) -> Self:
        """Read the three numbers of an address; raises `ParameterError` naming the bad one."""
        zoom = _number("z", z, LARGEST_ZOOM)
        side = (1 << zoom) - 1
        return cls(zoom, _number("x", x, side), _number("y", y, side))

    def cells(self) -> dict[str, float]:
        """Return the tile's part of the cluster grid: its edges, the group's shift, the unit."""
        bits = CLUSTER_ZOOM - self.z
        return {
            "west": Int4(self.x << bits),
            "east": Int4(((self.x + 1) << bits) - 1),
            "north": Int4(self.y << bits),
            "south": Int4(((self.y + 1) << bits) - 1),
            "shift": Int4(max(bits - CELL_BITS, 0)),
            "unit": TILE_UNITS / (1 << bits),
        }


def _number(name: str, text: str, largest: int) -> int:
    if not NUMBER.match(text) or int(text) > largest:
        raise ParameterError(
            name,
            "out_of_range",
            _("Give a whole number from 0 to %(largest)s.") % {"largest": largest},
        )
    return int(text)
