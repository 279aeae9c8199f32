"""What is done to an agreement over HTTP: moves, signatures, renewal, keepers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from maintenance.api.agreement_fields import (
    AgreementChangeSerializer,
    AgreementSerializer,
    PartySerializer,
)
from maintenance.api.agreements import AgreementResource, with_scopes
from maintenance.kinds import AgreementState
from maintenance.models import Agreement, AgreementChange, AgreementScope
from maintenance.parties import office_of, roles_in
from maintenance.services import (
    agreement_negotiate,
    agreement_renew,
    agreement_return_to_draft,
    agreement_sign,
    agreement_terminate,
    keeper_change,
)
from sites.api.fields import NumberField, OrganisationField, StrictSerializer, TextField
from sites.api.paging import read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.schema import IDEMPOTENCY_KEY, page_of
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.state_changes import BY_TIME
from sites.problems import Problem, invalid
from sites.services import IllegalTransition


class AgreementAction(AgreementResource, Action):
    """Something done to one agreement; who may is the service's to judge."""

    def row(self, pk: UUID) -> Any:
        """Return the agreement with its scopes."""
        return with_scopes(self.rows()).get(pk=pk)

    def require_change(self, row: Agreement) -> None:
        """The parties act here as well as the office; what each may do is the service's to say."""
        if office_of(self.scope, row.area_code) is None and not roles_in(self.scope, row):
            raise Problem("forbidden")


class MoveSerializer(StrictSerializer):
    """Where to; `effective_on` is the last day of an agreement that is terminated."""

    to_state = serializers.ChoiceField(AgreementState.choices)
    reason = TextField(max_length=2000, allow_blank=True, default="")
    effective_on = serializers.DateField(default=timezone.localdate)


class AgreementMoves(AgreementAction):
    """Moves of an agreement: laid before the parties, returned to draft, terminated."""

    input_class = MoveSerializer

    @extend_schema(
        tags=["agreements"],
        operation_id="agreement_move_list",
        parameters=[*PAGING_PARAMETERS],
        responses=page_of(AgreementChangeSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer one page of the agreement's moves, the first one first."""
        refuse_unknown(self.params, PAGING)
        agreement = self.rows().get(pk=pk)
        changes = AgreementChange.objects.visible_to(self.scope).select_related("actor")
        page = read_page(changes.filter(agreement=agreement), BY_TIME, self.params)
        items = [dict(AgreementChangeSerializer(row).data) for row in page.rows]
        return Response({"items": items, **page.links(request)})

    @extend_schema(
        tags=["agreements"],
        operation_id="agreement_move",
        parameters=[IDEMPOTENCY_KEY],
        request=MoveSerializer,
        responses=AgreementSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Move the agreement; signatures alone make it `signed`, its renewal alone `renewed`."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Move the agreement."""
        common = {
            "agreement": row,
            "actor": self.actor,
            "scope": self.scope,
            "at": timezone.now(),
            "expected_version": expected_version,
        }
        match values["to_state"]:
            case AgreementState.NEGOTIATING:
                agreement_negotiate(**common)
            case AgreementState.DRAFT:
                agreement_return_to_draft(**common, reason=values["reason"])
            case AgreementState.TERMINATED:
                agreement_terminate(**common, reason=values["reason"], on=values["effective_on"])
            case _other:
                raise IllegalTransition(
                    _("Signatures alone make an agreement signed, its renewal alone renewed.")
                )
        return row


class PartySignatureSerializer(StrictSerializer):
    """Who signs for which organisation, on which day."""

    organisation = OrganisationField()
    signatory = TextField(max_length=60)
    signed_on = serializers.DateField(default=timezone.localdate)


class AgreementSignatures(AgreementAction):
    """Signatures of an agreement's parties."""

    input_class = PartySignatureSerializer

    @extend_schema(
        tags=["agreements"],
        operation_id="agreement_signature_list",
        responses=page_of(PartySerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the parties and their signatures; there are few, so on one page."""
        refuse_unknown(self.params, ())
        agreement = self.rows().get(pk=pk)
        items = [dict(PartySerializer(party).data) for party in agreement.parties.all()]
        return Response({"items": items, "next_cursor": None, "next": None})

    @extend_schema(
        tags=["agreements"],
        operation_id="agreement_sign",
        parameters=[IDEMPOTENCY_KEY],
        request=PartySignatureSerializer,
        responses=AgreementSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Sign for an organisation: a member for the own one, the office for those without any."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Sign."""
        return agreement_sign(
            agreement=row,
            organisation=values["organisation"],
            signatory=values["signatory"],
            on=values["signed_on"],
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
            expected_version=expected_version,
        )


class RenewalSerializer(StrictSerializer):
    """The number of the agreement that follows; its term and price where they differ."""

    number = TextField(max_length=60)
    starts_on = serializers.DateField(allow_null=True, default=None)
    ends_on = serializers.DateField(allow_null=True, default=None)
    unit_price = NumberField(
        max_digits=14, decimal_places=2, min_value=0, allow_null=True, default=None
    )


class AgreementRenewals(AgreementAction):
    """Renewal of an agreement; the answer is the new draft."""

    input_class = RenewalSerializer

    def require_change(self, row: Agreement) -> None:
        """Only the office of the agreement's area renews it."""
        AgreementResource.require_change(self, row)

    @extend_schema(
        tags=["agreements"],
        operation_id="agreement_renew",
        parameters=[IDEMPOTENCY_KEY],
        request=RenewalSerializer,
        responses=AgreementSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Draft the agreement that follows, with the terms of this one."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Draft it."""
        return agreement_renew(
            agreement=row,
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
            **values,
        )


class KeeperSerializer(StrictSerializer):
    """Which stretch of the agreement, and who is in charge of it from now on."""

    stretch = serializers.UUIDField()
    keeper_name = TextField(max_length=60, allow_blank=True)
    keeper_phone = TextField(max_length=30, allow_blank=True, default="")
    reason = TextField(max_length=500, allow_blank=True, default="")


class AgreementKeepers(AgreementAction):
    """The persons in charge, who may change while the agreement stays as it was signed."""

    input_class = KeeperSerializer

    @extend_schema(
        tags=["agreements"],
        operation_id="agreement_keeper_change",
        parameters=[IDEMPOTENCY_KEY],
        request=KeeperSerializer,
        responses=AgreementSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Name who is in charge of a stretch."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Name the person."""
        stretches = AgreementScope.objects.filter(agreement=row).select_related("agreement")
        stretch = stretches.filter(pk=values["stretch"]).first()
        if stretch is None:
            raise invalid("stretch", "does_not_exist", _("There is no such record."))
        return keeper_change(
            row=stretch,
            name=values["keeper_name"],
            phone=values["keeper_phone"],
            actor=self.actor,
            scope=self.scope,
            expected_version=expected_version,
            reason=values["reason"],
        )
