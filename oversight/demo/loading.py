"""Writes the demo's steering in the order in which the rows refer to each other."""

from __future__ import annotations

import datetime

import numpy as np

from oversight.demo.cast import write_responsibilities
from oversight.demo.meetings import write_meetings
from oversight.demo.months import Plans
from oversight.demo.reproaches import write_cases
from oversight.demo.told import write_information

STREAM = 6
"""Which stream of the seed's random numbers is ours."""


def load_steering(*, seed: int, as_of: datetime.date) -> None:
    """Store who answers for what, plans, meetings, decisions and cases of the home district."""
    rng = np.random.default_rng([seed, STREAM, 1])
    write_responsibilities(rng)
    Plans(as_of, rng).write()
    write_meetings(as_of, rng)
    write_information(np.random.default_rng([seed, STREAM, 2]), as_of=as_of)
    write_cases(as_of=as_of)
