"""Where townships and districts lie on the endless plane: a jittered lattice, bent by noise.

The label of a place depends on the place and the seed alone, so districts that are made one after
the other still share their borders.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from sites.demo.noise import Floats, fractal_noise, gradient_noise, mixed
from sites.demo.plane import CELL_M, Window

TOWNSHIP_SPACING_M = 11_900.0
DISTRICT_SPACING_M = 45_000.0
MARGIN_M = 20_000.0
"""How far a township's land may reach from its seat."""
WARP = ((26_000.0, 4_200.0), (10_000.0, 1_700.0), (4_300.0, 760.0), (1_900.0, 300.0))
"""Wavelength and strength (m) of the bends of borders; gentle enough not to fold the plane."""


class Seat(NamedTuple):
    """The point that a township grows round: lattice place and position (m)."""

    q: int
    r: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Partition:
    """Which township each cell belongs to. Labels are indices into `seats`.

    `township` and `district` are int arrays of the window's shape (district: index of the district
    that the township belongs to); `edge` is the metres to the border, roughly.
    """

    window: Window
    seats: tuple[Seat, ...]
    own: tuple[int, ...]
    township: npt.NDArray[np.int64]
    district: npt.NDArray[np.int64]
    edge: Floats

    @property
    def inside(self) -> npt.NDArray[np.bool_]:
        """Cells of this district."""
        return np.isin(self.township, self.own)


def _jittered(
    q: npt.NDArray[np.int64], r: npt.NDArray[np.int64], spacing: float, jitter: float, seed: int
) -> tuple[Floats, Floats]:
    """Points of a triangular lattice, each moved by up to `jitter` of the spacing."""
    x = (q + 0.5 * r) * spacing + (mixed(q, r, seed) - 0.5) * 2 * jitter * spacing
    y = r * spacing * np.sqrt(3) / 2 + (mixed(q, r, seed + 1) - 0.5) * 2 * jitter * spacing
    return x, y


