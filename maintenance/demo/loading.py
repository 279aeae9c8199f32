"""Writes the demo's year of upkeep in the order in which the rows refer to each other."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

import numpy as np
from django.db import connection

from assets.demo.register import DemoAsset
from maintenance.demo.bills import write_bills
from maintenance.demo.cast import Year, cast_of_home
from maintenance.demo.diary import Diary
from maintenance.demo.pacts import write_pacts
from maintenance.demo.pictures import Album
from maintenance.demo.repairs import Repairs
from maintenance.demo.rounds import Rounds
from maintenance.demo.voices import Voices, write_claims, write_posts
from sites.demo.site_rows import noon

STREAM = 4
"""Which stream of the seed's random numbers is ours; `assets.demo` has the one before."""


def load_upkeep(assets: Sequence[DemoAsset], *, seed: int, as_of: datetime.date) -> None:
    """Store agreements, rounds, defects, orders, logs, reports and payments of a year."""
    with connection.cursor() as cursor:
        # A payment and its shares are two tables, and only together do they make sense.
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
    rng = np.random.default_rng([seed, STREAM, 1])
    cast, year, now = cast_of_home(), Year(as_of), noon(as_of)
    pacts = write_pacts(assets, cast, year, rng)
    rounds = Rounds(cast, year, rng)
    rounds.write(assets, pacts)
    album = Album(rng)
    repairs = Repairs(now, album, rng)
    repairs.find([failure for failure in rounds.failures if failure.at < now])
    voices = Voices(year, now, album, rng)
    voices.hear(assets, pacts, repairs)
    repairs.write()
    voices.write()
    Diary(year, now, album, rng).write(pacts, repairs.jobs)
    write_claims(repairs.faults, now)
    write_posts(pacts, year, rng)
    write_bills(pacts, repairs, year, now, rng)
