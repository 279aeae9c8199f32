"""Town centres, schools, old estates and what else the yearly report names."""

from __future__ import annotations

import numpy as np
import shapely

from sites.demo.drafts import Draft, blob, kept_inside
from sites.demo.places import Places
from sites.demo.plane import to_degrees

CATEGORIES = {
    "town_centre": "town-centre",
    "school": "school-repair",
    "old_estate": "old-estate",
    "shantytown": "shantytown",
    "service_point": "service-point",
}
ESTATES = (
    ("供销社宿舍", "Supply Co-op Estate"),
    ("粮站宿舍", "Grain Station Estate"),
    ("农机厂小区", "Farm Machinery Works Estate"),
    ("新村小区", "New Village Estate"),
    ("教师公寓", "Teachers' Apartments"),
    ("水泥厂宿舍", "Cement Works Estate"),
    ("东街小区", "East Street Estate"),
    ("西门小区", "West Gate Estate"),
)
SCHOOLS = (
    ("中心小学", "Central Primary School"),
    ("初级中学", "Middle School"),
    ("小学", "Primary School"),
    ("幼儿园", "Kindergarten"),
    ("教学点", "Teaching Point"),
)


def facilities_of(places: Places, rng: np.random.Generator) -> list[Draft]:
    """Facilities at seats and in villages."""
    place_of = np.array(places.village_township)
    drafts: list[Draft | None] = []
    for place, name in enumerate(places.townships):
        villages = np.flatnonzero(place_of == place)
        seat = int(villages[0])
        kind = places.township_kinds[place]
        drafts.append(
            _area_site(
                places,
                seat,
                "town_centre",
                rng,
                (f"{name.zh}驻地建成区整治", f"{name.en} town centre improvement"),
                float(rng.uniform(380, 640)),
                (0, 0),
            )
        )
        drafts += _estates(places, seat, kind, rng)
        drafts += _schools(places, seat, rng)
        for village in rng.permutation(villages[1:])[:3]:
            drafts.append(_village_school(places, int(village), rng))
        for village in rng.permutation(villages)[:2]:
            drafts.append(
                _point(
                    places, int(village), "service_point", ("为民服务中心", "Service Centre"), rng
                )
            )
    return [draft for draft in drafts if draft is not None]


def _estates(places: Places, seat: int, kind: str, rng: np.random.Generator) -> list[Draft | None]:
    """Old estates of a town, and the shantytown of a street or industrial park."""
    name = places.villages[seat]
    count = {"street": 8, "town": 3, "zone": 2, "township": 0}[kind]
    drafts = [
        _area_site(
            places,
            seat,
            "old_estate",
            rng,
            (f"{name.zh}{zh}改造", f"{name.en} {en} renewal"),
            float(rng.uniform(45, 120)),
            rng.normal(0, 330, 2),
        )
        for zh, en in (ESTATES[i] for i in rng.permutation(len(ESTATES))[:count])
    ]
    if kind in ("street", "zone"):
        names = (f"{name.zh}棚户区改造", f"{name.en} shantytown renewal")
        radius, shift = float(rng.uniform(120, 240)), rng.normal(0, 420, 2)
        drafts.append(_area_site(places, seat, "shantytown", rng, names, radius, shift))
    return drafts


def _area_site(
    places: Places,
    village: int,
    kind: str,
    rng: np.random.Generator,
    names: tuple[str, str],
    radius: float,
    shift: tuple[float, float] | np.typing.NDArray[np.float64],
) -> Draft | None:
    x, y = places.spots[village] + np.asarray(shift)
    shape = kept_inside(blob(x, y, radius, rng, 0.2), places.village_polygons[village])
    if shape is None:
        return None
    return Draft(
        "facility",
        CATEGORIES[kind],
        *names,
        to_degrees(shape),
        places.village_township[village],
        village,
        4 + radius / 90,
        detail={"facility_kind": kind},
    )


def _schools(places: Places, seat: int, rng: np.random.Generator) -> list[Draft | None]:
    name = places.villages[seat]
    return [
        _area_site(
            places,
            seat,
            "school",
            rng,
            (f"{name.zh}{zh}校舍维修", f"{name.en} {en} repair"),
            float(rng.uniform(40, 85)),
            rng.normal(0, 260, 2),
        )
        for zh, en in SCHOOLS[:2]
    ]


def _village_school(places: Places, village: int, rng: np.random.Generator) -> Draft:
    zh, en = SCHOOLS[2 + int(rng.integers(3))]
    return _point(places, village, "school", (f"{zh}校舍维修", f"{en} repair"), rng)


def _point(
    places: Places, village: int, kind: str, words: tuple[str, str], rng: np.random.Generator
) -> Draft:
    x, y = places.spots[village] + rng.normal(0, 60, 2)
    name = places.villages[village]
    return Draft(
        "facility",
        CATEGORIES[kind],
        f"{name.zh}{words[0]}",
        f"{name.en} {words[1]}",
        to_degrees(shapely.Point(x, y)),
        places.village_township[village],
        village,
        2.5,
        detail={"facility_kind": kind},
    )
