"""Road sites: sections with their technical facts, their year and their declared length."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import numpy.typing as npt

from sites.demo.drafts import Draft
from sites.demo.network import COUNTY, TOWNSHIP
from sites.demo.noise import Floats
from sites.demo.places import Places
from sites.demo.records import Value
from sites.demo.sections import Section

REPORT_YEAR = 2023
REPORT_SITES = 214
REPORT_LENGTH_M = 680_000
"""What the work report says of 2023: 680 km of rural road, here by 214 sites."""

WORKS = {
    "county": ("升级改造工程", "upgrade"),
    "township": ("提质改造工程", "improvement"),
    "village": ("硬化工程", "paving"),
}
CLASS_SHARES = {
    "county": (("class_2", 0.12), ("class_3", 0.6), ("class_4", 0.28)),
    "township": (("class_3", 0.18), ("class_4", 0.82)),
    "village": (("class_4", 0.74), ("substandard", 0.26)),
}
WIDTHS = {
    "class_2": ((10.0, 8.5), (12.0, 9.0)),
    "class_3": ((7.5, 6.5), (8.5, 7.0)),
    "class_4": ((5.5, 4.5), (6.5, 6.0), (6.0, 5.0), (4.5, 3.5)),
    "substandard": ((4.5, 3.5), (4.0, 3.0)),
}
"""Roadbed and pavement (m) as they go with a technical class; the last of class 4 is one lane."""


def road_drafts(sections: list[Section], places: Places, rng: np.random.Generator) -> list[Draft]:
    """Sections as drafts, in the same order."""
    draws = rng.random((len(sections), 3))
    return [_draft(section, places, *row) for section, row in zip(sections, draws, strict=True)]


def _draft(
    section: Section, places: Places, class_draw: float, width_draw: float, pavement_draw: float
) -> Draft:
    zh, en = WORKS[section.road_class]
    ends_en = f"{section.start[1]}–{section.end[1]}"
    if section.chainage is None:
        village = places.villages[section.village]
        name = f"{village.zh}村组道路({section.start[0]}—{section.end[0]}等){zh}"
        name_en = f"{village.en} village lanes ({ends_en} and others) {en}"
    else:
        word = "公路" if section.road_class == COUNTY else "路"
        name = f"{section.start[0]}—{section.end[0]}{word}{zh}"
        name_en = f"{ends_en} Road {en}"
    return Draft(
        "road",
        "rural-road",
        name,
        name_en,
        section.line,
        section.township,
        section.village if section.in_one_village else -1,
        section.length_m / 1000,
        length_m=section.length_m,
        detail=_facts(section, class_draw, width_draw, pavement_draw),
    )


def _facts(
    section: Section, class_draw: float, width_draw: float, pavement_draw: float
) -> dict[str, Value]:
    technical = CLASS_SHARES[section.road_class][-1][0]
    for name, share in CLASS_SHARES[section.road_class]:
        if class_draw < share:
            technical = name
            break
        class_draw -= share
    widths = WIDTHS[technical]
    if technical == "class_4":
        widths = widths[1:3] if section.road_class == COUNTY else widths
        widths = widths[:3] if section.road_class == TOWNSHIP else widths
    roadbed, pavement = widths[int(width_draw * len(widths))]
    return {
        "route_code": section.route_code,
        "road_class": section.road_class,
        "technical_class": technical,
        "pavement": _pavement(section.road_class, technical, pavement_draw),
        "roadbed_width_m": Decimal(str(roadbed)),
        "pavement_width_m": Decimal(str(pavement)),
        "start_name": section.start[0],
        "end_name": section.end[0],
    }


def _pavement(road_class: str, technical: str, draw: float) -> str:
    if road_class == COUNTY:
        return "asphalt" if draw < 0.86 else "cement"
    if road_class == TOWNSHIP:
        return "asphalt" if draw < 0.42 else "cement"
    if technical == "substandard" and draw < 0.35:
        return "gravel" if draw < 0.28 else "simple"
    return "asphalt" if draw > 0.93 else "cement"


def year_shares(years: list[int]) -> Floats:
    """Share of the sites that each year gets: the last one, still in hand, twice as many."""
    weight = np.ones(len(years))
    weight[-1] = 2.0
    shares: Floats = weight / weight.sum()
    return shares


def road_years(
    lengths: Floats, years: list[int], *, reported: bool, rng: np.random.Generator
) -> npt.NDArray[np.int64]:
    """A year for each section; with `reported`, 2023 gets 214 sections of about 680 km."""
    others = [year for year in years if not (reported and year == REPORT_YEAR)]
    chosen = rng.choice(others, len(lengths), p=year_shares(others))
    if reported:
        chosen[_reported_sections(lengths, rng)] = REPORT_YEAR
    return chosen


def _reported_sections(lengths: Floats, rng: np.random.Generator) -> npt.NDArray[np.int64]:
    """Indices of 214 sections whose lengths sum to 680 km within 100 m, by swapping."""
    weight = lengths**1.1
    inside = rng.choice(len(lengths), REPORT_SITES, replace=False, p=weight / weight.sum())
    outside = np.setdiff1d(np.arange(len(lengths)), inside)
    for _ in range(4_000):
        gap = REPORT_LENGTH_M - lengths[inside].sum()
        if abs(gap) < 100:
            break
        out = int(rng.integers(len(inside)))
        step = float(np.clip(gap, -1_500, 1_500))
        into = int(np.abs(lengths[outside] - lengths[inside[out]] - step).argmin())
        inside[out], outside[into] = outside[into], inside[out]
    return inside


def declared_lengths(
    lengths: Floats, years: npt.NDArray[np.int64], *, reported: bool, rng: np.random.Generator
) -> list[Decimal]:
    """What was declared, whole metres: near the measured length, one in twelve clearly off.

    With `reported`, the lengths of 2023 sum to exactly 680,000 m.
    """
    error = rng.normal(0, 0.0012, len(lengths))
    off = rng.random(len(lengths)) < 1 / 12
    error[off] = rng.choice([-1, 1], off.sum()) * rng.uniform(0.02, 0.08, off.sum())
    metres = np.maximum(np.round(lengths * (1 + error)).astype(np.int64), 1)
    if reported:
        held = np.flatnonzero(years == REPORT_YEAR)
        held = held[np.argsort(-lengths[held], kind="stable")]
        gap = REPORT_LENGTH_M - int(metres[held].sum())
        metres[held] += gap // len(held)
        metres[held[: gap % len(held)]] += 1
    return [Decimal(int(value)) for value in metres]
