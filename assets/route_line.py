"""A route as a straight line: its sections, structures, closures and gaps by chainage."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q

from assets.chainage import ChainageRange
from assets.models import RoadClosure, RoadRoute, RoadSection, Structure
from sites.access import Scope

WIDTH: Final = 1000
"""Units of the drawing from the first chainage to the last."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the line: a section that the viewer sees, or one that is not shown, or a gap.

    `x` and `width` are units of the drawing.
    """

    kind: str
    """`section`, `hidden` (a section outside the viewer's scope) or `gap`."""
    range: ChainageRange
    x: float
    width: float
    section: RoadSection | None = None

    @property
    def length_m(self) -> Decimal:
        """Metres of the stretch."""
        return self.range.length_m


@dataclass(frozen=True, slots=True)
class Mark:
    """A structure on the line."""

    structure: Structure
    x: float


@dataclass(frozen=True, slots=True)
class ClosedPart:
    """A closure in force on the line."""

    closure: RoadClosure
    range: ChainageRange
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A kilometre of the scale."""

    metres: Decimal
    x: float


@dataclass(frozen=True, slots=True)
class RouteLine:
    """Everything that the drawing and the table of a route show."""

    stretches: tuple[Stretch, ...]
    marks: tuple[Mark, ...]
    closed: tuple[ClosedPart, ...]
    ticks: tuple[Tick, ...]
    length_m: Decimal
    covered_m: Decimal

    @property
    def gap_m(self) -> Decimal:
        """Metres between K0 and the last section that no section covers."""
        return self.length_m - self.covered_m


def route_line(route: RoadRoute, scope: Scope, *, day: datetime.date) -> RouteLine:
    """Return the line of a route as a viewer sees it on a day: four statements.

    Sections outside the viewer's scope take their place on the line, for their stretch is
    public; nothing else about them is shown.
    """
    current = Q(route=route, is_current=True, asset__removed_at__isnull=True)
    every = list(RoadSection.objects.filter(current).order_by("start_m").only("start_m", "end_m"))
    seen = RoadSection.objects.visible_to(scope).filter(current).select_related("asset")
    visible = {section.pk: section for section in seen.defer("asset__geometry")}
    length = every[-1].end_m if every else Decimal(0)
    scale = WIDTH / float(length) if length else 0.0
    closures = RoadClosure.objects.filter(asset__in=list(visible)).in_force(day)
    structures = Structure.objects.filter(asset__in=list(visible)).defer("point")
    return RouteLine(
        stretches=tuple(_stretches(every, visible, scale)),
        marks=tuple(
            Mark(structure, round(float(structure.chainage_m) * scale, 1))
            for structure in structures.order_by("chainage_m")
        ),
        closed=tuple(_closed(closure, scale) for closure in closures.order_by("start_m")),
        ticks=tuple(_ticks(length, scale)),
        length_m=length,
        covered_m=sum((section.end_m - section.start_m for section in every), Decimal(0)),
    )


def _stretches(
    sections: Sequence[RoadSection], visible: dict[Any, RoadSection], scale: float
) -> Iterable[Stretch]:
    reached = Decimal(0)
    for bare in sections:
        if bare.start_m > reached:
            yield _stretch("gap", ChainageRange(reached, bare.start_m), scale)
        kind = "section" if bare.pk in visible else "hidden"
        own = ChainageRange(bare.start_m, bare.end_m)
        yield _stretch(kind, own, scale, visible.get(bare.pk))
        reached = bare.end_m


def _stretch(
    kind: str, part: ChainageRange, scale: float, section: RoadSection | None = None
) -> Stretch:
    x, width = float(part.start_m) * scale, float(part.length_m) * scale
    return Stretch(kind, part, round(x, 1), round(width, 1), section)


def _closed(closure: RoadClosure, scale: float) -> ClosedPart:
    part = ChainageRange(closure.start_m, closure.end_m)
    x, width = float(part.start_m) * scale, float(part.length_m) * scale
    return ClosedPart(closure, part, round(x, 1), round(width, 1))


def _ticks(length: Decimal, scale: float) -> Iterable[Tick]:
    """Yield whole kilometres, ten at most; the ends stand beside the line."""
    kilometres = int(length // 1000)
    step = next(n for n in (1, 2, 5, 10, 20, 50, 100) if kilometres <= n * 10 or n == 100)
    for kilometre in range(0, kilometres + 1, step):
        metres = Decimal(kilometre * 1000)
        yield Tick(metres, round(float(metres) * scale, 1))
