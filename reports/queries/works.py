"""Questions about works: how many sites are finished and how much was delivered with them.

The sites of a calendar year are those of the year's programmes, whenever they were finished up to
the day of the figure: the yearly report tells how the year's plan was carried out. The sites of any
other period are those finished in it. Both are filters of the list of sites, so that a link shows
exactly what was counted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from django.db.models import Count, DecimalField, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from reports.kinds import FigureUnit
from reports.queries.question import FigureAnswer, FigureContext, Query
from sites.filters import SiteFilter
from sites.kinds import STATES_FINISHED, Kind, State, Unit
from sites.models import ProjectSite
from sites.quantities_done import site_quantity

AMOUNT: Final = DecimalField(max_digits=20, decimal_places=6)
NOTHING: Final = Value(Decimal(0), output_field=AMOUNT)
Chosen = Callable[[FigureContext], SiteFilter]


def planned(context: FigureContext) -> SiteFilter:
    """Return the filter of all sites of the year's plan that were not cancelled."""
    chosen = _placed(context)
    wanted = chosen.state or tuple(s.value for s in State if s != State.CANCELLED)
    return replace(chosen, year=(context.period.first.year,), state=wanted)


def finished(context: FigureContext) -> SiteFilter:
    """Return the filter of the sites that were finished, as the module says."""
    chosen = _placed(context)
    chosen = replace(chosen, state=chosen.state or tuple(state.value for state in STATES_FINISHED))
    if context.period.year:
        chosen = replace(chosen, year=(context.period.year,))
        return chosen.replaced("finished_by", context.as_of) if context.is_past else chosen
    chosen = chosen.replaced("finished_from", context.period.first)
    return chosen.replaced("finished_to", min(context.period.last, context.as_of))


def finished_of(kind: Kind) -> Chosen:
    """Return the filter of the finished sites of one kind."""
    return lambda context: replace(finished(context), kind=(kind.value,))


def _placed(context: FigureContext) -> SiteFilter:
    """Return the figure's own filter inside the area of the context."""
    own = context.filter
    if not own.area:
        return replace(own, area=(context.area.code,), as_of=context.as_of)
    inside = tuple(code for code in own.area if code.startswith(context.area.code))
    return replace(own, area=inside or (context.area.code,), as_of=context.as_of)


def sites_of(context: FigureContext, chosen: SiteFilter) -> QuerySet[Any]:
    """Return the sites of a filter that the context's scope sees."""
    return chosen.apply(ProjectSite.objects.visible_to(context.scope)).order_by()


def _mapped_km() -> Combinable:
    return Sum(Cast("measured_length_m", AMOUNT)) / Value(Decimal(1000), output_field=AMOUNT)


def _works(
    code: str,
    title: str | Promise,
    unit: FigureUnit,
    chosen: Chosen,
    amount: Callable[[], Any],
    basis: str | Promise,
) -> Query:
    """Return a question whose value is the sum of an amount over the sites of a filter."""

    def members(context: FigureContext) -> QuerySet[Any, Any]:
        rows = sites_of(context, chosen(context)).annotate(
            amount=Coalesce(Cast(amount(), AMOUNT), NOTHING)
        )
        found: QuerySet[Any, Any] = rows.values_list("pk", "amount")
        return found

    def asks(context: FigureContext) -> FigureAnswer:
        rows = members(context)
        sums: dict[str, Any] = {"total": Coalesce(Sum("amount"), NOTHING)}
        if unit == FigureUnit.KILOMETRES:
            sums["mapped"] = _mapped_km()
        found = rows.aggregate(**sums)
        return FigureAnswer(
            value=found["total"],
            members=rows,
            link=chosen(context),
            mapped=found.get("mapped"),
        )

    return Query(code, title, unit, asks, basis, members)


def finished_share(context: FigureContext) -> FigureAnswer:
    """Return the finished sites as percent of those planned."""
    plan = replace(context.filter, state=())
    wider = replace(context, filter=plan)
    done = sites_of(context, finished(context)).aggregate(number=Count("pk"))["number"]
    every = sites_of(wider, planned(wider)).aggregate(number=Count("pk"))["number"]
    return FigureAnswer(
        value=Decimal(done * 100) / every if every else None,
        numerator=Decimal(done),
        denominator=Decimal(every),
        link=finished(context),
    )


def one() -> Combinable:
    """Each site counts once."""
    return Value(Decimal(1), output_field=AMOUNT)


WORKS: Final = (
    _works(
        "sites_finished",
        _("Sites finished"),
        FigureUnit.SITES,
        finished,
        one,
        _("Sites whose work is finished and not under rectification, each counted once."),
    ),
    _works(
        "sites_planned",
        _("Sites planned"),
        FigureUnit.SITES,
        planned,
        one,
        _("Sites of the year's plan that were not cancelled, each counted once."),
    ),
    _works(
        "road_length",
        _("Length of roads finished"),
        FigureUnit.KILOMETRES,
        finished_of(Kind.ROAD),
        lambda: site_quantity(Unit.KILOMETRE),
        _("Declared length of the finished road sites; the length on the map stands beside it."),
    ),
    _works(
        "households_renovated",
        _("Households whose house was renovated"),
        FigureUnit.HOUSEHOLDS,
        finished_of(Kind.HOUSING),
        lambda: site_quantity(Unit.HOUSEHOLD),
        _("Households of the finished housing sites."),
    ),
    _works(
        "water_capacity",
        _("Capacity of water works finished"),
        FigureUnit.CUBIC_METRES_PER_DAY,
        finished_of(Kind.WATER_WORKS),
        lambda: site_quantity(Unit.CUBIC_METRE_PER_DAY),
        _("Capacity of the finished water works; works without a capacity count nothing."),
    ),
    Query(
        "finished_share",
        _("Finished share of the plan"),
        FigureUnit.PERCENT,
        finished_share,
        _("Finished sites as percent of the sites of the year's plan that were not cancelled."),
    ),
)
