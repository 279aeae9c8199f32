"""Reading a large result as it comes, with one row after the other in memory."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

import psycopg
from django.db import connection, transaction
from django.db.models import QuerySet

from maps.sql import literal

ROWS_A_CHUNK = 200
LONGEST_MS = 30 * 60 * 1000
"""A statement may wait this long in all for a slow reader before the server ends it."""

# Neither character can stand in JSON, nor in a text of ours that went through `to_json`, so
# nothing is quoted and each row is its own text and a line feed.
AS_IT_IS = "FORMAT csv, DELIMITER E'\\x01', QUOTE E'\\x02'"


@contextmanager
def reading() -> Iterator[Any]:
    """Give the psycopg connection inside a transaction that may take long."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {LONGEST_MS:d}")
        yield connection.connection


def copied(rows: QuerySet[Any, Any], *, options: str = AS_IT_IS) -> Generator[bytes, None, None]:
    """Yield the lines of a queryset of one text column, some hundred in each piece.

    Close it when you stop early: until then the connection is at work.
    """
    sql = literal(rows)
    if sql is None:
        return
    statement = f"COPY ({sql}) TO STDOUT WITH ({options})"
    with reading() as raw, psycopg.Cursor(raw).copy(statement.encode()) as copy:
        lines = iter(copy)
        while piece := b"".join(islice(lines, ROWS_A_CHUNK)):
            yield piece
