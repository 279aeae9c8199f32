"""Payments over HTTP: drafted, moved through their checks, with what is taken off them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from maintenance.api.assessments import period_given
from maintenance.api.payment_fields import (
    BlockSerializer,
    DeductionSerializer,
    PaymentChangeSerializer,
    PaymentMoveSerializer,
    PaymentSerializer,
)
from maintenance.models import PaymentChange, PaymentDeduction, PaymentRequest
from maintenance.parties import office_of, roles_in
from maintenance.payment_blocks import payment_blocks
from maintenance.payment_filter import PAYMENT_PARAMETERS, PeriodFilter
from maintenance.services import (
    payment_add_deduction,
    payment_draft,
    payment_move,
    payment_refresh,
    payment_remove_deduction,
)
from sites.api.fields import StrictSerializer
from sites.api.paging import read_page
from sites.api.parameters import PAGING, a_reason, refuse_unknown
from sites.api.preconditions import require_match
from sites.api.resource import Record, Resource, WritableCollection
from sites.api.schema import IDEMPOTENCY_KEY, IF_MATCH, collection, page_of, parameter, record
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.state_changes import BY_TIME
from sites.problems import Problem


class PaymentResource(Resource):
    """Payments of agreements that the caller may see."""

    serializer_class = PaymentSerializer
    parameters: ClassVar[frozenset[str]] = frozenset(PAYMENT_PARAMETERS)

    def rows(self) -> Any:
        """Return the payments that the caller may see."""
        rows = PaymentRequest.objects.visible_to(self.scope)
        return rows.select_related("agreement", "assessment").prefetch_related(
            "shares", "deductions"
        )

    def require_create(self) -> None:
        """Whoever holds a role may try; for which agreement is the service's to judge."""
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")

    def require_change(self, row: PaymentRequest) -> None:
        """The office and the parties act here; what each may do is the service's to judge."""
        agreement = row.agreement
        if office_of(self.scope, agreement.area_code) is None and not roles_in(
            self.scope, agreement
        ):
            raise Problem("forbidden")


@extend_schema(tags=["payments"])
@collection(
    "payment",
    PaymentSerializer,
    parameters=[parameter(name, description) for name, description in PAYMENT_PARAMETERS.items()],
)
class PaymentCollection(PaymentResource, WritableCollection):
    """Payments, in the order in which they were drafted."""

    def narrowed(self, rows: Any) -> Any:
        """Return the payments that the parameters ask for."""
        return PeriodFilter.from_query(self.params).apply(rows, self.scope)

    def created(self, values: Mapping[str, Any]) -> PaymentRequest:
        """Draft the payment; its figures follow from the agreement and the assessment."""
        return payment_draft(
            agreement=values["agreement"],
            period=period_given(values),
            note=values["note"],
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
        )


@extend_schema(tags=["payments"])
@record("payment", PaymentSerializer)
class PaymentRecord(PaymentResource, Record):
    """One payment."""


class PaymentBlocks(PaymentResource):
    """What stands between a payment and its approval."""

    @extend_schema(
        tags=["payments"],
        operation_id="payment_block_list",
        responses=page_of(BlockSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer every reason, on one page; none means that it may be approved."""
        refuse_unknown(self.params, ())
        blocks = payment_blocks(self.rows().get(pk=pk), on=timezone.localdate())
        items = [dict(BlockSerializer(block).data) for block in blocks]
        return Response({"items": items, "next_cursor": None, "next": None})


class PaymentMoves(PaymentResource, Action):
    """Moves of one payment."""

    input_class = PaymentMoveSerializer

    @extend_schema(
        tags=["payments"],
        operation_id="payment_move_list",
        parameters=[*PAGING_PARAMETERS],
        responses=page_of(PaymentChangeSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer one page of the payment's moves, the first one first."""
        refuse_unknown(self.params, PAGING)
        payment = self.rows().get(pk=pk)
        changes = PaymentChange.objects.filter(payment=payment).select_related("actor")
        page = read_page(changes, BY_TIME, self.params)
        items = [dict(PaymentChangeSerializer(row).data) for row in page.rows]
        return Response({"items": items, **page.links(request)})

    @extend_schema(
        tags=["payments"],
        operation_id="payment_move",
        parameters=[IDEMPOTENCY_KEY],
        request=PaymentMoveSerializer,
        responses=PaymentSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Move the payment; 409 `blocked` lists all that stands in the way of its approval."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Move it."""
        payment_move(
            payment=row,
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
            expected_version=expected_version,
            **values,
        )
        return row


class NoInput(StrictSerializer):
    """Nothing is to be said."""


class PaymentRefresh(PaymentResource, Action):
    """The figures of a draft, computed anew."""

    input_class = NoInput

    @extend_schema(
        tags=["payments"],
        operation_id="payment_refresh",
        parameters=[IDEMPOTENCY_KEY],
        request=NoInput,
        responses=PaymentSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Compute the draft by what stands now."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Compute it."""
        return payment_refresh(
            payment=row, actor=self.actor, scope=self.scope, expected_version=expected_version
        )


class PaymentDeductions(PaymentResource, Action):
    """What is taken off one payment; the answer is the payment as it stands afterwards."""

    input_class = DeductionSerializer

    @extend_schema(
        tags=["payments"],
        operation_id="payment_deduction_create",
        parameters=[IDEMPOTENCY_KEY],
        request=DeductionSerializer,
        responses=PaymentSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Take an amount off; signatures under the higher amount fall."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Take it off."""
        payment_add_deduction(
            payment=row,
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
            expected_version=expected_version,
            **values,
        )
        return row


class PaymentDeductionRecord(PaymentResource):
    """One deduction, to take it back."""

    @extend_schema(
        tags=["payments"],
        operation_id="payment_deduction_remove",
        parameters=[
            IF_MATCH,
            parameter("reason", "Why the deduction is taken back.", required=True),
        ],
        request=None,
        responses=PaymentSerializer,
    )
    def delete(self, request: Request, pk: UUID, deduction: UUID) -> Response:
        """Take the deduction back; `If-Match` holds the payment's version."""
        refuse_unknown(self.params, {"reason"})
        payment = self.rows().get(pk=pk)
        self.require_change(payment)
        row = PaymentDeduction.objects.get(pk=deduction, payment=payment)
        if not require_match(request, payment.version):
            raise self.changed_meanwhile(payment)
        payment_remove_deduction(
            deduction=row,
            reason=a_reason(self.params),
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
            expected_version=payment.version,
        )
        return self.answer(self.rows().get(pk=pk))
