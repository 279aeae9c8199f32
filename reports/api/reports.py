"""Reports over HTTP: made, computed, signed and withdrawn; their figures and their drift."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.api.actions import Action
from reports.api.fields import PeriodField, TemplateField
from reports.api.figures import planner_only
from reports.kinds import ReportKind, ReportState, SectionKind
from reports.models import Report, ReportTemplate
from reports.reports_list import REPORT_PARAMETERS, reports_of
from reports.services import (
    report_make,
    report_refresh,
    report_remove,
    report_sign,
    report_withdraw,
)
from sites.access import Scope
from sites.api.fields import AreaField, StrictSerializer, TextField
from sites.api.paging import BY_CODE, BY_ID
from sites.api.resource import Collection, Resource, WritableCollection, WritableRecord
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.problems import Problem


class ReportTemplateSerializer(StrictSerializer):
    """What a report can be made from."""

    code = serializers.CharField()
    name = serializers.CharField()
    name_en = serializers.CharField()
    kind = serializers.ChoiceField(ReportKind.choices)


@extend_schema(tags=["reports"])
@collection("report_template", ReportTemplateSerializer)
class ReportTemplateCollection(Collection):
    """The templates in use."""

    serializer_class = ReportTemplateSerializer
    keys = BY_CODE

    def rows(self) -> Any:
        """Return the templates in use."""
        return ReportTemplate.objects.visible_to(self.scope).filter(is_active=True)


class ReportSectionSerializer(StrictSerializer):
    """A section: `{{ key }}` in its text stands for a figure."""

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    kind = serializers.ChoiceField(SectionKind.choices)
    heading = serializers.CharField()
    heading_en = serializers.CharField()
    body = serializers.CharField()
    body_en = serializers.CharField()


class WorkReportSerializer(StrictSerializer):
    """A report; made from a template, of an area and a period, as of a day."""

    id = serializers.UUIDField(read_only=True)
    template = TemplateField()
    area = AreaField()
    period = PeriodField(source="*")
    as_of = serializers.DateField()
    title = serializers.CharField(read_only=True)
    title_en = serializers.CharField(read_only=True)
    period_start = serializers.DateField(read_only=True)
    period_end = serializers.DateField(read_only=True)
    state = serializers.ChoiceField(ReportState.choices, read_only=True)
    computed_at = serializers.DateTimeField(read_only=True)
    signer_name = serializers.CharField(read_only=True)
    signed_at = serializers.DateTimeField(read_only=True, allow_null=True)
    withdrawal_reason = serializers.CharField(read_only=True)
    sections = ReportSectionSerializer(many=True, read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class ReportResource(Resource):
    """Reports of areas that the caller may see."""

    serializer_class = WorkReportSerializer
    keys = BY_ID
    parameters: ClassVar[frozenset[str]] = frozenset(REPORT_PARAMETERS)

    def rows(self) -> Any:
        """Return the reports that the caller may see."""
        rows = Report.objects.visible_to(self.scope)
        return rows.select_related("area", "template").prefetch_related("sections")

    def require_create(self) -> None:
        """Planners make reports; of which areas is the service's to judge."""
        planner_only(self.scope)

    def require_change(self, row: Report) -> None:
        """The planner of the area."""
        require_planner_of(self.scope, row.area_code)


def require_planner_of(scope: Scope, area_code: str) -> None:
    """Raise `Problem` 403 unless the scope's planner answers for the area."""
    if not scope.manages_area(area_code):
        raise Problem("forbidden")


@extend_schema(tags=["reports"])
@collection(
    "report",
    WorkReportSerializer,
    parameters=[
        parameter("kind", "Kinds of reports, separated by commas.", enum=ReportKind.values),
        parameter("state", "States, separated by commas.", enum=ReportState.values),
        parameter("year", "Years in which the period ends, separated by commas."),
    ],
)
class ReportCollection(ReportResource, WritableCollection):
    """Reports, in the order in which they were made."""

    def narrowed(self, rows: Any) -> Any:
        """Return the reports that the parameters ask for."""
        asked = {name: read(self.params) for name, read in REPORT_PARAMETERS.items()}
        return rows.filter(pk__in=reports_of(self.scope, asked).values("pk"))

    def created(self, values: Mapping[str, Any]) -> Report:
        """Make a draft: every figure is computed."""
        return report_make(actor=self.actor, scope=self.scope, **values)


@extend_schema(tags=["reports"])
@record("report", WorkReportSerializer)
class ReportRecord(ReportResource, WritableRecord):
    """One report; a draft can be thrown away."""

    http_method_names = ("get", "head", "delete", "options")

    def removed(self, row: Report) -> None:
        """Throw the draft away; a signed report answers 409."""
        report_remove(report=row, actor=self.actor, scope=self.scope, expected_version=row.version)


class RefreshSerializer(StrictSerializer):
    """As of which day a draft is computed anew."""

    as_of = serializers.DateField()


class SignSerializer(StrictSerializer):
    """In whose name a report is signed."""

    signer_name = TextField(max_length=60)


class WithdrawSerializer(StrictSerializer):
    """Why a report is withdrawn."""

    reason = TextField(max_length=2000)


class ReportAction(ReportResource, Action):
    """Something that is done to a report."""


class ReportRefresh(ReportAction):
    """The figures of a draft, computed anew."""

    input_class = RefreshSerializer

    @extend_schema(
        tags=["reports"],
        operation_id="report_refresh",
        parameters=[IDEMPOTENCY_KEY],
        request=RefreshSerializer,
        responses=WorkReportSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Compute every figure anew."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Compute."""
        return report_refresh(
            report=row,
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version or row.version,
            **values,
        )


class ReportSign(ReportAction):
    """The signature under a draft."""

    input_class = SignSerializer

    @extend_schema(
        tags=["reports"],
        operation_id="report_sign",
        parameters=[IDEMPOTENCY_KEY],
        request=SignSerializer,
        responses=WorkReportSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Sign: text and figures are frozen from now on."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Sign."""
        return report_sign(
            report=row,
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
            expected_version=expected_version or row.version,
            **values,
        )


class ReportWithdraw(ReportAction):
    """The withdrawal of a signed report."""

    input_class = WithdrawSerializer

    @extend_schema(
        tags=["reports"],
        operation_id="report_withdraw",
        parameters=[IDEMPOTENCY_KEY],
        request=WithdrawSerializer,
        responses=WorkReportSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Withdraw with a reason; the report stays readable."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Withdraw."""
        return report_withdraw(
            report=row,
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version or row.version,
            **values,
        )


def report_or_404(view: Resource, pk: UUID) -> Report:
    """Return a report that the caller may see."""
    found: Report = Report.objects.visible_to(view.scope).select_related("area").get(pk=pk)
    return found
