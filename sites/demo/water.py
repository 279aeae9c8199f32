"""Where water runs: streams that follow the relief to the district's lowest border cells."""

from __future__ import annotations

import heapq
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sites.demo.noise import Floats, mixed, spread_out
from sites.demo.plane import CELL_M

BLOCK = 2
"""Drainage is worked out on blocks of this many cells a side."""
_AROUND = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, -1), (-1, 1))
STREAM_KM2 = 2.2
RIVER_KM2 = 150.0


@dataclass(frozen=True, slots=True)
class Drainage:
    """`catchment` km² above each grid cell (0 away from streams), `nearness` 0–1 to running water.

    `streams` are chains of block centres (row, column in grid cells, float) from spring to mouth.
    """

    catchment: Floats
    nearness: Floats
    streams: tuple[npt.NDArray[np.float64], ...]


def _blocks(field: Floats, fill: float) -> Floats:
    rows, columns = (-(-side // BLOCK) for side in field.shape)
    padded = np.full((rows * BLOCK, columns * BLOCK), fill)
    padded[: field.shape[0], : field.shape[1]] = field
    blocks: Floats = padded.reshape(rows, BLOCK, columns, BLOCK).min(axis=(1, 3))
    return blocks


def _mouths(height: Floats, inside: npt.NDArray[np.bool_]) -> list[int]:
    """Two low border blocks, at least 12 km apart, where rivers leave."""
    padded = np.pad(inside, 1)
    ring = inside & ~(padded[:-2, 1:-1] & padded[2:, 1:-1] & padded[1:-1, :-2] & padded[1:-1, 2:])
    border = np.flatnonzero(ring)
    border = border[np.argsort(height.ravel()[border], kind="stable")]
    columns = inside.shape[1]
    chosen = [int(border[0])]
    for cell in border[1:]:
        row, column = divmod(int(cell), columns)
        first_row, first_column = divmod(chosen[0], columns)
        if np.hypot(row - first_row, column - first_column) * BLOCK * CELL_M > 12_000:
            chosen.append(int(cell))
            break
    return chosen


def _flow(
    height: Floats, inside: npt.NDArray[np.bool_], seed: int
) -> tuple[list[int], dict[int, int]]:
    """Priority flood from the mouths: cells in the order reached, and where each one drains to.

    Water crosses flats and hollows with a little chance in its way, so that it winds.
    """
    columns = inside.shape[1]
    level = height.ravel()
    rise = 1.5 * mixed(np.arange(level.size), np.zeros(1, dtype=np.int64), seed + 301)
    open_cells = inside.ravel()
    down: dict[int, int] = {}
    order: list[int] = []
    queue = [(float(level[cell]), cell) for cell in _mouths(height, inside)]
    for _, cell in queue:
        down[cell] = -1
    heapq.heapify(queue)
    while queue:
        spill, cell = heapq.heappop(queue)
        order.append(cell)
        row, column = divmod(cell, columns)
        for step_row, step_column in _AROUND:
            if not (0 <= row + step_row < inside.shape[0] and 0 <= column + step_column < columns):
                continue
            other = cell + step_row * columns + step_column
            if other not in down and open_cells[other]:
                down[other] = cell
                heapq.heappush(queue, (max(spill + float(rise[other]), float(level[other])), other))
    return order, down


def _chains(area: dict[int, float], down: dict[int, int], order: list[int]) -> list[list[int]]:
    """Streams as chains from spring to the first cell of a bigger stream, the longest first."""
    taken: set[int] = set()
    chains = []
    for cell in reversed(order):
        if cell in taken or area[cell] < STREAM_KM2:
            continue
        chain = [cell]
        while chain[-1] not in taken and down[chain[-1]] >= 0:
            taken.add(chain[-1])
            chain.append(down[chain[-1]])
        taken.add(chain[-1])
        if len(chain) > 3:
            chains.append(chain)
    return chains


def drainage_of(height: Floats, inside: npt.NDArray[np.bool_], seed: int) -> Drainage:
    """Streams of a district; the relief outside of it counts for nothing."""
    low = _blocks(np.where(inside, height, np.inf), np.inf)
    order, down = _flow(low, np.isfinite(low), seed)
    area = dict.fromkeys(order, (BLOCK * CELL_M / 1000) ** 2)
    for cell in reversed(order):
        if down[cell] >= 0:
            area[down[cell]] += area[cell]
    columns = low.shape[1]
    catchment = np.zeros(low.size)
    for cell, value in area.items():
        catchment[cell] = value if value >= STREAM_KM2 else 0.0
    fine = catchment.reshape(low.shape).repeat(BLOCK, 0).repeat(BLOCK, 1)
    fine = fine[: height.shape[0], : height.shape[1]]
    wet = np.log1p(fine) / np.log1p(RIVER_KM2)
    nearness = np.clip(spread_out(np.minimum(wet, 1.0), 3) * 2.2, 0, 1)
    streams = [
        np.array([divmod(cell, columns) for cell in chain], dtype=float) * BLOCK + BLOCK / 2
        for chain in _chains(area, down, order)
    ]
    return Drainage(fine, nearness, tuple(streams))
