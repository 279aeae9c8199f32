"""How much is generated: the same district, thinly or thickly filled."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Density:
    """Counts for one district; section lengths in metres."""

    hamlets: int
    county_section_m: float
    township_section_m: float
    village_section_m: float
    bundles_short_roads: bool
    houses: int
    ponds: int
    works_a_village: float
    centre_share: float
    history_share: float
    """Share of the sites that get milestones, state changes and progress entries."""


DISTRICT = Density(
    hamlets=1_500,
    county_section_m=4_200,
    township_section_m=3_300,
    village_section_m=3_000,
    bundles_short_roads=True,
    houses=2_400,
    ponds=330,
    works_a_village=2.4,
    centre_share=0.75,
    history_share=1.0,
)
PROVINCE = Density(
    hamlets=1_700,
    county_section_m=450,
    township_section_m=420,
    village_section_m=400,
    bundles_short_roads=False,
    houses=19_500,
    ponds=700,
    works_a_village=3.5,
    centre_share=1.0,
    history_share=0.02,
)


@dataclass(frozen=True, slots=True)
class Scale:
    """A size that `seed_demo --scale` knows: how many districts, how thickly filled."""

    name: str
    districts: int
    density: Density


SCALES = {
    scale.name: scale
    for scale in (
        Scale("district", 1, DISTRICT),
        Scale("city", 7, DISTRICT),
        Scale("province", 39, PROVINCE),
    )
}
DEFAULT_SEED = 17
"""The seed whose home district has fourteen townships on about 1,800 km²."""
