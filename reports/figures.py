"""A figure asked now: the definition's question, of an area and a period, as of a day."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.db import connection

from reports.models import FigureDefinition
from reports.periods import Period
from reports.queries import QUERIES, FigureAnswer, FigureContext, Query
from sites.access import Scope
from sites.models import Area

HASHED: Final = """
SELECT count(*), encode(sha256(convert_to(
    COALESCE(string_agg(site::text, E'\\n' ORDER BY site), ''), 'UTF8')), 'hex')
FROM ({members}) AS answer (site, amount) WHERE site IS NOT NULL
"""


def context_of(
    *,
    area: Area,
    period: Period,
    as_of: datetime.date,
    scope: Scope,
    memo: dict[Any, Any] | None = None,
) -> FigureContext:
    """Return of what a figure is asked; several with one `memo` share what they read."""
    return FigureContext(scope, area, period, as_of, memo={} if memo is None else memo)


def figure_answer(
    key: str, area: Area, period: Period, as_of: datetime.date, scope: Scope
) -> FigureAnswer:
    """Return the answer of a figure; raises `FigureDefinition.DoesNotExist` for an unknown key."""
    definition = FigureDefinition.objects.get(key=key)
    return answer_of(definition, context_of(area=area, period=period, as_of=as_of, scope=scope))


def answer_of(definition: FigureDefinition, context: FigureContext) -> FigureAnswer:
    """Ask a figure's question with its filter."""
    return question_of(definition).asks(context.under(definition.filter))


def question_of(definition: FigureDefinition) -> Query:
    """Return the question that a figure asks."""
    return QUERIES[definition.query]


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The sites behind an answer: how many, and the hash of their identifiers."""

    count: int
    sha256: str


def identifiers_of(answer: FigureAnswer) -> Identifiers:
    """Count and hash the identifiers behind an answer, in the database."""
    if answer.members is None:
        return Identifiers(0, identifiers_hash([]))
    sql, values = answer.members.query.sql_with_params()
    with connection.cursor() as cursor:
        cursor.execute(HASHED.format(members=sql), values)
        return Identifiers(*cursor.fetchone())


def identifiers_hash(identifiers: list[UUID]) -> str:
    """Return the SHA-256 of identifiers in order, one a line, as the database writes it too."""
    return hashlib.sha256("\n".join(map(str, identifiers)).encode()).hexdigest()
