"""Dilapidated houses at settlements, and the village centres round which others stand."""

from __future__ import annotations

from decimal import Decimal

import numpy as np
import shapely

from sites.demo.drafts import Draft, blob, kept_inside, scattered
from sites.demo.places import Places
from sites.demo.plane import to_degrees
from sites.demo.records import DemoComponent

METHODS = {
    "C": (("reinforce", 0.92), ("relocate", 0.08)),
    "D": (("rebuild", 0.72), ("relocate", 0.16), ("rent", 0.12)),
}
GROUPS = ("1", "2", "3", "4", "5", "6")
GROUP_SHARES = (0.1, 0.34, 0.22, 0.08, 0.18, 0.08)
COMPONENTS = (
    ("waste", "个", 6, 40),
    ("water", "户", 40, 320),
    ("toilets", "户", 30, 260),
    ("house_surroundings", "户", 40, 300),
    ("access_road", "m", 300, 2_400),
    ("village_road", "m", 600, 5_200),
    ("sewage", "套", 1, 5),
    ("ditches", "m", 200, 2_600),
    ("greening", "m²", 800, 9_000),
    ("lights", "盏", 20, 130),
)


def houses_of(places: Places, count: int, rng: np.random.Generator) -> list[Draft]:
    """Houses drawn by settlements' people; points, each inside its village."""
    village_of = np.array([*range(len(places.villages)), *places.hamlet_village])
    people = np.array([*(0.12 * np.array(places.village_people)), *places.hamlet_people])
    names = (*places.villages, *places.hamlets)
    spot = np.sort(rng.choice(len(names), count, p=people / people.sum()))
    spread_m = np.where(spot < len(places.villages), 170.0, 85.0)
    points = scattered(places.spots[spot], village_of[spot], spread_m, places, rng)
    shapes = to_degrees(shapely.points(points))
    grade = np.where(rng.random(count) < 0.58, "C", "D")
    group = rng.choice(GROUPS, count, p=GROUP_SHARES)
    floor = np.round(rng.uniform(42, 118, count), 1)
    pick = rng.random(count)
    drafts = []
    number = 0
    for index in range(count):
        number = number + 1 if index and spot[index] == spot[index - 1] else 1
        name = names[spot[index]]
        village = int(village_of[spot[index]])
        drafts.append(
            Draft(
                "housing",
                "housing-renovation",
                f"{name.zh}危房改造{number}号点",
                f"{name.en} house renovation {number}",
                shapes[index],
                places.village_township[village],
                village,
                1.0,
                detail={
                    "danger_grade": str(grade[index]),
                    "household_group": str(group[index]),
                    "method": _method(str(grade[index]), float(pick[index])),
                    "floor_area_m2": Decimal(str(floor[index])),
                    "households": 1,
                },
            )
        )
    return drafts


def _method(grade: str, draw: float) -> str:
    for method, share in METHODS[grade]:
        draw -= share
        if draw <= 0:
            return method
    return METHODS[grade][0][0]


def centres_of(places: Places, share: float, rng: np.random.Generator) -> list[Draft]:
    """Village centres: at that share of the village seats, and at some large hamlets."""
    chosen = rng.random(len(places.villages)) < share
    drafts = [_centre(places, int(v), int(v), rng) for v in np.flatnonzero(chosen)]
    big = np.flatnonzero(np.array(places.hamlet_people) > 330)
    first = len(places.villages)
    drafts += [
        _centre(places, places.hamlet_village[hamlet], first + int(hamlet), rng)
        for hamlet in rng.permutation(big)[: int(0.3 * chosen.sum())]
    ]
    return [draft for draft in drafts if draft is not None]


def _centre(places: Places, village: int, spot: int, rng: np.random.Generator) -> Draft | None:
    x, y = places.spots[spot]
    radius = float(rng.uniform(170, 330))
    shape = kept_inside(blob(x, y, radius, rng), places.village_polygons[village])
    if shape is None:
        return None
    name = (*places.villages, *places.hamlets)[spot]
    people = int(rng.integers(320, 1_600))
    return Draft(
        "village_centre",
        "village-centre",
        f"{name.zh}中心村建设",
        f"{name.en} village centre",
        to_degrees(shape),
        places.village_township[village],
        village,
        5.0 + radius / 90,
        detail={"households": round(people / 3.1), "people": people},
        components=_components(rng),
    )


def _components(rng: np.random.Generator) -> tuple[DemoComponent, ...]:
    wanted = rng.random(len(COMPONENTS)) < 0.72
    return tuple(
        DemoComponent(kind, Decimal(int(rng.integers(low, high))), unit, is_done=False)
        for (kind, unit, low, high), use in zip(COMPONENTS, wanted, strict=True)
        if use
    )
