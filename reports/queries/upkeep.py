"""Questions about what stands: roads by condition, and assets that somebody keeps up."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from assets.condition.summary import FAIR_GRADES, GradeLengths, condition_summary
from assets.filters import AssetFilter
from maintenance.upkeep_coverage import upkeep_coverage
from reports.kinds import FigureUnit
from reports.queries.question import FigureAnswer, FigureContext, Query

HUNDRED: Final = Decimal(100)
THOUSAND: Final = Decimal(1000)


def _assets(context: FigureContext) -> AssetFilter:
    return AssetFilter.from_query({"area": context.area.code})


def _lengths(context: FigureContext) -> GradeLengths:
    key = ("condition", context.area.pk)
    if key not in context.memo:
        context.memo[key] = condition_summary(context.scope, _assets(context)).total
    found: GradeLengths = context.memo[key]
    return found


def _condition_rate(context: FigureContext) -> FigureAnswer:
    """Return excellent, good and fair roads as percent of the rated ones (优良中路率)."""
    lengths = _lengths(context)
    part = sum((lengths.metres(grade) for grade in FAIR_GRADES), Decimal(0))
    return FigureAnswer(
        lengths.fair_percent,
        part / THOUSAND,
        lengths.rated_m / THOUSAND,
        address=f"/assets/condition/?area={context.area.code}",
    )


def _upkeep_rate(context: FigureContext) -> FigureAnswer:
    """Return managed assets as percent of those to be kept up, as they stand today."""
    chosen = replace(_assets(context), as_of=context.as_of)
    total = upkeep_coverage(context.scope, chosen).total
    managed, every = Decimal(total.managed.assets), Decimal(total.every.assets)
    return FigureAnswer(
        managed * HUNDRED / every if every else None,
        managed,
        every,
        address=f"/maintenance/coverage/?area={context.area.code}",
    )


UPKEEP: Final = (
    Query(
        "condition_rate",
        _("Roads in excellent, good or fair condition"),
        FigureUnit.PERCENT,
        _condition_rate,
        _("Rated sections of these grades as percent of all rated, by length, as they stand."),
    ),
    Query(
        "upkeep_rate",
        _("Assets with upkeep"),
        FigureUnit.PERCENT,
        _upkeep_rate,
        _("Assets that lack no part of upkeep as percent of those that must be kept up."),
    ),
)
