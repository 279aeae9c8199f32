"""Questions about who is reached: the latest coverage run of an area up to the day."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.utils.translation import gettext_lazy as _

from maps.kinds import Indicator, RunState
from maps.models import CoverageRun
from reports.kinds import FigureUnit
from reports.queries.question import Asks, FigureAnswer, FigureContext, Query

HUNDRED: Final = Decimal(100)


def run_of(context: FigureContext, indicator: Indicator) -> CoverageRun | None:
    """Return the run with the latest day that is not after the context's."""
    rows = CoverageRun.objects.visible_to(context.scope).filter(
        indicator=indicator,
        area_code=context.area.code,
        state=RunState.READY,
        as_of__lte=context.as_of,
    )
    found: CoverageRun | None = rows.order_by("-as_of", "-created_at").defer("reach").first()
    return found


def _rate(indicator: Indicator) -> Asks:
    def asks(context: FigureContext) -> FigureAnswer:
        run = run_of(context, indicator)
        if run is None or run.numerator is None:
            return FigureAnswer(value=None)
        whole = run.denominator or Decimal(0)
        share = run.numerator * HUNDRED / whole if whole else None
        return FigureAnswer(share, run.numerator, whole, address="/coverage/")

    return asks


def _people_served(context: FigureContext) -> FigureAnswer:
    """Return the people within reach, each counted once."""
    run = run_of(context, Indicator.PEOPLE_SERVED)
    if run is None:
        return FigureAnswer(value=None)
    return FigureAnswer(run.numerator, run.numerator, run.denominator, address="/coverage/")


BASIS: Final = _("The latest coverage run of the area up to the day; its method sheet says how.")
COVERAGE: Final = (
    *(
        Query(indicator.value, indicator.label, FigureUnit.PERCENT, _rate(indicator), BASIS)
        for indicator in Indicator
        if indicator != Indicator.PEOPLE_SERVED
    ),
    Query(
        Indicator.PEOPLE_SERVED.value,
        Indicator.PEOPLE_SERVED.label,
        FigureUnit.PEOPLE,
        _people_served,
        BASIS,
    ),
)
