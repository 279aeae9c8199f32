"""Writes the home district's assets and how they were taken over."""

from __future__ import annotations

import datetime

import numpy as np

from assets.demo.built import built_sites
from assets.demo.on_roads import write_on_roads
from assets.demo.register import DemoAsset, write_assets
from assets.demo.taking_over import write_taking_over
from assets.demo.works import write_water_tests
from sites.kinds import Kind

STREAM = 3
"""Which stream of the seed's random numbers is ours: 0 to 2 … belong to the districts."""


def load_assets(*, seed: int, as_of: datetime.date) -> list[DemoAsset]:
    """Store assets, acceptances and handovers for the sites that `sites.demo` wrote.

    Returns the assets, for the upkeep of the demo to begin with.
    """
    rng = np.random.default_rng([seed, STREAM, 1])
    sites = built_sites()
    assets = write_assets(sites, rng)
    write_taking_over(sites, assets, as_of, rng)
    write_on_roads(assets, as_of, rng)
    works = [(a.pk, a.site.detail) for a in assets if a.kind == Kind.WATER_WORKS]
    write_water_tests(works, as_of, rng)
    return assets
