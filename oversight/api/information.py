"""Information filed over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from oversight.information_filter import INFORMATION_PARAMETERS, InformationFilter
from oversight.information_rate import BY, rate_of, rates_by
from oversight.kinds import SentTo
from oversight.models import InfoSubmission
from oversight.services.information import info_record, info_remove, info_update
from sites.api.fields import AreaField, OrganisationField, StrictSerializer, TextField
from sites.api.parameters import one_day, one_of, refuse_unknown
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.problems import Problem


class InformationSerializer(StrictSerializer):
    """A piece of information, and where and when it was published."""

    id = serializers.UUIDField(read_only=True)
    area = AreaField()
    organisation = OrganisationField()
    organisation_name = serializers.CharField(source="organisation.name", read_only=True)
    title = TextField(max_length=200)
    sent_to = serializers.ChoiceField(SentTo.choices)
    sent_on = serializers.DateField()
    published_on = serializers.DateField(allow_null=True, default=None)
    published_in = TextField(max_length=120, allow_blank=True, default="")
    link = serializers.URLField(max_length=300, allow_blank=True, default="")
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class RateSerializer(StrictSerializer):
    """Published of sent; `percent` is null where nothing was sent."""

    key = serializers.CharField()
    name = serializers.CharField()
    sent = serializers.IntegerField()
    published = serializers.IntegerField()
    percent = serializers.DecimalField(max_digits=5, decimal_places=1, allow_null=True)


class RatesSerializer(StrictSerializer):
    """The rate of everything asked for, and of each township or body."""

    total = RateSerializer()
    items = RateSerializer(many=True)


class InformationResource(Resource):
    """Information that the caller may see."""

    serializer_class = InformationSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(INFORMATION_PARAMETERS)

    def rows(self) -> Any:
        """Return the pieces that the caller may see."""
        rows = InfoSubmission.objects.visible_to(self.scope)
        return rows.select_related("area", "organisation").defer("area__boundary")

    def narrowed(self, rows: Any) -> Any:
        """Return the pieces that the shared filter asks for."""
        return InformationFilter.from_query(self.params).apply(rows)

    def require_create(self) -> None:
        """The office enters information; in which area is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: InfoSubmission) -> None:
        """The office of the area changes it."""
        if not self.scope.covers_area(row.area_code):
            raise Problem("forbidden")


@extend_schema(tags=["information filed"])
@collection(
    "info_submission",
    InformationSerializer,
    parameters=[parameter(name, words) for name, words in INFORMATION_PARAMETERS.items()],
)
class InformationCollection(InformationResource, WritableCollection):
    """Information filed, in the order in which it was entered."""

    def created(self, values: Mapping[str, Any]) -> InfoSubmission:
        """Enter a piece."""
        return info_record(
            values=values, actor=self.actor, scope=self.scope, on=timezone.localdate()
        )


@extend_schema(tags=["information filed"])
@record("info_submission", InformationSerializer)
class InformationRecord(InformationResource, WritableRecord):
    """One piece of information."""

    def changed(self, row: InfoSubmission, values: Mapping[str, Any]) -> InfoSubmission:
        """Correct it."""
        return info_update(
            submission=row,
            values=values,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
            expected_version=row.version,
        )

    def removed(self, row: InfoSubmission) -> None:
        """Remove what was entered by mistake."""
        info_remove(
            submission=row, actor=self.actor, scope=self.scope, expected_version=row.version
        )


class InformationRates(InformationResource):
    """The share published."""

    @extend_schema(
        tags=["information filed"],
        operation_id="info_submission_rates",
        parameters=[
            *(parameter(name, words) for name, words in INFORMATION_PARAMETERS.items()),
            parameter("by", "What the rates are given for.", enum=BY),
            parameter("as_of", "A date: what was published up to it; today without it."),
        ],
        responses=RatesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Answer numerator and denominator of all that is asked for, and by township or body."""
        refuse_unknown(self.params, {*INFORMATION_PARAMETERS, "by", "as_of"})
        by = one_of(self.params, "by", BY, BY[0])
        as_of = one_day(self.params, "as_of") or timezone.localdate()
        rows = self.narrowed(InfoSubmission.objects.visible_to(self.scope))
        body = {"total": rate_of(rows, as_of), "items": rates_by(rows, by, as_of)}
        return Response(dict(RatesSerializer(body).data))
