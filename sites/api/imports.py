"""Imports over HTTP: a run is put, its file comes in parts, a commit checks and writes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO, Any, cast
from uuid import UUID

from django.db import transaction
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.parsers import BaseParser
from rest_framework.request import Request
from rest_framework.response import Response

from sites.api.fields import ProgrammeField, StrictSerializer, TextField, WholeNumberField
from sites.api.paging import BY_ID
from sites.api.resource import Collection, Resource
from sites.api.schema import collection
from sites.fields import FIELDS
from sites.imports import runs, uploads
from sites.imports.problems import FileProblemError
from sites.imports.sentences import sentence
from sites.kinds import Kind
from sites.models import ImportRun
from sites.models.import_run import ImportState
from sites.problems import FieldProblem, Problem
from sites.tasks import check_import, write_import

KINDS = [*Kind.choices, (runs.MIXED, "mixed"), (runs.AREAS, "areas")]
MAX_PARTS = 10_000


class BytesParser(BaseParser):
    """Leaves the body unread, so that it can flow to disk."""

    media_type = "application/octet-stream"

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        """Return the stream itself."""
        return stream


class ImportProblemSerializer(serializers.Serializer[Any]):
    """What is wrong with one row."""

    file = serializers.CharField()
    feature = serializers.IntegerField()
    identifier = serializers.CharField(allow_blank=True)
    field = serializers.CharField(allow_blank=True)
    code = serializers.CharField()
    message = serializers.CharField()


class ImportSerializer(StrictSerializer):
    """A run: what was asked for, where it stands, what was counted and what is wrong."""

    id = serializers.UUIDField(read_only=True)
    file_name = TextField(max_length=200)
    kind = serializers.ChoiceField(KINDS)
    programme = ProgrammeField(allow_null=True, default=None)
    state = serializers.ChoiceField(ImportState.choices, read_only=True)
    counts = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    errors = ImportProblemSerializer(many=True, read_only=True)  # type: ignore[assignment]
    question = serializers.DictField(read_only=True, allow_null=True)
    message = serializers.CharField(read_only=True)
    mapping = serializers.DictField(read_only=True)
    progress = serializers.DictField(child=serializers.IntegerField(), read_only=True)
    created_at = serializers.DateTimeField(read_only=True)

    def to_representation(self, instance: ImportRun) -> dict[str, Any]:
        """Return the run; sentences are in the caller's language."""
        question, problem = instance.seen.get("question"), instance.seen.get("problem")
        kind = instance.kind or (runs.AREAS if instance.target == runs.AREAS else runs.MIXED)
        return {
            "id": str(instance.pk),
            "file_name": instance.file_name,
            "kind": kind,
            "programme": instance.programme.code if instance.programme else None,
            "state": instance.state,
            "counts": instance.counts,
            "errors": [_said(entry) for entry in instance.errors],
            "question": {**question, "message": runs.explain(question)} if question else None,
            "message": runs.explain(problem) if problem else instance.message,
            "mapping": instance.mapping,
            "progress": {"done": instance.progress_done, "total": instance.progress_total},
            "created_at": instance.created_at.isoformat(),
        }


class CommitSerializer(StrictSerializer):
    """How a run is to be written: parts of its file, answers, what to do with bad rows."""

    parts = WholeNumberField(min_value=1, max_value=MAX_PARTS, required=False)
    dry_run = serializers.BooleanField(default=False)
    accept_good_rows = serializers.BooleanField(default=False)
    layer = TextField(max_length=120, required=False)
    srid = WholeNumberField(min_value=1_001, max_value=999_999, required=False)
    encoding = TextField(max_length=40, required=False)
    axes = serializers.ChoiceField(["xy", "yx"], required=False)
    source = TextField(max_length=120, required=False)  # type: ignore[assignment]
    mapping = serializers.DictField(required=False)

    def validate_mapping(self, value: dict[str, Any]) -> dict[str, Any]:
        """Refuse fields that do not exist and columns that are no text."""
        known = {entry.name for entry in FIELDS if entry.writable}
        for name, given in value.items():
            column = given.get("column") if isinstance(given, Mapping) else given
            if name not in known or not isinstance(column, str):
                raise serializers.ValidationError(
                    sentence("mapping_field_unknown", {"field": name[:60]})
                )
        return value


def _said(entry: Mapping[str, Any]) -> dict[str, Any]:
    values = {"field": entry["field"], **entry["values"]}
    told = {k: entry[k] for k in ("file", "feature", "identifier", "field", "code")}
    return {**told, "message": sentence(entry["code"], values)}


