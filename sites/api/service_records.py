"""Service records over HTTP: counts and amounts of benefits, training and services."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sites.access import code_prefix_condition
from sites.api.fields import (
    AreaField,
    MoneyField,
    OrganisationField,
    ProgrammeField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.idempotency import once
from sites.api.parameters import one_of, refuse_unknown
from sites.api.preconditions import entity_tag, require_match
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import IDEMPOTENCY_KEY, IF_MATCH, collection, parameter, record
from sites.filters import SiteFilter
from sites.kinds import ServiceState
from sites.models import ServiceRecord
from sites.problems import Problem
from sites.services import (
    ConcurrentChange,
    service_record_remove,
    service_record_return,
    service_record_save,
    service_record_verify,
)

MOST = 2_147_483_647
VERDICTS = (ServiceState.VERIFIED, ServiceState.RETURNED)


def _count(**options: Any) -> WholeNumberField:
    return WholeNumberField(min_value=0, max_value=MOST, **options)


class ServiceRecordSerializer(StrictSerializer):
    """What a programme without sites delivered in an area and period; never names."""

    id = serializers.UUIDField(read_only=True)
    programme = ProgrammeField()
    area = AreaField()
    title = TextField(max_length=200)
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    people = _count()
    households = _count(allow_null=True, default=None)
    passed = _count(allow_null=True, default=None)
    certified = _count(allow_null=True, default=None)
    amount = MoneyField(max_digits=16, allow_null=True, default=None)
    provider = OrganisationField(allow_null=True, default=None)
    note = TextField(max_length=2000, allow_blank=True, default="")
    state = serializers.ChoiceField(ServiceState.choices, read_only=True)
    state_reason = serializers.CharField(read_only=True)
    reviewed_by = serializers.CharField(source="reviewed_by.username", read_only=True, default=None)
    reviewed_at = serializers.DateTimeField(read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class ServiceRecordResource(Resource):
    """Service records of the areas that the caller works in."""

    serializer_class = ServiceRecordSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(
        {"area", "programme", "record_state", "updated_since", "year"}
    )

    def rows(self) -> Any:
        """Return the records that the caller may see."""
        rows = ServiceRecord.objects.visible_to(self.scope)
        related = rows.select_related("programme", "area", "provider", "reviewed_by")
        return related.defer("area__boundary", "area__centre")

    def require_create(self) -> None:
        """The office enters records; in which area is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: ServiceRecord) -> None:
        """The office of the area corrects its records."""
        if not self.scope.covers_area(row.area_code):
            raise Problem("forbidden")


@extend_schema(tags=["service-records"])
@collection(
    "service_record",
    ServiceRecordSerializer,
    parameters=[
        parameter("year", "Years in which periods end, separated by commas."),
        parameter("programme", "Programme codes, separated by commas."),
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("record_state", "Whether records count.", enum=ServiceState.values),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class ServiceRecordCollection(ServiceRecordResource, WritableCollection):
    """Service records."""

    def narrowed(self, rows: Any) -> Any:
        """Return the records that the parameters ask for."""
        chosen = SiteFilter.from_query(self.params)
        state = one_of(self.params, "record_state", ServiceState.values)
        conditions = Q()
        if chosen.year:
            conditions &= Q(ends_on__year__in=chosen.year)
        if chosen.programme:
            conditions &= Q(programme__code__in=chosen.programme)
        if chosen.area:
            conditions &= code_prefix_condition("area_code", chosen.area)
        if state:
            conditions &= Q(state=state)
        if chosen.updated_since:
            conditions &= Q(updated_at__gte=chosen.updated_since)
        return rows.filter(conditions)

    def created(self, values: Mapping[str, Any]) -> ServiceRecord:
        """Enter the record."""
        return service_record_save(
            values=values, actor=self.actor, scope=self.scope, on=timezone.localdate()
        )


@extend_schema(tags=["service-records"])
@record("service_record", ServiceRecordSerializer)
class ServiceRecordRecord(ServiceRecordResource, WritableRecord):
    """One service record."""

    def changed(self, row: ServiceRecord, values: Mapping[str, Any]) -> ServiceRecord:
        """Correct the record; a returned one is reported anew."""
        return service_record_save(
            record=row,
            values=values,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
            expected_version=row.version,
        )

    def removed(self, row: ServiceRecord) -> None:
        """Remove the record."""
        service_record_remove(
            record=row, actor=self.actor, scope=self.scope, expected_version=row.version
        )


class ServiceReviewSerializer(StrictSerializer):
    """What the office says to a record; a return needs a reason."""

    verdict = serializers.ChoiceField([(v.value, v.label) for v in VERDICTS])
    reason = TextField(max_length=2000, allow_blank=True, default="")


class ServiceRecordReview(ServiceRecordResource):
    """The review of one record."""

    @extend_schema(
        tags=["service-records"],
        operation_id="service_record_review",
        parameters=[IF_MATCH, IDEMPOTENCY_KEY],
        request=ServiceReviewSerializer,
        responses=ServiceRecordSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Verify or return the record, once for each `Idempotency-Key`."""
        refuse_unknown(self.params, ())
        row = self.rows().get(pk=pk)
        if not self.scope.manages_area(row.area_code):
            raise Problem("forbidden")
        return once(request, lambda: self._review(request, row))

    def _review(self, request: Request, row: ServiceRecord) -> Response:
        if not require_match(request, row.version):
            raise self._stale(row)
        serializer = ServiceReviewSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        try:
            self._judge(row, **serializer.validated_data)
        except ConcurrentChange as error:
            raise self._stale(row) from error
        return self.answer(self.rows().get(pk=row.pk))

    def _judge(self, row: ServiceRecord, verdict: str, reason: str) -> None:
        given: dict[str, Any] = {
            "record": row,
            "actor": self.actor,
            "scope": self.scope,
            "at": timezone.now(),
            "expected_version": row.version,
        }
        if verdict == ServiceState.VERIFIED:
            service_record_verify(**given)
        else:
            service_record_return(reason=reason, **given)

    def _stale(self, row: ServiceRecord) -> Problem:
        current = self.rows().get(pk=row.pk)
        return Problem(
            "precondition_failed",
            headers={"ETag": entity_tag(current.version)},
            extra={"current": self.rendered([current])[0]},
        )
