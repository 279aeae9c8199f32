"""Villages and natural villages on a hardened road (建制村通硬化路, 20户以上自然村通硬化路)."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any, Final

from django.contrib.gis.db.models.functions import AsWKB, PointOnSurface
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from maps.coverage.cells import ANY_SHAPE, Cells, Place, cells_of
from maps.coverage.measures.access import count_people, roads_reach
from maps.coverage.measures.question import Question
from maps.coverage.outcome import Outcome
from maps.coverage.reach import for_the_map
from sites.kinds import AreaLevel
from sites.models import Area

VIRTUAL: Final = ("498", "598")
"""Last digits of villages that only keep statistics of places without one."""


def connected_villages(question: Question) -> Outcome:
    """Return which administrative villages are on a hardened road."""
    rows = _units(question, AreaLevel.VILLAGE)
    for digits in VIRTUAL:
        rows = rows.exclude(code__endswith=digits)
    return _connected(question, rows, Counter())


def connected_hamlets(question: Question) -> Outcome:
    """Return which natural villages of enough households are on a hardened road."""
    rows = _units(question, AreaLevel.GROUP)
    counts = Counter(
        {
            "without_households": rows.filter(households=None).count(),
            "smaller": rows.filter(households__lt=question.values["min_households"]).count(),
        }
    )
    return _connected(
        question, rows.filter(households__gte=question.values["min_households"]), counts
    )


def _units(question: Question, level: AreaLevel) -> QuerySet[Any]:
    found: QuerySet[Any] = Area.objects.within(question.code).in_force(question.as_of)
    return found.filter(level=level)


def _connected(question: Question, rows: QuerySet[Any], counts: Counter[str]) -> Outcome:
    cells = _cells(rows, counts)
    outcome = Outcome(counts=cells.counts)
    outcome.counts["places"] = len(cells.labels)
    around = max(question.values["buffer_m"], question.values["outside_m"]) + 100.0
    ground = question.ground(cells.places, around)
    if ground is None:
        return outcome
    reach = roads_reach(question, ground, outcome)
    outcome.digests.insert(0, cells.digest)
    count_people(cells, reach, ground, outcome)
    outcome.reach = for_the_map(reach.drawn, ground.metric_outline, ground.zone)
    return outcome


def _cells(rows: QuerySet[Any], counts: Counter[str]) -> Cells:
    """Return each unit as one, at its centre or at a point inside its boundary."""
    middle = Coalesce("centre", PointOnSurface("boundary"), output_field=ANY_SHAPE)
    placed = rows.annotate(wkb=AsWKB(middle))
    places = []
    for code, name, wkb in placed.order_by("code").values_list("code", "name", "wkb"):
        if wkb is None:
            counts["without_place"] += 1
            continue
        places.append(Place(bytes(wkb), Decimal(1), name, code[:9], ""))
    return cells_of(places, counts)