class ImportResource(Resource):
    """Import runs that the caller may see; only the office has any."""

    serializer_class = ImportSerializer
    keys = BY_ID

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse who does not import at all."""
        super().initial(request, *args, **kwargs)
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def rows(self) -> Any:
        """Return the runs of the caller; a planner sees all of the own office."""
        found = ImportRun.objects.visible_to(self.scope)
        return found.select_related("programme", "owner")

    def run(self, pk: UUID) -> ImportRun:
        """Return one run; raises `DoesNotExist`."""
        found: ImportRun = self.rows().get(pk=pk)
        return found

    def told(self, run: ImportRun, *, status: int = 200) -> Response:
        """Return a run as it stands now."""
        return Response(self.rendered([self.run(run.pk)])[0], status=status)


@extend_schema(tags=["imports"])
@collection("import", ImportSerializer)
class ImportCollection(ImportResource, Collection):
    """The runs so far."""


@extend_schema(tags=["imports"])
class ImportRecord(ImportResource):
    """One run."""

    @extend_schema(operation_id="import_read", responses=ImportSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer where the run stands."""
        return self.told(self.run(pk))

    @extend_schema(
        operation_id="import_put",
        request=ImportSerializer,
        responses={200: ImportSerializer, 201: ImportSerializer},
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Start a run under the caller's own identifier; the same again changes nothing."""
        values = self.parsed()
        if not _fits(values):
            sites_need = FieldProblem("programme", "required", sentence("programme_needed", {}))
            raise Problem("invalid", errors=[sites_need])
        known = ImportRun.objects.filter(pk=pk).first()
        if known is not None:
            self.run(pk)
            if not _is_same(known, values):
                raise Problem("conflict")
            return self.told(known)
        run = runs.run_create(
            owner=self.actor,
            scope=self.scope,
            file_name=values["file_name"],
            kind=values["kind"],
            programme=values["programme"],
            run_id=pk,
        )
        return self.told(run, status=201)

    @extend_schema(operation_id="import_cancel", responses={204: None})
    def delete(self, request: Request, pk: UUID) -> Response:
        """Cancel the run; what was committed stays."""
        try:
            runs.run_cancel(run=self.run(pk))
        except runs.WrongStateError as error:
            raise Problem("conflict") from error
        return Response(status=204)


def _fits(values: Mapping[str, Any]) -> bool:
    return values["kind"] in (runs.AREAS, runs.MIXED) or values["programme"] is not None


def _is_same(run: ImportRun, values: Mapping[str, Any]) -> bool:
    target = runs.AREAS if values["kind"] == runs.AREAS else runs.SITES
    kind = values["kind"] if values["kind"] in Kind.values else ""
    programme = values["programme"].pk if values["programme"] and target == runs.SITES else None
    return (run.file_name, run.target, run.kind, run.programme_id) == (
        uploads.safe_name(values["file_name"]),
        target,
        kind,
        programme,
    )


@extend_schema(tags=["imports"])
class ImportPart(ImportResource):
    """One part of a run's file, numbered from 1; at most 16 MiB."""

    parser_classes = [BytesParser]

    @extend_schema(
        operation_id="import_part_put",
        parameters=[OpenApiParameter("number", OpenApiTypes.INT, OpenApiParameter.PATH)],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={204: None},
    )
    def put(self, request: Request, pk: UUID, number: int) -> Response:
        """Store the part; the same again is the same, other bytes under its number are 409."""
        run = self.run(pk)
        if run.state != ImportState.UPLOADING:
            raise Problem("conflict")
        if not 1 <= number <= MAX_PARTS:
            raise Problem("not_found")
        try:
            uploads.store_part(run.pk, number, cast("IO[bytes]", request.data))
        except uploads.TooLargeError as error:
            raise Problem("too_large") from error
        except uploads.DiskFullError as error:
            raise Problem("disk_full") from error
        except uploads.OtherPartError as error:
            raise Problem("conflict") from error
        return Response(status=204)


@extend_schema(tags=["imports"])
class ImportCommit(ImportResource):
    """The end of an upload, and every later try."""

    @extend_schema(
        operation_id="import_commit",
        request=CommitSerializer,
        responses={200: ImportSerializer, 202: ImportSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Check the file, and write it unless `dry_run`; bad rows keep all out by default."""
        run = self.run(pk)
        asked = CommitSerializer(data=request.data, context=self.serializer_context())
        asked.is_valid(raise_exception=True)
        values: dict[str, Any] = dict(asked.validated_data)
        if run.state == ImportState.COMMITTED:
            return self.told(run)
        try:
            self._begin(run, values)
        except runs.WrongStateError as error:
            raise Problem("conflict") from error
        except FileProblemError as error:
            problem = FieldProblem(str(error.values.get("field", "")), error.code, str(error))
            raise Problem("invalid", errors=[problem]) from error
        return self.told(run, status=202)

    @transaction.atomic
    def _begin(self, run: ImportRun, values: dict[str, Any]) -> None:
        """Put the parts together where that is still to be done, and queue the work."""
        parts = values.pop("parts", None)
        just_joined = run.state == ImportState.UPLOADING
        if just_joined:
            try:
                runs.run_join(run=run, parts=parts)
            except uploads.TooLargeError as error:
                raise Problem("too_large") from error
            except uploads.DiskFullError as error:
                raise Problem("disk_full") from error
        is_dry = values.pop("dry_run")
        runs.run_start(run=run, choices=values, dry_run=is_dry, just_joined=just_joined)
        task = check_import if is_dry else write_import
        transaction.on_commit(lambda: task.defer(run_id=str(run.pk)))
