"""The joined road network: county roads between seats, township roads, village roads.

Roads are chains of grid cells. Two roads meet only in a shared cell, so each junction is one
point that both lines hold.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt
import shapely

from sites.demo.noise import Floats, bent, fractal_noise, gradient_noise
from sites.demo.plane import CELL_M, Geometries, Window
from sites.demo.settlements import Settled
from sites.demo.tessellation import Partition
from sites.demo.travel import (
    Cells,
    Ground,
    Meeting,
    ground_of,
    joined_up,
    meetings,
    spread,
)
from sites.demo.water import Drainage

COUNTY, TOWNSHIP, VILLAGE = "county", "township", "village"
REUSE = 0.3
"""Cost of going along a road that is already there, as a share of breaking new ground."""


@dataclass(frozen=True, slots=True)
class Route:
    """A road between two places; its class and its cells in order."""

    road_class: str
    cells: tuple[int, ...]


@dataclass
class Network:
    """Roads as they are added, edge by edge; no edge belongs to two roads."""

    columns: int
    routes: list[Route] = field(default_factory=list)
    edges: set[tuple[int, int]] = field(default_factory=set)
    near: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def add(self, road_class: str, cells: list[int]) -> None:
        """Add the parts of a way that are not yet road; it may cross roads in a cell."""
        part = [cells[0]]
        for cell in self._without_crossings(cells):
            if cell == part[-1]:
                continue
            edge = (min(part[-1], cell), max(part[-1], cell))
            if edge in self.edges:
                self._keep(road_class, part)
                part = [cell]
                continue
            part.append(cell)
        self._keep(road_class, part)

    def _keep(self, road_class: str, part: list[int]) -> None:
        if len(part) < 2:
            return
        for before, after in itertools.pairwise(part):
            edge = (min(before, after), max(before, after))
            if edge in self.edges:
                continue
            self.edges.add(edge)
            self.near[before].append(after)
            self.near[after].append(before)
        self.routes.append(Route(road_class, tuple(part)))

    def _without_crossings(self, cells: list[int]) -> list[int]:
        """Where a diagonal step would cross another road's diagonal, go through its cell."""
        way = [cells[0]]
        for cell in cells[1:]:
            before = way[-1]
            row, column = divmod(before, self.columns)
            next_row, next_column = divmod(cell, self.columns)
            if row != next_row and column != next_column:
                corner = row * self.columns + next_column
                other = next_row * self.columns + column
                if (min(corner, other), max(corner, other)) in self.edges:
                    way.append(corner)
            way.append(cell)
        return way

    @property
    def cells(self) -> Cells:
        """All cells with a road, sorted."""
        return np.array(sorted(self.near))


def network_of(
    partition: Partition,
    height: Floats,
    drainage: Drainage,
    settled: Settled,
    *,
    seed: int,
    exits: int = 5,
) -> Network:
    """Lay out the roads of a district."""
    network = Network(partition.window.columns)
    inside = _away_from_rim(partition.inside)
    xs, ys = partition.window.xs, partition.window.ys
    rough = 1 + 0.8 * fractal_noise(xs, ys, 1_700, 3, seed + 511)
    wet = np.clip(rough, 0.35, 2) * (1 + 1.3 * np.clip(drainage.catchment / 40, 0, 1))
    seats = settled.villages[np.flatnonzero(np.diff(settled.village_township, prepend=-1))]
    ground = ground_of(height, inside, steepness=260, extra=wet)
    _county_roads(network, ground, seats, partition.window, inside, exits)
    worn = _worn(wet, network)
    _township_roads(network, ground_of(height, inside, steepness=200, extra=worn), settled.villages)
    short = 1 + 0.9 * fractal_noise(xs, ys, 650, 2, seed + 521)
    worn = _worn(wet * np.clip(short, 0.3, 2), network)
    _village_roads(network, ground_of(height, inside, steepness=150, extra=worn), settled.hamlets)
    return network


def _worn(weight: Floats, network: Network) -> Floats:
    worn = weight.copy()
    worn.flat[network.cells] *= REUSE
    return worn


def _away_from_rim(inside: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    padded = np.pad(inside, 1)
    return inside & padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:]


def _county_roads(
    network: Network,
    ground: Ground,
    seats: Cells,
    window: Window,
    inside: npt.NDArray[np.bool_],
    exits: int,
) -> None:
    reached = spread(ground, seats)
    for link in joined_up(meetings(ground, reached), len(seats), loops=1.45):
        network.add(COUNTY, list(link.cells))
    rim = inside & ~_away_from_rim(inside)
    cells = np.flatnonzero(rim.ravel() & np.isfinite(reached.cost))
    cells = cells[np.argsort(reached.cost[cells], kind="stable")]
    place = window.centre_of(cells)
    chosen: list[int] = []
    for index in range(len(cells)):
        if all(np.hypot(*(place[index] - place[other])) > 16_000 for other in chosen):
            chosen.append(index)
            network.add(COUNTY, _to_road(network, reached.way_back(int(cells[index])))[::-1])
            if len(chosen) == exits:
                break


def _to_road(network: Network, way: list[int]) -> list[int]:
    """Cut a way off at the first cell that is already road."""
    for index, cell in enumerate(way):
        if cell in network.near:
            return way[: index + 1]
    return way


