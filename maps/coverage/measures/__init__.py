"""One function an indicator: from the question to its outcome."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from maps.coverage.measures.access import rural_access
from maps.coverage.measures.connection import connected_hamlets, connected_villages
from maps.coverage.measures.question import Question
from maps.coverage.measures.services import people_served
from maps.coverage.measures.upkeep import upkeep
from maps.coverage.measures.water import central_supply, tap_water, water_quality
from maps.coverage.outcome import Outcome
from maps.kinds import Indicator

MEASURES: Mapping[str, Callable[[Question], Outcome]] = {
    Indicator.RURAL_ACCESS: rural_access,
    Indicator.VILLAGES_HARD_ROAD: connected_villages,
    Indicator.HAMLETS_HARD_ROAD: connected_hamlets,
    Indicator.TAP_WATER: tap_water,
    Indicator.CENTRAL_SUPPLY: central_supply,
    Indicator.WATER_QUALITY: water_quality,
    Indicator.UPKEEP: upkeep,
    Indicator.PEOPLE_SERVED: people_served,
}

__all__ = ["MEASURES", "Question"]
