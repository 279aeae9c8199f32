"""Gradient noise on the plane: the same number for the same place and seed, on every machine."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
_MASK = np.uint64(0xFFFFFFFFFFFFFFFF)


def mixed(column: npt.NDArray[np.int64], row: npt.NDArray[np.int64], seed: int) -> Floats:
    """A hash of lattice points as numbers in [0, 1), shape as broadcast from the inputs."""
    key = (seed * 0x9E3779B97F4A7C15) & 0xFFFFFFFFFFFFFFFF
    bits = (
        column.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
        ^ row.astype(np.uint64) * np.uint64(0x94D049BB133111EB)
        ^ np.uint64(key)
    ) & _MASK
    bits = (bits ^ (bits >> np.uint64(31))) * np.uint64(0xD6E8FEB86659FD93)
    bits = (bits ^ (bits >> np.uint64(29))) * np.uint64(0xBF58476D1CE4E5B9)
    bits ^= bits >> np.uint64(32)
    return (bits >> np.uint64(11)).astype(np.float64) / float(1 << 53)


def gradient_noise(xs: Floats, ys: Floats, wavelength: float, seed: int) -> Floats:
    """Perlin noise at the crossings of two axes (metres), shape (len(ys), len(xs)), about ±1."""
    u, v = xs / wavelength, ys / wavelength
    column, row = np.floor(u).astype(np.int64), np.floor(v).astype(np.int64)
    du, dv = (u - column)[None, :], (v - row)[:, None]
    first_column, first_row = int(column.min()), int(row.min())
    columns = np.arange(first_column, int(column.max()) + 2)
    rows = np.arange(first_row, int(row.max()) + 2)
    turn = 2 * np.pi * mixed(columns[None, :], rows[:, None], seed)
    gradient_x, gradient_y = np.cos(turn), np.sin(turn)
    i, j = (column - first_column)[None, :], (row - first_row)[:, None]

    def corner(right: int, up: int) -> Floats:
        at = (j + up, i + right)
        return gradient_x[at] * (du - right) + gradient_y[at] * (dv - up)

    fade_x = du * du * du * (du * (du * 6 - 15) + 10)
    fade_y = dv * dv * dv * (dv * (dv * 6 - 15) + 10)
    low = corner(0, 0) * (1 - fade_x) + corner(1, 0) * fade_x
    high = corner(0, 1) * (1 - fade_x) + corner(1, 1) * fade_x
    noise: Floats = (low * (1 - fade_y) + high * fade_y) * 1.5
    return noise


def noise_at(points: Floats, wavelength: float, seed: int) -> Floats:
    """The noise of `gradient_noise` at points of shape (n, 2) instead of a grid; shape (n,)."""
    place = points / wavelength
    lattice = np.floor(place).astype(np.int64)
    inner = place - lattice

    def corner(right: int, up: int) -> Floats:
        turn = 2 * np.pi * mixed(lattice[:, 0] + right, lattice[:, 1] + up, seed)
        return np.cos(turn) * (inner[:, 0] - right) + np.sin(turn) * (inner[:, 1] - up)

    fade = inner * inner * inner * (inner * (inner * 6 - 15) + 10)
    low = corner(0, 0) * (1 - fade[:, 0]) + corner(1, 0) * fade[:, 0]
    high = corner(0, 1) * (1 - fade[:, 0]) + corner(1, 1) * fade[:, 0]
    noise: Floats = (low * (1 - fade[:, 1]) + high * fade[:, 1]) * 1.5
    return noise


BENDS = ((2_400.0, 270.0), (950.0, 80.0))
"""Wavelength and strength (m) of the bends that hide the grid; too gentle to fold the plane."""


def bent(points: Floats, seed: int) -> Floats:
    """Points of the plane, shape (n, 2), moved by a smooth bend that all shapes share."""
    moved = points.copy()
    for step, (wavelength, strength) in enumerate(BENDS):
        for axis in (0, 1):
            moved[:, axis] += strength * noise_at(points, wavelength, seed + 601 + 2 * step + axis)
    return moved


def fractal_noise(xs: Floats, ys: Floats, wavelength: float, octaves: int, seed: int) -> Floats:
    """Sum of octaves, each half as long and half as strong; about ±1."""
    total = np.zeros((len(ys), len(xs)))
    for octave in range(octaves):
        total += gradient_noise(xs, ys, wavelength / 2**octave, seed + 101 * octave) / 2**octave
    return total / 1.5


def spread_out(field: Floats, rounds: int) -> Floats:
    """Smooth a field by `rounds` passes of a 3×3 mean; the edge repeats itself."""
    for _ in range(rounds):
        padded = np.pad(field, 1, mode="edge")
        field = (padded[:-2] + padded[1:-1] + padded[2:]) / 3
        field = (field[:, :-2] + field[:, 1:-1] + field[:, 2:]) / 3
    return field
