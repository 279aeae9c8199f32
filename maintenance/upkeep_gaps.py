"""Whether an asset is managed on a day, and what is missing where it is not (失管).

Four things make an asset managed: an agreement in force over all of it, a person in charge of
each part, money (a price and settled shares), and a next inspection that is not overdue. They are
asked in this order; the first one that is missing is the asset's gap. Decision 18 gives reasons.
Conditions are on `assets.Asset`; a list, a count, a tile and a sum use the same ones.
"""

from __future__ import annotations

import datetime

from django.db.models import Case, CharField, Q, Value, When

from assets.kinds import STATES_TO_KEEP_UP
from maintenance.kinds import UpkeepGap
from sites.kinds import Kind

ANY_GAP = "any"
"""The value of the parameter `gap` for every asset that is not managed."""
GAPS = (UpkeepGap.NO_AGREEMENT, UpkeepGap.NO_KEEPER, UpkeepGap.NO_MONEY, UpkeepGap.NO_INSPECTION)


def to_be_managed() -> Q:
    """Assets in service that a public body has to see kept up.

    A renovated house belongs to its household, who keep it up themselves: it is never a gap.
    """
    return Q(state__in=STATES_TO_KEEP_UP) & ~Q(kind=Kind.HOUSING)


def has_agreement(day: datetime.date) -> Q:
    """Assets that binding agreements cover wholly on the day."""
    return Q(upkeep_status__covered_days__holds=day)


def has_keeper(day: datetime.date) -> Q:
    """Assets of which each part has a person in charge on the day."""
    return Q(upkeep_status__kept_days__holds=day)


def has_money(day: datetime.date) -> Q:
    """Assets of which each part is priced, with settled shares, on the day."""
    return Q(upkeep_status__funded_days__holds=day)


def is_inspected(day: datetime.date) -> Q:
    """Assets with a next inspection that is not overdue on the day."""
    return Q(upkeep_status__next_due_on__gte=day)


PARTS = {
    UpkeepGap.NO_AGREEMENT: has_agreement,
    UpkeepGap.NO_KEEPER: has_keeper,
    UpkeepGap.NO_MONEY: has_money,
    UpkeepGap.NO_INSPECTION: is_inspected,
}
"""What each gap means to be missing, in the order in which they are asked."""


def gap_of(day: datetime.date) -> Case:
    """Return the gap of an asset on a day as an expression; `none` for a managed one."""
    cases = [When(~part(day), then=Value(gap.value)) for gap, part in PARTS.items()]
    return Case(*cases, default=Value(UpkeepGap.NONE.value), output_field=CharField(max_length=20))


def gap_condition(gap: str, day: datetime.date) -> Q:
    """Return the condition that an asset to keep up has the gap on the day.

    `none` means managed, `any` not managed; assets that nobody has to keep up have neither.
    """
    return to_be_managed() & _gap(gap, day)


def _gap(gap: str, day: datetime.date) -> Q:
    met = Q()
    for name, part in PARTS.items():
        if name == gap:
            return met & ~part(day)
        met &= part(day)
    return ~met if gap == ANY_GAP else met


def lacks_condition(gap: str, day: datetime.date) -> Q:
    """Return the condition that an asset to keep up lacks the thing, whatever else it lacks."""
    return to_be_managed() & ~PARTS[UpkeepGap(gap)](day)
