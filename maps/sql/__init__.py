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
