"""Questions about targets: how many of a year's were met, of an area and all below it."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from reports.kinds import FigureUnit
from reports.queries.question import FigureAnswer, FigureContext, Query
from sites.targets import TargetRow, target_rows


def _counts(context: FigureContext) -> tuple[Decimal, Decimal]:
    """Return how many targets of the period's year were met by the day, and how many there are."""
    key = ("targets", context.area.pk, context.period.first.year, context.as_of)
    if key not in context.memo:
        context.memo[key] = target_rows(
            context.scope,
            year=context.period.first.year,
            area=context.area,
            as_of=context.as_of,
        )
    rows: tuple[TargetRow, ...] = context.memo[key]
    met = sum(1 for row in rows if _met(row))
    return Decimal(met), Decimal(len(rows))


def _met(row: TargetRow) -> bool:
    return row.executed is not None and row.executed >= row.assigned


def _set(context: FigureContext) -> FigureAnswer:
    return FigureAnswer(_counts(context)[1], address=_address(context))


def _met_number(context: FigureContext) -> FigureAnswer:
    return FigureAnswer(_counts(context)[0], address=_address(context))


def _share(context: FigureContext) -> FigureAnswer:
    met, every = _counts(context)
    share = met * 100 / every if every else None
    return FigureAnswer(share, met, every, address=_address(context))


def _address(context: FigureContext) -> str:
    return f"/targets/?year={context.period.first.year}&area={context.area.code}"


BASIS: Final = _("Targets of the year in the area and below it; met is executed by the day.")
TARGETS: Final = (
    Query("targets_set", _("Targets set"), FigureUnit.PIECES, _set, BASIS),
    Query("targets_met", _("Targets met"), FigureUnit.PIECES, _met_number, BASIS),
    Query("targets_share", _("Share of targets met"), FigureUnit.PERCENT, _share, BASIS),
)
