"""How a frozen figure stands against the register today: which sites changed it, by whom and why.

The figure's question is asked again with the same filter, as of today, and compared with the
amounts that were frozen, site by site and in the database.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import connection

from reports.drift_causes import Cause, causes_of, money_booked_since
from reports.figures import context_of
from reports.models import ReportFigure
from reports.periods import Period
from reports.queries import QUERIES, FigureContext, Query
from reports.queries.money import ASKED
from reports.statements import members_statement
from sites.access import Scope
from sites.models import ProjectSite

MOST_SITES: Final = 100
COMPARED: Final = """
SELECT COALESCE(kept.site, now.site), kept.amount, now.amount
FROM (
    SELECT member.site, member.amount FROM reports_reportfigure figure
    CROSS JOIN LATERAL unnest(figure.identifiers, figure.amounts) AS member (site, amount)
    WHERE figure.id = %s
) AS kept
FULL JOIN (
    SELECT site, round(amount, 6) AS amount FROM ({members}) AS answer (site, amount)
    WHERE site IS NOT NULL
) AS now ON now.site = kept.site
WHERE kept.amount IS DISTINCT FROM now.amount
ORDER BY abs(COALESCE(now.amount, 0) - COALESCE(kept.amount, 0)) DESC, 1
LIMIT %s
"""
TOTAL: Final = "SELECT COALESCE(sum(round(amount, 6)), 0) FROM ({members}) AS answer (site, amount)"


@dataclass(frozen=True, slots=True)
class SiteDrift:
    """One site whose part of a figure changed; None stands for not being part of it.

    `site` is None where the viewer may not see it.
    """

    site: ProjectSite | None
    old: Decimal | None
    new: Decimal | None
    causes: tuple[Cause, ...] = ()

    @property
    def difference(self) -> Decimal:
        """By how much the figure changed through this site."""
        return (self.new or Decimal(0)) - (self.old or Decimal(0))


@dataclass(frozen=True, slots=True)
class Drift:
    """A frozen figure against today: both values, and the sites between them, the largest first.

    `more` says that there are more sites than are listed; `booked` are the entries of the ledger
    that came after, for a figure about money.
    """

    figure: ReportFigure
    now: Decimal | None
    sites: tuple[SiteDrift, ...] = ()
    more: bool = False
    booked: tuple[Cause, ...] = ()

    @property
    def difference(self) -> Decimal:
        """Today's value less the frozen one."""
        return (self.now or Decimal(0)) - (self.figure.value or Decimal(0))

    @property
    def has_drifted(self) -> bool:
        """Whether the value or any site behind it differs."""
        return self.now != self.figure.value or bool(self.sites)


def drift_of(figure: ReportFigure, *, scope: Scope, today: datetime.date) -> Drift:
    """Compare a figure with today; the sites that the scope does not see stay unnamed.

    A question that nobody asks any more has no value of today.
    """
    query = QUERIES.get(figure.query)
    if query is None:
        return Drift(figure, None)
    if query.members is None:
        return Drift(figure, _asked_again(figure, query, today))
    value, rows = _compared(figure, query, today)
    shown = rows[:MOST_SITES]
    drifted = _sites(figure, shown, scope)
    booked = money_booked_since(figure, scope=scope) if query.code in ASKED else ()
    return Drift(figure, value, drifted, len(rows) > MOST_SITES, booked)


def _asked_again(figure: ReportFigure, query: Query, today: datetime.date) -> Decimal | None:
    value = query.asks(_context(figure, today)).value
    return None if value is None else round(value, 6)


def _context(figure: ReportFigure, today: datetime.date) -> FigureContext:
    report = figure.report
    context = context_of(
        area=report.area,
        period=Period(report.period_start, report.period_end),
        as_of=today,
        scope=Scope.internal(),
    )
    return context.under(figure.filter)


def _compared(
    figure: ReportFigure, query: Query, today: datetime.date
) -> tuple[Decimal, list[tuple[UUID, Decimal | None, Decimal | None]]]:
    members = members_statement(query, _context(figure, today))
    with connection.cursor() as cursor:
        cursor.execute(TOTAL.format(members=members.sql), members.values)
        (value,) = cursor.fetchone()
        cursor.execute(
            COMPARED.format(members=members.sql), [figure.pk, *members.values, MOST_SITES + 1]
        )
        return round(Decimal(value), 6), cursor.fetchall()


def _sites(
    figure: ReportFigure,
    rows: Sequence[tuple[UUID, Decimal | None, Decimal | None]],
    scope: Scope,
) -> tuple[SiteDrift, ...]:
    keys = [key for key, _old, _new in rows]
    # A removed site is named too: its removal is what changed the figure.
    every = ProjectSite.objects.filter(pk__in=keys).only("code", "name", "name_en", "removed_at")
    seen = _seen(keys, scope)
    known = {site.pk: site for site in every if site.pk in seen}
    causes = causes_of(list(known), since=figure.computed_at)
    return tuple(SiteDrift(known.get(key), old, new, causes.get(key, ())) for key, old, new in rows)


def _seen(keys: Sequence[UUID], scope: Scope) -> set[UUID]:
    """Return which sites the scope sees, removed ones as if they still stood."""
    standing = ProjectSite.objects.filter(pk__in=keys).visible_to(scope)
    found = set(standing.values_list("pk", flat=True))
    if not scope.area_codes() and not scope.everything:
        return found
    removed = ProjectSite.objects.filter(pk__in=keys, removed_at__isnull=False)
    return found | {
        pk
        for pk, area_code in removed.values_list("pk", "area_code")
        if scope.covers_area(area_code)
    }
