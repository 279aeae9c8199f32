"""What a site is said to have delivered and what was measured: units, and whether they agree."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.core.exceptions import ObjectDoesNotExist

from sites.kinds import Kind, Unit
from sites.lengths import TOLERATED_M, TOLERATED_SHARE
from sites.models import ProjectSite

METRES: Final = {Unit.KILOMETRE.value: Decimal(1000), Unit.METRE.value: Decimal(1)}
"""Metres in a unit of length; other units have no least tolerance."""
STEP: Final = Decimal("0.001")


@dataclass(frozen=True, slots=True)
class QuantityCheck:
    """A claimed and a measured quantity in the same unit.

    The tolerance is the one of lengths: 1 % of what is claimed, and never less than 20 m where
    the unit is a length; our choice, as no standard sets one.
    """

    claimed: Decimal
    measured: Decimal
    unit: str

    @property
    def difference(self) -> Decimal:
        """Measured minus claimed."""
        return self.measured - self.claimed

    @property
    def difference_percent(self) -> Decimal | None:
        """The difference as percent of what is claimed; None when that is zero."""
        return self.difference / self.claimed * 100 if self.claimed else None

    @property
    def tolerance(self) -> Decimal:
        """How far the two may be apart, in the unit."""
        share = self.claimed * Decimal(str(TOLERATED_SHARE))
        metres = METRES.get(self.unit)
        return max(share, Decimal(str(TOLERATED_M)) / metres) if metres else share

    @property
    def is_beyond(self) -> bool:
        """Whether the difference needs a reason."""
        return abs(self.difference) > self.tolerance


def quantity_check(
    claimed: Decimal | None, measured: Decimal | None, unit: str
) -> QuantityCheck | None:
    """Return the comparison, None where one of the two is not known."""
    if claimed is None or measured is None:
        return None
    return QuantityCheck(claimed, measured, unit)


def claimed_by_default(site: ProjectSite) -> tuple[Decimal, str]:
    """Return what a site claims to deliver and its unit, from what the register knows.

    Roads claim their declared length in km, else the measured one; water works their capacity,
    houses their households, everything else one site.
    """
    if site.kind == Kind.ROAD:
        metres = site.declared_length_m
        if metres is None:
            metres = Decimal(str(site.measured_length_m or 0))
        return (metres / METRES[Unit.KILOMETRE]).quantize(STEP), Unit.KILOMETRE
    if site.kind == Kind.WATER_WORKS:
        capacity = _detail_value(site, "water_works", "capacity_m3_per_day")
        if capacity:
            return Decimal(capacity).quantize(STEP), Unit.CUBIC_METRE_PER_DAY
    if site.kind == Kind.HOUSING:
        return Decimal(_detail_value(site, "housing", "households") or 1), Unit.HOUSEHOLD
    return Decimal(1), Unit.SITE


def _detail_value(site: ProjectSite, detail: str, column: str) -> Decimal | int | None:
    try:
        return getattr(getattr(site, detail), column)  # type: ignore[no-any-return]
    except ObjectDoesNotExist:
        return None
