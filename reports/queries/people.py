"""Questions about people: trained, passed, certified, supported; counts and amounts, no names.

What was verified counts, in batches that ended in the period. These figures have no sites.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from reports.kinds import FigureUnit
from reports.queries.question import Asks, FigureAnswer, FigureContext, Query
from sites.kinds import ProgrammeKind, ServiceState
from sites.models import ServiceRecord


def records_of(context: FigureContext, kind: ProgrammeKind) -> QuerySet[Any]:
    """Return the verified records of a kind of programme, of the context's area and period."""
    chosen = context.filter
    rows = ServiceRecord.objects.visible_to(context.scope).within(context.area.code)
    condition = Q(programme__code__in=chosen.programme) if chosen.programme else Q()
    return rows.filter(
        condition,
        state=ServiceState.VERIFIED,
        programme__kind=kind,
        ends_on__gte=context.period.first,
        ends_on__lte=min(context.period.last, context.as_of),
    )


def _count(kind: ProgrammeKind, column: str) -> Asks:
    def asks(context: FigureContext) -> FigureAnswer:
        found = records_of(context, kind).aggregate(total=Sum(column))["total"]
        return FigureAnswer(value=Decimal(found or 0))

    return asks


def _share(column: str) -> Asks:
    def asks(context: FigureContext) -> FigureAnswer:
        known = Q(**{f"{column}__isnull": False})
        rows = records_of(context, ProgrammeKind.TRAINING).filter(known)
        found = rows.aggregate(part=Sum(column), every=Sum("people"))
        part, every = Decimal(found["part"] or 0), Decimal(found["every"] or 0)
        return FigureAnswer(part * 100 / every if every else None, part, every)

    return asks


PEOPLE: Final = (
    Query(
        "people_trained",
        _("People trained"),
        FigureUnit.PEOPLE,
        _count(ProgrammeKind.TRAINING, "people"),
        _("People in verified training courses that ended in the period."),
    ),
    Query(
        "pass_rate",
        _("Pass rate of training"),
        FigureUnit.PERCENT,
        _share("passed"),
        _("People who passed as percent of those trained in courses that state it."),
    ),
    Query(
        "certificate_rate",
        _("Certificate rate of training"),
        FigureUnit.PERCENT,
        _share("certified"),
        _("People with a certificate as percent of those trained in courses that state it."),
    ),
    Query(
        "people_supported",
        _("People supported"),
        FigureUnit.PEOPLE,
        _count(ProgrammeKind.CASH, "people"),
        _("People in verified batches of benefits that ended in the period; may count one twice."),
    ),
    Query(
        "benefits_paid",
        _("Benefits paid"),
        FigureUnit.YUAN,
        _count(ProgrammeKind.CASH, "amount"),
        _("Amounts of verified batches of benefits that ended in the period."),
    ),
    Query(
        "people_served_by_providers",
        _("People served by providers"),
        FigureUnit.PEOPLE,
        _count(ProgrammeKind.PURCHASED, "people"),
        _("People in verified records of purchased services that ended in the period."),
    ),
)
