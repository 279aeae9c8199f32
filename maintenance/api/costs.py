"""Costs of upkeep over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.models import Asset
from maintenance.api.log_fields import RowField
from maintenance.kinds import CostKind, FundingSource
from maintenance.models import Agreement, CostEntry, WorkOrder
from maintenance.services import cost_record, cost_reverse
from sites.access import code_prefix_condition
from sites.api.fields import MoneyField, StrictSerializer, TextField
from sites.api.idempotency import once
from sites.api.parameters import refuse_unknown
from sites.api.resource import Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, collection, parameter, record
from sites.filter_values import AREA_CODE, choices, matching, parsed, year_of
from sites.problems import Problem

PARAMETERS = {
    "asset": "Identifiers of assets, separated by commas.",
    "agreement": "Identifiers of agreements, separated by commas.",
    "order": "Identifiers of work orders, separated by commas.",
    "area": "Area codes with all below them, separated by commas.",
    "kind": f"Separated by commas: {', '.join(CostKind.values)}.",
    "source": f"Separated by commas: {', '.join(FundingSource.values)}.",
    "year": "Years in which the costs were incurred, separated by commas.",
}


class CostSerializer(StrictSerializer):
    """A cost in yuan; a reversal is negative and names what it takes back."""

    id = serializers.UUIDField(read_only=True)
    asset = RowField(Asset)
    agreement = RowField(Agreement, allow_null=True, default=None)
    order = RowField(WorkOrder, allow_null=True, default=None)
    kind = serializers.ChoiceField(CostKind.choices)
    source = serializers.ChoiceField(FundingSource.choices)  # type: ignore[assignment]
    amount = MoneyField(max_digits=14)
    incurred_on = serializers.DateField()
    note = TextField(max_length=200, allow_blank=True, default="")
    reverses = serializers.UUIDField(source="reverses_id", read_only=True)
    recorded_at = serializers.DateTimeField(read_only=True)
    recorded_by = serializers.CharField(source="recorded_by.username", read_only=True, default=None)


class CostResource(Resource):
    """Costs that the caller may see."""

    serializer_class = CostSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(PARAMETERS)

    def rows(self) -> Any:
        """Return the costs that the caller may see."""
        return CostEntry.objects.visible_to(self.scope).select_related("recorded_by")

    def version_of(self, row: CostEntry) -> int:
        """Return 1: a cost never changes."""
        return 1

    def require_create(self) -> None:
        """Whoever holds a role may try; the books of which place is the service's to judge."""
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")


@extend_schema(tags=["costs"])
@collection(
    "cost",
    CostSerializer,
    parameters=[parameter(name, description) for name, description in PARAMETERS.items()],
)
class CostCollection(CostResource, WritableCollection):
    """Costs of upkeep, in the order in which they were recorded."""

    def narrowed(self, rows: Any) -> Any:
        """Return the costs that the parameters ask for."""
        for name in ("asset", "agreement", "order"):
            keys = parsed(self.params, name, UUID)
            rows = rows.filter(**{f"{name}_id__in": keys}) if keys else rows
        for name, words in (("kind", CostKind.values), ("source", FundingSource.values)):
            values = choices(self.params, name, words)
            rows = rows.filter(**{f"{name}__in": values}) if values else rows
        areas = matching(self.params, "area", AREA_CODE)
        years = parsed(self.params, "year", year_of)
        rows = rows.filter(code_prefix_condition("area_code", areas)) if areas else rows
        return rows.filter(incurred_on__year__in=years) if years else rows

    def created(self, values: Mapping[str, Any]) -> CostEntry:
        """Record the cost."""
        return cost_record(**values, actor=self.actor, scope=self.scope)


@extend_schema(tags=["costs"])
@record("cost", CostSerializer)
class CostRecord(CostResource, Record):
    """One cost."""


class ReversalSerializer(StrictSerializer):
    """Why a cost is taken back."""

    reason = TextField(max_length=200)


class CostReversal(CostResource):
    """Taking back a cost by one of the opposite amount."""

    @extend_schema(
        tags=["costs"],
        operation_id="cost_reverse",
        parameters=[IDEMPOTENCY_KEY],
        request=ReversalSerializer,
        responses={201: CostSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Take the cost back; the answer is the reversal."""
        refuse_unknown(self.params, ())
        cost = self.rows().get(pk=pk)
        return once(request, lambda: self._reversed(cost))

    def _reversed(self, cost: CostEntry) -> Response:
        body = ReversalSerializer(data=self.request.data, context=self.serializer_context())
        body.is_valid(raise_exception=True)
        reversal = cost_reverse(
            cost=cost,
            reason=body.validated_data["reason"],
            actor=self.actor,
            scope=self.scope,
        )
        return self.answer(self.rows().get(pk=reversal.pk), status=201)
