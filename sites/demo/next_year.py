"""Next year's plan of the home district: programmes and named points, not yet begun.

Some points are proposed only, others shortlisted, designed or approved; about a tenth are key
plans. Their places follow from the villages that the demo made.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, Final, NamedTuple

import numpy as np
from django.contrib.gis.geos import LineString, Point, Polygon

from sites.demo.codes import HOME_DISTRICT_CODE
from sites.demo.programmes import PLANS, programme_code
from sites.demo.site_rows import DETAILS, noon
from sites.demo.state import SOURCE
from sites.geometry import STORED_SRID
from sites.identifiers import new_id
from sites.kinds import AreaLevel, Kind, Role, State, Visibility
from sites.models import (
    Area,
    HouseholdRecord,
    Organisation,
    Programme,
    ProjectSite,
    SiteCategory,
    StateChange,
)

PATH: Final = (State.PROPOSED, State.SHORTLISTED, State.DESIGNED, State.APPROVED)
REACHED: Final = ((0.22, 0), (0.52, 1), (0.80, 2), (1.01, 3))
"""Up to which draw a point has come how far on the path."""
KEY_PLAN_SHARE: Final = 0.12
METRES_A_DEGREE: Final = 111_320.0


class Sort(NamedTuple):
    """What is planned: programme, kind, how many, the name's ending, the kind's own columns."""

    key: str
    kind: Kind
    number: int
    ending: str
    ending_en: str
    detail: dict[str, Any]


SORTS: Final = (
    Sort("DLCT", Kind.ROAD, 24, "道路联通", "link road", {"road_class": "village"}),
    Sort("CZDL", Kind.ROAD, 16, "村组道路", "village lane", {"road_class": "village"}),
    Sort("WFGZ", Kind.HOUSING, 34, "危房改造", "housing renovation", {"danger_grade": "D"}),
    Sort("ZXC", Kind.VILLAGE_CENTRE, 8, "中心村", "village centre", {}),
    Sort("XXSL", Kind.WATER_WORKS, 14, "塘坝整治", "pond", {"works_kind": "pond"}),
    Sort(
        "FWZX",
        Kind.FACILITY,
        5,
        "为民服务中心",
        "service point",
        {"facility_kind": "service_point"},
    ),
)


def load_next_year(*, seed: int, as_of: datetime.date) -> int:
    """Store next year's programmes and points and return how many points they are."""
    year = as_of.year + 1
    rng = np.random.default_rng([seed, 47])
    programmes = _programmes(year)
    spots = _spots()
    if not spots:
        return 0
    sites = [
        _site(sort, number, year, programmes[sort.key], spots, rng)
        for sort in SORTS
        for number in range(1, sort.number + 1)
    ]
    ProjectSite.objects.bulk_create(sites, batch_size=500)
    for sort in SORTS:
        own = [site for site in sites if site.kind == sort.kind and f"-{sort.key}-" in site.code]
        DETAILS[sort.kind]._default_manager.bulk_create(
            [DETAILS[sort.kind](site=site, **sort.detail) for site in own]
        )
    houses = [site for site in sites if site.kind == Kind.HOUSING]
    HouseholdRecord.objects.bulk_create(
        [HouseholdRecord(site=site, reference=f"HH-{site.code}") for site in houses]
    )
    StateChange.objects.bulk_create([row for site in sites for row in _moves(site, as_of)])
    return len(sites)


def _programmes(year: int) -> dict[str, Programme]:
    """Return the year's programmes by key, made where they are missing."""
    known = {row.code: row for row in Programme.objects.filter(year__in=[year, year - 1])}
    rows = {}
    for plan in PLANS:
        before = known.get(programme_code(plan.key, year - 1))
        if plan.key not in {sort.key for sort in SORTS} or before is None:
            continue
        code = programme_code(plan.key, year)
        rows[plan.key] = known.get(code) or Programme.objects.create(
            code=code,
            name=f"{year}年{plan.name}",
            name_en=f"{plan.name_en} {year}",
            level=plan.level,
            kind=plan.kind,
            category=SiteCategory.objects.filter(code=plan.category).first(),
            lead_organisation=Organisation.objects.get(pk=before.lead_organisation_id),
            year=year,
            measure=plan.measure,
            unit=plan.unit,
        )
    return rows


