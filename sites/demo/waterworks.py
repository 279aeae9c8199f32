"""Water works where water would be: on streams, in valleys, beside settlements."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from sites.demo.drafts import Draft, blob, kept_inside, scattered
from sites.demo.noise import Floats, bent
from sites.demo.places import Places
from sites.demo.plane import CELL_M, Geometries, Window, ellipsoid_length_m, points_at, to_degrees
from sites.demo.water import Drainage

SUPPLY, IRRIGATION = "rural-drinking-water", "small-irrigation"


class Works(NamedTuple):
    """A kind of works: its words, category, share among works that are no ponds, capacity."""

    kind: str
    zh: str
    en: str
    category: str
    share: float
    low: int
    high: int


ON_STREAM = (
    Works("weir", "拦水坝", "weir", IRRIGATION, 0.14, 300, 4_000),
    Works("pumping_station", "泵站", "pumping station", IRRIGATION, 0.18, 600, 9_000),
    Works("sluice", "水闸", "sluice", IRRIGATION, 0.1, 500, 8_000),
)
AT_HOMES = (
    Works("central_supply", "集中供水工程", "water supply station", SUPPLY, 0.22, 40, 1_800),
    Works("scattered_supply", "分散供水点", "scattered water supply", SUPPLY, 0.16, 4, 40),
    Works("well", "机井", "motor-pumped well", IRRIGATION, 0.1, 60, 700),
)
POND = Works("pond", "塘坝", "pond", IRRIGATION, 0, 400, 6_000)
CHANNEL = Works("channel", "渠道", "channel", IRRIGATION, 0, 900, 12_000)
EXTENSION = Works("network_extension", "供水管网延伸", "water main extension", SUPPLY, 0, 20, 260)


def stream_lines(drainage: Drainage, window: Window, seed: int) -> Geometries:
    """Streams as smooth lines on the plane (metres)."""
    lines = []
    for chain in drainage.streams:
        points = (chain[:, ::-1] + (window.column, window.row)) * CELL_M
        for _ in range(3):
            points[1:-1] = 0.5 * points[1:-1] + 0.25 * (points[:-2] + points[2:])
        lines.append(_rounded(_rounded(shapely.LineString(bent(points, seed)))))
    return np.array(lines)


def _rounded(line: shapely.LineString) -> shapely.LineString:
    """Chaikin's corner cutting, once."""
    at = shapely.get_coordinates(line)
    cut = np.empty((2 * len(at) - 2, 2))
    cut[::2], cut[1::2] = 0.75 * at[:-1] + 0.25 * at[1:], 0.25 * at[:-1] + 0.75 * at[1:]
    return shapely.LineString(np.vstack([at[:1], cut, at[-1:]]))


def water_works_of(
    places: Places, streams: Geometries, a_village: float, ponds: int, rng: np.random.Generator
) -> list[Draft]:
    """All water works of a district."""
    count = int(a_village * len(places.villages))
    return [
        *_on_streams(places, streams, count, rng),
        *_at_homes(places, count, rng),
        *_ponds(places, ponds, rng),
        *_channels(places, streams, int(0.2 * count), rng),
        *_extensions(places, int(0.12 * count), rng),
    ]


def _draft(
    works: Works,
    name: tuple[str, str],
    shape: BaseGeometry,
    village: int,
    places: Places,
    rng: np.random.Generator,
) -> Draft:
    share = float(rng.beta(1.2, 4))
    capacity = round(works.low + (works.high - works.low) * share)
    served = (
        min(round(capacity / 0.09), 9_000) if works.category == SUPPLY else round(capacity / 11)
    )
    is_line = shape.geom_type == "LineString"
    return Draft(
        "water_works",
        works.category,
        f"{name[0]}{works.zh}",
        f"{name[1]} {works.en}",
        shape,
        places.village_township[village],
        village,
        2 + 3 * share,
        length_m=ellipsoid_length_m(shape) if is_line else None,
        detail={
            "works_kind": works.kind,
            "capacity_m3_per_day": Decimal(capacity),
            "people_served": served,
        },
    )


def _kinds(table: tuple[Works, ...], count: int, rng: np.random.Generator) -> list[Works]:
    return [works for works in table for _ in range(rng.binomial(count, works.share))]


def _nearest_name(places: Places, points: Floats) -> list[tuple[str, str]]:
    tree = shapely.STRtree(points_at(places.spots))
    names = (*places.villages, *places.hamlets)
    return [tuple(names[i]) for i in tree.nearest(points_at(points))]


