"""A figure asked now: the definition's question, of an area and a period, as of a day."""

from __future__ import annotations

import datetime
import hashlib
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from reports.models import FigureDefinition
from reports.periods import Period
from reports.queries import QUERIES, FigureAnswer, FigureContext, Query
from sites.access import Scope
from sites.models import Area


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


def placed_members(answer: FigureAnswer) -> QuerySet[Any, Any] | None:
    """Return the answer's rows of sites alone, by identifier."""
    if answer.members is None:
        return None
    column = "pk" if answer.members.model._meta.model_name == "projectsite" else "site_id"
    return answer.members.filter(**{f"{column}__isnull": False}).order_by(column)


def identifiers_of(answer: FigureAnswer) -> Identifiers:
    """Read the identifiers behind an answer, without their amounts, and hash them in order."""
    rows = placed_members(answer)
    if rows is None:
        return Identifiers(0, identifiers_hash([]))
    found = [identifier for identifier, _amount in rows.iterator(chunk_size=10_000)]
    return Identifiers(len(found), identifiers_hash(found))


def identifiers_hash(identifiers: list[UUID]) -> str:
    """Return the SHA-256 of identifiers in order, one a line, as the database writes it too."""
    return hashlib.sha256("\n".join(map(str, identifiers)).encode()).hexdigest()
