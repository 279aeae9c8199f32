"""COPY into the tables of the register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import Any

import numpy as np
import shapely
from django.db import connection

from sites.demo.plane import STORED_SRID

Record = Mapping[str, Any]
"""A row by column; all rows of one table name the same columns in the same order."""


def copy_records(model: Any, records: Iterable[Record]) -> None:
    """COPY rows of text-adaptable values into a model's table; no rows, no statement."""
    rows = iter(records)
    first = next(rows, None)
    if first is None:
        return
    names = ", ".join(connection.ops.quote_name(column) for column in first)
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for record in chain([first], rows):
            copy.write_row(tuple(record.values()))


def as_stored(geometries: Iterable[Any]) -> list[str | None]:
    """Geometries in degrees as the hexadecimal EWKB that PostGIS reads."""
    array = np.array([*geometries, None], dtype=object)[:-1]
    stored: list[str | None] = shapely.to_wkb(
        shapely.set_srid(array, STORED_SRID), hex=True, include_srid=True
    ).tolist()
    return stored
