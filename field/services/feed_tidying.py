"""Keeps the feed of changes as long as there are records, not as long as there were changes."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any, Final

from django.db import connection

_SQL: Final = Path(__file__).resolve().parent.parent / "sql"
KEPT: Final = datetime.timedelta(days=30)
"""How long a repeated row stays for those who look into what happened: our choice."""
LOOKED_BACK: Final = datetime.timedelta(days=8)
"""A worker that rested for longer leaves some rows behind; they only take room."""
IN_ONE_GO: Final = 5_000
"""Rows in one statement, so that none runs for long."""


def repeated_remove(*, at: datetime.datetime) -> int:
    """Remove rows older than `KEPT` that a later one repeats; return how many.

    A reader loses nothing: whoever had not come to the row finds the later one of the record.
    """
    statement = (_SQL / "repeated.sql").read_text()
    values: dict[str, Any] = {
        "now": at,
        "before": at - KEPT,
        "looked_back": LOOKED_BACK,
        "most": IN_ONE_GO,
    }
    removed = 0
    while True:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)
            gone: int = cursor.rowcount
        removed += gone
        if gone < IN_ONE_GO:
            return removed


def foreign_numbers_renew() -> int:
    """Give rows that were restored from another cluster a number of this one; return how many.

    Their transactions would count as still to come. Under the number of this transaction they
    are told to everybody once more, in their old order.
    """
    with connection.cursor() as cursor:
        cursor.execute((_SQL / "foreign_numbers.sql").read_text())
        renewed: int = cursor.rowcount
    return renewed
