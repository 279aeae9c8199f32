"""COPY into the tables of the register."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import shapely
from django.db import connection

from sites.demo.plane import STORED_SRID

Row = Sequence[Any]


def copy_rows(model: Any, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """COPY rows of text-adaptable values into a model's table."""
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def as_stored(geometries: Iterable[Any]) -> list[str | None]:
    """Geometries in degrees as the hexadecimal EWKB that PostGIS reads."""
    array = np.array([*geometries, None], dtype=object)[:-1]
    stored: list[str | None] = shapely.to_wkb(
        shapely.set_srid(array, STORED_SRID), hex=True, include_srid=True
    ).tolist()
    return stored
