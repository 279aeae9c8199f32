"""Rule sets of condition rating over HTTP, and the verification of their coefficients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema, extend_schema_view
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from assets.kinds import CoefficientStatus
from assets.models import RatingCoefficient, RatingRuleset
from assets.services.coefficients import coefficient_verify, coefficient_withdraw
from assets.services.condition import surveys_rate_again
from sites.api.fields import NumberField, StrictSerializer, TextField
from sites.api.idempotency import once
from sites.api.paging import BY_CODE
from sites.api.parameters import refuse_unknown
from sites.api.preconditions import require_match
from sites.api.resource import Collection, Record, Resource
from sites.api.schema import IDEMPOTENCY_KEY, IF_MATCH, collection, record
from sites.problems import Problem


class CoefficientSerializer(StrictSerializer):
    """One number of a rule set: where it was read, and who compared it with the standard."""

    id = serializers.UUIDField(read_only=True)
    symbol = serializers.CharField(read_only=True)
    value = NumberField(max_digits=14, decimal_places=6, read_only=True, allow_null=True)
    status = serializers.ChoiceField(CoefficientStatus.choices, read_only=True)
    source = serializers.CharField(read_only=True)  # type: ignore[assignment]
    verified_on = serializers.DateField(read_only=True, allow_null=True)
    verified_by = serializers.CharField(
        source="verified_by.username", read_only=True, default=None, allow_null=True
    )
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class RulesetSerializer(StrictSerializer):
    """A rule set with its coefficients; an index is computed from verified ones alone."""

    id = serializers.UUIDField(read_only=True)
    code = serializers.CharField(read_only=True)
    name = serializers.CharField(read_only=True)
    name_en = serializers.CharField(read_only=True)
    standard = serializers.CharField(read_only=True)
    edition = serializers.CharField(read_only=True)
    applies_to = serializers.CharField(read_only=True)
    valid_from = serializers.DateField(read_only=True, allow_null=True)
    coefficients = CoefficientSerializer(many=True, read_only=True)
    version = serializers.IntegerField(read_only=True)


class RulesetResource(Resource):
    """Rule sets."""

    serializer_class = RulesetSerializer
    keys = BY_CODE

    def rows(self) -> Any:
        """Return the rule sets that the caller may read."""
        found = RatingRuleset.objects.visible_to(self.scope)
        return found.prefetch_related("coefficients__verified_by")


@extend_schema(tags=["assets"])
@collection("rating_ruleset", RulesetSerializer)
class RulesetCollection(RulesetResource, Collection):
    """All rule sets."""


@extend_schema(tags=["assets"])
@record("rating_ruleset", RulesetSerializer)
class RulesetRecord(RulesetResource, Record):
    """One rule set."""


class RatedAgainSerializer(serializers.Serializer[Any]):
    """What rating again came to."""

    number = serializers.IntegerField(help_text="Surveys that got another rating.")
    is_complete = serializers.BooleanField(help_text="False: ask again for the rest.")


class RulesetRateAgain(RulesetResource):
    """Rating the surveys of a rule set with the coefficients verified now."""

    @extend_schema(
        tags=["assets"],
        operation_id="rating_ruleset_rate_again",
        parameters=[IDEMPOTENCY_KEY],
        request=None,
        responses=RatedAgainSerializer,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Supersede each survey that comes to something else; the old rating stays on record."""
        refuse_unknown(self.params, ())
        ruleset = self.rows().get(pk=pk)
        return once(request, lambda: self._rated(ruleset))

    def _rated(self, ruleset: RatingRuleset) -> Response:
        again = surveys_rate_again(ruleset=ruleset, actor=self.actor, scope=self.scope)
        return Response({"number": again.number, "is_complete": again.is_complete})


class VerificationSerializer(StrictSerializer):
    """A number as the standard's own text has it."""

    value = NumberField(max_digits=14, decimal_places=6)
    source = TextField(max_length=300, help_text="Document, page or table.")  # type: ignore[assignment]
    verified_on = serializers.DateField(default=timezone.localdate)


class WithdrawalSerializer(StrictSerializer):
    """Why a coefficient is no longer taken as verified."""

    reason = TextField(max_length=2000)


class CoefficientResource(Resource):
    """Coefficients."""

    serializer_class = CoefficientSerializer

    def rows(self) -> Any:
        """Return the coefficients that the caller may read."""
        return RatingCoefficient.objects.visible_to(self.scope).select_related("verified_by")


@extend_schema(tags=["assets"])
@record("rating_coefficient", CoefficientSerializer)
class CoefficientRecord(CoefficientResource, Record):
    """One coefficient."""


class CoefficientAction(CoefficientResource, Action):
    """Something that the planner does to a coefficient, if its version still stands."""

    def require_change(self, row: RatingCoefficient) -> None:
        """Only who manages the register verifies, and only what was read a moment ago."""
        if not self.scope.manages_register:
            raise Problem("forbidden")
        require_match(self.request, row.version)


@extend_schema_view(
    post=extend_schema(
        tags=["assets"],
        operation_id="rating_coefficient_verify",
        parameters=[IF_MATCH, IDEMPOTENCY_KEY],
        request=VerificationSerializer,
        responses=CoefficientSerializer,
    )
)
class CoefficientVerify(CoefficientAction):
    """Verify a coefficient against the text of its standard."""

    input_class: ClassVar[type[StrictSerializer]] = VerificationSerializer

    def done(
        self, row: RatingCoefficient, values: Mapping[str, Any], expected_version: int | None
    ) -> RatingCoefficient:
        """Verify it."""
        return coefficient_verify(
            coefficient=row,
            value=values["value"],
            source=values["source"],
            on=values["verified_on"],
            today=timezone.localdate(),
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version or row.version,
        )


@extend_schema_view(
    post=extend_schema(
        tags=["assets"],
        operation_id="rating_coefficient_withdraw",
        parameters=[IF_MATCH, IDEMPOTENCY_KEY],
        request=WithdrawalSerializer,
        responses=CoefficientSerializer,
    )
)
class CoefficientWithdraw(CoefficientAction):
    """Take the verification of a coefficient back."""

    input_class: ClassVar[type[StrictSerializer]] = WithdrawalSerializer

    def done(
        self, row: RatingCoefficient, values: Mapping[str, Any], expected_version: int | None
    ) -> RatingCoefficient:
        """Withdraw it."""
        return coefficient_withdraw(
            coefficient=row,
            reason=values["reason"],
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version or row.version,
        )
