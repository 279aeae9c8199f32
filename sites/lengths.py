"""Whether a declared length can be believed: compared with the measured one."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

TOLERATED_SHARE: Final = 0.01
TOLERATED_M: Final = 20.0
"""A difference is flagged beyond 1 % of the declared length or 20 m, whichever is more: our choice,
as no standard sets one."""


@dataclass(frozen=True, slots=True)
class LengthCheck:
    """A declared and a measured length in metres."""

    declared_m: Decimal
    measured_m: float

    @property
    def difference_m(self) -> float:
        """Measured minus declared."""
        return self.measured_m - float(self.declared_m)

    @property
    def difference_percent(self) -> float | None:
        """The difference as percent of the declared length; None when that is zero."""
        return self.difference_m / float(self.declared_m) * 100 if self.declared_m else None

    @property
    def tolerance_m(self) -> float:
        """How far the two may be apart."""
        return max(float(self.declared_m) * TOLERATED_SHARE, TOLERATED_M)

    @property
    def is_beyond(self) -> bool:
        """Whether somebody should look at it."""
        return abs(self.difference_m) > self.tolerance_m


def length_check(declared_m: Decimal | None, measured_m: float | None) -> LengthCheck | None:
    """Return the comparison, None where one of the lengths is not known."""
    if declared_m is None or not measured_m:
        return None
    return LengthCheck(declared_m, measured_m)
