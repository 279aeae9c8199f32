"""Statements whose plan the database keeps: for what is asked with every request.

Django's own cursors write values into the text, which no server can prepare; building the text
of a query anew also costs more than its execution where one row is looked up by its key.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import psycopg
from django.db import DEFAULT_DB_ALIAS, connection

PREPARE_AFTER: Final = 2
"""Executions after which a statement is prepared: a map asks for a dozen tiles at once."""
Values: TypeAlias = Mapping[str, Any] | Sequence[Any]


def server_cursor() -> psycopg.Cursor[Any]:
    """Return a cursor that binds values on the server, where statements can be prepared."""
    connection.ensure_connection()
    raw = connection.connection
    raw.prepare_threshold = PREPARE_AFTER
    return psycopg.Cursor(raw, row_factory=psycopg.rows.tuple_row)


def prepared_rows(text: str, values: Values) -> list[Any]:
    """Run a statement on the request's connection and return its rows as tuples.

    It counts among Django's statements and raises Django's exceptions. The history's variables are
    not set by it: it is for reads, and for tables of which no history is kept.
    """
    cursor: Any = server_cursor()
    connection.validate_no_broken_transaction()
    if connection.queries_logged:
        with connection.make_debug_cursor(cursor).debug_sql(text, values):
            return _rows(cursor, text, values)
    return _rows(cursor, text, values)


def loaded(model: Any, **values: Any) -> Any:
    """Return a record of which some columns were read; the others are loaded when read."""
    names = [field.attname for field in model._meta.concrete_fields if field.attname in values]
    return model.from_db(DEFAULT_DB_ALIAS, names, [values[name] for name in names])


def _rows(cursor: psycopg.Cursor[Any], text: str, values: Values) -> list[Any]:
    with connection.wrap_database_errors:
        return cursor.execute(text.encode(), values).fetchall()
