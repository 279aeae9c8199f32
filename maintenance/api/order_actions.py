"""What is done to a work order over HTTP: moves and quantities."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.actions import Action
from maintenance.api.order_fields import (
    DoneQuantitySerializer,
    OrderChangeSerializer,
    OrderFeature,
    PlannedQuantitySerializer,
)
from maintenance.api.orders import OrderResource
from maintenance.models import OrderChange, WorkOrder
from maintenance.services import (
    PlannedQuantity,
    order_move,
    order_quantities_plan,
    order_quantities_record,
)
from maintenance.services.order_quantities import MOST
from sites.api.fields import StrictSerializer
from sites.api.paging import read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.preconditions import require_match
from sites.api.schema import IDEMPOTENCY_KEY, IF_MATCH, page_of
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.state_changes import BY_TIME
from sites.services import ConcurrentChange


class OrderMoves(OrderResource, Action):
    """Moves of one order, and the way to make one."""

    input_class = OrderChangeSerializer

    @extend_schema(
        tags=["work orders"],
        operation_id="work_order_move_list",
        parameters=[*PAGING_PARAMETERS],
        responses=page_of(OrderChangeSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer one page of the order's moves, the first one first."""
        refuse_unknown(self.params, PAGING)
        order = WorkOrder.objects.visible_to(self.scope).get(pk=pk)
        rows = OrderChange.objects.filter(order=order).select_related("actor", "organisation")
        page = read_page(rows, BY_TIME, self.params)
        items = [dict(OrderChangeSerializer(row).data) for row in page.rows]
        return Response({"items": items, **page.links(request)})

    @extend_schema(
        tags=["work orders"],
        operation_id="work_order_move",
        parameters=[IDEMPOTENCY_KEY],
        request=OrderChangeSerializer,
        responses=OrderFeature,
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Move the order; `done` holds quantities by position, for a submission."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Move the order."""
        order_move(
            order=row,
            to_state=values["to_state"],
            reason=values["reason"],
            done={entry["position"]: entry["done"] for entry in values["done"]},
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
            expected_version=expected_version,
        )
        return row


class QuantityPlanSerializer(StrictSerializer):
    """The whole list of planned quantities."""

    quantities = PlannedQuantitySerializer(many=True, max_length=MOST)  # type: ignore[call-arg]


class DoneSerializer(StrictSerializer):
    """What was done, by position."""

    done = DoneQuantitySerializer(many=True, max_length=MOST)  # type: ignore[call-arg]


class OrderQuantities(OrderResource):
    """Quantities of one order: PUT replaces the plan, PATCH says what was done."""

    @extend_schema(
        tags=["work orders"],
        operation_id="work_order_quantity_list",
        responses=page_of(PlannedQuantitySerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the quantities; there are few, so on one page."""
        refuse_unknown(self.params, ())
        order = WorkOrder.objects.visible_to(self.scope).get(pk=pk)
        rows = order.quantities.order_by("position")
        items = [dict(PlannedQuantitySerializer(row).data) for row in rows]
        return Response({"items": items, "next_cursor": None, "next": None})

    @extend_schema(
        tags=["work orders"],
        operation_id="work_order_quantities_plan",
        parameters=[IF_MATCH],
        request=QuantityPlanSerializer,
        responses=OrderFeature,
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Replace the planned quantities, for whoever may issue."""
        return self._write(pk, QuantityPlanSerializer, self._plan)

    @extend_schema(
        tags=["work orders"],
        operation_id="work_order_quantities_record",
        parameters=[IF_MATCH],
        request=DoneSerializer,
        responses=OrderFeature,
    )
    def patch(self, request: Request, pk: UUID) -> Response:
        """Say how much was done, for the executor."""
        return self._write(pk, DoneSerializer, self._record)

    def _plan(self, order: WorkOrder, values: Mapping[str, Any]) -> None:
        planned = [PlannedQuantity(**dict(row)) for row in values["quantities"]]
        order_quantities_plan(
            order=order,
            quantities=planned,
            actor=self.actor,
            scope=self.scope,
            expected_version=order.version,
        )

    def _record(self, order: WorkOrder, values: Mapping[str, Any]) -> None:
        order_quantities_record(
            order=order,
            done={row["position"]: row["done"] for row in values["done"]},
            actor=self.actor,
            scope=self.scope,
            expected_version=order.version,
        )

    def _write(self, pk: UUID, body: type[StrictSerializer], write: Any) -> Response:
        refuse_unknown(self.params, ())
        order = self.rows().get(pk=pk)
        if not require_match(self.request, order.version):
            raise self.stale(pk)
        sent = body(data=self.request.data, context=self.serializer_context())
        sent.is_valid(raise_exception=True)
        try:
            write(order, sent.validated_data)
        except ConcurrentChange as error:
            raise self.stale(pk) from error
        return self.answer(self.rows().get(pk=pk))
