"""Water rates: tap water, central supply, and water that meets the standard."""

from __future__ import annotations

import datetime
import hashlib
from collections import defaultdict
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import shapely
from django.contrib.gis.db.models.functions import AsWKB, PointOnSurface
from django.db.models import OuterRef, Q, QuerySet, Subquery

from assets.kinds import STATES_TO_KEEP_UP
from assets.models import WaterQualityTest, WaterWorks
from maps.coverage.cells import people_of
from maps.coverage.measures.question import Question
from maps.coverage.outcome import Gap, Outcome, by_township
from maps.kinds import CountedBy
from sites.kinds import AreaLevel
from sites.models import Area

WHOLE = Decimal(1)
PART = Decimal("0.0001")


def tap_water(question: Question) -> Outcome:
    """Return the rural people with water to the house or yard."""
    works = _works(question).filter(tap_at_home=True)
    return _supplied(question, works, _tapped)


def central_supply(question: Question) -> Outcome:
    """Return the rural people on central systems and network extensions."""
    return _supplied(question, _works(question), lambda row: Decimal(row["people_served"]))


def water_quality(question: Question) -> Outcome:
    """Return the people (or works) whose newest water test met the standard."""
    oldest = question.as_of - datetime.timedelta(days=question.values["oldest_days"])
    tests = WaterQualityTest.objects.filter(
        asset=OuterRef("asset"),
        stage__in=question.values["stages"],
        tested_on__lte=question.as_of,
        tested_on__gt=oldest,
        corrections=None,
    ).order_by("-tested_on", "-recorded_at", "-id")
    rows = _works(question, served=False).annotate(passed=Subquery(tests.values("passed")[:1]))
    outcome, hashed = Outcome(), hashlib.sha256()
    by_people = question.values["counted_by"] == CountedBy.PEOPLE
    for row in _rows(rows, "passed"):
        hashed.update(f"{row['pk']}{row['people_served']}{row['passed']}".encode())
        amount = Decimal(row["people_served"] or 0) if by_people else WHOLE
        if row["passed"] is None:
            outcome.counts["works_without_test"] += 1
            continue
        outcome.counts["works"] += 1
        outcome.add(row["asset__township_code"], amount if row["passed"] else Decimal(0), amount)
        if not row["passed"] and amount:
            outcome.gaps.append(_gap(row, amount))
    outcome.digests.append(hashed.hexdigest())
    return outcome


def _works(question: Question, *, served: bool = True) -> QuerySet[Any]:
    """Return the works of the rule's kinds that were in service by the day."""
    rows: QuerySet[Any] = WaterWorks.objects.filter(
        Q(asset__built_on=None) | Q(asset__built_on__lte=question.as_of),
        works_kind__in=question.values["works_kinds"],
        asset__removed_at=None,
        asset__state__in=STATES_TO_KEEP_UP,
        asset__area_code__startswith=question.code,
    )
    return rows.filter(people_served__gt=0) if served else rows


def _rows(rows: QuerySet[Any], *more: str) -> Any:
    placed = rows.annotate(wkb=AsWKB(PointOnSurface("asset__geometry"))).order_by("pk")
    return placed.values(
        "pk",
        "people_served",
        "households",
        "connected_households",
        "asset__township_code",
        "asset__name",
        "wkb",
        *more,
    ).iterator(2000)


def _tapped(row: dict[str, Any]) -> Decimal:
    """Return the people with a tap: all of the works', or by the share of connected households."""
    people = Decimal(row["people_served"])
    if not row["households"] or row["connected_households"] is None:
        return people
    share = min(Decimal(row["connected_households"]) / row["households"], WHOLE)
    tapped: Decimal = (people * share).quantize(PART, ROUND_HALF_UP)
    return tapped


def _supplied(question: Question, works: QuerySet[Any], people: Any) -> Outcome:
    cells = question.rural_cells()
    outcome, hashed = Outcome(counts=cells.counts), hashlib.sha256()
    supplied: dict[str, Decimal] = defaultdict(Decimal)
    for row in _rows(works):
        amount = people(row)
        hashed.update(f"{row['pk']}{amount}".encode())
        supplied[row["asset__township_code"]] += amount
        outcome.counts["works"] += 1
    outcome.digests += [cells.digest, hashed.hexdigest()]
    units = cells.units.tolist()
    for code, _part, whole in by_township(cells.townships, units, units):
        everybody = people_of(whole)
        reached = min(supplied.get(code, Decimal(0)), everybody)
        outcome.add(code, reached, everybody)
    stated = sum(supplied.values(), Decimal(0))
    above = stated - outcome.total.reached
    if above:
        outcome.counts["people_above_population"] = int(above)
    outcome.gaps = _township_gaps(outcome)
    return outcome


def _township_gaps(outcome: Outcome) -> list[Gap]:
    """Return one gap a township: who is left is known by number, not by place."""
    short = {
        code: tally.all - tally.reached
        for code, tally in outcome.townships.items()
        if tally.all > tally.reached
    }
    rows = (
        Area.objects.filter(level=AreaLevel.TOWNSHIP, code__in=short)
        .exclude(boundary=None, centre=None)
        .annotate(wkb=AsWKB(PointOnSurface("boundary")), middle=AsWKB("centre"))
        .order_by("code", "valid_from")
    )
    found = {
        area.code: Gap(
            shapely.from_wkb(bytes(area.middle or area.wkb)), short[area.code], area.name, area.code
        )
        for area in rows
    }
    return list(found.values())


def _gap(row: dict[str, Any], amount: Decimal) -> Gap:
    place = shapely.from_wkb(bytes(row["wkb"]))
    return Gap(place, amount, row["asset__name"], row["asset__township_code"])
