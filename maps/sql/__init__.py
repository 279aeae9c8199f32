"""Named SQL statements, one a file beside this one."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import psycopg
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

FOLDER = Path(__file__).resolve().parent


@cache
def statement(name: str) -> str:
    """Return the text of `<name>.sql`; the words in braces stand for our own SQL, never values."""
    return (FOLDER / f"{name}.sql").read_text(encoding="utf-8")


def literal(rows: QuerySet[Any, Any]) -> str | None:
    """Return a queryset's SQL with its values written in by psycopg, as Django itself does.

    None when Django knows without asking that there are no rows: nothing is visible.
    """
    try:
        sql, values = rows.query.sql_with_params()
    except EmptyResultSet:
        return None
    connection.ensure_connection()
    return psycopg.ClientCursor(connection.connection).mogrify(sql, values)


def filled(name: str, rows: QuerySet[Any, Any], **words: str) -> bytes:
    """Put a queryset into a statement; empty when the viewer sees nothing at all.

    What is left to bind is the tile alone, so the statement can be prepared once.
    """
    sql = literal(rows.order_by())
    if sql is None:
        return b""
    text = statement(name)
    for word, part in {**words, "rows": sql.replace("%", "%%")}.items():
        text = text.replace("{" + word + "}", part)
    return text.encode()
