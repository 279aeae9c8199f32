"""The parameters that upkeep adds to the filter of assets: `gap` and `lacks`."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.db.models import Q, TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assets.filters import Parameter
from maintenance.kinds import UpkeepGap
from maintenance.upkeep_gaps import gap_condition, lacks_condition
from sites.filter_values import choices


class GapAsked(TextChoices):
    """The values of the parameter `gap`."""

    ANY = "any", pgettext_lazy("gap", "Not managed")
    NONE = UpkeepGap.NONE.value, UpkeepGap.NONE.label
    NO_AGREEMENT = UpkeepGap.NO_AGREEMENT.value, UpkeepGap.NO_AGREEMENT.label
    NO_KEEPER = UpkeepGap.NO_KEEPER.value, UpkeepGap.NO_KEEPER.label
    NO_MONEY = UpkeepGap.NO_MONEY.value, UpkeepGap.NO_MONEY.label
    NO_INSPECTION = UpkeepGap.NO_INSPECTION.value, UpkeepGap.NO_INSPECTION.label


class Lack(TextChoices):
    """The values of the parameter `lacks`: things of which an asset may lack several."""

    NO_AGREEMENT = UpkeepGap.NO_AGREEMENT.value, UpkeepGap.NO_AGREEMENT.label
    NO_KEEPER = UpkeepGap.NO_KEEPER.value, UpkeepGap.NO_KEEPER.label
    NO_MONEY = UpkeepGap.NO_MONEY.value, UpkeepGap.NO_MONEY.label
    NO_INSPECTION = UpkeepGap.NO_INSPECTION.value, UpkeepGap.NO_INSPECTION.label


def _parameter(
    name: str,
    label: str | Promise,
    words: type[TextChoices],
    condition: Callable[[str, datetime.date], Q],
    description: str,
) -> Parameter:
    def any_of(values: tuple[str, ...], day: datetime.date) -> Q:
        found = Q()
        for value in values:
            found |= condition(value, day)
        return found

    return Parameter(
        name,
        label,
        lambda params: choices(params, name, words.values),
        any_of,
        f"{description} Separated by commas: {', '.join(words.values)}.",
        words,
    )


GAP = _parameter(
    "gap",
    _("Upkeep gap"),
    GapAsked,
    gap_condition,
    "The first thing that the upkeep of an asset to be kept up lacks today; `none` is managed.",
)
LACKS = _parameter(
    "lacks",
    _("Upkeep lacks"),
    Lack,
    lacks_condition,
    "Things that the upkeep of an asset to be kept up lacks today, whatever else it lacks.",
)
