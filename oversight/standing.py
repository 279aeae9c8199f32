"""How townships and bodies stand in each fact of a period, with the rows behind each number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from oversight.information_rate import area_names
from oversight.kinds import CASE_LADDER
from oversight.standing_facts import FACTS, Asked, Fact
from sites.models import Organisation
from sites.townships import TOWNSHIP_DIGITS, townships_of

BY: Final = ("township", "organisation")


@dataclass(frozen=True, slots=True)
class Measure:
    """A fact of one township or body: `good` of `total`; cases have their levels instead."""

    fact: str
    total: int
    good: int
    levels: Mapping[str, int] = field(default_factory=dict)

    @property
    def percent(self) -> Decimal | None:
        """Per cent to one place, half up; `None` where nothing counts, and for cases."""
        if not self.total or FACTS[self.fact].fewer_is_better:
            return None
        share = Decimal(100) * self.good / self.total
        return share.quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class StandingRow:
    """One township or body with its measure of every fact, in the order of `FACTS`."""

    key: str
    name: str
    measures: Mapping[str, Measure]


def standing_rows(asked: Asked, *, by: str, sort: str) -> list[StandingRow]:
    """Return townships or bodies ordered by one fact, the best first; those without it last.

    One statement a fact. There is no sum over facts: weights come with the evaluation.
    """
    found = {code: _measures(fact, asked, by) for code, fact in FACTS.items()}
    keys = {key for measures in found.values() for key in measures}
    names = _names(asked, by, keys)
    rows = [
        StandingRow(
            key,
            name,
            {code: found[code].get(key) or Measure(code, 0, 0) for code in FACTS},
        )
        for key, name in names.items()
    ]
    return sorted(rows, key=lambda row: _place(row, sort))


def members_of(
    asked: Asked, *, fact: Fact, by: str, key: str = "", good: bool | None = None
) -> QuerySet[Any]:
    """Return the rows behind a number: all of the denominator, or those good or not.

    Each row has `is_good`. Raises `ValueError` for a key that is no code and no identifier.
    """
    rows = fact.rows(asked)
    if key and by == "organisation":
        rows = rows.filter(**{fact.body: UUID(key)})
    elif key:
        # The code of a township holds what lies below it; a shorter one stands for itself.
        match = "startswith" if len(key) >= TOWNSHIP_DIGITS else "exact"
        rows = rows.filter(**{f"{fact.area}__{match}": key})
    if good is not None:
        condition = fact.good(asked)
        whole = rows.filter(condition)
        rows = whole if good else rows.exclude(pk__in=whole.values("pk"))
    return rows.select_related(*fact.related)


def _measures(fact: Fact, asked: Asked, by: str) -> dict[str, Measure]:
    group = F(fact.body) if by == "organisation" else Substr(fact.area, 1, TOWNSHIP_DIGITS)
    rows, good = fact.rows(asked), fact.good(asked)
    counts = {"total": Count("pk"), "good": Count("pk", filter=good)}
    if fact.fewer_is_better:
        counts |= {f"at_{level}": Count("pk", filter=Q(level=level)) for level in CASE_LADDER}
    found = rows.order_by().values(group=group).annotate(**counts)
    return {str(g["group"]): _measure(fact.code, g) for g in found if g["group"]}


def _measure(code: str, counted: Mapping[str, Any]) -> Measure:
    levels = {level: counted[f"at_{level}"] for level in CASE_LADDER if f"at_{level}" in counted}
    return Measure(code, counted["total"], counted["good"], levels)


def _names(asked: Asked, by: str, keys: Iterable[str]) -> dict[str, str]:
    """Return who stands in the table: every township of the area, or each body with a fact."""
    if by == "organisation":
        bodies = Organisation.objects.filter(pk__in=list(keys)).only("name", "name_en")
        return {str(body.pk): body.label for body in bodies}
    rows = townships_of(asked.scope).filter(code__startswith=asked.area)
    names = {row.code: row.label for row in rows.only("code", "name", "name_en")}
    return names | area_names([key for key in keys if key not in names])


def _place(row: StandingRow, sort: str) -> tuple[Any, ...]:
    measure = row.measures[sort]
    if FACTS[sort].fewer_is_better:
        return (0, measure.total, row.key)
    percent = measure.percent
    return (percent is None, -(percent or 0), -measure.total, row.key)