def _lattice(reach: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    q, r = np.meshgrid(np.arange(-reach, reach + 1), np.arange(-reach, reach + 1))
    return q.ravel(), r.ravel()


def district_centres(count: int, seed: int) -> Floats:
    """Centres (m) of the `count` districts nearest to the origin, the home district first."""
    q, r = _lattice(14)
    x, y = _jittered(q, r, DISTRICT_SPACING_M, 0.16, seed + 11)
    home = int(np.flatnonzero((q == 0) & (r == 0))[0])
    away = np.hypot(x - x[home], y - y[home])
    order = np.argsort(away, kind="stable")[:count]
    return np.column_stack([x[order], y[order]])


def _seats_near(x: float, y: float, reach: float, seed: int) -> list[Seat]:
    r_mid = round(y / (TOWNSHIP_SPACING_M * np.sqrt(3) / 2))
    q_mid = round(x / TOWNSHIP_SPACING_M - 0.5 * r_mid)
    q, r = _lattice(int(reach / TOWNSHIP_SPACING_M * 1.3) + 3)
    q, r = q + q_mid, r + r_mid
    xs, ys = _jittered(q, r, TOWNSHIP_SPACING_M, 0.3, seed + 23)
    near = np.hypot(xs - x, ys - y) < reach
    return [
        Seat(int(a), int(b), float(c), float(d))
        for a, b, c, d in zip(q[near], r[near], xs[near], ys[near], strict=True)
    ]


def _district_of(seats: list[Seat], seed: int) -> npt.NDArray[np.int64]:
    """Each township's district: the nearest centre, by a distance that noise bends."""
    centres = district_centres(200, seed)
    bent = []
    for seat in seats:
        at_x, at_y = np.array([seat.x]), np.array([seat.y])
        bent.append(
            (
                seat.x + 7_000 * gradient_noise(at_x, at_y, 31_000, seed + 31)[0, 0],
                seat.y + 7_000 * gradient_noise(at_x, at_y, 31_000, seed + 32)[0, 0],
            )
        )
    place = np.array(bent)
    away = np.hypot(place[:, None, 0] - centres[:, 0], place[:, None, 1] - centres[:, 1])
    nearest: npt.NDArray[np.int64] = away.argmin(axis=1)
    return nearest


def _warped(window: Window, seed: int) -> tuple[Floats, Floats]:
    xs, ys = window.xs, window.ys
    x, y = np.broadcast_to(xs, window.shape).copy(), np.repeat(ys[:, None], len(xs), axis=1)
    for step, (wavelength, strength) in enumerate(WARP):
        x += strength * gradient_noise(xs, ys, wavelength, seed + 41 + step)
        y += strength * gradient_noise(xs, ys, wavelength, seed + 51 + step)
    return x, y


def _nearest(x: Floats, y: Floats, seats: list[Seat]) -> tuple[npt.NDArray[np.int64], Floats]:
    """Index of the nearest seat for each cell, and how much farther the second nearest is (m)."""
    first = np.full(x.shape, np.inf)
    second = np.full(x.shape, np.inf)
    label = np.zeros(x.shape, dtype=np.int64)
    for index, seat in enumerate(seats):
        away = np.hypot(x - seat.x, y - seat.y)
        closer = away < first
        np.minimum(second, np.where(closer, first, away), out=second)
        first = np.where(closer, away, first)
        label[closer] = index
    return label, second - first


def partition_of(district: int, seed: int) -> Partition:
    """Townships of the district with this index, on a window with a margin of twelve cells."""
    centre_x, centre_y = district_centres(district + 1, seed)[district]
    reach = DISTRICT_SPACING_M * 1.5
    seats = _seats_near(float(centre_x), float(centre_y), reach, seed)
    district_of = _district_of(seats, seed)
    own = np.flatnonzero(district_of == district)
    low_x = min(seats[i].x for i in own) - MARGIN_M
    low_y = min(seats[i].y for i in own) - MARGIN_M
    high_x = max(seats[i].x for i in own) + MARGIN_M
    high_y = max(seats[i].y for i in own) + MARGIN_M
    window = Window(
        int(low_x // CELL_M),
        int(low_y // CELL_M),
        int((high_x - low_x) // CELL_M),
        int((high_y - low_y) // CELL_M),
    )
    near = _within(window, seats)
    label, edge = _nearest(*_warped(window, seed), [seats[i] for i in near])
    label = near[label]
    window, cut = window.cropped(np.isin(label, own), 12)
    label = _without_specks(label[cut])
    return Partition(
        window, tuple(seats), tuple(int(i) for i in own), label, district_of[label], edge[cut]
    )


def _within(window: Window, seats: list[Seat]) -> npt.NDArray[np.int64]:
    """Indices of the seats that can matter in a window: a bend moves a place by 7 km at most."""
    x, y = np.array([seat.x for seat in seats]), np.array([seat.y for seat in seats])
    outside_x = np.maximum(window.xs[0] - x, x - window.xs[-1])
    outside_y = np.maximum(window.ys[0] - y, y - window.ys[-1])
    return np.flatnonzero(np.maximum(outside_x, outside_y) < MARGIN_M)


def _without_specks(label: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Give single stray cells to their left or lower neighbour."""
    for _ in range(2):
        padded = np.pad(label, 1, mode="edge")
        around = (padded[1:-1, :-2], padded[1:-1, 2:], padded[:-2, 1:-1], padded[2:, 1:-1])
        stray = np.all([other != label for other in around], axis=0)
        label = np.where(stray, around[0], label)
    return label


def relief_of(partition: Partition, seed: int) -> Floats:
    """Height of each cell, metres above the sea: hills in the south-west, ridges along borders."""
    xs, ys = partition.window.xs, partition.window.ys
    slant = xs[None, :] * 0.6 + ys[:, None] * 0.8
    wave = np.sin(2 * np.pi * (slant - 8_000) / -150_000)
    hilly = np.clip(0.5 + 0.55 * wave + 0.35 * gradient_noise(xs, ys, 24_000, seed + 61), 0.1, 1)
    rough = fractal_noise(xs, ys, 9_000, 5, seed + 71)
    ridged = 1 - np.abs(fractal_noise(xs, ys, 11_000, 5, seed + 81)) * 2.2
    border = np.exp(-((partition.edge / 3_000) ** 2))
    border *= np.clip(0.6 + 1.2 * gradient_noise(xs, ys, 7_000, seed + 91), 0, 1)
    small = fractal_noise(xs, ys, 2_600, 3, seed + 95)
    hills = 160 + 230 * rough + 260 * ridged * hilly + 190 * border
    height = 18 + hilly * hills + (8 + 26 * hilly) * small - slant / 1_000
    relief: Floats = 30 + np.maximum(height, -20.0) + hilly * 60
    return relief
