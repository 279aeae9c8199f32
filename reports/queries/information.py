"""Questions about information filed to the province and the city (信息报送)."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from oversight.models import InfoSubmission
from reports.kinds import FigureUnit
from reports.queries.question import FigureAnswer, FigureContext, Query


def _counts(context: FigureContext) -> tuple[Decimal, Decimal]:
    """Return how many were published by the day and how many were filed in the period."""
    rows = InfoSubmission.objects.visible_to(context.scope).within(context.area.code)
    last = min(context.period.last, context.as_of)
    found = rows.filter(sent_on__gte=context.period.first, sent_on__lte=last).aggregate(
        sent=Count("pk"), published=Count("pk", filter=Q(published_on__lte=context.as_of))
    )
    return Decimal(found["published"]), Decimal(found["sent"])


def _sent(context: FigureContext) -> FigureAnswer:
    return FigureAnswer(_counts(context)[1], address="/oversight/information/")


def _published(context: FigureContext) -> FigureAnswer:
    return FigureAnswer(_counts(context)[0], address="/oversight/information/")


def _share(context: FigureContext) -> FigureAnswer:
    published, sent = _counts(context)
    share = published * 100 / sent if sent else None
    return FigureAnswer(share, published, sent, address="/oversight/information/")


BASIS: Final = _("Information filed in the period, and what of it was published up to the day.")
INFORMATION: Final = (
    Query("info_sent", _("Information filed"), FigureUnit.PIECES, _sent, BASIS),
    Query("info_published", _("Information published"), FigureUnit.PIECES, _published, BASIS),
    Query("info_share", _("Published share of information"), FigureUnit.PERCENT, _share, BASIS),
)
