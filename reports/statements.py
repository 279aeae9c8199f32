"""The sites behind a question as SQL, for statements that keep or compare them in the database."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from reports.queries import FigureContext, Query


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with its values."""

    sql: str
    values: tuple[Any, ...]


def members_statement(query: Query, context: FigureContext) -> Statement:
    """Return the statement whose rows are the sites behind a question and their amounts.

    Raises `ValueError` for a question that is no sum over sites.
    """
    if query.members is None:
        raise ValueError(f"not a sum: {query.code}")
    sql, values = query.members(context).query.sql_with_params()
    return Statement(sql, tuple(values))
