"""Public reports as the office works on them, over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from assets.kinds import Severity
from maintenance.api.field_references import DefectKey
from maintenance.kinds import DefectKind, ReportState
from maintenance.models import PublicReport
from maintenance.parties import office_of
from maintenance.report_filter import NAMES, ReportFilter
from maintenance.report_words import answer_words
from maintenance.services import report_answer, report_link, report_open_defect
from sites.api.fields import StrictSerializer, TextField
from sites.api.resource import Collection, Record, Resource
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.problems import Problem, invalid


class ReportSerializer(StrictSerializer):
    """A public report; the contact is for the office of the area alone."""

    id = serializers.UUIDField(read_only=True)
    tracking_code = serializers.SerializerMethodField()
    asset = serializers.UUIDField(source="asset_id", read_only=True)
    asset_name = serializers.CharField(source="asset.name", read_only=True)
    area = serializers.CharField(source="area_code", read_only=True)
    township = serializers.CharField(source="township_code", read_only=True)
    defect = serializers.UUIDField(source="defect_id", read_only=True, allow_null=True)
    text = serializers.CharField(read_only=True)
    position = serializers.SerializerMethodField()
    accuracy_m = serializers.FloatField(read_only=True, allow_null=True)
    contact = serializers.SerializerMethodField()
    state = serializers.ChoiceField(ReportState.choices, read_only=True)
    received_at = serializers.DateTimeField(read_only=True)
    answer = serializers.SerializerMethodField()
    answered_at = serializers.DateTimeField(read_only=True, allow_null=True)
    photos = serializers.SerializerMethodField()
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_position(self, report: PublicReport) -> list[float] | None:
        """Longitude and latitude of the reporter, if given."""
        return [report.point.x, report.point.y] if report.point else None

    def get_tracking_code(self, report: PublicReport) -> str | None:
        """The code with which the reporter reads and reopens; for the office alone."""
        return report.tracking_code if self._is_office(report) else None

    def get_contact(self, report: PublicReport) -> str | None:
        """How to reach the reporter; for the office alone."""
        return report.contact if self._is_office(report) else None

    def get_answer(self, report: PublicReport) -> str:
        """The answer in words."""
        return answer_words(report)

    def get_photos(self, report: PublicReport) -> list[str]:
        """Identifiers of the photos that came with the report."""
        return [str(link.photo_id) for link in report.photos.all()]

    def _is_office(self, report: PublicReport) -> bool:
        return office_of(self.context["scope"], report.area_code) is not None


class NewDefectSerializer(StrictSerializer):
    """What kind of defect a report is about."""

    kind = serializers.ChoiceField(DefectKind.choices)
    severity = serializers.ChoiceField(Severity.choices)
    description = TextField(max_length=2000, allow_blank=True, default="")


class ReportMoveSerializer(StrictSerializer):
    """What becomes of a report: `linked` to a defect or a new one, `answered`, or `rejected`."""

    to_state = serializers.ChoiceField(
        [ReportState.LINKED.value, ReportState.ANSWERED.value, ReportState.REJECTED.value]
    )
    defect = DefectKey(allow_null=True, default=None)
    new_defect = NewDefectSerializer(allow_null=True, default=None)
    answer = TextField(max_length=2000, allow_blank=True, default="")


class ReportResource(Resource):
    """Public reports that the caller may see."""

    serializer_class = ReportSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(NAMES)

    def rows(self) -> Any:
        """Return the reports with their assets and photos."""
        rows = PublicReport.objects.visible_to(self.scope).select_related("asset")
        return rows.defer(
            "asset__geometry", "asset__geometry_3857", "asset__outline_3857"
        ).prefetch_related("photos")

    def require_change(self, row: PublicReport) -> None:
        """Only the office of the area works on reports."""
        if office_of(self.scope, row.area_code) is None:
            raise Problem("forbidden")


@extend_schema(tags=["public reports"])
@collection(
    "public_report",
    ReportSerializer,
    parameters=[
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("state", f"States, separated by commas: {', '.join(ReportState.values)}."),
        parameter("asset", "Identifiers of assets, separated by commas."),
        parameter("defect", "Identifiers of defects, separated by commas."),
        parameter("waiting", "1 for reports that wait for the office."),
        parameter("overdue", "1 for those of them that have waited for more than 7 days."),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class ReportCollection(ReportResource, Collection):
    """Reports from the public, in the order in which they came."""

    def narrowed(self, rows: Any) -> Any:
        """Return the reports that the shared filter asks for."""
        return ReportFilter.from_query(self.params).apply(rows)


@extend_schema(tags=["public reports"])
@record("public_report", ReportSerializer)
class ReportRecord(ReportResource, Record):
    """One report."""


class ReportMoves(ReportResource, Action):
    """What the office does with a report."""

    input_class = ReportMoveSerializer

    @extend_schema(
        tags=["public reports"],
        operation_id="public_report_move",
        parameters=[IDEMPOTENCY_KEY],
        request=ReportMoveSerializer,
        responses=ReportSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Link the report, open a defect from it, answer it, or do not take it up."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Do what the body asks for."""
        common = {
            "report": row,
            "actor": self.actor,
            "scope": self.scope,
            "at": timezone.now(),
            "expected_version": expected_version,
        }
        if values["to_state"] != ReportState.LINKED:
            rejects = values["to_state"] == ReportState.REJECTED
            report_answer(answer=values["answer"], rejects=rejects, **common)
        elif values["defect"] is not None:
            report_link(defect=values["defect"], **common)
        elif values["new_defect"] is not None:
            report_open_defect(**values["new_defect"], **common)
        else:
            raise invalid("defect", "required", _("Name a defect, or describe a new one."))
        return row
