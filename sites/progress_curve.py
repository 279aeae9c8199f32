"""How far a site is to be on a day, how far it is, and whether it is behind its planned curve.

The curve goes in straight lines through the planned points; where none lies at or before the
planned start it begins there with 0 %, and where none lies at or after the planned finish it
ends there with 100 %. All of this is our choice, as no standard sets one.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.conf import settings
from django.db.models import DateField, DecimalField, F, Func, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Coalesce
from django.db.models.lookups import LessThan

from sites.access import Scope
from sites.kinds import FINISHED_OR_CANCELLED, State
from sites.models import PlannedProgress, ProgressEntry, ProjectSite
from sites.progress_standing import counted

UNFINISHED = tuple(state for state in State if state not in FINISHED_OR_CANCELLED)
PERCENT = DecimalField(max_digits=9, decimal_places=4)
WHOLE = Decimal(100)


class PlannedPercent(Func):
    """The planned percentage on a day; null before the curve begins and where there is none.

    Takes the site's key, its planned start and finish, and the day. `NULLIF` guards a start and
    a finish on one day, where the later point holds.
    """

    output_field = PERCENT
    template = """(
SELECT CASE WHEN part.next_day IS NULL THEN part.percent ELSE
    part.percent + (part.next_percent - part.percent) * (asked.today - part.day)
    / NULLIF(part.next_day - part.day, 0) END
FROM (SELECT %(expressions)s) AS asked (site, starts, ends, today)
CROSS JOIN LATERAL (
    SELECT point.day, point.percent,
        lead(point.day) OVER course AS next_day, lead(point.percent) OVER course AS next_percent
    FROM (
        SELECT plan."on" AS day, plan.percent FROM sites_plannedprogress plan
        WHERE plan.site_id = asked.site
        UNION ALL SELECT asked.starts, 0 WHERE asked.starts IS NOT NULL AND NOT EXISTS (
            SELECT FROM sites_plannedprogress plan
            WHERE plan.site_id = asked.site AND plan."on" <= asked.starts)
        UNION ALL SELECT asked.ends, 100 WHERE asked.ends IS NOT NULL AND NOT EXISTS (
            SELECT FROM sites_plannedprogress plan
            WHERE plan.site_id = asked.site AND plan."on" >= asked.ends)
    ) AS point
    WINDOW course AS (ORDER BY point.day, point.percent)
) AS part
WHERE part.day <= asked.today ORDER BY part.day DESC, part.percent DESC LIMIT 1)"""


@dataclass(frozen=True, slots=True)
class Point:
    """A percentage on a day."""

    on: datetime.date
    percent: Decimal


@dataclass(frozen=True, slots=True)
class Curve:
    """A site's planned and actual course, and how the two stand on a day.

    `planned_percent` is None before the plan begins and where there is no plan. `gap` is planned
    minus actual in percentage points, negative where the site is ahead.
    """

    planned: tuple[Point, ...]
    actual: tuple[Point, ...]
    as_of: datetime.date
    planned_percent: Decimal | None
    actual_percent: Decimal
    is_open: bool
    tolerance: Decimal

    @property
    def gap(self) -> Decimal | None:
        """Planned minus actual, None without a plan for the day."""
        if self.planned_percent is None:
            return None
        return self.planned_percent - self.actual_percent

    @property
    def is_behind(self) -> bool:
        """Whether an unfinished site is further behind its plan than is tolerated."""
        return self.is_open and self.gap is not None and self.gap > self.tolerance


def planned_percent_on(day: datetime.date) -> Combinable:
    """Return the planned percentage of a project site on a day."""
    today = Value(day, output_field=DateField())
    return PlannedPercent(F("pk"), F("planned_start"), F("planned_finish"), _Day(today))


class _Day(Func):
    """A bound day, whose type the database cannot guess inside a row of values."""

    template = "%(expressions)s::date"
    output_field = DateField()


def behind_condition(as_of: datetime.date, tolerance: int | None = None) -> Q:
    """Return that a site is behind its planned curve by more points than are tolerated.

    The state is judged first, so that the curve of a finished site is never drawn.
    """
    points = Decimal(settings.BEHIND_PERCENT if tolerance is None else tolerance)
    nothing = Value(Decimal(0), output_field=PERCENT)
    expected = Coalesce(planned_percent_on(as_of), nothing) - Value(points, output_field=PERCENT)
    return Q(state__in=UNFINISHED) & Q(LessThan(F("progress_percent"), expected))


def planned_course(
    points: Iterable[Point], start: datetime.date | None, finish: datetime.date | None
) -> tuple[Point, ...]:
    """Return the planned points with the two that the planned dates imply."""
    found = sorted(points, key=lambda point: (point.on, point.percent))
    if start and not any(point.on <= start for point in found):
        found.insert(0, Point(start, Decimal(0)))
    if finish and not any(point.on >= finish and point.on != start for point in found):
        found.append(Point(finish, WHOLE))
    return tuple(found)


def points_mark(points: Iterable[Point]) -> str:
    """Return a text that is equal as long as a site's planned points stand as they were read."""
    rows = sorted(f"{point.on}|{Decimal(point.percent):.2f}" for point in points)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:32]


def curve_of(site: ProjectSite, scope: Scope, as_of: datetime.date) -> Curve:
    """Return the course of a site that the scope sees: three statements."""
    points = PlannedProgress.objects.visible_to(scope).filter(site=site).order_by("on")
    entries = counted(ProgressEntry.objects.visible_to(scope).filter(site=site))
    reported = entries.order_by("reported_on", "id").values_list("reported_on", "percent")
    planned = ProjectSite.objects.filter(pk=site.pk).values_list(planned_percent_on(as_of))
    return Curve(
        planned=planned_course(
            (Point(*values) for values in points.values_list("on", "percent")),
            site.planned_start,
            site.planned_finish,
        ),
        actual=tuple(Point(day, percent) for day, percent in dict(reported).items()),
        as_of=as_of,
        planned_percent=planned.first()[0],  # type: ignore[index]
        actual_percent=site.progress_percent,
        is_open=site.state in UNFINISHED,
        tolerance=Decimal(settings.BEHIND_PERCENT),
    )
