"""Names, codes, people and boundaries of a district's units."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import shapely

from sites.demo.borders import tiles
from sites.demo.codes import district_code, township_code, village_code
from sites.demo.names import Name, NameGiver, district_name
from sites.demo.noise import Floats, bent
from sites.demo.plane import Geometries, to_degrees
from sites.demo.records import DemoArea
from sites.demo.settlements import Settled
from sites.demo.tessellation import Partition
from sites.demo.travel import Cells

KINDS = {
    "street": ("街道", "Subdistrict"),
    "town": ("镇", "Town"),
    "township": ("乡", "Township"),
    "zone": ("工业园区", "Industrial Park"),
}


@dataclass(frozen=True, slots=True)
class Places:
    """Units of one district, as arrays that works and roads look things up in.

    Polygons are on the plane (metres). `hamlet_village` gives each hamlet's village. Names of
    settlements are those of the villages first, then of the hamlets, like `spots` (metres).
    """

    district: str
    townships: tuple[Name, ...]
    township_kinds: tuple[str, ...]
    township_codes: tuple[str, ...]
    township_polygons: Geometries
    villages: tuple[Name, ...]
    village_codes: tuple[str, ...]
    village_polygons: Geometries
    village_township: tuple[int, ...]
    village_people: tuple[int, ...]
    hamlets: tuple[Name, ...]
    hamlet_village: tuple[int, ...]
    hamlet_people: tuple[int, ...]
    spots: Floats
    areas: tuple[DemoArea, ...]

    def township_label(self, place: int) -> tuple[str, str]:
        """Full Chinese and English name of a township."""
        word, word_en = KINDS[self.township_kinds[place]]
        name = self.townships[place]
        return f"{name.zh}{word}", f"{name.en} {word_en}"


def _township_kinds(partition: Partition, settled: Settled, rng: np.random.Generator) -> list[str]:
    """The district's own seat is the street nearest to the middle; one neighbour is the zone."""
    seats = settled.villages[np.flatnonzero(np.diff(settled.village_township, prepend=-1))]
    place = partition.window.centre_of(seats)
    order = np.argsort(np.hypot(*(place - place.mean(axis=0)).T), kind="stable")
    kinds = ["town"] * len(seats)
    kinds[order[0]] = "street"
    kinds[order[1]] = "zone"
    for index in order[-max(len(seats) // 3, 1) :]:
        kinds[index] = "township"
    return kinds


def places_of(
    partition: Partition,
    settled: Settled,
    index: int,
    giver: NameGiver,
    rng: np.random.Generator,
    seed: int,
) -> Places:
    """Name and number everything, and draw the boundaries."""
    district = district_code(index)
    kinds = _township_kinds(partition, settled, rng)
    towns = [giver.town() for _ in kinds]
    town_codes = _numbered(district, kinds)
    village_polygons = _drawn(partition, settled, seed)
    place_of = settled.village_township
    town_polygons = np.array(
        [shapely.union_all(village_polygons[place_of == place]) for place in range(len(kinds))]
    )
    first = np.diff(place_of, prepend=-1) != 0
    villages = [
        towns[place] if seat else giver.village()
        for place, seat in zip(place_of, first, strict=True)
    ]
    codes = _village_codes(town_codes, place_of, first)
    hamlet_village = settled.village_of.ravel()[settled.hamlets]
    hamlets = [giver.hamlet(town_codes[place_of[v]]) for v in hamlet_village]
    people, hamlet_people = _people(first, hamlet_village, rng)
    settlements = np.concatenate([settled.villages, settled.hamlets])
    spots = bent(partition.window.centre_of(settlements), seed)
    places = Places(
        district,
        tuple(towns),
        tuple(kinds),
        tuple(town_codes),
        town_polygons,
        tuple(villages),
        tuple(codes),
        village_polygons,
        tuple(int(p) for p in place_of),
        tuple(int(n) for n in people),
        tuple(hamlets),
        tuple(int(v) for v in hamlet_village),
        tuple(int(n) for n in hamlet_people),
        spots,
        (),
    )
    return _with_areas(places, index)


def _drawn(partition: Partition, settled: Settled, seed: int) -> Geometries:
    """Polygons of the villages in their order, metres."""
    levels = (partition.district, partition.township, settled.village_of)
    shapes = tiles(partition.window, levels, partition.inside, seed)
    return np.array([_whole(shapes[label]) for label in range(len(settled.villages))])


def _people(
    is_seat: npt.NDArray[np.bool_], hamlet_village: Cells, rng: np.random.Generator
) -> tuple[Cells, Cells]:
    """People of each village, its hamlets included, and of each hamlet."""
    hamlets = np.clip(rng.lognormal(5.05, 0.45, len(hamlet_village)), 40, 900).astype(np.int64)
    town, village = (rng.integers(*span, len(is_seat)) for span in ((2_500, 9_000), (220, 800)))
    own = np.where(is_seat, town, village)
    return own + np.bincount(hamlet_village, hamlets, len(own)).astype(np.int64), hamlets


def _numbered(district: str, kinds: list[str]) -> list[str]:
    counts = dict.fromkeys(KINDS, 0)
    codes = []
    for kind in kinds:
        codes.append(township_code(district, kind, counts[kind]))
        counts[kind] += 1
    return codes


def _village_codes(
    town_codes: list[str], place_of: npt.NDArray[np.int64], first: npt.NDArray[np.bool_]
) -> list[str]:
    codes, number = [], 0
    for place, seat in zip(place_of, first, strict=True):
        number = 0 if seat else number
        codes.append(village_code(town_codes[place], community=bool(seat), number=number))
        number += 0 if seat else 1
    return codes


def _whole(parts: Geometries) -> shapely.Geometry:
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)


def _multi(polygon: shapely.Geometry) -> shapely.MultiPolygon:
    return shapely.MultiPolygon(list(shapely.get_parts(polygon)))


def _area(
    code: str,
    names: tuple[str, str],
    level: str,
    parent: str,
    boundary: shapely.MultiPolygon | None,
    centre: shapely.Point,
    class_and_people: tuple[str, int],
) -> DemoArea:
    kind, people = class_and_people
    return DemoArea(
        code, *names, level, parent, boundary, centre, kind, people, max(round(people / 3.05), 1)
    )


def _with_areas(places: Places, index: int) -> Places:
    name = district_name(index)
    towns = to_degrees(places.township_polygons)
    villages = to_degrees(places.village_polygons)
    spots = to_degrees(shapely.points(places.spots))
    people = np.array(places.village_people)
    place_of = np.array(places.village_township)
    seat = [int(np.flatnonzero(place_of == place)[0]) for place in range(len(towns))]
    middle = places.township_kinds.index("street")
    areas = [
        _area(
            places.district,
            (f"{name.zh}区", f"{name.en} District"),
            "district",
            places.district[:4],
            _multi(shapely.union_all(villages)),
            spots[seat[middle]],
            ("", int(people.sum())),
        )
    ]
    for place, code in enumerate(places.township_codes):
        boundary = _multi(shapely.union_all(villages[place_of == place]))
        areas.append(
            _area(
                code,
                places.township_label(place),
                "township",
                places.district,
                boundary,
                spots[seat[place]],
                ("", int(people[place_of == place].sum())),
            )
        )
    areas += [
        _village_area(places, number, villages[number], spots[number], number in seat)
        for number in range(len(villages))
    ]
    areas += _hamlet_areas(places, spots[len(places.villages) :])
    return replace(places, areas=tuple(areas))


def _village_area(
    places: Places, number: int, polygon: shapely.Geometry, spot: shapely.Point, is_seat: bool
) -> DemoArea:
    name, kind = places.villages[number], places.township_kinds[places.village_township[number]]
    names = (
        (f"{name.zh}社区", f"{name.en} Community")
        if is_seat
        else (f"{name.zh}村", f"{name.en} Village")
    )
    code = places.village_codes[number]
    urban = {"street": "112", "zone": "123", "town": "121", "township": "210"}[kind]
    return _area(
        code,
        names,
        "village",
        code[:9],
        _multi(polygon),
        spot,
        (urban if is_seat else "220", places.village_people[number]),
    )


def _hamlet_areas(places: Places, spots: Geometries) -> list[DemoArea]:
    numbers = dict.fromkeys(range(len(places.villages)), 0)
    areas = []
    for hamlet, village in enumerate(places.hamlet_village):
        numbers[village] += 1
        code = f"{places.village_codes[village]}{numbers[village]:02d}"
        name = places.hamlets[hamlet]
        areas.append(
            _area(
                code,
                (name.zh, name.en),
                "group",
                code[:12],
                None,
                spots[hamlet],
                ("", places.hamlet_people[hamlet]),
            )
        )
    return areas
