"""Runs of coverage: asked for, computed, kept; the same inputs give the same number and hash."""

from __future__ import annotations

import datetime
import logging
from collections.abc import Iterable
from decimal import ROUND_DOWN, Decimal
from typing import TYPE_CHECKING, Any, Final, cast
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assets.models import RoadSection
from maps.coverage.measures import MEASURES, Question
from maps.coverage.outcome import Outcome
from maps.coverage.rules import rule_in_use
from maps.kinds import RunState
from maps.models import CoverageGap, CoverageRow, CoverageRule, CoverageRun, PopulationSet
from sites.access import Scope
from sites.geometry import STORED_SRID
from sites.kinds import AreaLevel
from sites.models import Area
from sites.services import NotPermitted, ServiceError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from maps.coverage.outcome import Gap

logger = logging.getLogger(__name__)
DISTRICT_DIGITS: Final = 6
LEVELS: Final = (AreaLevel.PROVINCE, AreaLevel.CITY, AreaLevel.DISTRICT, AreaLevel.TOWNSHIP)
SMALL: Final = 8_000
"""Roads and populated places that are computed while the caller waits; more go to the worker."""
FIRST_YEAR, LAST_YEAR = 1990, 2100


class WrongArea(ServiceError):
    """Coverage is computed for a province, city, district or township."""

    code = "wrong_area"
    message = _("Coverage is computed for a province, a city, a district or a township.")


class WrongRule(ServiceError):
    """The rule belongs to another indicator."""

    code = "wrong_rule"
    message = _("The rule belongs to another indicator.")


class WrongPopulation(ServiceError):
    """The population is that of another area."""

    code = "wrong_population"
    message = _("The population is that of another area.")


class WrongDay(ServiceError):
    """The day or the year is outside what can be computed."""

    code = "wrong_day"
    message = _("Give a day from 1990 until today, and a year in that time.")


def run_coverage(
    *,
    indicator: str,
    area: Area,
    as_of: datetime.date,
    rule: CoverageRule | None = None,
    population: PopulationSet | None = None,
    without_year: int | None = None,
    actor: User | None,
    scope: Scope,
) -> CoverageRun:
    """Compute an indicator now and keep the run.

    Without a population the newest one kept for the area is used, else the villages of the
    register in force on the day. Raises what `coverage_request` raises.
    """
    with transaction.atomic():
        run = coverage_request(
            indicator=indicator,
            area=area,
            as_of=as_of,
            rule=rule,
            population=population,
            without_year=without_year,
            actor=actor,
            scope=scope,
        )
        _compute(run)
    return run


@transaction.atomic
def coverage_request(
    *,
    indicator: str,
    area: Area,
    as_of: datetime.date,
    rule: CoverageRule | None = None,
    population: PopulationSet | None = None,
    without_year: int | None = None,
    actor: User | None,
    scope: Scope,
) -> CoverageRun:
    """Store a run to be computed by the worker.

    Only the office of the area may ask. Raises `NotPermitted`, `WrongArea`, `WrongRule`,
    `WrongPopulation` or `WrongDay`.
    """
    if not scope.covers_area(area.code):
        raise NotPermitted
    if area.level not in LEVELS:
        raise WrongArea(field="area")
    chosen = rule or rule_in_use(indicator)
    if chosen.indicator != indicator:
        raise WrongRule(field="rule")
    people = population or population_for(area, as_of)
    if people is not None and not area.code.startswith(people.area_code):
        raise WrongPopulation(field="population")
    _check_days(as_of, without_year)
    run: CoverageRun = CoverageRun.objects.create(
        indicator=indicator,
        rule=chosen,
        area=area,
        as_of=as_of,
        population=people,
        inputs={} if without_year is None else {"without_year": without_year},
        created_by=actor,
    )
    run.refresh_from_db(fields=["area_code", "created_at"])
    return run


def coverage_execute(run_id: UUID) -> None:
    """Compute a waiting run; what goes wrong is noted on it. Another worker's run is left alone."""
    waiting = CoverageRun.objects.filter(pk=run_id, state=RunState.QUEUED)
    if not waiting.update(state=RunState.RUNNING):
        return
    run = CoverageRun.objects.select_related("rule", "population", "area").get(pk=run_id)
    try:
        with transaction.atomic():
            _compute(run)
    except Exception:
        logger.exception("coverage run %s failed", run_id)
        CoverageRun.objects.filter(pk=run_id).update(
            state=RunState.FAILED, problem="failed", finished_at=timezone.now()
        )


