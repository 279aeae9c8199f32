"""Questions about money: what was budgeted, allocated, released and paid, by whose money it is.

Of a calendar year it is the money of the year's programmes, whenever it was booked up to the day of
the figure; of any other period what was booked in it. Reversals and returns count with their sign,
so every sum is the ledger's to the fen. Amounts of an area without a site have no site here.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from django.db.models import DecimalField, Exists, OuterRef, Q, QuerySet, Sum
from django.db.models.functions import Cast
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from funding.kinds import SourceLevel, Stage
from funding.models import LedgerEntry
from reports.kinds import FigureUnit
from reports.queries.question import Asks, FigureAnswer, FigureContext, Members, Query
from sites.filters import SiteFilter
from sites.models import ProjectSite

EXACT: Final = DecimalField(max_digits=20, decimal_places=6)
ALL: Final = tuple(SourceLevel)
CENTRAL_AND_PROVINCE: Final = (SourceLevel.CENTRAL, SourceLevel.PROVINCE)
GROUPS: Final[dict[str, tuple[str | Promise, tuple[SourceLevel, ...], str]]] = {
    "": (_("all sources"), ALL, ""),
    "central_and_province": (_("central and provincial"), CENTRAL_AND_PROVINCE, ""),
    "central": (_("central"), (SourceLevel.CENTRAL,), "central_and_province"),
    "province": (_("provincial"), (SourceLevel.PROVINCE,), "central_and_province"),
    "city": (_("city"), (SourceLevel.CITY,), ""),
    "district": (_("district"), (SourceLevel.DISTRICT,), ""),
    "other": (_("other sources"), (SourceLevel.OTHER,), ""),
}
"""What money is told by: its words, the levels in it, and of which group it is a part."""
STAGE_WORDS: Final = {
    Stage.BUDGET: _("Money budgeted"),
    Stage.ALLOCATED: _("Money allocated"),
    Stage.RELEASED: _("Money released"),
    Stage.PAID: _("Money paid"),
}


def code_of(stage: str, group: str = "") -> str:
    """Return the code of the question about a stage and a group of sources."""
    return f"money_{stage}_{group}" if group else f"money_{stage}"


def entries_of(context: FigureContext) -> QuerySet[Any]:
    """Return the ledger entries of the context's area and period, up to its day."""
    rows = LedgerEntry.objects.visible_to(context.scope).within(context.area.code)
    condition = Q(booked_on__lte=context.as_of)
    if context.period.year:
        condition &= Q(programme__year=context.period.year)
    else:
        condition &= Q(booked_on__gte=context.period.first, booked_on__lte=context.period.last)
    return rows.filter(condition & _of_filter(context)).order_by()


def entries_behind(context: FigureContext, code: str) -> QuerySet[Any]:
    """Return the entries that a question about money sums; raises `KeyError` for another one."""
    stage, levels = ASKED[code]
    return entries_of(context).filter(stage=stage, source__level__in=levels)


def _of_filter(context: FigureContext) -> Q:
    """Return the figure's own filter: programmes as they are, anything else through sites."""
    chosen = context.filter
    if chosen.is_empty:
        return Q()
    if chosen == SiteFilter(programme=chosen.programme):
        return Q(programme__code__in=chosen.programme)
    sites = chosen.apply(ProjectSite.objects.visible_to(context.scope))
    return Q(Exists(sites.filter(pk=OuterRef("site_id"))))


def _sums(context: FigureContext) -> dict[tuple[str, str], Decimal]:
    """Return the sum of each stage and level; read once for all questions of a context."""
    key = ("money", context.area.pk, context.period, context.as_of, context.filter.to_query())
    if key not in context.memo:
        rows = entries_of(context).values_list("stage", "source__level")
        context.memo[key] = {
            (stage, level): total for stage, level, total in rows.annotate(total=Sum("amount"))
        }
    found: dict[tuple[str, str], Decimal] = context.memo[key]
    return found


def _members(stage: Stage, levels: Sequence[SourceLevel]) -> Members:
    def members(context: FigureContext) -> QuerySet[Any, Any]:
        rows = entries_of(context).filter(stage=stage)
        if levels != ALL:
            rows = rows.filter(source__level__in=levels)
        sums = rows.values("site_id").annotate(amount=Cast(Sum("amount"), EXACT))
        found: QuerySet[Any, Any] = sums.values_list("site_id", "amount")
        return found

    return members


def _asks(stage: Stage, levels: Sequence[SourceLevel], members: Members) -> Asks:
    def asks(context: FigureContext) -> FigureAnswer:
        sums = _sums(context)
        total = sum((sums.get((stage, level), Decimal(0)) for level in levels), Decimal(0))
        return FigureAnswer(value=total, members=members(context))

    return asks


def _query(stage: Stage, group: str) -> Query:
    word, levels, above = GROUPS[group]
    members = _members(stage, levels)
    title = STAGE_WORDS[stage]
    return Query(
        code_of(stage, group),
        format_lazy("{}: {}", title, word) if group else title,
        FigureUnit.YUAN,
        _asks(stage, levels, members),
        _("Entries of the ledger with their sign: reversals and returns are taken off."),
        members,
        whole=code_of(stage, above) if group else "",
    )


MONEY: Final = tuple(_query(stage, group) for stage in Stage for group in GROUPS)
ASKED: Final = {
    code_of(stage, group): (stage, levels)
    for stage in Stage
    for group, (_word, levels, _above) in GROUPS.items()
}
"""The stage and the levels of each question."""
