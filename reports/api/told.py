"""Figures of reports over HTTP: what was told, the sites behind it, the ledger, and drift."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from reports.api.fields import ExactField, plain_text
from reports.api.figures import FigureMemberSerializer
from reports.api.reports import report_or_404
from reports.drift import Drift, SiteDrift, drift_of
from reports.drift_causes import Cause
from reports.kinds import FigureUnit, ReportState
from reports.models import ReportFigure
from reports.reports_list import LEDGER_PARAMETERS, published_figures
from reports.told import Told, told, told_figures
from sites.api.fields import StrictSerializer
from sites.api.paging import BY_ID, Key, Page, read_cursor, read_limit, write_cursor
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.resource import Collection, Resource
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.schema import collection, page_of, parameter

MEMBERS: Final = """
SELECT member.site, member.amount FROM reports_reportfigure figure
CROSS JOIN LATERAL unnest(figure.identifiers, figure.amounts) AS member (site, amount)
WHERE figure.id = %s AND member.site > %s ORDER BY member.site LIMIT %s
"""
BEFORE_ALL: Final = UUID(int=0)


class ToldFigureSerializer(StrictSerializer):
    """A figure of a report: `told` as the text has it, `value` exact (money in yuan)."""

    id = serializers.UUIDField()
    report = serializers.UUIDField(source="report_id")
    key = serializers.CharField()
    title = serializers.CharField()
    title_en = serializers.CharField()
    query = serializers.CharField()
    filter = serializers.CharField()
    unit = serializers.ChoiceField(FigureUnit.choices)
    decimals = serializers.IntegerField()
    told = serializers.SerializerMethodField()
    value = ExactField(allow_null=True)
    numerator = ExactField(allow_null=True)
    denominator = ExactField(allow_null=True)
    mapped = ExactField(allow_null=True)
    as_of = serializers.DateField()
    computed_at = serializers.DateTimeField()
    site_count = serializers.IntegerField()
    identifiers_sha256 = serializers.CharField()
    list_url = serializers.SerializerMethodField()

    def get_told(self, row: ReportFigure) -> str:
        """Return the rounded number without its unit, in the language in force."""
        found: Told = self.context.get("told", {}).get(row.key) or told(row)
        return found.number

    def get_list_url(self, row: ReportFigure) -> str | None:
        """Return the address that lists exactly the sites behind it."""
        return f"/sites/?figure={row.pk}" if row.site_count else None


class PublishedFigureSerializer(ToldFigureSerializer):
    """A published figure with the report that told it."""

    report_title = serializers.CharField(source="report.title")
    report_state = serializers.ChoiceField(ReportState.choices, source="report.state")
    area = serializers.CharField(source="report.area_code")
    signer_name = serializers.CharField(source="report.signer_name")
    signed_at = serializers.DateTimeField(source="report.signed_at")


@extend_schema(tags=["reports"])
@collection(
    "published_figure",
    PublishedFigureSerializer,
    parameters=[
        parameter("key", "Key of a figure."),
        parameter("year", "Years in which the report's period ends, separated by commas."),
    ],
)
class FigureLedger(Collection):
    """Every figure of a signed report, in the order in which they were computed."""

    serializer_class = PublishedFigureSerializer
    keys = BY_ID
    parameters: ClassVar[frozenset[str]] = frozenset(LEDGER_PARAMETERS)

    def rows(self) -> Any:
        """Return the published figures that the caller may see."""
        asked = {name: read(self.params) for name, read in LEDGER_PARAMETERS.items()}
        return published_figures(self.scope, asked).select_related("report")


class ReportFigures(Resource):
    """The figures of one report."""

    serializer_class = ToldFigureSerializer
    keys: ClassVar[Sequence[Key]] = BY_ID

    @extend_schema(
        tags=["reports"],
        operation_id="report_figure_list",
        responses=page_of(ToldFigureSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer every figure of the report, on one page."""
        refuse_unknown(self.params, ())
        report = report_or_404(self, pk)
        figures = list(ReportFigure.objects.filter(report=report).defer("identifiers", "amounts"))
        context = {**self.serializer_context(), "told": told_figures(figures)}
        items = [dict(ToldFigureSerializer(row, context=context).data) for row in figures]
        return Response({"items": items, "next_cursor": None, "next": None})


class FigureMembersSerializer(ToldFigureSerializer):
    """A figure with one page of its sites and their amounts."""

    items = FigureMemberSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)
    next = serializers.CharField(allow_null=True)


