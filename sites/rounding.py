"""Rounding of parts that must add up to their rounded whole, as tables of a report do."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

from django.utils.translation import gettext_lazy as _

ROUNDING_NOTE = _(
    "Amounts are rounded half up. Parts are rounded so that they add up to the rounded total: "
    "the parts with the largest remainders are rounded up first."
)
"""What a page, a document or a sheet prints below numbers that were rounded so."""


def rounded_parts(parts: Sequence[Decimal], decimals: int = 2) -> list[Decimal]:
    """Return the parts rounded so that they sum to the rounded whole (largest remainder).

    Each differs from its exact value by less than one unit of the last decimal, and what is
    exact stays as it is. Equal remainders favour the larger part, then the earlier one. Parts
    below zero (reversals) are welcome.

    >>> rounded_parts([Decimal("0.333"), Decimal("0.333"), Decimal("0.334")])
    [Decimal('0.33'), Decimal('0.33'), Decimal('0.34')]
    """
    unit = Decimal(1).scaleb(-decimals)
    whole = sum(parts, Decimal(0)).quantize(unit, rounding=ROUND_HALF_UP)
    floors = [part.quantize(unit, rounding=ROUND_FLOOR) for part in parts]
    missing = int((whole - sum(floors, Decimal(0))) / unit)

    def rank(index: int) -> tuple[Decimal, Decimal, int]:
        return floors[index] - parts[index], -abs(parts[index]), index

    raised = set(sorted(range(len(parts)), key=rank)[:missing])
    return [floor + unit if index in raised else floor for index, floor in enumerate(floors)]
