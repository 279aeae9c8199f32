"""Chainage: metres along a route from its beginning, written K12+345, and stretches between two."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext as _

STEP_M: Final = Decimal("0.1")
"""Chainage is kept to the decimetre."""
LONGEST_M: Final = 1_000_000
"""No route is longer than K1000+000: our choice, and the bound of the database."""
METRES_PER_KM: Final = 1000
SEPARATORS: Final = "–—~～-"
"""What people write between the two ends of a stretch; we write the first."""
_WRITTEN: Final = re.compile(r"[Kk]([0-9]{1,4})\+([0-9]{3}(?:\.[0-9])?)")
_DASH: Final = re.compile(rf"\s*[{SEPARATORS}]\s*")


class ChainageError(ValueError):
    """A chainage or a stretch cannot be; `code` is stable, `reason` says why."""

    def __init__(self, code: str, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


@dataclass(frozen=True, slots=True, order=True)
class Chainage:
    """Metres along a route, 0 or more, to the decimetre; shown as K0+000.

    Raises `ChainageError` for anything else: a float is refused, because it hides a rounding.
    """

    metres: Decimal

    def __post_init__(self) -> None:
        metres = _exact(self.metres)
        if not 0 <= metres <= LONGEST_M:
            raise ChainageError(
                "chainage_out_of_range", _("A chainage lies between K0+000 and K1000+000.")
            )
        if metres != metres.quantize(STEP_M):
            raise ChainageError(
                "chainage_too_fine", _("A chainage has one decimal of a metre at most.")
            )
        object.__setattr__(self, "metres", abs(metres.quantize(STEP_M)))

    @classmethod
    def parse(cls, text: str) -> Chainage:
        """Read `K12+345` or `K12+345.6`; spaces around it do not matter."""
        found = _WRITTEN.fullmatch(text.strip())
        if not found:
            raise ChainageError(
                "chainage_form",
                _("Write a chainage as K12+345: kilometres, a plus sign and three digits."),
            )
        return cls(int(found[1]) * METRES_PER_KM + Decimal(found[2]))

    @classmethod
    def nearest(cls, metres: float | Decimal) -> Chainage:
        """Return the chainage nearest to a measured number of metres."""
        try:
            return cls(Decimal(metres).quantize(STEP_M, ROUND_HALF_EVEN))
        except InvalidOperation as error:
            raise _not_finite() from error

    def __str__(self) -> str:
        km, metres = divmod(self.metres, METRES_PER_KM)
        whole, part = divmod(metres, 1)
        return f"K{km:.0f}+{whole:03.0f}" + (f".{part * 10:.0f}" if part else "")


@dataclass(frozen=True, slots=True, order=True)
class ChainageRange:
    """A stretch of a route from `start_m` to `end_m`, which is greater; shown as K0+000–K1+200.

    The end does not belong to the stretch, so neighbours share a chainage and do not overlap.
    """

    start_m: Decimal
    end_m: Decimal

    def __post_init__(self) -> None:
        for name in ("start_m", "end_m"):
            object.__setattr__(self, name, Chainage(getattr(self, name)).metres)
        if self.end_m <= self.start_m:
            raise ChainageError("chainage_order", _("A stretch must end after it begins."))

    @classmethod
    def between(cls, start: Chainage, end: Chainage) -> ChainageRange:
        """Return the stretch between two chainages."""
        return cls(start.metres, end.metres)

    @classmethod
    def parse(cls, text: str) -> ChainageRange:
        """Read `K0+000–K1+200`; a hyphen, a tilde or their wide forms serve as well."""
        ends = _DASH.split(text.strip())
        if len(ends) != 2:
            raise ChainageError("stretch_form", _("Write a stretch as K0+000–K1+200."))
        return cls.between(Chainage.parse(ends[0]), Chainage.parse(ends[1]))

    @property
    def length_m(self) -> Decimal:
        """Metres from the start to the end."""
        return self.end_m - self.start_m

    def overlaps(self, other: ChainageRange) -> bool:
        """Whether the two share more than an end."""
        return self.start_m < other.end_m and other.start_m < self.end_m

    def intersection(self, other: ChainageRange) -> ChainageRange | None:
        """Return what the two share; None when that is nothing or an end only."""
        if not self.overlaps(other):
            return None
        return ChainageRange(max(self.start_m, other.start_m), min(self.end_m, other.end_m))

    def covers(self, other: ChainageRange) -> bool:
        """Whether the other lies within this one."""
        return self.start_m <= other.start_m and other.end_m <= self.end_m

    def holds(self, place: Chainage) -> bool:
        """Whether a chainage lies on the stretch, its two ends included."""
        return self.start_m <= place.metres <= self.end_m

    def __str__(self) -> str:
        return f"{Chainage(self.start_m)}–{Chainage(self.end_m)}"


def _exact(metres: object) -> Decimal:
    if isinstance(metres, bool) or not isinstance(metres, Decimal | int):
        raise TypeError("metres of a chainage are a Decimal or an int")
    exact = Decimal(metres)
    if not exact.is_finite():
        raise _not_finite()
    return exact


def _not_finite() -> ChainageError:
    return ChainageError("chainage_not_finite", _("A chainage must be a finite number."))
