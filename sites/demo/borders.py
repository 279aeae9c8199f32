"""From labelled cells to boundaries that share every vertex: no gap, no overlap.

A border is a chain of cell corners. Corners are moved, each once, so both neighbours agree:
first all by noise, then along district borders, then township borders, then village borders by
smoothing that keeps the corners of the higher level where they are.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from sites.demo.noise import Floats, bent, gradient_noise
from sites.demo.plane import CELL_M, Geometries, Window

Labels = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]


def _edges(label: Labels) -> tuple[Mask, Mask]:
    """Unit border edges leaving each cell corner to the right, and upwards; (rows+1, columns+1)."""
    rows, columns = label.shape
    right = np.zeros((rows + 1, columns + 1), dtype=bool)
    up = np.zeros((rows + 1, columns + 1), dtype=bool)
    right[1:rows, :columns] = label[1:] != label[:-1]
    up[:rows, 1:columns] = label[:, 1:] != label[:, :-1]
    return right, up


def _smoothed(corners: Floats, label: Labels, fixed: Mask, rounds: int) -> Mask:
    """Smooth the border chains of one level in place; return the corners on its borders."""
    right, up = _edges(label)
    left, down = np.zeros_like(right), np.zeros_like(up)
    left[:, 1:], down[1:] = right[:, :-1], up[:-1]
    ways = np.stack([right.ravel(), up.ravel(), left.ravel(), down.ravel()])
    degree = ways.sum(axis=0)
    movable = np.flatnonzero((degree == 2) & ~fixed.ravel())
    columns = right.shape[1]
    offsets = np.array([1, columns, -1, -columns])
    first = ways[:, movable].argmax(axis=0)
    last = 3 - ways[::-1, movable].argmax(axis=0)
    before, after = movable + offsets[first], movable + offsets[last]
    for _ in range(rounds):
        corners[movable] = 0.5 * corners[movable] + 0.25 * (corners[before] + corners[after])
    on_border: Mask = (degree > 0).reshape(right.shape)
    return on_border


def _corners(window: Window, levels: tuple[Labels, ...], seed: int, rounds: int) -> Floats:
    xs: Floats = (window.column + np.arange(window.columns + 1.0)) * CELL_M
    ys: Floats = (window.row + np.arange(window.rows + 1.0)) * CELL_M
    x = xs[None, :] + 42 * gradient_noise(xs, ys, 730, seed + 201)
    y = ys[:, None] + 42 * gradient_noise(xs, ys, 730, seed + 202)
    corners = np.column_stack([x.ravel(), y.ravel()])
    fixed = np.zeros(x.shape, dtype=bool)
    for label in levels:
        fixed |= _smoothed(corners, label, fixed, rounds)
    return bent(corners, seed)


def tiles(
    window: Window, levels: tuple[Labels, ...], inside: Mask, seed: int, rounds: int = 7
) -> dict[int, Geometries]:
    """Polygons (metres) for each label of the last level inside the district.

    `levels` goes from the coarsest to the finest; a finer border never crosses a coarser one.
    """
    finest = np.where(inside, levels[-1], -1)
    right, up = _edges(finest)
    rows, columns = np.nonzero(right)
    flat = np.stack([np.column_stack([columns, rows]), np.column_stack([columns + 1, rows])], 1)
    rows, columns = np.nonzero(up)
    steep = np.stack([np.column_stack([columns, rows]), np.column_stack([columns, rows + 1])], 1)
    segments: Geometries = np.asarray(
        shapely.linestrings(np.concatenate([flat, steep]).astype(float))
    )
    faces = shapely.get_parts(shapely.polygonize(segments))
    middle = shapely.get_coordinates(shapely.point_on_surface(faces)).astype(int)
    label = finest[middle[:, 1], middle[:, 0]]
    corners = _corners(window, levels, seed, rounds)
    width = window.columns + 1
    moved = shapely.transform(
        faces, lambda at: corners[at[:, 1].astype(np.int64) * width + at[:, 0].astype(np.int64)]
    )
    return {int(key): moved[label == key] for key in np.unique(label[label >= 0])}
