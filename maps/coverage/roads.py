"""The roads that count on a day: sections in service, and finished sites not yet taken over.

Each is read with what decides over it, so that what was left out, and why, can be told.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from shapely.ops import substring

from assets.kinds import STATES_TO_KEEP_UP, AllSeasonBasis, ClosureKind
from assets.models import AssetSource, ConditionSurvey, RoadClosure, RoadSection
from maps.coverage.intervals import Interval, without
from maps.coverage.metric import Geometries, Zone
from maps.coverage.parameters import Values
from sites.functions import BoxInMapProjection
from sites.kinds import STATES_FINISHED, Kind
from sites.models import ProjectSite

STATED = (AllSeasonBasis.STATED, AllSeasonBasis.OBSERVED)
BoxOfDegrees = tuple[float, float, float, float]
WHOLE_M = 1_000_000.0


@dataclass(frozen=True)
class RoadDay:
    """On which day roads are judged, where (a box of degrees) and by which parameters.

    `without_year` leaves out what was opened or finished in that year.
    """

    as_of: datetime.date
    box: BoxOfDegrees
    values: Values
    without_year: int | None = None

    def counts(self, opened: datetime.date | None) -> bool:
        """Whether a road with that day of opening is there."""
        if opened is None:
            return bool(self.values["undated_count"])
        return opened <= self.as_of and opened.year != self.without_year


@dataclass
class Roads:
    """Open lines in metres of the zone, why others were left out, and a hash of what was read."""

    lines: Geometries
    counts: Counter[str] = field(default_factory=Counter)
    digest: str = ""


def open_roads(day: RoadDay, zone: Zone) -> Roads:
    """Return the lines of all roads that count; six statements, whatever their number."""
    counts: Counter[str] = Counter()
    hashed = hashlib.sha256()
    closed = _closed_stretches(day)
    bad = _bad_stretches(day)
    lines: list[Any] = []
    for row in _sections(day):
        whole = _standing(row, day, counts)
        if not whole:
            continue
        taken = [*closed.get(row["pk"], ()), *bad.get(row["pk"], ())]
        extent = (float(row["start_m"]), float(row["end_m"]))
        parts = without(extent, taken)
        counts["sections"] += 1
        counts["stretches_closed"] += bool(closed.get(row["pk"]))
        counts["stretches_of_bad_condition"] += bool(bad.get(row["pk"]))
        _note(hashed, row["pk"], bytes(row["wkb"]), parts)
        line = shapely.from_wkb(bytes(row["wkb"]))
        lines += [line] if parts == [extent] else _cut(line, extent, parts)
    for row in _finished_sites(day):
        if not row["road__pavement"] or row["road__pavement"] not in day.values["pavements"]:
            counts["sites_without_hardened_pavement"] += 1
            continue
        counts["sites"] += 1
        _note(hashed, row["pk"], bytes(row["wkb"]), [])
        lines.append(shapely.from_wkb(bytes(row["wkb"])))
    stored = shapely.force_2d(np.array(lines, dtype=object))
    return Roads(zone.to_metric(stored), counts, hashed.hexdigest())


def _note(hashed: Any, key: Any, wkb: bytes, parts: Iterable[Interval]) -> None:
    hashed.update(f"{key}{list(parts)}".encode())
    hashed.update(wkb)


def _standing(row: Mapping[str, Any], day: RoadDay, counts: Counter[str]) -> bool:
    """Whether a section counts apart from its closures and its condition; says why not."""
    opened = row["opened"]
    if opened is None:
        counts["sections_without_day"] += 1
    if not day.counts(opened):
        counts["sections_not_open"] += 1
        return False
    if "passable_pavements" not in day.values:
        is_in = row["pavement"] in day.values["pavements"]
        counts["sections_not_hardened"] += not is_in
        return is_in
    if row["is_all_season"] is False:
        counts["sections_seasonal"] += 1
        return False
    if row["pavement"] in day.values["pavements"]:
        return True
    stated = row["is_all_season"] and row["all_season_basis"] in STATED
    if stated and row["pavement"] in day.values["passable_pavements"]:
        return True
    counts["sections_without_stated_passability"] += 1
    return False


def _sections(day: RoadDay) -> Iterable[dict[str, Any]]:
    rows = (
        _in_box(RoadSection.objects.all(), day, "asset__")
        .filter(is_current=True, asset__removed_at=None, asset__state__in=STATES_TO_KEEP_UP)
        .annotate(wkb=AsWKB("asset__geometry"), opened=Coalesce("opened_on", F("asset__built_on")))
        .order_by("pk")
    )
    found: Iterable[dict[str, Any]] = rows.values(
        "pk", "start_m", "end_m", "pavement", "is_all_season", "all_season_basis", "opened", "wkb"
    ).iterator(2000)
    return found


def _finished_sites(day: RoadDay) -> Iterable[dict[str, Any]]:
    """Return finished road sites of which no section stands in the register of assets."""
    taken_over = AssetSource.objects.filter(
        site=OuterRef("pk"), asset__removed_at=None, asset__kind=Kind.ROAD
    )
    rows = (
        _in_box(ProjectSite.objects.all(), day, "")
        .filter(
            ~Exists(taken_over),
            kind=Kind.ROAD,
            removed_at=None,
            state__in=STATES_FINISHED,
            actual_finish__lte=day.as_of,
        )
        .annotate(wkb=AsWKB(Coalesce("actual_geometry", "planned_geometry")))
        .order_by("pk")
    )
    if day.without_year is not None:
        rows = rows.exclude(actual_finish__year=day.without_year)
    found: Iterable[dict[str, Any]]
    found = rows.values("pk", "road__pavement", "wkb").iterator(2000)
    return found


def _closed_stretches(day: RoadDay) -> dict[Any, list[Interval]]:
    """Return the stretches that are closed for too long, or by the season, by asset."""
    since = day.as_of - datetime.timedelta(days=day.values.get("season_days", 0))
    holding = Q(until_date=None) | Q(until_date__gte=day.as_of)
    seasonal = Q(kind=ClosureKind.SEASONAL) & (Q(until_date=None) | Q(until_date__gte=since))
    rows = _in_box(RoadClosure.objects.all(), day, "asset__").filter(from_date__lte=day.as_of)
    found: dict[Any, list[Interval]] = defaultdict(list)
    for closure in rows.filter(holding | seasonal).order_by("pk"):
        last = closure.until_date or day.as_of
        if (last - closure.from_date).days + 1 > day.values["closure_days"]:
            found[closure.asset_id].append((float(closure.start_m), float(closure.end_m)))
    return found


def _bad_stretches(day: RoadDay) -> dict[Any, list[Interval]]:
    """Return the stretches that the newest survey up to the day found too bad, by asset."""
    grades = day.values.get("excluded_grades", [])
    if not grades:
        return {}
    surveys = _in_box(ConditionSurvey.objects.all(), day, "asset__").filter(
        surveyed_on__lte=day.as_of, corrections=None
    )
    suspects = surveys.filter(Q(computed_grade__in=grades) | Q(stated_grade__in=grades))
    rows = surveys.filter(asset__in=suspects.order_by().values("asset"))
    seen: dict[Any, list[Interval]] = defaultdict(list)
    found: dict[Any, list[Interval]] = defaultdict(list)
    for survey in rows.order_by("asset", "-surveyed_on", "-recorded_at", "-id"):
        extent = (float(survey.start_m or 0), float(survey.end_m or WHOLE_M))
        if (survey.computed_grade or survey.stated_grade) in grades:
            found[survey.asset_id] += without(extent, seen[survey.asset_id])
        seen[survey.asset_id].append(extent)
    return found


def _in_box(rows: QuerySet[Any], day: RoadDay, path: str) -> QuerySet[Any]:
    return rows.filter(**{f"{path}geometry_3857__bboverlaps": BoxInMapProjection(*day.box)})


def _cut(line: Any, extent: Interval, parts: Iterable[Interval]) -> list[Any]:
    """Return parts of a section's line; chainage is proportional to length along it."""
    scale = line.length / (extent[1] - extent[0])
    ahead = 0.0
    cut: list[Any] = []
    for piece in shapely.get_parts(line):
        for start, end in parts:
            low = (start - extent[0]) * scale - ahead
            high = (end - extent[0]) * scale - ahead
            if high > 0 and low < piece.length:
                cut.append(substring(piece, max(low, 0.0), min(high, piece.length)))
        ahead += piece.length
    return [part for part in cut if part.length > 0]
