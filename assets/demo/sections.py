"""Road sites as sections: one line each, end to end along their routes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import shapely

from assets.demo.built import BuiltSite
from sites.demo.codes import HOME_DISTRICT_CODE
from sites.demo.plane import ELLIPSOID

COUNTY_DIGITS = 6
TOUCH_DEGREES = 1e-7
"""Ends closer than this (about a centimetre) are one place."""


@dataclass(frozen=True, slots=True)
class Section:
    """One line of a road site on its route, in metres from the route's beginning."""

    site: BuiltSite
    part: int
    parts: int
    route_no: str
    line: shapely.LineString
    length_m: Decimal
    start_m: Decimal = Decimal(0)

    @property
    def end_m(self) -> Decimal:
        """Where the section ends."""
        return self.start_m + self.length_m


def length_of(line: shapely.LineString) -> Decimal:
    """Length on the ellipsoid in metres, to the decimetre."""
    return Decimal(f"{ELLIPSOID.geometry_length(line):.1f}")


def sections_of(sites: Sequence[BuiltSite]) -> list[Section]:
    """Return the sections of all road sites, route by route.

    A site that bundles several short roads becomes a section on a route of its own for each
    further line: they do not follow one another on the ground.
    """
    routes: dict[str, list[Section]] = defaultdict(list)
    next_number = _numbers_after(sites)
    for site in sites:
        lines = list(getattr(site.shape, "geoms", [site.shape]))
        own = str(site.detail["route_code"])[:-COUNTY_DIGITS]
        for part, line in enumerate(lines):
            route = own if part == 0 else f"C{next(next_number)}"
            routes[route].append(Section(site, part, len(lines), route, line, length_of(line)))
    return [section for number in sorted(routes) for section in _chained(routes[number])]


def county_code() -> str:
    """The county part of the demo's route codes."""
    return HOME_DISTRICT_CODE


def _numbers_after(sites: Iterable[BuiltSite]) -> Iterator[int]:
    codes = (str(site.detail["route_code"]) for site in sites)
    used = [int(code[1:-COUNTY_DIGITS]) for code in codes if code.startswith("C")]
    return iter(range(max(used, default=0) + 1, 100_000))


def _chained(sections: list[Section]) -> list[Section]:
    """Put the sections of a route one after the other, each beginning where the last one ended.

    Where a stretch between two is not built yet, the straight distance is left free.
    """
    left = sorted(sections, key=lambda section: section.line.coords[0])
    chained = [left.pop(0)]
    while left:
        end = shapely.Point(chained[-1].line.coords[-1])
        follower = min(left, key=lambda section: section.line.distance(end))
        left.remove(follower)
        line = _turned_towards(follower.line, end)
        gap = _gap_m(end, shapely.Point(line.coords[0]))
        chained.append(replace(follower, line=line, start_m=chained[-1].end_m + gap))
    return chained


def _turned_towards(line: shapely.LineString, end: shapely.Point) -> shapely.LineString:
    first, last = shapely.Point(line.coords[0]), shapely.Point(line.coords[-1])
    return line if first.distance(end) <= last.distance(end) else line.reverse()


def _gap_m(end: shapely.Point, start: shapely.Point) -> Decimal:
    if end.distance(start) < TOUCH_DEGREES:
        return Decimal(0)
    metres = ELLIPSOID.inv(end.x, end.y, start.x, start.y)[2]
    return Decimal(f"{metres:.0f}")
