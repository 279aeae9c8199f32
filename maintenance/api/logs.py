"""Field entries over HTTP: sent under the device's identifier, read, reviewed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from maintenance.api.log_fields import (
    LogFeature,
    LogReviewSerializer,
    as_first_shown,
    log_features,
    reviews_of,
    with_columns,
)
from maintenance.api.set_aside import SetsAside
from maintenance.kinds import FieldEntity
from maintenance.log_entry import LogEntry
from maintenance.log_filter import PARAMETERS, LogFilter
from maintenance.models import MaintenanceLog
from maintenance.services import log_record, log_review
from sites.api.bodies import checked
from sites.api.idempotency import once
from sites.api.paging import Key, read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.parsers import GeoJSONParser, StrictJSONParser
from sites.api.resource import GEOJSON, Collection, Record, Resource
from sites.api.schema import IDEMPOTENCY_KEY, collection, page_of, parameter, record
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.state_changes import BY_TIME
from sites.problems import Problem, invalid

LARGEST_SEQUENCE = 2**63 - 1


def _sequence(text: str) -> int:
    number = int(text)
    if not 0 <= number <= LARGEST_SEQUENCE:
        raise ValueError(text)
    return number


class LogResource(Resource):
    """Field entries as Features."""

    serializer_class = LogFeature
    parser_classes = [StrictJSONParser, GeoJSONParser]
    media_type = GEOJSON
    rows_name = "features"
    keys = (Key("server_seq", _sequence),)
    parameters: ClassVar[frozenset[str]] = frozenset(PARAMETERS)

    def rows(self) -> Any:
        """Return the entries that the caller may see."""
        return with_columns(MaintenanceLog.objects.visible_to(self.scope))

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return rows as Features."""
        return log_features(rows)

    def version_of(self, row: Any) -> int:
        """Return 1: an entry never changes."""
        return 1


@extend_schema(tags=["logs"])
@collection(
    "log",
    LogFeature,
    parameters=[parameter(name, entry.description) for name, entry in PARAMETERS.items()],
)
class LogCollection(LogResource, Collection):
    """Field entries, in the order in which they were received."""

    def narrowed(self, rows: Any) -> Any:
        """Return the entries that the shared filter asks for."""
        return LogFilter.from_query(self.params).apply(rows)


@extend_schema(tags=["logs"])
@record("log", LogFeature)
class LogRecord(SetsAside, LogResource, Record):
    """One field entry."""

    entity = FieldEntity.LOG

    @extend_schema(
        operation_id="log_put",
        request=LogFeature,
        responses={(201, GEOJSON): LogFeature, (200, GEOJSON): LogFeature},
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Keep an entry: 201, the same again 200, other content under the identifier 409."""
        refuse_unknown(self.params, ())
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")
        entry = entry_of(checked(LogFeature, request.data, self.serializer_context()))
        log, is_new = log_record(
            identifier=pk, entry=entry, actor=self.actor, scope=self.scope, at=timezone.now()
        )
        if is_new and not entry.photos:
            return self.answer(as_first_shown(log), status=201)
        row = with_columns(MaintenanceLog.objects.filter(pk=log.pk)).get()
        return self.answer(row, status=201 if is_new else 200)


def entry_of(values: Mapping[str, Any]) -> LogEntry:
    """Return the entry that a Feature's values mean; raises `Problem` 422 without any place."""
    properties = dict(values["properties"])
    if properties["asset"] is None:
        if properties["order"] is None:
            raise invalid("properties.asset", "required", _("Name the asset or the work order."))
        properties["asset"] = properties["order"].asset
    return LogEntry(**properties, position=values.get("geometry"))


class LogReviews(LogResource):
    """Reviews of one entry, and the way to make one."""

    @extend_schema(
        tags=["logs"],
        operation_id="log_review_list",
        parameters=[*PAGING_PARAMETERS],
        responses=page_of(LogReviewSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer one page of the entry's reviews, the first one first."""
        refuse_unknown(self.params, PAGING)
        log = MaintenanceLog.objects.visible_to(self.scope).get(pk=pk)
        page = read_page(reviews_of(log), BY_TIME, self.params)
        items = [dict(LogReviewSerializer(row).data) for row in page.rows]
        return Response({"items": items, **page.links(request)})

    @extend_schema(
        tags=["logs"],
        operation_id="log_review",
        parameters=[IDEMPOTENCY_KEY],
        request=LogReviewSerializer,
        responses={(201, GEOJSON): LogFeature},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Verify the entry, or return it with a reason; the answer is the entry."""
        refuse_unknown(self.params, ())
        log = MaintenanceLog.objects.visible_to(self.scope).get(pk=pk)
        return once(request, lambda: self._reviewed(log))

    def _reviewed(self, log: MaintenanceLog) -> Response:
        body = LogReviewSerializer(data=self.request.data, context=self.serializer_context())
        body.is_valid(raise_exception=True)
        log_review(log=log, actor=self.actor, scope=self.scope, **body.validated_data)
        return self.answer(self.rows().get(pk=log.pk), status=201)
