"""The filter of assets by condition: sections that are partly of a grade, or partly not rated."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db.models import DecimalField, F, OuterRef, Q, Subquery, Sum, TextChoices
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assets.condition.summary import on_sections
from assets.filter_parameters import Parameter, chosen
from assets.kinds import ConditionGrade
from assets.models import ConditionStretch, RoadSection


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
    graded = on_sections(ConditionStretch.objects.filter(grade__in=values))
    condition = Q(pk__in=graded.values("asset"))
    if GradeOrNone.NOT_RATED in values:
        condition |= Q(pk__in=_partly_not_rated())
    return condition


def _partly_not_rated() -> Subquery:
    """Return the sections whose graded metres are fewer than their metres."""
    rated = on_sections(ConditionStretch.objects.filter(asset=OuterRef("pk")).exclude(grade=""))
    metres = rated.order_by().values("asset").annotate(sum_m=Sum("length_m")).values("sum_m")
    number = DecimalField(max_digits=12, decimal_places=1)
    sections = RoadSection.objects.filter(is_current=True).annotate(
        rated_m=Coalesce(Subquery(metres, output_field=number), Decimal(0), output_field=number)
    )
    return Subquery(sections.filter(rated_m__lt=F("end_m") - F("start_m")).values("pk"))
