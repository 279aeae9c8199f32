"""People served by the assets of an area, each counted once: the union of the service areas."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from django.contrib.gis.db.models.functions import AsWKB
from django.db.models import Q

from assets.kinds import STATES_TO_KEEP_UP
from assets.models import Asset
from maps.coverage.cells import Cells, people_of
from maps.coverage.measures.question import Ground, Question
from maps.coverage.metric import Geometries
from maps.coverage.outcome import Gap, Outcome, by_township
from maps.coverage.reach import Reach, for_the_map
from sites.functions import BoxInMapProjection


def people_served(question: Question) -> Outcome:
    """Return the people whom at least one asset serves, and what adding up kinds would say."""
    cells = question.cells(rural=None)
    outcome = Outcome(counts=cells.counts)
    outcome.counts["places"] = len(cells.labels)
    widest = max((question.values[f"{kind}_m"] for kind in question.values["kinds"]), default=0)
    ground = question.ground(cells.places, widest + 100.0)
    if ground is None:
        return outcome
    places = ground.zone.to_metric(cells.places)
    reaches = _reaches(question, ground, outcome)
    outcome.digests.insert(0, cells.digest)
    once = np.zeros(len(places))
    sum_of_kinds = 0
    union = _union(reaches)
    for kind, reach in reaches.items():
        shares = reach.shares(places)
        served = int(np.rint(cells.units * shares).sum())
        outcome.counts[f"people_{kind}"] = served // 10_000
        sum_of_kinds += served
        once = np.maximum(once, shares)
    outcome.counts["people_if_added_up"] = sum_of_kinds // 10_000
    _count(cells, _exact(once, places, union), outcome)
    outcome.reach = for_the_map(union.drawn, ground.metric_outline, ground.zone)
    return outcome


class _Union:
    """Several reaches dissolved into one."""

    def __init__(self, reaches: list[Reach]) -> None:
        self._reaches = reaches

    @property
    def drawn(self) -> Any:
        """The union as a map shows it."""
        return shapely.union_all([reach.drawn for reach in self._reaches])

    @property
    def dissolved(self) -> Any:
        """The union that areas are counted by."""
        return shapely.union_all([reach.dissolved for reach in self._reaches])


def _union(reaches: dict[str, Reach]) -> _Union:
    return _Union(list(reaches.values()))


def _exact(
    once: npt.NDArray[np.float64], places: Geometries, union: _Union
) -> npt.NDArray[np.float64]:
    """Return the shares of areas by the dissolved union; points are in or out already."""
    areas = shapely.get_type_id(places) != shapely.GeometryType.POINT
    partly = areas & (once < 1)
    if partly.any():
        within = shapely.area(shapely.intersection(places[partly], union.dissolved))
        once = once.copy()
        once[partly] = np.clip(within / np.maximum(shapely.area(places[partly]), 1e-9), 0, 1)
    return once


def _count(cells: Cells, shares: npt.NDArray[np.float64], outcome: Outcome) -> None:
    reached = np.rint(cells.units * shares).astype(np.int64)
    for code, part, whole in by_township(cells.townships, reached.tolist(), cells.units.tolist()):
        outcome.add(code, people_of(part), people_of(whole))
    for index in np.flatnonzero(cells.units > reached):
        amount = people_of(int(cells.units[index] - reached[index]))
        spot = shapely.point_on_surface(cells.places[index])
        outcome.gaps.append(Gap(spot, amount, cells.labels[index], cells.townships[index]))


def _reaches(question: Question, ground: Ground, outcome: Outcome) -> dict[str, Reach]:
    """Return the reach of each kind of asset in service by the day; notes what was read."""
    rows = (
        Asset.objects.filter(
            Q(built_on=None) | Q(built_on__lte=question.as_of),
            kind__in=question.values["kinds"],
            removed_at=None,
            state__in=STATES_TO_KEEP_UP,
            geometry_3857__bboverlaps=BoxInMapProjection(*ground.box),
        )
        .annotate(wkb=AsWKB("geometry"))
        .order_by("pk")
        .values_list("pk", "kind", "wkb")
    )
    found: dict[str, list[Any]] = defaultdict(list)
    hashed = hashlib.sha256()
    for pk, kind, wkb in rows.iterator(2000):
        hashed.update(f"{pk}{kind}".encode() + bytes(wkb))
        found[kind].append(shapely.from_wkb(bytes(wkb)))
        outcome.counts[f"assets_{kind}"] += 1
    outcome.digests.append(hashed.hexdigest())
    return {
        kind: Reach(
            ground.zone.to_metric(shapely.force_2d(np.array(shapes, dtype=object))),
            question.values[f"{kind}_m"],
        )
        for kind, shapes in sorted(found.items())
    }
