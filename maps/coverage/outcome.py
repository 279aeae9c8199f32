"""What a measure finds: parts by township, gaps with their places, the reach, and its inputs."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Final, NamedTuple, Self

import shapely

from maps.coverage.reach import polygons_of

MOST_GAPS: Final = 20_000
"""A run keeps so many gaps, the largest; what it leaves out stands under its inputs."""


class Tally(NamedTuple):
    """How much of all was reached."""

    reached: Decimal
    all: Decimal


class Gap(NamedTuple):
    """What was not reached: its place (shapely, degrees), how much, its name and township."""

    place: Any
    amount: Decimal
    label: str
    township_code: str


@dataclass
class Outcome:
    """The result of a measure for one district or for all of an area.

    `counts` are whole numbers of what went in and what was left out; `lengths` are metres.
    """

    townships: dict[str, Tally] = field(default_factory=dict)
    gaps: list[Gap] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    digests: list[str] = field(default_factory=list)
    reach: Any = None

    def add(self, township: str, reached: Decimal, whole: Decimal) -> None:
        """Count something in a township."""
        before = self.townships.get(township, Tally(Decimal(0), Decimal(0)))
        self.townships[township] = Tally(before.reached + reached, before.all + whole)

    @property
    def total(self) -> Tally:
        """The sum of all townships."""
        parts = list(self.townships.values())
        return Tally(
            sum((part.reached for part in parts), Decimal(0)),
            sum((part.all for part in parts), Decimal(0)),
        )

    @property
    def sha256(self) -> str:
        """One hash of everything that went in."""
        return hashlib.sha256("\n".join(self.digests).encode()).hexdigest()

    def largest_gaps(self) -> list[Gap]:
        """Return the gaps that are kept, the largest first; notes how many are not."""
        ordered = sorted(
            self.gaps, key=lambda gap: (-gap.amount, gap.township_code, gap.label, gap.place.wkb)
        )
        left_out = ordered[MOST_GAPS:]
        if left_out:
            self.counts["gaps_left_out"] = len(left_out)
        return ordered[:MOST_GAPS]

    @classmethod
    def joined(cls, parts: Iterable[Self]) -> Outcome:
        """Return the outcomes of districts as one."""
        whole = Outcome()
        reaches = []
        for part in parts:
            for township, tally in part.townships.items():
                whole.add(township, *tally)
            whole.gaps += part.gaps
            whole.counts += part.counts
            whole.digests += part.digests
            if part.reach is not None:
                reaches.append(part.reach)
        if reaches:
            whole.reach = (
                reaches[0] if len(reaches) == 1 else polygons_of(shapely.union_all(reaches))
            )
        return whole


def by_township(codes: Iterable[str], reached: Iterable[int], whole: Iterable[int]) -> Any:
    """Sum ten-thousandths by township; yields the code, what was reached and all."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for code, part, everything in zip(codes, reached, whole, strict=True):
        sums[code][0] += part
        sums[code][1] += everything
    for code, (part, everything) in sorted(sums.items()):
        yield code, part, everything