class ReportFigureRecord(Resource):
    """One figure of one report."""

    serializer_class = ToldFigureSerializer

    @extend_schema(
        tags=["reports"],
        operation_id="report_figure_read",
        parameters=[*PAGING_PARAMETERS],
        responses=FigureMembersSerializer,
    )
    def get(self, request: Request, pk: UUID, key: str) -> Response:
        """Answer the figure and one page of the sites that were frozen with it."""
        refuse_unknown(self.params, PAGING)
        report = report_or_404(self, pk)
        figures = ReportFigure.objects.filter(report=report).defer("identifiers", "amounts")
        figure = figures.get(key=key)
        context = {**self.serializer_context(), "told": told_figures(figures)}
        body = dict(ToldFigureSerializer(figure, context=context).data)
        page = FrozenMembers(figure).page(self.params)
        items = [{"site": str(site), "amount": plain_text(amount)} for site, amount in page.rows]
        return Response({**body, "items": items, **page.links(request)})


class FrozenMembers:
    """The sites that were frozen with a figure, read page by page where they are stored."""

    def __init__(self, figure: ReportFigure) -> None:
        self.figure = figure

    def page(self, params: Any) -> Page:
        """Return the page that `limit` and `cursor` ask for; raises `Problem` 400."""
        limit, cursor = read_limit(params.get("limit", "")), params.get("cursor", "")
        after = read_cursor(BY_ID, cursor)[0] if cursor else BEFORE_ALL
        with connection.cursor() as database:
            database.execute(MEMBERS, [self.figure.pk, after, limit + 1])
            rows = database.fetchall()
        if len(rows) <= limit:
            return Page(rows, "")
        return Page(rows[:limit], write_cursor([rows[limit - 1][0]]))


class CauseSerializer(serializers.Serializer[Any]):
    """One change: of which field or entry, from what to what, when, by whom and why."""

    at = serializers.DateTimeField()
    person = serializers.CharField()
    reason = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    old = serializers.CharField()
    new = serializers.CharField()


class SiteDriftSerializer(serializers.Serializer[Any]):
    """One site that changed a figure; null for a site that the caller may not see."""

    site = serializers.UUIDField(allow_null=True)
    code = serializers.CharField(allow_null=True)
    name = serializers.CharField(allow_null=True)
    old = ExactField(allow_null=True)
    new = ExactField(allow_null=True)
    difference = ExactField()
    causes = CauseSerializer(many=True)


class DriftSerializer(serializers.Serializer[Any]):
    """A figure of a report against the same question asked today."""

    key = serializers.CharField()
    unit = serializers.ChoiceField(FigureUnit.choices)
    value = ExactField(allow_null=True)
    now = ExactField(allow_null=True)
    difference = ExactField()
    sites = SiteDriftSerializer(many=True)
    more = serializers.BooleanField(help_text="Whether more sites changed than are listed.")
    booked = CauseSerializer(many=True)


class ReportDrift(Resource):
    """How the figures of a report stand against today."""

    serializer_class = ToldFigureSerializer

    @extend_schema(
        tags=["reports"],
        operation_id="report_drift",
        parameters=[parameter("key", "Key of one figure; without it all that drifted.")],
        responses=page_of(DriftSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the figures that have drifted, with the sites and people behind it."""
        refuse_unknown(self.params, {"key"})
        report = report_or_404(self, pk)
        figures = ReportFigure.objects.filter(report=report).defer("identifiers", "amounts")
        if self.params.get("key"):
            figures = figures.filter(key=LEDGER_PARAMETERS["key"](self.params))
        today = timezone.localdate()
        items = []
        for figure in figures:
            figure.report = report
            drift = drift_of(figure, scope=self.scope, today=today)
            if drift.has_drifted:
                items.append(_drift(drift))
        return Response({"items": items, "next_cursor": None, "next": None})


def _drift(drift: Drift) -> dict[str, Any]:
    return {
        "key": drift.figure.key,
        "unit": drift.figure.unit,
        "value": plain_text(drift.figure.value),
        "now": plain_text(drift.now),
        "difference": plain_text(drift.difference),
        "sites": [_site(row) for row in drift.sites],
        "more": drift.more,
        "booked": [_cause(cause) for cause in drift.booked],
    }


def _site(row: SiteDrift) -> dict[str, Any]:
    return {
        "site": str(row.site.pk) if row.site else None,
        "code": row.site.code if row.site else None,
        "name": row.site.label if row.site else None,
        "old": plain_text(row.old),
        "new": plain_text(row.new),
        "difference": plain_text(row.difference),
        "causes": [_cause(cause) for cause in row.causes],
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return dict(CauseSerializer(cause).data)