def _spots() -> list[tuple[Area, Area]]:
    """Return the home district's natural villages, each with its village."""
    found = Area.objects.filter(
        code__startswith=HOME_DISTRICT_CODE, level=AreaLevel.GROUP, centre__isnull=False
    )
    pairs = found.filter(parent__centre__isnull=False).select_related("parent").order_by("code")
    return [(group, group.parent) for group in pairs.defer("boundary", "parent__boundary")]


def _site(
    sort: Sort,
    number: int,
    year: int,
    programme: Programme,
    spots: Sequence[tuple[Area, Area]],
    rng: np.random.Generator,
) -> ProjectSite:
    group, village = spots[int(rng.integers(len(spots)))]
    draws = rng.random(6)
    shape = _shape(sort.kind, group.centre, village.centre, draws)
    start = datetime.date(year, 3, 1) + datetime.timedelta(days=round(90 * draws[2]))
    step = next(reached for edge, reached in REACHED if draws[3] < edge)
    is_private = sort.kind == Kind.HOUSING
    return ProjectSite(
        id=new_id(),
        code=f"{year}-{sort.key}-{number:03d}",
        name=f"{village.name}{group.name}{sort.ending}",
        name_en=f"{village.name_en}, {group.name_en}: {sort.ending_en}",
        kind=sort.kind,
        category=programme.category,
        programme=programme,
        year=year,
        area=village,
        state=PATH[step],
        visibility=Visibility.RESTRICTED if is_private else Visibility.OFFICE,
        is_key_plan=bool(draws[4] < KEY_PLAN_SHARE),
        planned_geometry=shape,
        declared_length_m=_length(shape) if sort.kind == Kind.ROAD else None,
        planned_start=start,
        planned_finish=start + datetime.timedelta(days=80 + round(120 * draws[5])),
        source=SOURCE,
        source_id=f"{year}-{sort.key}-{number:03d}",
    )


def _shape(kind: Kind, group: Any, village: Any, draws: Any) -> Any:
    """Return a road from the village to the natural village, a square for a centre, or a point."""
    east, north = (draws[0] - 0.5) * 0.002, (draws[1] - 0.5) * 0.002
    if kind == Kind.ROAD:
        middle = ((group.x + village.x) / 2 + east, (group.y + village.y) / 2 + north)
        return LineString(
            (village.x, village.y), middle, (group.x + 0.0008, group.y), srid=STORED_SRID
        )
    if kind == Kind.VILLAGE_CENTRE:
        west, south = village.x - 0.0015, village.y - 0.0012
        ring = ((0, 0), (0.003, 0), (0.003, 0.0024), (0, 0.0024), (0, 0))
        return Polygon([(west + x, south + y) for x, y in ring], srid=STORED_SRID)
    return Point(group.x + east * 0.2, group.y + north * 0.2, srid=STORED_SRID)


def _length(line: LineString) -> Decimal:
    """Return a planner's estimate of a length, in whole ten metres."""
    metres = 0.0
    places: Any = line.coords
    for (x1, y1), (x2, y2) in pairwise(places):
        shrink = float(np.cos(np.radians((y1 + y2) / 2)))
        metres += float(np.hypot((x2 - x1) * shrink, y2 - y1)) * METRES_A_DEGREE
    return Decimal(max(round(metres, -1), 50))


def _moves(site: ProjectSite, as_of: datetime.date) -> Iterator[StateChange]:
    """Return the recorded moves that led to the point's state, the last one weeks ago."""
    reached = PATH.index(State(site.state))
    for index in range(reached):
        on = as_of - datetime.timedelta(days=21 + 24 * (reached - 1 - index))
        yield StateChange(
            site=site,
            from_state=PATH[index],
            to_state=PATH[index + 1],
            role=Role.DISTRICT_PLANNER,
            effective_on=on,
            at=noon(on),
        )
