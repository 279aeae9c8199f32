"""Warranty claims over HTTP."""

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

from assets.api.actions import Action
from maintenance.api.field_references import DefectKey
from maintenance.kinds import ClaimState
from maintenance.models import WarrantyClaim
from maintenance.services import claim_move, claim_raise
from sites.access import code_prefix_condition
from sites.api.fields import OrganisationField, StrictSerializer, TextField
from sites.api.resource import Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.filter_values import AREA_CODE, choices, matching, moment_of, parsed
from sites.problems import Problem


class ClaimSerializer(StrictSerializer):
    """A claim: the defect, the contractor, until when, and what came of it."""

    id = serializers.UUIDField(read_only=True)
    defect = DefectKey()
    defect_number = serializers.IntegerField(source="defect.number", read_only=True)
    asset = serializers.UUIDField(source="asset_id", read_only=True)
    asset_name = serializers.CharField(source="asset.name", read_only=True)
    contractor = OrganisationField(read_only=True)
    contractor_name = serializers.CharField(source="contractor.name", read_only=True)
    state = serializers.ChoiceField(ClaimState.choices, read_only=True)
    raised_on = serializers.DateField(read_only=True)
    due_on = serializers.DateField(allow_null=True, default=None)
    result = serializers.CharField(read_only=True)
    is_overdue = serializers.SerializerMethodField()
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_is_overdue(self, claim: WarrantyClaim) -> bool:
        """Whether the contractor's time is over and nothing came of the claim."""
        waits = claim.state in (ClaimState.RAISED, ClaimState.ACCEPTED)
        return waits and claim.due_on < timezone.localdate()


class ClaimMoveSerializer(StrictSerializer):
    """Where to and why; the reason becomes the claim's result."""

    to_state = serializers.ChoiceField(ClaimState.choices)
    reason = TextField(max_length=2000, allow_blank=True, default="")


class ClaimResource(Resource):
    """Claims that the caller may see."""

    serializer_class = ClaimSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(
        {"area", "state", "contractor", "asset", "updated_since"}
    )

    def rows(self) -> Any:
        """Return the claims with what they are about."""
        rows = WarrantyClaim.objects.visible_to(self.scope)
        return rows.select_related("defect", "asset", "contractor").defer(
            "asset__geometry", "asset__geometry_3857", "asset__outline_3857", "defect__point_3857"
        )

    def require_create(self) -> None:
        """Whoever holds a role may try; whose defect it is is the service's to judge."""
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")

    def require_change(self, row: WarrantyClaim) -> None:
        """Leave it to the service: both sides act here."""


@extend_schema(tags=["claims"])
@collection(
    "claim",
    ClaimSerializer,
    parameters=[
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("state", f"States, separated by commas: {', '.join(ClaimState.values)}."),
        parameter("contractor", "Identifiers of contractors, separated by commas."),
        parameter("asset", "Identifiers of assets, separated by commas."),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class ClaimCollection(ClaimResource, WritableCollection):
    """Warranty claims in the order in which they were raised."""

    def narrowed(self, rows: Any) -> Any:
        """Return the claims that the parameters ask for."""
        condition = Q()
        for name in ("contractor", "asset"):
            if keys := parsed(self.params, name, UUID):
                condition &= Q(**{f"{name}__in": keys})
        if states := choices(self.params, "state", ClaimState.values):
            condition &= Q(state__in=states)
        if codes := matching(self.params, "area", AREA_CODE):
            condition &= code_prefix_condition("area_code", codes)
        if since := moment_of(self.params, "updated_since"):
            condition &= Q(updated_at__gte=since)
        return rows.filter(condition)

    def created(self, values: Mapping[str, Any]) -> WarrantyClaim:
        """Raise the claim."""
        return claim_raise(actor=self.actor, scope=self.scope, on=timezone.localdate(), **values)


@extend_schema(tags=["claims"])
@record("claim", ClaimSerializer)
class ClaimRecord(ClaimResource, Record):
    """One claim."""


class ClaimMoves(ClaimResource, Action):
    """Moves of a claim: answered by the contractor, settled or withdrawn by who raised it."""

    input_class = ClaimMoveSerializer

    @extend_schema(
        tags=["claims"],
        operation_id="claim_move",
        parameters=[IDEMPOTENCY_KEY],
        request=ClaimMoveSerializer,
        responses=ClaimSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Move the claim."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Move the claim."""
        return claim_move(
            claim=row,
            at=timezone.now(),
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
            **values,
        )
