"""The Rural Access Index (SDG 9.1.1): rural people within 2 km of an all-season road."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import shapely

from maps.coverage.cells import Cells, people_of
from maps.coverage.measures.question import Ground, Question
from maps.coverage.metric import Geometries
from maps.coverage.outcome import Gap, Outcome, by_township
from maps.coverage.reach import Reach, for_the_map
from maps.coverage.roads import RoadDay, open_roads


def rural_access(question: Question) -> Outcome:
    """Return who of the rural people lives near a road that is open all year."""
    cells = question.rural_cells()
    outcome = Outcome(counts=cells.counts)
    outcome.counts["places"] = len(cells.labels)
    ground = question.ground(cells.places, _around(question))
    if ground is None:
        return outcome
    reach = roads_reach(question, ground, outcome)
    outcome.digests.insert(0, cells.digest)
    count_people(cells, reach, ground, outcome)
    outcome.reach = for_the_map(reach.drawn, ground.metric_outline, ground.zone)
    return outcome


def roads_reach(question: Question, ground: Ground, outcome: Outcome) -> Reach:
    """Return the reach of the roads that count, and note what went in."""
    day = RoadDay(question.as_of, ground.box, question.values, question.without_year)
    roads = open_roads(day, ground.zone)
    lines = ground.cut_outside(roads.lines, question.values["outside_m"])
    outcome.counts += roads.counts
    outcome.counts["road_m"] = round(float(np.sum(shapely.length(lines))))
    outcome.digests.append(roads.digest)
    return Reach(lines, question.values["buffer_m"])


def count_people(cells: Cells, reach: Reach, ground: Ground, outcome: Outcome) -> None:
    """Count the people whom the reach holds, by township, and those whom it does not."""
    places = ground.zone.to_metric(cells.places)
    shares = reach.shares(places)
    reached = np.rint(cells.units * shares).astype(np.int64)
    for code, part, whole in by_township(cells.townships, reached.tolist(), cells.units.tolist()):
        outcome.add(code, people_of(part), people_of(whole))
    missing = np.flatnonzero(cells.units > reached)
    spots = _spots(cells, places, missing, reach, ground)
    for index, spot in zip(missing, spots, strict=True):
        amount = people_of(int(cells.units[index] - reached[index]))
        outcome.gaps.append(Gap(spot, amount, cells.labels[index], cells.townships[index]))


def _spots(
    cells: Cells, places: Geometries, missing: npt.NDArray[np.intp], reach: Reach, ground: Ground
) -> Geometries:
    """Return a point for each gap: the place itself, or a point in the part not reached."""
    spots: Geometries = cells.places[missing]
    areas = np.flatnonzero(shapely.get_type_id(spots) != shapely.GeometryType.POINT)
    for index in areas:
        spots[index] = reach.missed(places[missing[index]])
    spots[areas] = ground.zone.to_stored(spots[areas])
    return spots


def _around(question: Question) -> float:
    return float(max(question.values["buffer_m"], question.values["outside_m"])) + 100.0
