"""Stretches of chainage in metres: what is left of one when others are taken away."""

from __future__ import annotations

from collections.abc import Iterable

Interval = tuple[float, float]


def without(whole: Interval, taken: Iterable[Interval]) -> list[Interval]:
    """Return the parts of a stretch that none of the others covers, in order.

    >>> without((0, 100), [(20, 30), (25, 40), (90, 200)])
    [(0, 20), (40, 90)]
    """
    left: list[Interval] = []
    start, end = whole
    for low, high in sorted(taken):
        if low >= end or high <= start:
            continue
        if low > start:
            left.append((start, low))
        start = max(start, high)
    if start < end:
        left.append((start, end))
    return left