def _with_network(network: Network, places: Cells) -> tuple[Cells, Cells]:
    """Sources of a spread: every road cell as source 0, and the places beside them from 1."""
    roads = network.cells
    apart = places[~np.isin(places, roads)]
    sides = np.concatenate([np.zeros(len(roads), dtype=np.int64), np.arange(1, len(apart) + 1)])
    return np.concatenate([roads, apart]), sides


def _township_roads(network: Network, ground: Ground, villages: Cells) -> None:
    sources, sides = _with_network(network, villages)
    found = meetings(ground, spread(ground, sources, sides=sides))
    for link in joined_up(found, int(sides.max()) + 1, loops=1.3):
        network.add(TOWNSHIP, list(link.cells))


def _village_roads(network: Network, ground: Ground, hamlets: Cells) -> None:
    sources, sides = _with_network(network, hamlets)
    found = meetings(ground, spread(ground, sources, sides=sides))
    tree, rest = _spanning(found, int(sides.max()) + 1)
    for way in sorted(_long_ways(tree), key=len, reverse=True):
        network.add(VILLAGE, way)
    for number, link in enumerate(rest):
        if number % 5 == 0 and link.cost < 2_600:
            network.add(VILLAGE, list(link.cells))


def _spanning(found: list[Meeting], count: int) -> tuple[list[Meeting], list[Meeting]]:
    """The cheapest links that join all (Kruskal), and the others."""
    leader = list(range(count))

    def led_by(node: int) -> int:
        while leader[node] != node:
            leader[node] = leader[leader[node]]
            node = leader[node]
        return node

    tree: list[Meeting] = []
    rest: list[Meeting] = []
    for link in found:
        a, b = led_by(link.a), led_by(link.b)
        (rest if a == b else tree).append(link)
        leader[a] = b
    return tree, rest


def _long_ways(tree: list[Meeting]) -> list[list[int]]:
    """Ways from the network outwards: at each fork the longest branch goes on, others begin."""
    near: dict[int, list[tuple[int, list[int]]]] = defaultdict(list)
    for link in tree:
        near[link.a].append((link.b, list(link.cells)))
        near[link.b].append((link.a, list(link.cells[::-1])))
    order, ahead = _outwards(near)
    depth = dict.fromkeys(order, 0)
    for node in reversed(order):
        depth[node] = max((depth[other] + len(cells) for other, cells in ahead[node]), default=0)
    ways: list[list[int]] = []
    going: dict[int, list[int]] = {}
    for node in order:
        longest_first = sorted(ahead[node], key=lambda a: (-depth[a[0]] - len(a[1]), a[0]))
        for rank, (other, cells) in enumerate(longest_first):
            if rank == 0 and node in going:
                going[node].extend(cells[1:])
                going[other] = going[node]
            else:
                ways.append(list(cells))
                going[other] = ways[-1]
    return ways


def _outwards(
    near: dict[int, list[tuple[int, list[int]]]],
) -> tuple[list[int], dict[int, list[tuple[int, list[int]]]]]:
    """Nodes in the order of their links from node 0, and each node's links away from it."""
    order, seen = [0], {0}
    ahead: dict[int, list[tuple[int, list[int]]]] = {}
    for node in order:
        ahead[node] = [link for link in near[node] if link[0] not in seen]
        seen.update(other for other, _ in ahead[node])
        order.extend(other for other, _ in ahead[node])
    return order, ahead


def lines_of(network: Network, window: Window, seed: int) -> Geometries:
    """Lines of the routes (metres): winding, but through one point wherever cells are shared."""
    cells = network.cells
    index = {int(cell): number for number, cell in enumerate(cells)}
    place = window.centre_of(cells)
    bend = _bends(window, cells, seed)
    place = place + bend
    twice = [cell for cell in index if len(network.near[cell]) == 2]
    at = np.array([index[cell] for cell in twice])
    before = np.array([index[network.near[cell][0]] for cell in twice])
    after = np.array([index[network.near[cell][1]] for cell in twice])
    for _ in range(4):
        place[at] = 0.5 * place[at] + 0.25 * (place[before] + place[after])
    place = bent(place, seed)
    return np.array(
        [
            shapely.LineString(_curve(place[[index[cell] for cell in route.cells]]))
            for route in network.routes
        ]
    )


def _bends(window: Window, cells: Cells, seed: int) -> Floats:
    xs, ys = window.xs, window.ys
    right = gradient_noise(xs, ys, 520, seed + 501).ravel()[cells]
    up = gradient_noise(xs, ys, 520, seed + 502).ravel()[cells]
    return 0.42 * CELL_M * np.column_stack([right, up])


def _curve(points: Floats) -> Floats:
    """A Catmull-Rom curve through all the points, with one more point between each two."""
    padded = np.vstack([2 * points[0] - points[1], points, 2 * points[-1] - points[-2]])
    middle = (9 * (padded[1:-2] + padded[2:-1]) - padded[:-3] - padded[3:]) / 16
    curve = np.empty((2 * len(points) - 1, 2))
    curve[::2], curve[1::2] = points, middle
    return curve
