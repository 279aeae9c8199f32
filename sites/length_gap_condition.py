"""Which sites declare a length that the map does not bear out (see `sites.lengths`)."""

from __future__ import annotations

import datetime
from typing import Any, Final

from django.db.models import F, FloatField, Q, TextChoices, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Abs, Cast, Greatest
from django.db.models.lookups import GreaterThan
from django.utils.translation import gettext_lazy as _

from sites.lengths import TOLERATED_M, TOLERATED_SHARE


class LengthGap(TextChoices):
    """How a declared length stands to the measured one."""

    WITHIN = "within", _("Within tolerance")
    BEYOND = "beyond", _("Beyond tolerance")
    NOT_COMPARED = "not_compared", _("Not compared")


COMPARED: Final = Q(declared_length_m__isnull=False, measured_length_m__gt=0)
"""A site whose declared length can be compared with a measured one."""


def length_difference() -> Any:
    """Return measured minus declared, in metres."""
    return F("measured_length_m") - _declared()


def beyond_condition() -> Q:
    """Return that a site's two lengths are further apart than is tolerated.

    Null is no answer to a comparison, so the lengths are compared only where both are there:
    the opposite of the condition then holds for every other site.
    """
    tolerated = Greatest(_declared() * Value(TOLERATED_SHARE), Value(TOLERATED_M))
    apart = Q(GreaterThan(Abs(length_difference()), tolerated))
    return COMPARED & apart


def gap_condition(values: tuple[str, ...], _day: datetime.date) -> Q:
    """Return the condition that a site's lengths stand as one of the values says."""
    meaning = {
        LengthGap.WITHIN: COMPARED & ~beyond_condition(),
        LengthGap.BEYOND: beyond_condition(),
        LengthGap.NOT_COMPARED: Q(declared_length_m__isnull=True)
        | Q(measured_length_m__isnull=True)
        | Q(measured_length_m__lte=0),
    }
    condition = Q()
    for value in values:
        condition |= meaning[LengthGap(value)]
    return condition


def _declared() -> Combinable:
    return Cast("declared_length_m", FloatField())
