"""The filter of assets by condition: sections that are partly of a grade, or partly not rated."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db.models import (
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Sum,
    TextChoices,
)
from django.db.models.functions import Greatest, Least
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assets.condition.summary import on_sections
from assets.kinds import ConditionGrade
from assets.models import ConditionStretch, RoadSection
from sites.filter_parameter import Parameter, chosen


class GradeOrNone(TextChoices):
    """A grade of condition, or none."""

    EXCELLENT = ConditionGrade.EXCELLENT.value, ConditionGrade.EXCELLENT.label
    GOOD = ConditionGrade.GOOD.value, ConditionGrade.GOOD.label
    FAIR = ConditionGrade.FAIR.value, ConditionGrade.FAIR.label
    POOR = ConditionGrade.POOR.value, ConditionGrade.POOR.label
    BAD = ConditionGrade.BAD.value, ConditionGrade.BAD.label
    NOT_RATED = "not_rated", pgettext_lazy("condition", "Not rated")


def grade_parameter() -> Parameter:
    """Return the parameter `grade` of the filter of assets."""
    return chosen("grade", _("Condition"), GradeOrNone, _condition)


def _condition(values: tuple[str, ...], _day: datetime.date) -> Q:
    own = ConditionStretch.objects.filter(asset=OuterRef("pk"), grade__in=values)
    condition = Q(Exists(on_sections(own)))
    if GradeOrNone.NOT_RATED in values:
        condition |= Q(pk__in=_partly_not_rated().values("pk"))
    return condition


def _partly_not_rated() -> QuerySet[RoadSection]:
    """Return the sections whose graded metres are fewer than their metres: one grouped read."""
    on_section = Q(
        asset__condition__grade__in=ConditionGrade.values,
        asset__condition__start_m__lt=F("end_m"),
        asset__condition__end_m__gt=F("start_m"),
    )
    end = Least("asset__condition__end_m", "end_m")
    start = Greatest("asset__condition__start_m", "start_m")
    sections = RoadSection.objects.filter(is_current=True).order_by()
    rated = Sum(end - start, filter=on_section, default=Decimal(0))
    found: QuerySet[RoadSection] = sections.annotate(rated_m=rated).filter(
        rated_m__lt=F("end_m") - F("start_m")
    )
    return found