def is_small(area: Area, population: PopulationSet | None = None) -> bool:
    """Whether a run over the area is short enough to wait for."""
    if area.level in (AreaLevel.PROVINCE, AreaLevel.CITY):
        return False
    roads = RoadSection.objects.filter(asset__area_code__startswith=area.code[:DISTRICT_DIGITS])
    places = population.cells if population is not None else 0
    return bool(roads.order_by()[:SMALL].count() + places < SMALL)


def population_for(area: Area, as_of: datetime.date) -> PopulationSet | None:
    """Return the newest population kept for the area or one above it; None uses the register."""
    above = [area.code[:digits] for digits in (2, 4, 6, 9) if len(area.code) >= digits]
    found: PopulationSet | None = (
        PopulationSet.objects.filter(area_code__in=above, cells__gt=0)
        .order_by("-year", "-created_at", "-pk")
        .first()
    )
    return found


def latest_run(
    indicator: str, area: Area | str, *, as_of: datetime.date | None = None
) -> CoverageRun | None:
    """Return the newest finished run of an area: of the latest day, up to `as_of` if given.

    Runs that leave out a year's roads are comparisons and never the latest.
    """
    code = area if isinstance(area, str) else area.code
    rows = CoverageRun.objects.filter(
        indicator=indicator, area_code=code, state=RunState.READY
    ).exclude(inputs__has_key="without_year")
    if as_of is not None:
        rows = rows.filter(as_of__lte=as_of)
    found: CoverageRun | None = (
        rows.select_related("rule", "population", "area")
        .order_by("-as_of", "-created_at", "-id")
        .first()
    )
    return found


def _check_days(as_of: datetime.date, without_year: int | None) -> None:
    if not datetime.date(FIRST_YEAR, 1, 1) <= as_of <= timezone.localdate():
        raise WrongDay(field="as_of")
    if without_year is not None and not FIRST_YEAR <= without_year <= LAST_YEAR:
        raise WrongDay(field="without_year")


def _compute(run: CoverageRun) -> None:
    """Compute a run district by district, each in its own zone, and store what was found."""
    outcome = Outcome.joined(
        MEASURES[run.indicator](
            Question(
                code=code,
                as_of=run.as_of,
                values=run.rule.parameters,
                population=run.population,
                without_year=run.inputs.get("without_year"),
            )
        )
        for code in _districts(run)
    )
    gaps = outcome.largest_gaps()
    CoverageRow.objects.bulk_create(
        CoverageRow(run=run, township_code=code, numerator=tally.reached, denominator=tally.all)
        for code, tally in sorted(outcome.townships.items())
    )
    CoverageGap.objects.bulk_create(_gap_rows(run, gaps), batch_size=2000)
    _close(run, outcome)


def _districts(run: CoverageRun) -> list[str]:
    """Return the codes that are computed one by one: the districts below, or the area itself."""
    if len(run.area_code) >= DISTRICT_DIGITS:
        return [run.area_code]
    below = Area.objects.within(run.area_code).in_force(run.as_of)
    return list(
        below.filter(level=AreaLevel.DISTRICT).order_by("code").values_list("code", flat=True)
    )


def _gap_rows(run: CoverageRun, gaps: Iterable[Gap]) -> Iterable[CoverageGap]:
    for gap in gaps:
        yield CoverageGap(
            run=run,
            place=GEOSGeometry(memoryview(gap.place.wkb), srid=STORED_SRID),
            amount=gap.amount,
            label=gap.label[:200],
            township_code=gap.township_code,
        )


def _close(run: CoverageRun, outcome: Outcome) -> None:
    total = outcome.total
    run.numerator, run.denominator = total.reached, total.all
    run.inputs = {**run.inputs, **{name: outcome.counts[name] for name in sorted(outcome.counts)}}
    run.inputs_sha256 = outcome.sha256
    run.reach = _reach(outcome.reach)
    run.state = RunState.READY
    run.finished_at = timezone.now()
    run.save()


def _reach(reach: Any) -> MultiPolygon | None:
    if reach is None:
        return None
    return cast(MultiPolygon, GEOSGeometry(memoryview(reach.wkb), srid=STORED_SRID))


def percent_of(numerator: Decimal | None, denominator: Decimal | None) -> Decimal | None:
    """Return the rate in percent to a tenth; None where it is not defined.

    Rounded down, so that 100 % means everybody.
    """
    if numerator is None or not denominator:
        return None
    return (numerator * 100 / denominator).quantize(Decimal("0.1"), ROUND_DOWN)
