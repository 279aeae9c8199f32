"""The rows of an export as plain tuples, read in batches."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import closing
from itertools import islice
from typing import Any, TypeAlias

import psycopg
from django.db.models import F, FloatField, Func, IntegerField, QuerySet, TextField
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from maps.exports.choice import ExportChoice
from maps.exports.columns import value_of
from maps.exports.database import reading
from maps.sql import literal
from sites.site_field import FieldType, SiteField

ROWS_A_BATCH = 2000
ROWS_A_PIECE = 500
Batches: TypeAlias = Generator[list[tuple[Any, ...]], None, None]


class Moment(Func):
    """A time as ISO 8601 text in UTC with milliseconds, as GeoPackage writes it."""

    template = "to_char(%(expressions)s AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.MS\"Z\"')"
    output_field = TextField()


def plain(entry: SiteField, choice: ExportChoice) -> Combinable:
    """Return a field as text, whole number or float: what any file format can hold."""
    value: Any = value_of(entry, choice)
    if entry.value_type is FieldType.MOMENT:
        return Moment(value)
    if entry.value_type is FieldType.DECIMAL:
        return Cast(value, FloatField())
    if entry.value_type in {FieldType.INTEGER, FieldType.BOOLEAN}:
        return Cast(value, IntegerField())
    return Cast(value, TextField())


def plain_id() -> Combinable:
    """Return the identifier as text."""
    return Cast(F("pk"), TextField())


def columns_of(choice: ExportChoice) -> dict[str, Combinable]:
    """Return the identifier and every field by a name that clashes with no column of ours."""
    columns: dict[str, Combinable] = {"field_id": plain_id()}
    for entry in choice.fields:
        columns[f"field_{entry.name}"] = plain(entry, choice)
    return columns


def batches(
    rows: QuerySet[Any, Any], size: int = ROWS_A_BATCH
) -> Generator[list[tuple[Any, ...]], None, None]:
    """Yield the rows of a queryset in binary, batch by batch.

    The server sends on while we write, which a cursor held there would not. Close it when you
    stop early: until then the connection is at work.
    """
    statement = literal(rows)
    if statement is None:
        return
    with reading() as raw:
        # A stream holds the connection's lock: it must end before the transaction can.
        stream: Any = psycopg.Cursor(raw).stream(statement.encode(), binary=True, size=ROWS_A_PIECE)
        with closing(stream):
            while batch := list(islice(stream, size)):
                yield batch
