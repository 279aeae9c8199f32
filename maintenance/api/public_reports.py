"""Reports from the public over HTTP: sent, read and reopened without an account."""

from __future__ import annotations

from typing import Any

from axes.helpers import get_client_ip_address
from django.contrib.gis.geos import Point
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.permissions import AllowAny
from rest_framework.request import Request
from rest_framework.response import Response

from assets.models import Asset
from maintenance.kinds import ReportState
from maintenance.public_tracking import report_by_code, tracked
from maintenance.services import report_receive, report_reopen
from maintenance.services.field_errors import TooManyReports
from maintenance.services.reports import LONGEST_CONTACT, LONGEST_TEXT
from sites.access import Scope
from sites.api.fields import GeometryField, StrictSerializer, TextField
from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView
from sites.api.schema import ProblemSerializer
from sites.problems import MEDIA_TYPE, FieldProblem, Problem

LARGEST_ACCURACY_M = 100_000


class NewReportSerializer(StrictSerializer):
    """What is wrong with the thing whose plate carries the code; `id` makes it safe to repeat."""

    id = serializers.UUIDField(required=False)
    plate = TextField(max_length=20)
    text = TextField(max_length=LONGEST_TEXT)
    position = GeometryField(types=("Point",), allow_null=True, default=None)
    accuracy_m = serializers.FloatField(
        min_value=0, max_value=LARGEST_ACCURACY_M, allow_null=True, default=None
    )
    contact = TextField(max_length=LONGEST_CONTACT, allow_blank=True, default="")


class ReopenSerializer(StrictSerializer):
    """What is still wrong."""

    reason = TextField(max_length=LONGEST_TEXT)


class StepSerializer(StrictSerializer):
    """Something that happened, in a word and in plain words, and when."""

    at = serializers.DateTimeField()
    code = serializers.CharField()
    words = serializers.CharField()
    note = serializers.CharField(allow_blank=True)


class TrackedSerializer(StrictSerializer):
    """A report as its reporter sees it: never who works on it, never how to reach anybody."""

    tracking_code = serializers.CharField(source="report.tracking_code")
    asset_name = serializers.CharField(source="report.asset.label")
    text = serializers.CharField(source="report.text")
    state = serializers.ChoiceField(ReportState.choices, source="report.state")
    words = serializers.CharField()
    received_at = serializers.DateTimeField(source="report.received_at")
    answer = serializers.CharField(allow_blank=True)
    answered_at = serializers.DateTimeField(source="report.answered_at", allow_null=True)
    due_at = serializers.DateTimeField(allow_null=True)
    reopen_until = serializers.DateField(allow_null=True)
    steps = StepSerializer(many=True)
    photos = serializers.SerializerMethodField()

    def get_photos(self, row: Any) -> list[str]:
        """Identifiers of photos of the repair, at `/api/public/v1/photos/{id}`."""
        return [str(photo.pk) for photo in row.photos]


class PublicReportView(ApiView):
    """What the public's addresses share: no account, no session, no role."""

    authentication_classes = ()
    permission_classes = (AllowAny,)

    def told(self, code: str, *, status: int = 200) -> Response:
        """Answer with the report as its reporter sees it."""
        found = tracked(report_by_code(code))
        answer = Response(dict(TrackedSerializer(found).data), status=status)
        answer.headers["Cache-Control"] = "no-store"
        return answer


@extend_schema(tags=["public"])
class PublicReports(PublicReportView):
    """Reports from the public."""

    @extend_schema(
        operation_id="public_report_send",
        auth=[],
        request=NewReportSerializer,
        responses={
            201: TrackedSerializer,
            200: TrackedSerializer,
            (404, MEDIA_TYPE): OpenApiResponse(ProblemSerializer),
        },
    )
    def post(self, request: Request) -> Response:
        """Send a report: 201 with its tracking code, 200 when the same one was sent before."""
        refuse_unknown(self.params, ())
        body = NewReportSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        values = dict(body.validated_data)
        plate = values.pop("plate").strip().upper()
        public = Asset.objects.visible_to(Scope.public())
        position: Point | None = values.pop("position")
        try:
            report, is_new = report_receive(
                asset=public.get(plate_code=plate),
                identifier=values.pop("id", None),
                point=position,
                address=get_client_ip_address(request._request),
                at=timezone.now(),
                **values,
            )
        except TooManyReports as error:
            raise too_many(error) from error
        return self.told(report.tracking_code, status=201 if is_new else 200)


@extend_schema(tags=["public"])
class PublicReportRecord(PublicReportView):
    """One report, by its tracking code."""

    @extend_schema(operation_id="public_report_track", auth=[], responses=TrackedSerializer)
    def get(self, request: Request, code: str) -> Response:
        """Answer what became of the report."""
        refuse_unknown(self.params, ())
        return self.told(code)


@extend_schema(tags=["public"])
class PublicReportReopen(PublicReportView):
    """The reporter's word that it is not done."""

    @extend_schema(
        operation_id="public_report_reopen",
        auth=[],
        request=ReopenSerializer,
        responses=TrackedSerializer,
    )
    def post(self, request: Request, code: str) -> Response:
        """Reopen the report, within 15 days of the answer unless set otherwise."""
        refuse_unknown(self.params, ())
        report = report_by_code(code)
        body = ReopenSerializer(data=request.data)
        body.is_valid(raise_exception=True)
        report_reopen(report=report, reason=body.validated_data["reason"], at=timezone.now())
        return self.told(code)


def too_many(error: TooManyReports) -> Problem:
    """Return the refusal with the seconds to wait."""
    return Problem(
        "too_many_requests",
        errors=[FieldProblem("", error.code, str(error.message))],
        headers={"Retry-After": str(error.wait_s)},
    )
