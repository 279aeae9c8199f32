"""Which share of the information filed was published 刊登率, with both parts of it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.db.models.functions import Substr

from oversight.models import InfoSubmission
from sites.access import Scope
from sites.models import Area, Organisation
from sites.townships import TOWNSHIP_DIGITS, township_names

BY: Final = ("township", "organisation")


@dataclass(frozen=True, slots=True)
class InformationRate:
    """Published of sent: `published` is the numerator, `sent` the denominator.

    `key` is a township's code (of nine digits, shorter above townships) or a body's identifier.
    """

    sent: int
    published: int
    key: str = ""
    name: str = ""

    @property
    def percent(self) -> Decimal | None:
        """Per cent to one place, half up; `None` where nothing was sent."""
        if not self.sent:
            return None
        return (Decimal(100) * self.published / self.sent).quantize(Decimal("0.1"), ROUND_HALF_UP)


def submissions_of(
    scope: Scope,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    area: str = "",
    organisation: UUID | None = None,
) -> QuerySet[Any]:
    """Return what was sent in a period; the rows behind the rate."""
    rows = InfoSubmission.objects.visible_to(scope).within(area)
    rows = rows.filter(sent_on__range=(starts_on, ends_on))
    return rows.filter(organisation=organisation) if organisation else rows


def information_rate(
    scope: Scope,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date,
    as_of: datetime.date,
    area: str = "",
) -> InformationRate:
    """Return the rate of what was sent in a period and published up to a day."""
    rows = submissions_of(scope, starts_on=starts_on, ends_on=ends_on, area=area)
    return rate_of(rows, as_of)


def rate_of(rows: QuerySet[Any], as_of: datetime.date) -> InformationRate:
    """Return the rate of any rows of information."""
    found = rows.order_by().aggregate(sent=Count("pk"), published=_published(as_of))
    return InformationRate(found["sent"], found["published"])


def rates_by(rows: QuerySet[Any], by: str, as_of: datetime.date) -> list[InformationRate]:
    """Return the rate of each township or body, the highest share first, then the larger number."""
    column = F("organisation_id") if by == "organisation" else Substr("area_code", 1, 9)
    groups = (
        rows.order_by().values(group=column).annotate(sent=Count("pk"), published=_published(as_of))
    )
    found = [(str(g["group"]), g["sent"], g["published"]) for g in groups]
    names = _names(by, [key for key, _sent, _published in found])
    rates = [
        InformationRate(sent, published, key, names.get(key, key)) for key, sent, published in found
    ]
    return sorted(rates, key=lambda rate: (-(rate.percent or 0), -rate.sent, rate.key))


def _published(as_of: datetime.date) -> Count:
    return Count("pk", filter=Q(published_on__lte=as_of))


def _names(by: str, keys: list[str]) -> dict[str, str]:
    if by == "organisation":
        bodies = Organisation.objects.filter(pk__in=keys).only("name", "name_en")
        return {str(body.pk): body.label for body in bodies}
    names = township_names(key for key in keys if len(key) == TOWNSHIP_DIGITS)
    above = [key for key in keys if key not in names]
    return names | area_names(above)


def area_names(codes: list[str]) -> dict[str, str]:
    """Return the names of areas of any level by their codes."""
    rows = Area.objects.filter(code__in=codes).order_by("valid_from")
    return {area.code: area.label for area in rows.only("code", "name", "name_en")}
