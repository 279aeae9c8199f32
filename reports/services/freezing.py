"""Computing a report's figures and keeping them with the sites behind them.

All figures that are sums are computed by one statement, so they are of one moment and agree with
each other; the identifiers and amounts of a million sites never leave the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Any, Final

from django.db import connection

from reports.figures import answer_of, question_of
from reports.kinds import FigureUnit
from reports.models import FigureDefinition, Report, ReportFigure
from reports.queries import FigureContext
from reports.statements import Statement, members_statement
from sites.identifiers import new_id

NO_SITES: Final = hashlib.sha256(b"").hexdigest()
INSERT: Final = """
INSERT INTO reports_reportfigure (
    id, report_id, key, title, title_en, query, filter, unit, decimals, as_of,
    value, mapped, site_count, identifiers, amounts, identifiers_sha256
)
"""
SUMMED: Final = """
SELECT %s::uuid, %s::uuid, %s, %s, %s, %s, %s, %s, %s::smallint, %s::date,
    total, mapped, cardinality(identifiers), identifiers, amounts,
    encode(sha256(convert_to(array_to_string(identifiers, E'\\n'), 'UTF8')), 'hex')
FROM (
    SELECT COALESCE(sum(member.amount), 0) AS total,
        {mapped} AS mapped,
        COALESCE(array_agg(member.site) FILTER (WHERE member.site IS NOT NULL), '{{}}')
            AS identifiers,
        COALESCE(array_agg(member.amount) FILTER (WHERE member.site IS NOT NULL), '{{}}')
            AS amounts
    FROM (
        SELECT site, round(amount, 6) AS amount FROM ({members}) AS answer (site, amount)
        ORDER BY site
    ) AS member {joined}
) AS summed
"""
MAPPED: Final = "round(sum(place.measured_length_m)::numeric / 1000, 6)"
JOINED: Final = "LEFT JOIN sites_projectsite place ON place.id = member.site"

PARTS: Final = """
INSERT INTO reports_figurepart (figure_id, dimension, code, amount, sites)
SELECT figure.id,
    CASE WHEN grouping(site.township_code) = 0 THEN 'township' ELSE 'programme' END,
    COALESCE(site.township_code, programme.code, ''), sum(member.amount), count(*)
FROM reports_reportfigure figure
CROSS JOIN LATERAL unnest(figure.identifiers, figure.amounts) AS member (site, amount)
JOIN sites_projectsite site ON site.id = member.site
JOIN sites_programme programme ON programme.id = site.programme_id
WHERE figure.report_id = %s AND figure.key = ANY(%s)
GROUP BY GROUPING SETS ((figure.id, site.township_code), (figure.id, programme.code))
"""


def figures_freeze(
    report: Report,
    definitions: Sequence[FigureDefinition],
    context: FigureContext,
    parted: Sequence[str] = (),
) -> None:
    """Compute figures of a report and store them; those that stood before are taken away.

    The figures with a key in `parted` are stored by township and by programme too.
    """
    ReportFigure.objects.filter(report=report).delete()
    summed = [row for row in definitions if question_of(row).members]
    answered = [row for row in definitions if not question_of(row).members]
    ReportFigure.objects.bulk_create([_answered(report, row, context) for row in answered])
    if not summed:
        return
    parts = [_summed(report, row, context) for row in summed]
    with connection.cursor() as cursor:
        # The time limit is meant for pages: a whole province takes longer.
        cursor.execute("SET LOCAL statement_timeout = 0")
        cursor.execute(
            INSERT + " UNION ALL ".join(part.sql for part in parts),
            [value for part in parts for value in part.values],
        )
        cursor.execute(PARTS, [report.pk, list(parted)])


def _summed(report: Report, row: FigureDefinition, context: FigureContext) -> Statement:
    members = members_statement(question_of(row), context.under(row.filter))
    in_km = row.unit == FigureUnit.KILOMETRES
    sql = SUMMED.format(
        members=members.sql,
        mapped=MAPPED if in_km else "NULL::numeric",
        joined=JOINED if in_km else "",
    )
    told = (row.key, row.name, row.name_en, row.query, row.filter, row.unit, row.decimals)
    return Statement(sql, (new_id(), report.pk, *told, report.as_of, *members.values))


def _answered(report: Report, row: FigureDefinition, context: FigureContext) -> ReportFigure:
    answer = answer_of(row, context)
    return ReportFigure(
        report=report,
        key=row.key,
        title=row.name,
        title_en=row.name_en,
        query=row.query,
        filter=row.filter,
        unit=row.unit,
        decimals=row.decimals,
        value=_kept(answer.value),
        numerator=_kept(answer.numerator),
        denominator=_kept(answer.denominator),
        as_of=report.as_of,
        identifiers_sha256=NO_SITES,
    )


def _kept(value: Any) -> Any:
    """Return a number with the six decimals that are stored."""
    return None if value is None else round(value, 6)
