"""The shapes of the condition formulas; every number in them is an argument.

The shapes are those of the assessment standards for highway condition (JTG 5210 and its
relatives). Indices lie between 0 and 100 and are kept to two decimals.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from assets.kinds import ConditionGrade

HUNDRED: Final = Decimal(100)
INDEX_STEP: Final = Decimal("0.01")
GRADES_WITH_BORDER: Final = (
    ConditionGrade.EXCELLENT,
    ConditionGrade.GOOD,
    ConditionGrade.FAIR,
    ConditionGrade.POOR,
)
"""Each has a lowest index, in falling order; what is below the last is bad."""


class NoWeight(ValueError):
    """The weights of an index add up to nothing."""


def pavement_condition(damage_percent: Decimal, a0: Decimal, a1: Decimal) -> Decimal:
    """Return PCI = 100 − a0 · DR^a1, DR being the damage ratio in %."""
    if not damage_percent:
        return _index(HUNDRED)
    return _index(HUNDRED - a0 * damage_percent**a1)


def riding_quality(roughness: Decimal, a0: Decimal, a1: Decimal) -> Decimal:
    """Return RQI = 100 / (1 + a0 · e^(a1 · IRI)), IRI being the roughness in m/km."""
    return _index(HUNDRED / (1 + a0 * (a1 * roughness).exp()))


def weighted(parts: Iterable[tuple[Decimal, Decimal]]) -> Decimal:
    """Return the mean of indices, each given with its weight: PQI of PCI and RQI, MQI of four.

    Raises `NoWeight` when the weights add up to nothing.
    """
    pairs = tuple(parts)
    total = sum((weight for _index, weight in pairs), Decimal(0))
    if total <= 0:
        raise NoWeight
    return _index(sum((index * weight for index, weight in pairs), Decimal(0)) / total)


def grade_of(index: Decimal, borders: Mapping[str, Decimal]) -> ConditionGrade:
    """Return the grade of an index; `borders` gives the lowest index of each grade but the last."""
    for grade in GRADES_WITH_BORDER:
        if index >= borders[grade]:
            return grade
    return ConditionGrade.BAD


def _index(value: Decimal) -> Decimal:
    return min(max(value, Decimal(0)), HUNDRED).quantize(INDEX_STEP, ROUND_HALF_UP)
