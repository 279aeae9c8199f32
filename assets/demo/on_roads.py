"""Structures, closures and condition surveys of the demo's road sections."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from uuid import UUID

import numpy as np
import shapely

from assets.demo.register import DemoAsset
from assets.demo.sections import Section
from assets.models import ConditionSurvey, RoadClosure, Structure
from sites.demo.copying import Record, as_stored, copy_records
from sites.demo.plane import ELLIPSOID
from sites.identifiers import new_id

TESTING_BODY = "华测道路检测所(演示)"
KINDS = (("culvert", "涵洞", 0.62), ("bridge", "小桥", 0.2), ("safety", "波形护栏", 1.0))
METRES_A_STRUCTURE = 1_300
GRADES = ("excellent", "good", "fair", "poor", "bad")
CLOSURES = (
    ("planned", "挖除新建涵洞,封闭施工", "绕行相邻村道", -12, 18, True),
    ("sudden", "强降雨后边坡塌方,抢通中", "绕行上游便桥", -3, None, True),
    ("seasonal", "冬季结冰路段,夜间封闭", "夜间绕行县道", 8, 95, True),
    ("planned", "路面改造半幅封闭", "半幅通行", 20, 41, True),
    ("sudden", "水毁路基,已修复", "绕行乡道", -140, -128, True),
    ("planned", "农忙期间限行大型车辆", "小型车通行", -70, -49, False),
)


def place_at(section: Section, fraction: float) -> tuple[Decimal, shapely.Point]:
    """Return the chainage and the point at a fraction of a section's ground length."""
    coords = np.asarray(section.line.coords)
    steps = ELLIPSOID.line_lengths(coords[:, 0], coords[:, 1])
    along = np.concatenate([[0.0], np.cumsum(steps)])
    metres = fraction * along[-1]
    x = np.interp(metres, along, coords[:, 0])
    y = np.interp(metres, along, coords[:, 1])
    chainage = section.start_m + Decimal(f"{float(section.length_m) * fraction:.1f}")
    return min(chainage, section.end_m), shapely.Point(x, y)


def write_on_roads(
    assets: Sequence[DemoAsset], as_of: datetime.date, rng: np.random.Generator
) -> None:
    """Store structures, closures around the day, and two years of condition surveys."""
    roads = [(asset.pk, asset.section) for asset in assets if asset.section]
    structures = list(_structures(roads, rng))
    points = as_stored(point for _row, point in structures)
    copy_records(
        Structure,
        ({**row, "point": point} for (row, _p), point in zip(structures, points, strict=True)),
    )
    copy_records(RoadClosure, _closures(roads, as_of, rng))
    copy_records(ConditionSurvey, _surveys(roads, as_of, rng))


def _structures(
    roads: Sequence[tuple[UUID, Section]], rng: np.random.Generator
) -> Iterator[tuple[Record, shapely.Point]]:
    for asset, section in roads:
        number = rng.poisson(float(section.length_m) / METRES_A_STRUCTURE)
        for index, fraction in enumerate(sorted(rng.uniform(0.04, 0.96, number))):
            draw = rng.random()
            kind, word, _share = next(row for row in KINDS if draw < row[2])
            chainage, point = place_at(section, float(fraction))
            span = Decimal(f"{rng.uniform(6, 22):.1f}") if kind == "bridge" else None
            yield (
                {
                    "id": new_id(),
                    "asset_id": asset,
                    "kind": kind,
                    "code": "",
                    "name": f"{index + 1}号{word}",
                    "name_en": "",
                    "chainage_m": chainage,
                    "length_m": Decimal(f"{rng.uniform(6, 40):.1f}"),
                    "span_m": span,
                    "rating_class": int(rng.choice([1, 2, 2, 3, 4])) if span else None,
                },
                point,
            )


def _closures(
    roads: Sequence[tuple[UUID, Section]], as_of: datetime.date, rng: np.random.Generator
) -> Iterator[Record]:
    chosen = rng.choice(len(roads), min(len(roads), len(CLOSURES)), replace=False)
    for place, (kind, reason, detour, first, last, public) in zip(chosen, CLOSURES, strict=False):
        asset, section = roads[int(place)]
        begin = section.start_m + (section.length_m * Decimal("0.2")).quantize(Decimal("0.1"))
        yield {
            "id": new_id(),
            "asset_id": asset,
            "kind": kind,
            "start_m": begin,
            "end_m": min(section.end_m, begin + 300),
            "from_date": as_of + datetime.timedelta(days=first),
            "until_date": None if last is None else as_of + datetime.timedelta(days=last),
            "reason": reason,
            "detour": detour,
            "is_public": public,
        }


def _surveys(
    roads: Sequence[tuple[UUID, Section]], as_of: datetime.date, rng: np.random.Generator
) -> Iterator[Record]:
    """County roads every year by machine, others one year in two by hand; a few not at all."""
    for asset, section in roads:
        county = section.route_no.startswith("X")
        if not county and rng.random() > 0.82:
            continue
        wear = float(rng.beta(1.6, 4.2))
        for year in (as_of.year - 1, as_of.year):
            surveyed = datetime.date(year, 5 if county else 9, int(rng.integers(2, 28)))
            if surveyed > as_of or surveyed <= section.site.actual_finish:
                continue
            if not county and year % 2 != asset.int % 2:
                continue
            yield _survey(
                asset,
                section,
                surveyed,
                min(1.0, wear * (1.2 if year == as_of.year else 1)),
                county=county,
            )


def _survey(
    asset: UUID, section: Section, surveyed: datetime.date, wear: float, *, county: bool
) -> Record:
    """One survey of a whole section; `wear` from 0 to 1 drives its figures and grade."""
    return {
        "id": new_id(),
        "asset_id": asset,
        "start_m": section.start_m,
        "end_m": section.end_m,
        "surveyed_on": surveyed,
        "method": "automated" if county else "manual",
        "damage_percent": Decimal(f"{22 * wear**1.5:.3f}"),
        "iri_m_per_km": Decimal(f"{1.8 + 9 * wear:.3f}") if county else None,
        "stated_grade": GRADES[min(4, int(wear * 6.2))],
        "testing_body": TESTING_BODY,
        "report_no": f"HC-{surveyed:%Y%m}-{section.route_no}",
        "note": "",
    }
