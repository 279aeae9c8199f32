"""The whole of it: `generate` makes one district after the other from a seed and a day."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from sites.demo.bodies import in_charge, organisations_of
from sites.demo.codes import district_code
from sites.demo.density import Density, Scale
from sites.demo.drafts import Draft
from sites.demo.facilities import facilities_of
from sites.demo.houses import centres_of, houses_of
from sites.demo.names import NameGiver
from sites.demo.network import lines_of, network_of
from sites.demo.places import Places, places_of
from sites.demo.programmes import PLANS, programme_for, programme_years
from sites.demo.records import DemoDistrict, DemoSite
from sites.demo.reporting import awaited_of, curve_of
from sites.demo.roads import (
    REPORT_SITES,
    REPORT_YEAR,
    declared_lengths,
    road_drafts,
    road_years,
    year_shares,
)
from sites.demo.schedule import DRAWS, Life, entries_of, life_of, milestones_of
from sites.demo.sections import sections_of
from sites.demo.settlements import settle
from sites.demo.tessellation import partition_of, relief_of
from sites.demo.water import drainage_of
from sites.demo.waterworks import stream_lines, water_works_of

EARLIEST_DAY = datetime.date(2024, 7, 1)
"""Before this day the roads of 2023 would not all be finished."""
LETTERS = {"road": "R", "village_centre": "V", "water_works": "W", "housing": "H", "facility": "F"}
LEAD = {plan.category: plan.lead for plan in PLANS if plan.category}
ON_THE_GROUND = {"completed", "rectifying", "accepted", "settled", "handed_over", "closed"}


def generate(scale: Scale, *, seed: int, as_of: datetime.date) -> Iterator[DemoDistrict]:
    """Districts one by one, so that only one is in memory; the home district comes first.

    Raises `ValueError` for a day on which the roads of 2023 would not be finished yet.
    """
    if as_of < EARLIEST_DAY:
        raise ValueError(f"the demo starts on {EARLIEST_DAY}, not on {as_of}")
    for index in range(scale.districts):
        yield district_of(index, scale.density, seed=seed, as_of=as_of)


def district_of(index: int, density: Density, *, seed: int, as_of: datetime.date) -> DemoDistrict:
    """One district with its areas, bodies and sites."""
    rng = np.random.default_rng([seed, index])
    places, drafts = _surveyed(index, density, seed, rng)
    roads = [draft for draft in drafts if draft.kind == "road"]
    reported = index == 0 and density.bundles_short_roads and len(roads) > 2 * REPORT_SITES
    years = programme_years(as_of.year)
    lengths = np.array([draft.length_m for draft in roads])
    road_year = road_years(lengths, years, reported=reported, rng=rng)
    declared = declared_lengths(lengths, road_year, reported=reported, rng=rng)
    other_year = rng.choice(years, len(drafts) - len(roads), p=year_shares(years))
    writer = _Writer(places, density, as_of, rng, reported=reported)
    year_of = [int(year) for year in (*road_year, *other_year)]
    sites = tuple(
        writer.site(draft, year, declared[i] if i < len(roads) else None)
        for i, (draft, year) in enumerate(zip(drafts, year_of, strict=True))
    )
    return DemoDistrict(
        district_code(index), places.areas, tuple(organisations_of(places, index)), sites
    )


def _surveyed(
    index: int, density: Density, seed: int, rng: np.random.Generator
) -> tuple[Places, list[Draft]]:
    """The district's places and all that is to be built there, roads first."""
    partition = partition_of(index, seed)
    height = relief_of(partition, seed)
    drainage = drainage_of(height, partition.inside, seed)
    settled = settle(partition, height, drainage, hamlets=density.hamlets, rng=rng, seed=seed)
    places = places_of(partition, settled, index, NameGiver(rng), rng, seed)
    network = network_of(partition, height, drainage, settled, seed=seed)
    lines = lines_of(network, partition.window, seed)
    sections = sections_of(network, lines, places, density)
    streams = stream_lines(drainage, partition.window, seed)
    return places, [
        *road_drafts(sections, places, rng),
        *centres_of(places, density.centre_share, rng),
        *water_works_of(places, streams, density.works_a_village, density.ponds, rng),
        *houses_of(places, density.houses, rng),
        *facilities_of(places, rng),
    ]


