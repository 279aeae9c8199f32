"""The district's fallback over HTTP: proposed, approved, withdrawn."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.api.actions import Action
from funding.api.fields import RowField
from funding.fallback_figures import with_booked
from funding.kinds import FallbackState
from funding.models import FallbackCommitment, OfficialDocument
from funding.services import fallback_approve, fallback_propose, fallback_withdraw
from sites.api.fields import AreaField, MoneyField, ProgrammeField, StrictSerializer, TextField
from sites.api.resource import Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, collection, record
from sites.problems import Problem


class FallbackSerializer(StrictSerializer):
    """A fallback: the numbers of the day of its proposal, and what was booked on it since.

    Sent are programme, area, unit cost and what other sources cover; the rest is computed.
    """

    id = serializers.UUIDField(read_only=True)
    programme = ProgrammeField()
    area = AreaField()
    year = serializers.IntegerField(read_only=True)
    assigned = serializers.DecimalField(16, 3, read_only=True)
    executed = serializers.DecimalField(16, 3, read_only=True)
    gap = serializers.DecimalField(16, 3, read_only=True)
    unit_cost = MoneyField(max_digits=16, min_value=0)
    other_sources = MoneyField(max_digits=16, min_value=0, default=Decimal("0.00"))
    amount = MoneyField(max_digits=16, read_only=True)
    as_of = serializers.DateField(read_only=True)
    state = serializers.ChoiceField(FallbackState.choices, read_only=True)
    approval = serializers.UUIDField(source="approval_id", read_only=True)
    approved_on = serializers.DateField(read_only=True)
    paid = MoneyField(max_digits=18, read_only=True)
    left = MoneyField(max_digits=18, read_only=True)
    note = TextField(max_length=2000, allow_blank=True, default="")
    version = serializers.IntegerField(read_only=True)


class FallbackResource(Resource):
    """Fallbacks that the caller may see."""

    serializer_class = FallbackSerializer

    def rows(self) -> Any:
        """Return the fallbacks with what was paid on them."""
        rows = FallbackCommitment.objects.visible_to(self.scope)
        return with_booked(rows.select_related("programme", "area").defer("area__boundary"))

    def require_create(self) -> None:
        """The district's planner proposes."""
        if not self.scope.manages_register:
            raise Problem("forbidden")

    def require_change(self, row: FallbackCommitment) -> None:
        """The district's planner has it approved, or withdraws it."""
        if not self.scope.manages_area(row.area_code):
            raise Problem("forbidden")


@extend_schema(tags=["fallbacks"])
@collection("fallback", FallbackSerializer)
class FallbackCollection(FallbackResource, WritableCollection):
    """Fallbacks, in the order in which they were proposed."""

    def created(self, values: Mapping[str, Any]) -> FallbackCommitment:
        """Propose one from the target and what was verified until today."""
        return fallback_propose(
            **values, actor=self.actor, scope=self.scope, as_of=timezone.localdate()
        )


@extend_schema(tags=["fallbacks"])
@record("fallback", FallbackSerializer)
class FallbackRecord(FallbackResource, Record):
    """One fallback."""


class ApprovalSerializer(StrictSerializer):
    """The document that approves it, and the day."""

    approval = RowField(OfficialDocument)
    approved_on = serializers.DateField()


class FallbackApproval(FallbackResource, Action):
    """The approval of one fallback."""

    input_class = ApprovalSerializer

    @extend_schema(
        tags=["fallbacks"],
        operation_id="fallback_approve",
        parameters=[IDEMPOTENCY_KEY],
        request=ApprovalSerializer,
        responses=FallbackSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Approve it by a document of the committee; then it may be paid, to its amount."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Approve it."""
        return fallback_approve(
            fallback=row,
            actor=self.actor,
            scope=self.scope,
            on=timezone.localdate(),
            expected_version=expected_version,
            **values,
        )


class FallbackWithdrawalSerializer(StrictSerializer):
    """Why it is withdrawn."""

    reason = TextField(max_length=2000)


class FallbackWithdrawal(FallbackResource, Action):
    """The withdrawal of one fallback."""

    input_class = FallbackWithdrawalSerializer

    @extend_schema(
        tags=["fallbacks"],
        operation_id="fallback_withdraw",
        parameters=[IDEMPOTENCY_KEY],
        request=FallbackWithdrawalSerializer,
        responses=FallbackSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Withdraw it; only while no money stands on it."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Withdraw it."""
        return fallback_withdraw(
            fallback=row,
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
            **values,
        )
