"""Moments by a device's clock that is known to be wrong, put right by ours."""

from __future__ import annotations

import datetime

CLOCK_TOLERANCE = datetime.timedelta(minutes=10)
"""How far a device's clock may differ from ours before it counts as wrong: our choice."""


def is_off(skew_s: float | None) -> bool:
    """Whether a clock that many seconds ahead of ours (behind, below 0) is wrong; None tells no."""
    return skew_s is not None and abs(skew_s) > CLOCK_TOLERANCE.total_seconds()


def by_our_clock(moment: datetime.datetime, skew_s: float | None) -> datetime.datetime:
    """Return a moment of a device's clock by ours; one that cannot be put right as it is."""
    if skew_s is None or not is_off(skew_s):
        return moment
    try:
        return moment - datetime.timedelta(seconds=skew_s)
    except OverflowError:
        return moment