class _Writer:
    """Turns drafts into sites: code, plan, people in charge, history."""

    def __init__(
        self,
        places: Places,
        density: Density,
        as_of: datetime.date,
        rng: np.random.Generator,
        *,
        reported: bool,
    ) -> None:
        self.places, self.density, self.as_of, self.rng = places, density, as_of, rng
        self.reported = reported
        self.numbers: dict[tuple[int, str], int] = {}
        self.names: dict[tuple[int, str], int] = {}

    def site(self, draft: Draft, year: int, declared: Decimal | None) -> DemoSite:
        """The draft as a site of the register."""
        draws = self.rng.random(DRAWS + 6).tolist()
        must_finish = self.reported and draft.kind == "road" and year == REPORT_YEAR
        life = life_of(draft.kind, draft.size, year, draws, self.as_of, must_finish=must_finish)
        own = draws[DRAWS:]
        owner, contractor, supervisor = in_charge(draft, self.places, (own[0], own[1], own[2]))
        if "contracted" not in life.happened:
            contractor = supervisor = ""
        if declared is None and draft.length_m is not None:
            declared = Decimal(round(draft.length_m * (0.995 + 0.01 * own[3])))
        name, name_en = self._named(draft)
        town = self.places.township_codes[draft.township]
        built = life.state in ON_THE_GROUND
        site = DemoSite(
            code=self._code(year, LETTERS[draft.kind]),
            name=name,
            name_en=name_en,
            kind=draft.kind,
            category=draft.category,
            programme=programme_for(draft, year),
            year=year,
            area_code=self.places.village_codes[draft.village] if draft.village >= 0 else town,
            township_code=town,
            state=life.state,
            visibility=self._visibility(draft, own[4]),
            is_key_plan=draft.size > 3.4 and own[5] > 0.82,
            planned=draft.shape,
            actual=draft.shape if built else None,
            declared_length_m=declared,
            planned_start=life.planned_start,
            planned_finish=life.planned_finish,
            actual_start=life.actual_start,
            actual_finish=life.actual_finish,
            progress_percent=life.progress,
            owner=owner,
            contractor=contractor,
            supervisor=supervisor,
            detail=self._detail(draft, life),
            components=tuple(
                replace(part, is_done=built or life.progress > 30 + 60 * own[n % 6])
                for n, part in enumerate(draft.components)
            ),
        )
        return self._with_history(site, draft, life, draws)

    def _with_history(
        self, site: DemoSite, draft: Draft, life: Life, draws: list[float]
    ) -> DemoSite:
        if draws[DRAWS + 3] >= self.density.history_share:
            return site
        house = draft.kind == "housing"
        lead = LEAD[draft.category]
        bodies = (lead, f"government:{site.township_code}", site.contractor)
        return replace(
            site,
            moves=life.moves,
            milestones=milestones_of(life, bodies, short=house),
            entries=entries_of(
                life, _points_of(draft.shape), draws, self.as_of, every_days=75 if house else 34
            ),
            awaited=awaited_of(life, _points_of(draft.shape), draws, self.as_of)
            if site.contractor
            else (),
            curve=curve_of(life, draws, is_key_plan=site.is_key_plan),
        )

    def _code(self, year: int, letter: str) -> str:
        number = self.numbers[year, letter] = self.numbers.get((year, letter), 0) + 1
        return f"{self.places.district}-{year}-{letter}{number:04d}"

    def _named(self, draft: Draft) -> tuple[str, str]:
        """The draft's name, with the number of its lot if the township has had it before."""
        key = draft.township, draft.name
        lot = self.names[key] = self.names.get(key, 0) + 1
        if lot == 1:
            return draft.name, draft.name_en
        if draft.kind == "road":
            return f"{draft.name}({lot}标段)", f"{draft.name_en} (lot {lot})"
        return f"{draft.name}({lot}号)", f"{draft.name_en} no. {lot}"

    @staticmethod
    def _visibility(draft: Draft, draw: float) -> str:
        if draft.kind == "housing":
            return "restricted"
        return "public" if draw < 0.9 else "office"

    @staticmethod
    def _detail(
        draft: Draft, life: Life
    ) -> dict[str, str | int | float | Decimal | datetime.date | None]:
        detail = dict(draft.detail)
        if draft.kind == "road":
            detail["opened_on"] = life.actual_finish
        return detail


def _points_of(shape: BaseGeometry) -> list[shapely.Point]:
    """A few points on a site, where reports may have been made."""
    if shape.geom_type == "Point":
        return [shapely.Point(shape.coords[0])]
    if "Polygon" in shape.geom_type:
        return [shapely.point_on_surface(shape)]
    line = shapely.get_parts(shape)[0]
    return [
        shapely.set_precision(line.interpolate(share, normalized=True), 1e-7)
        for share in (0.1, 0.3, 0.5, 0.7, 0.95)
    ]
