"""Which table holds what each kind of asset has beside the shared columns."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.db import models

from assets.models import Asset, Facility, House, RoadSection, VillageCentre, WaterWorks
from sites.kinds import Kind

DETAIL_MODELS: Final[Mapping[str, type[models.Model]]] = {
    Kind.ROAD: RoadSection,
    Kind.VILLAGE_CENTRE: VillageCentre,
    Kind.WATER_WORKS: WaterWorks,
    Kind.HOUSING: House,
    Kind.FACILITY: Facility,
}
DETAIL_NAMES: Final[Mapping[str, str]] = {
    Kind.ROAD: "road_section",
    Kind.VILLAGE_CENTRE: "village_centre",
    Kind.WATER_WORKS: "water_works",
    Kind.HOUSING: "house",
    Kind.FACILITY: "facility",
}
"""The name under which an asset reaches its detail."""


def detail_of(asset: Asset) -> models.Model | None:
    """Return the detail row of an asset, or None where none was recorded yet."""
    found: models.Model | None = getattr(asset, DETAIL_NAMES[asset.kind], None)
    return found
