"""Writes the demo's steering in the order in which the rows refer to each other."""

from __future__ import annotations

import datetime

STREAM = 6
"""Which stream of the seed's random numbers is ours."""


def load_steering(*, seed: int, as_of: datetime.date) -> None:
    """Store who answers for what, plans, meetings and decisions of the home district."""
