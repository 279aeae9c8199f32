"""What the demo's works cost and who pays: invented amounts, plausible in size, nothing more."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from random import Random
from typing import Final

from sites.kinds import Kind, ProgrammeLevel

FEN: Final = Decimal("0.01")
YUAN: Final = Decimal(1)
HUNDRED_YUAN: Final = Decimal(100)

ROAD_METRE: Final = (430, 690)
LUMP_SUMS: Final[Mapping[str, tuple[int, int]]] = {
    Kind.VILLAGE_CENTRE: (1_400_000, 3_900_000),
    Kind.WATER_WORKS: (160_000, 980_000),
    Kind.FACILITY: (600_000, 3_200_000),
    Kind.HOUSING: (8_000, 24_000),
}
"""Yuan from and to: a metre of road, and a site of each other kind."""

BY_LEVEL: Final[Mapping[str, Mapping[str, int]]] = {
    ProgrammeLevel.PROVINCE: {"central": 34, "province": 28, "city": 11, "district": 27},
    ProgrammeLevel.CITY: {"province": 22, "city": 38, "district": 40},
    ProgrammeLevel.DISTRICT: {"city": 14, "district": 86},
}
"""Parts of the money by source and level of the programme; the district always has one."""

OTHER_OF: Final[Mapping[str, tuple[str, ...]]] = {
    Kind.ROAD: ("case-award", "village-collective", "donation"),
    Kind.VILLAGE_CENTRE: ("social-capital", "village-collective", "households"),
    Kind.WATER_WORKS: ("user-fees", "households", "case-award"),
    Kind.FACILITY: ("social-capital", "miscellaneous", "donation"),
}
HOUSE_PARTS: Final[Mapping[str, int]] = {"central": 70, "district": 30}
OTHER_CHANCE: Final = 0.45
OTHER_PART: Final = (3, 14)


def price_of(kind: str, length_m: Decimal | None, rng: Random) -> Decimal:
    """Return what a site costs, in full hundreds of yuan."""
    if kind == Kind.ROAD:
        raw = (length_m or Decimal(500)) * rng.randint(*ROAD_METRE)
    else:
        raw = Decimal(rng.randint(*LUMP_SUMS[kind]))
    return max((raw / HUNDRED_YUAN).quantize(YUAN, ROUND_HALF_UP), YUAN) * HUNDRED_YUAN


def parts_of(kind: str, level: str, rng: Random) -> dict[str, int]:
    """Return who pays which part of a site."""
    if kind == Kind.HOUSING:
        return dict(HOUSE_PARTS)
    parts = dict(BY_LEVEL[level])
    if rng.random() < OTHER_CHANCE:
        parts[rng.choice(OTHER_OF[kind])] = rng.randint(*OTHER_PART)
    return parts


def split(amount: Decimal, parts: Mapping[str, int]) -> dict[str, Decimal]:
    """Return the amount by source, in yuan; the district bears what is left, to the fen."""
    whole = sum(parts.values())
    found = {
        source: (amount * part / whole).quantize(YUAN, ROUND_DOWN)
        for source, part in parts.items()
        if source != "district"
    }
    found["district"] = amount - sum(found.values())
    return found


def share(amount: Decimal, factor: float) -> Decimal:
    """Return a factor of an amount, to the fen; a larger factor never gives less."""
    return (amount * Decimal(str(round(factor, 4)))).quantize(FEN, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Terms:
    """A site's money: estimate, what was signed and changed, and what the audit left of it."""

    estimate: Decimal
    signed: Decimal
    varied: Decimal
    settled: Decimal | None

    @property
    def total(self) -> Decimal:
        """Signed with its variation: what is allocated."""
        return self.signed + self.varied


def terms_of(price: Decimal, rng: Random, *, is_settled: bool) -> Terms:
    """Return the terms of a site of a price."""
    signed = share(price, rng.uniform(0.93, 0.985)).quantize(YUAN)
    varied = share(signed, rng.uniform(0.01, 0.035)).quantize(YUAN)
    varied = min(varied, price - signed) if rng.random() < 0.06 else Decimal(0)
    settled = None
    if is_settled:
        settled = share(signed + varied, 1 - rng.uniform(0.004, 0.055))
    return Terms(price, signed, varied, settled)
