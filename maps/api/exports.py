"""Exports in the background: ask, look, fetch, remove."""

from __future__ import annotations

from uuid import UUID

from django.db import transaction
from django.http import FileResponse, Http404, QueryDict
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from maps.api.doors import MapView
from maps.api.files import NOT_KEPT
from maps.exports.choice import export_layer, read_filter
from maps.exports.formats import FORMATS
from maps.exports.jobs import (
    TooManyExports,
    cancel_export,
    file_name,
    file_of,
    may_fetch,
    remove_export,
    request_export,
)
from maps.layers import EXPORT_LAYERS
from maps.models import ExportJob
from maps.tasks import write_export
from sites.api.fields import StrictSerializer, TextField
from sites.api.idempotency import once
from sites.filters import ParameterError
from sites.geometry import STORED_SRID
from sites.problems import Problem, invalid

MOST_SHOWN = 100


class ExportRequest(StrictSerializer):
    """What is to be exported; `filter` is written as in an address: `kind=road&year=2023`.

    Its names are those of the list of what the layer holds.
    """

    layer = serializers.ChoiceField(list(EXPORT_LAYERS), default="sites")
    format = serializers.ChoiceField(list(FORMATS))
    filter = TextField(max_length=4000, default="", allow_blank=True)
    fields = serializers.ListField(  # type: ignore[assignment]
        child=TextField(max_length=60), default=list, max_length=100
    )
    srid = serializers.IntegerField(default=STORED_SRID)
    reason = TextField(max_length=200, default="", allow_blank=True)


class ExportAnswer(serializers.ModelSerializer[ExportJob]):
    """An export and how far it has come; `file` is there once it can be fetched."""

    filter = serializers.CharField(source="query")
    file = serializers.SerializerMethodField()

    class Meta:
        model = ExportJob
        fields = (
            "id",
            "state",
            "layer",
            "format",
            "filter",
            "fields",
            "srid",
            "reason",
            "sites",
            "progress_done",
            "progress_total",
            "size_bytes",
            "message",
            "created_at",
            "finished_at",
            "expires_at",
            "file",
        )

    def get_file(self, job: ExportJob) -> str | None:
        """Return the address of the file."""
        ready = may_fetch(job, self.context["scope"])
        return f"/api/v1/exports/{job.pk}/file" if ready else None


class ExportView(MapView):
    """What the addresses of exports share."""

    def answer(self, job: ExportJob, status: int = 200) -> Response:
        """Return one export."""
        return Response(ExportAnswer(job, context={"scope": self.scope}).data, status=status)

    def job(self, pk: UUID) -> ExportJob:
        """Return one of the caller's own exports; raises 404."""
        found: ExportJob | None = ExportJob.objects.visible_to(self.scope).filter(pk=pk).first()
        if found is None:
            raise Http404
        return found


class ExportCollection(ExportView):
    """The caller's exports."""

    @extend_schema(
        operation_id="exports",
        responses=inline_serializer("Exports", {"items": ExportAnswer(many=True)}),
    )
    def get(self, request: Request) -> Response:
        """Return the caller's exports, the newest first."""
        jobs = ExportJob.objects.visible_to(self.scope)[:MOST_SHOWN]
        items = ExportAnswer(jobs, many=True, context={"scope": self.scope}).data
        return Response({"items": items})

    @extend_schema(
        operation_id="export_create", request=ExportRequest, responses={202: ExportAnswer}
    )
    def post(self, request: Request) -> Response:
        """Ask for an export, once for each `Idempotency-Key`."""
        return once(request, self._create)

    def _create(self) -> Response:
        serializer = ExportRequest(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        job = self._requested(serializer.validated_data)
        answer = self.answer(job, status=202)
        answer["Location"] = f"{self.request.path}/{job.pk}"
        return answer

    def _requested(self, asked: dict[str, object]) -> ExportJob:
        try:
            with transaction.atomic():
                job = request_export(
                    owner=self.actor,
                    scope=self.scope,
                    chosen=read_filter(
                        export_layer(str(asked["layer"])), QueryDict(str(asked["filter"]))
                    ),
                    layer=str(asked["layer"]),
                    form=str(asked["format"]),
                    names=asked["fields"],  # type: ignore[arg-type]
                    srid=asked["srid"],  # type: ignore[arg-type]
                    reason=str(asked["reason"]),
                )
                write_export.defer(job_id=str(job.pk))
        except ParameterError as error:
            raise invalid(error.parameter, error.code, error.message) from error
        except TooManyExports as error:
            raise Problem("too_many_requests", headers={"Retry-After": "60"}) from error
        return job


class ExportRecord(ExportView):
    """One of the caller's exports."""

    @extend_schema(operation_id="export", responses=ExportAnswer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Return how far it has come."""
        return self.answer(self.job(pk))

    @extend_schema(operation_id="export_remove", responses={204: OpenApiResponse()})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Stop an export that is at work, or remove one that has ended, with its file."""
        job = self.job(pk)
        if job.is_open:
            cancel_export(job)
        else:
            remove_export(job)
        return Response(status=204)


class ExportFile(ExportView):
    """The file of an export."""

    @extend_schema(
        operation_id="export_file",
        responses={(200, "application/octet-stream"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request, pk: UUID) -> FileResponse:
        """Send the file to its owner, as long as the owner still sees what is in it."""
        job = self.job(pk)
        if not may_fetch(job, self.scope):
            raise Http404
        return FileResponse(
            file_of(job).open("rb"),
            as_attachment=True,
            filename=file_name(job),
            content_type=FORMATS[job.format].media_type,
            headers=NOT_KEPT,
        )