def _on_streams(
    places: Places, streams: Geometries, count: int, rng: np.random.Generator
) -> list[Draft]:
    kinds = _kinds(ON_STREAM, count, rng)
    lengths = shapely.length(streams)
    line = rng.choice(len(streams), len(kinds), p=lengths / lengths.sum())
    points = shapely.line_interpolate_point(
        streams[line], rng.uniform(0.1, 1, len(kinds)), normalized=True
    )
    places_on = shapely.get_coordinates(points)
    home = _homes(places, points)
    names = _nearest_name(places, places_on)
    shapes = to_degrees(points)
    return [
        _draft(works, names[i], shapes[i], home[i], places, rng)
        for i, works in enumerate(kinds)
        if i in home
    ]


def _homes(places: Places, points: Geometries) -> dict[int, int]:
    """Village that each point lies in; points outside of the district are missing."""
    found = shapely.STRtree(places.village_polygons).query(points, predicate="within")
    return dict(zip(found[0].tolist(), found[1].tolist(), strict=True))


def _some_spots(
    places: Places, count: int, rng: np.random.Generator
) -> tuple[np.typing.NDArray[np.int64], np.typing.NDArray[np.int64]]:
    """Settlements drawn at random (without repeats while they last), and their villages."""
    village_of = np.array([*range(len(places.villages)), *places.hamlet_village])
    spot = rng.permutation(len(village_of))
    spot = np.resize(spot, count)
    return spot, village_of[spot]


def _at_homes(places: Places, count: int, rng: np.random.Generator) -> list[Draft]:
    kinds = _kinds(AT_HOMES, count, rng)
    spot, village = _some_spots(places, len(kinds), rng)
    points = scattered(places.spots[spot], village, np.full(len(kinds), 190.0), places, rng)
    names = (*places.villages, *places.hamlets)
    shapes = to_degrees(shapely.points(points))
    return [
        _draft(works, names[spot[i]], shapes[i], int(village[i]), places, rng)
        for i, works in enumerate(kinds)
    ]


def _ponds(places: Places, count: int, rng: np.random.Generator) -> list[Draft]:
    spot, village = _some_spots(places, count, rng)
    points = scattered(places.spots[spot], village, np.full(count, 240.0), places, rng)
    names = (*places.villages, *places.hamlets)
    drafts = []
    for i in range(count):
        radius = float(np.clip(rng.lognormal(3.55, 0.4), 16, 120))
        shape = kept_inside(
            blob(points[i, 0], points[i, 1], radius, rng, 0.35), places.village_polygons[village[i]]
        )
        if shape is not None:
            drafts.append(
                _draft(POND, names[spot[i]], to_degrees(shape), int(village[i]), places, rng)
            )
    return drafts


def _channels(
    places: Places, streams: Geometries, count: int, rng: np.random.Generator
) -> list[Draft]:
    """Channels run beside streams, along the foot of the slope, within one village."""
    tree = shapely.STRtree(streams)
    drafts: list[Draft] = []
    for village in np.resize(rng.permutation(len(places.villages)), count):
        land = places.village_polygons[village].buffer(-60)
        side = float(rng.choice([-1, 1]) * rng.uniform(45, 130))
        for stream in rng.permutation(np.sort(tree.query(land, predicate="intersects")))[:3]:
            beside = shapely.offset_curve(streams[stream], side, quad_segs=3)
            parts = [
                part
                for part in shapely.get_parts(shapely.intersection(beside, land))
                if part.geom_type == "LineString" and part.length > 450
            ]
            if parts:
                line = shapely.simplify(max(parts, key=lambda part: part.length), 6)
                name = _nearest_name(places, np.array([line.coords[0]]))[0]
                drafts.append(_draft(CHANNEL, name, to_degrees(line), int(village), places, rng))
                break
    return drafts


def _extensions(places: Places, count: int, rng: np.random.Generator) -> list[Draft]:
    """Mains from the village seat to one of its hamlets, with a bend."""
    drafts = []
    first = len(places.villages)
    for hamlet in rng.permutation(len(places.hamlets))[:count]:
        village = places.hamlet_village[hamlet]
        start, end = places.spots[village], places.spots[first + hamlet]
        across = (end - start)[::-1] * (-1, 1) * rng.uniform(-0.16, 0.16)
        turn = np.linspace(0, 1, 12)[:, None]
        bent = start + (end - start) * turn + across * np.sin(np.pi * turn)
        line = shapely.LineString(bent + rng.normal(0, 8, bent.shape))
        if places.village_polygons[village].buffer(-15).covers(line):
            drafts.append(
                _draft(
                    EXTENSION, tuple(places.hamlets[hamlet]), to_degrees(line), village, places, rng
                )
            )
    return drafts
