"""Where people live: town seats, villages with their land, natural villages in the valleys."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from sites.demo.noise import Floats, fractal_noise
from sites.demo.plane import CELL_M, Window
from sites.demo.tessellation import Partition
from sites.demo.travel import Cells, ground_of, spread
from sites.demo.water import Drainage

VILLAGE_KM2 = 14.2
HAMLET_SPACING_CELLS = 4


@dataclass(frozen=True, slots=True)
class Settled:
    """Flat cell indices of what is inhabited.

    `villages` are centres, grouped by township in the order of `Partition.own`, the town seat
    first; `village_township` gives each one's place in `own`; `village_of` labels each cell with
    its village (-1 outside); `hamlets` are natural villages beside the centres.
    """

    villages: Cells
    village_township: Cells
    village_of: npt.NDArray[np.int64]
    hamlets: Cells
    fitness: Floats


def fitness_of(height: Floats, drainage: Drainage) -> Floats:
    """How good each cell is to live in, 0–1: flat, near water but not in the river, not high."""
    slope_y, slope_x = np.gradient(height, CELL_M)
    slope = np.hypot(slope_x, slope_y)
    flat = np.exp(-((slope / 0.075) ** 2))
    low = np.exp(-np.maximum(height - 60, 0) / 260)
    dry = np.where(drainage.catchment > 25, 0.15, 1.0)
    fitness: Floats = flat * low * dry * (0.18 + 0.82 * drainage.nearness)
    return fitness


def settle(
    partition: Partition,
    height: Floats,
    drainage: Drainage,
    *,
    hamlets: int,
    rng: np.random.Generator,
    seed: int,
) -> Settled:
    """Choose seats, village centres and about so many natural villages."""
    fitness = fitness_of(height, drainage)
    villages: list[int] = []
    township: list[int] = []
    for place, label in enumerate(partition.own):
        cells = np.flatnonzero(partition.township == label)
        chosen = _village_centres(partition, cells, fitness, rng)
        villages += chosen
        township += [place] * len(chosen)
    centres = np.array(villages)
    village_of = _land(partition, height, drainage, centres, seed)
    scattered = _hamlets(partition.window, village_of, fitness, centres, hamlets, rng)
    return Settled(centres, np.array(township), village_of, scattered, fitness)


def _village_centres(
    partition: Partition, cells: Cells, fitness: Floats, rng: np.random.Generator
) -> list[int]:
    """The seat near the middle of the township, then villages that keep their distance."""
    place = partition.window.centre_of(cells)
    middle = place.mean(axis=0)
    good = fitness.ravel()[cells] * np.where(partition.edge.ravel()[cells] > 900, 1, 0.02)
    central = np.exp(-((np.hypot(*(place - middle).T) / 1_700) ** 2))
    chosen = [int((good * central).argmax())]
    square_km = len(cells) * (CELL_M / 1000) ** 2
    wanted = int(np.clip(round(square_km / VILLAGE_KM2 + rng.normal(0, 0.6)), 5, 14))
    spacing = 0.82 * np.sqrt(square_km / wanted) * 1000
    order = np.argsort(-(good + 0.03) * rng.uniform(0.35, 1, len(cells)), kind="stable")
    while len(chosen) < wanted:
        for candidate in order:
            away = np.hypot(*(place[chosen] - place[candidate]).T).min()
            if away > spacing:
                chosen.append(int(candidate))
                if len(chosen) == wanted:
                    break
        spacing *= 0.9
    return [int(cells[index]) for index in chosen]


def _land(
    partition: Partition, height: Floats, drainage: Drainage, centres: Cells, seed: int
) -> npt.NDArray[np.int64]:
    """Each village's land: the cells that are easiest to reach from it inside its township."""
    xs, ys = partition.window.xs, partition.window.ys
    rough = 1 + 0.75 * fractal_noise(xs, ys, 1_900, 2, seed + 401)
    extra = np.clip(rough, 0.3, 2.5) * np.where(drainage.catchment > 12, 3.0, 1.0)
    ground = ground_of(height, partition.inside, steepness=140, extra=extra)
    township = partition.township.ravel()
    cells = np.flatnonzero(partition.inside.ravel())
    for direction, offset in list(enumerate(ground.offsets))[:4]:
        across = township[cells] != township[np.clip(cells + offset, 0, township.size - 1)]
        ground.steps[direction, cells[across]] = np.inf
    label = spread(ground, centres, four=True).source.reshape(partition.window.shape)
    return _strays_given(label, partition, centres)


def _strays_given(
    label: npt.NDArray[np.int64], partition: Partition, centres: Cells
) -> npt.NDArray[np.int64]:
    """Cells that no village reached go to the first village of their township."""
    flat, township = label.ravel().copy(), partition.township.ravel()
    for cell in np.flatnonzero(partition.inside.ravel() & (flat < 0)):
        flat[cell] = int(np.flatnonzero(township[centres] == township[cell])[0])
    return flat.reshape(label.shape)


def _hamlets(
    window: Window,
    village_of: npt.NDArray[np.int64],
    fitness: Floats,
    centres: Cells,
    wanted: int,
    rng: np.random.Generator,
) -> Cells:
    """Natural villages drawn by fitness, none on a border, none too near to another."""
    padded = np.pad(village_of, 1, constant_values=-1)
    rows, columns = village_of.shape
    heart = village_of >= 0
    for row in range(3):
        for column in range(3):
            heart &= padded[row : row + rows, column : column + columns] == village_of
    cells = np.flatnonzero(heart)
    weight = fitness.ravel()[cells] ** 0.8 + 0.012
    order = cells[np.argsort(rng.exponential(size=len(cells)) / weight, kind="stable")]
    blocked = np.zeros(village_of.shape, dtype=bool)
    reach = HAMLET_SPACING_CELLS

    def block(cell: int) -> None:
        row, column = divmod(cell, window.columns)
        low, left = max(row - reach + 1, 0), max(column - reach + 1, 0)
        blocked[low : row + reach, left : column + reach] = True

    for cell in centres:
        block(int(cell))
    chosen: list[int] = []
    for cell in order:
        if not blocked.flat[cell]:
            chosen.append(int(cell))
            block(int(cell))
            if len(chosen) == wanted:
                break
    return np.array(chosen)
