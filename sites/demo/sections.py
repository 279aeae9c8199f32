"""From routes to the road sites of the register: numbered, named, cut at township borders."""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry
from shapely.ops import substring

from sites.demo.codes import route_code
from sites.demo.density import Density
from sites.demo.network import COUNTY, TOWNSHIP, VILLAGE, Network
from sites.demo.noise import Floats
from sites.demo.places import Places
from sites.demo.plane import Geometries, ellipsoid_length_m, points_at, to_degrees

LETTERS = {COUNTY: "X", TOWNSHIP: "Y", VILLAGE: "C"}
SHORT_M = 250.0
BUNDLE_M = 2_300.0
_Bit = tuple[float, float, int]
"""Start and end (m along a line) and the township."""


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of road in one township.

    `line` is in degrees, `length_m` on the ellipsoid; `chainage` are metres from the route's
    start, or None for a bundle of short roads. `area_code` is the village if it lies in one.
    """

    route_code: str
    road_class: str
    start: tuple[str, str]
    end: tuple[str, str]
    chainage: tuple[float, float] | None
    line: BaseGeometry
    length_m: float
    township: int
    village: int
    in_one_village: bool


@dataclass(frozen=True, slots=True)
class _Piece:
    route: int
    chainage: tuple[float, float]
    line: BaseGeometry
    township: int


def sections_of(
    network: Network, lines: Geometries, places: Places, density: Density
) -> list[Section]:
    """All sections of the network in the order of their codes."""
    classes = [route.road_class for route in network.routes]
    codes = _numbered(classes, shapely.length(lines).tolist(), places.district)
    wanted = {
        COUNTY: density.county_section_m,
        TOWNSHIP: density.township_section_m,
        VILLAGE: density.village_section_m,
    }
    cutter = _Cutter(places)
    pieces = [
        piece
        for route in codes
        for piece in cutter.cut(route, lines[route], wanted[classes[route]])
    ]
    degrees = to_degrees(np.array([piece.line for piece in pieces]))
    piece_classes = [classes[piece.route] for piece in pieces]
    return _Writer(places, codes).write(pieces, degrees, piece_classes, density.bundles_short_roads)


def _numbered(classes: list[str], lengths: list[float], district: str) -> dict[int, str]:
    """Route codes by index: X, then Y, then C, in each class the longest first."""
    letters = [LETTERS[road_class] for road_class in classes]
    order = sorted(range(len(letters)), key=lambda i: ("XYC".index(letters[i]), -lengths[i], i))
    numbers: dict[str, int] = defaultdict(int)
    codes = {}
    for route in order:
        numbers[letters[route]] += 1
        codes[route] = route_code(letters[route], numbers[letters[route]], district)
    return codes


class _Cutter:
    """Cuts lines at township borders and into parts of about a wanted length."""

    def __init__(self, places: Places) -> None:
        self.polygons = places.township_polygons
        shapely.prepare(self.polygons)
        self.tree = shapely.STRtree(self.polygons)
        self.borders = shapely.boundary(self.polygons)

    def cut(self, route: int, line: shapely.LineString, wanted_m: float) -> list[_Piece]:
        pieces = []
        for low, high, township in self._stretches(line):
            parts = max(round((high - low) / wanted_m), 1)
            cuts = np.linspace(low, high, parts + 1)
            for start, end in itertools.pairwise(cuts):
                whole = start == 0 and end == line.length
                part = line if whole else substring(line, start, end)
                pieces.append(_Piece(route, (float(start), float(end)), part, township))
        return pieces

    def _stretches(self, line: shapely.LineString) -> list[_Bit]:
        """Start, end (m along the line) and township of the stretches of a line."""
        near = np.sort(self.tree.query(line, predicate="intersects"))
        if len(near) == 1:
            return [(0.0, line.length, int(near[0]))]
        marks = {0.0, line.length}
        for place in near:
            crossing = line.intersection(self.borders[place])
            marks.update(
                float(line.project(shapely.Point(at))) for at in shapely.get_coordinates(crossing)
            )
        bits: list[_Bit] = []
        for low, high in itertools.pairwise(sorted(marks)):
            away = shapely.distance(self.polygons[near], line.interpolate((low + high) / 2))
            bits.append((low, high, int(near[int(away.argmin())])))
        return _joined(bits)


def _joined(bits: list[_Bit]) -> list[_Bit]:
    """Join short bits with their neighbours; a stretch belongs to the township it is longest in."""
    groups: list[list[_Bit]] = []
    for bit in bits:
        if groups and (
            bit[1] - bit[0] < SHORT_M
            or bit[2] == _main_township(groups[-1])
            or groups[-1][-1][1] - groups[-1][0][0] < SHORT_M
        ):
            groups[-1].append(bit)
        else:
            groups.append([bit])
    return [(group[0][0], group[-1][1], _main_township(group)) for group in groups]


def _main_township(bits: list[_Bit]) -> int:
    length: dict[int, float] = defaultdict(float)
    for low, high, township in bits:
        length[township] += high - low
    return max(length, key=lambda township: (length[township], -township))


class _Writer:
    """Finds villages and names for pieces and packs short ones together."""

    def __init__(self, places: Places, codes: dict[int, str]) -> None:
        self.places, self.codes = places, codes
        self.names = (*places.villages, *places.hamlets)
        shapely.prepare(places.village_polygons)
        self.tree = shapely.STRtree(places.village_polygons)

    def write(
        self, pieces: list[_Piece], degrees: Geometries, classes: list[str], bundles: bool
    ) -> list[Section]:
        lines = np.array([piece.line for piece in pieces])
        covered = self.tree.query(lines, predicate="covered_by")
        inside = dict(zip(covered[0].tolist(), covered[1].tolist(), strict=True))
        middles = shapely.line_interpolate_point(lines, 0.5, normalized=True)
        nearest = self.tree.nearest(middles)
        ends = self._ends(lines)
        sections = [
            Section(
                self.codes[piece.route],
                classes[i],
                *ends[i],
                piece.chainage,
                degrees[i],
                ellipsoid_length_m(degrees[i]),
                piece.township,
                inside.get(i, int(nearest[i])),
                i in inside,
            )
            for i, piece in enumerate(pieces)
        ]
        return _bundled(sections) if bundles else sections

    def _ends(self, lines: Geometries) -> list[tuple[tuple[str, str], tuple[str, str]]]:
        """Names of the settlements nearest to both ends; two different ones."""
        tree = shapely.STRtree(points_at(self.places.spots))
        first = tree.nearest(shapely.get_point(lines, 0))
        last = tree.nearest(shapely.get_point(lines, -1))
        found = []
        for line, a, b in zip(lines, first, last, strict=True):
            if self.names[a] == self.names[b]:
                b = self._other(line, int(a))
            found.append((tuple(self.names[a]), tuple(self.names[b])))
        return found

    def _other(self, line: shapely.LineString, taken: int) -> int:
        away: Floats = np.hypot(*(self.places.spots - np.array(line.coords[-1])).T)
        for candidate in np.argsort(away, kind="stable")[:6]:
            if self.names[candidate] != self.names[taken]:
                return int(candidate)
        return taken


def _bundled(sections: list[Section]) -> list[Section]:
    """Short village roads of one village become one site with several lines."""
    kept = [s for s in sections if s.road_class != VILLAGE or s.length_m > BUNDLE_M * 0.75]
    short: dict[tuple[int, int], list[Section]] = defaultdict(list)
    for section in sections:
        if section.road_class == VILLAGE and section.length_m <= BUNDLE_M * 0.75:
            short[section.village, section.township].append(section)
    for key in sorted(short):
        bundle: list[Section] = []
        for section in short[key]:
            bundle.append(section)
            if sum(s.length_m for s in bundle) > BUNDLE_M:
                kept.append(_bundle(bundle))
                bundle = []
        if bundle:
            kept.append(_bundle(bundle))
    return kept


def _bundle(parts: list[Section]) -> Section:
    if len(parts) == 1:
        return parts[0]
    longest = max(parts, key=lambda part: part.length_m)
    return Section(
        longest.route_code,
        VILLAGE,
        longest.start,
        longest.end,
        None,
        shapely.MultiLineString([shapely.get_coordinates(part.line) for part in parts]),
        sum(part.length_m for part in parts),
        longest.township,
        longest.village,
        all(part.in_one_village and part.village == longest.village for part in parts),
    )
