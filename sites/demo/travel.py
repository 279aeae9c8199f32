"""Least-cost travel over a grid of cells, from many sources at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sites.demo.noise import Floats
from sites.demo.plane import CELL_M

Cells = npt.NDArray[np.int64]
EIGHT = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, -1), (-1, 1))
"""Steps (row, column); the first four are the four-neighbours."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Result of a spread, flat arrays over all cells.

    `cost` from the nearest source (inf where not reached), `source` index of that source (-1),
    `previous` cell on the way back to it (-1 at a source).
    """

    cost: Floats
    source: Cells
    previous: Cells

    def way_back(self, cell: int) -> list[int]:
        """Cells from here to the source, both included."""
        way = [cell]
        while (before := int(self.previous[way[-1]])) >= 0:
            way.append(before)
        return way


@dataclass(frozen=True, slots=True)
class Ground:
    """Costs of steps from each cell in eight directions, shape (8, cells); inf = barred."""

    columns: int
    steps: Floats

    @property
    def offsets(self) -> list[int]:
        """What each direction adds to a flat cell index."""
        return [row * self.columns + column for row, column in EIGHT]


def ground_of(
    height: Floats,
    open_cells: npt.NDArray[np.bool_],
    *,
    steepness: float,
    extra: Floats | None = None,
) -> Ground:
    """Costs in metres of level road: slopes count squared, `extra` multiplies a cell's cost."""
    rows, columns = height.shape
    weight = np.ones_like(height) if extra is None else extra
    padded = np.pad(np.where(open_cells, height, np.nan), 1, constant_values=np.nan)
    padded_weight = np.pad(weight, 1, constant_values=1.0)
    steps = np.empty((8, rows * columns))
    for index, (down, right) in enumerate(EIGHT):
        there = (slice(1 + down, 1 + down + rows), slice(1 + right, 1 + right + columns))
        run = CELL_M * np.hypot(down, right)
        slope = np.abs(padded[there] - height) / run
        cost = run * (1 + steepness * slope**2) * (weight + padded_weight[there]) / 2
        steps[index] = np.where(open_cells & ~np.isnan(cost), cost, np.inf).ravel()
    return Ground(columns, steps)


def spread(
    ground: Ground,
    sources: Cells,
    *,
    four: bool = False,
    sides: Cells | None = None,
    limit: float = np.inf,
) -> Reached:
    """Least cost from the nearest source to every cell (label-correcting, a front at a time).

    `four` keeps to four-neighbours, so that every basin hangs together by edges. `sides` gives
    the index that each source counts as. Steps that would cost more than `limit` are not made.
    """
    count = ground.steps.shape[1]
    cost = np.full(count, np.inf)
    source = np.full(count, -1, dtype=np.int64)
    previous = np.full(count, -1, dtype=np.int64)
    cost[sources] = 0.0
    source[sources] = np.arange(len(sources)) if sides is None else sides
    front = np.unique(sources)
    moves = list(enumerate(ground.offsets))[: 4 if four else 8]
    changed = np.zeros(count, dtype=bool)
    while front.size:
        for direction, offset in moves:
            ahead = cost[front] + ground.steps[direction, front]
            open_ahead = ahead < limit
            start, ahead = front[open_ahead], ahead[open_ahead]
            target = start + offset
            better = ahead < cost[target] - 1e-6
            start, target = start[better], target[better]
            cost[target] = ahead[better]
            source[target] = source[start]
            previous[target] = start
            changed[target] = True
        front = np.flatnonzero(changed)
        changed[front] = False
    return Reached(cost, source, previous)


@dataclass(frozen=True, slots=True)
class Meeting:
    """The cheapest way between two neighbouring sources: its cost and its cells from a to b."""

    a: int
    b: int
    cost: float
    cells: tuple[int, ...]


def meetings(ground: Ground, reached: Reached) -> list[Meeting]:
    """For every two sources whose basins touch, the cheapest way between them, cheapest first."""
    best: dict[tuple[int, int], tuple[float, int, int]] = {}
    cells = np.flatnonzero(reached.source >= 0)
    for direction, offset in enumerate(ground.offsets):
        here = cells[np.isfinite(ground.steps[direction, cells])]
        there = here + offset
        apart = reached.source[there] > reached.source[here]
        here, there = here[apart], there[apart]
        total = reached.cost[here] + reached.cost[there] + ground.steps[direction, here]
        order = np.lexsort((here, total))
        for h, t, c in zip(here[order], there[order], total[order], strict=True):
            pair = (int(reached.source[h]), int(reached.source[t]))
            if pair not in best or c < best[pair][0] - 1e-9:
                best[pair] = (float(c), int(h), int(t))
    found = [
        Meeting(a, b, cost, (*reversed(reached.way_back(here)), *reached.way_back(there)))
        for (a, b), (cost, here, there) in best.items()
    ]
    return sorted(found, key=lambda meeting: (meeting.cost, meeting.a, meeting.b))


def joined_up(found: list[Meeting], count: int, *, loops: float) -> list[Meeting]:
    """The cheapest links that join all sources, and those further links that save a long way.

    A further link is kept when the way round through the links so far is more than `loops` times
    its own cost.
    """
    kept: list[Meeting] = []
    near: dict[int, dict[int, float]] = {index: {} for index in range(-1, count)}
    for link in found:
        if _cost_between(near, link.a, link.b, link.cost * loops) > link.cost * loops:
            kept.append(link)
            near[link.a][link.b] = near[link.b][link.a] = link.cost
    return kept


def _cost_between(near: dict[int, dict[int, float]], start: int, goal: int, limit: float) -> float:
    """Cost of the cheapest way in a small graph, inf if it is above the limit."""
    settled: dict[int, float] = {}
    open_nodes = {start: 0.0}
    while open_nodes:
        node = min(open_nodes, key=lambda key: (open_nodes[key], key))
        cost = open_nodes.pop(node)
        if node == goal:
            return cost
        settled[node] = cost
        for other, step in near[node].items():
            total = cost + step
            if other not in settled and total <= limit and total < open_nodes.get(other, np.inf):
                open_nodes[other] = total
    return float("inf")
