"""Work orders over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema

from assets.models import Asset
from maintenance.api.order_fields import OrderFeature, order_features, with_columns
from maintenance.models import WorkOrder
from maintenance.order_filter import PARAMETERS, OrderFilter
from maintenance.services import PlannedQuantity, order_issue, order_update
from sites.api.parsers import GeoJSONParser, StrictJSONParser
from sites.api.resource import GEOJSON, Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.problems import FieldProblem, Problem, invalid

CHANGEABLE = ("title", "description", "priority", "due_at", "estimate", "agreed_price")


class OrderResource(Resource):
    """Work orders as Features."""

    serializer_class = OrderFeature
    parser_classes = [StrictJSONParser, GeoJSONParser]
    media_type = GEOJSON
    rows_name = "features"
    parameters: ClassVar[frozenset[str]] = frozenset(PARAMETERS)

    def rows(self) -> Any:
        """Return the work orders that the caller may see."""
        return with_columns(WorkOrder.objects.visible_to(self.scope))

    def rendered(self, rows: Sequence[Any]) -> list[dict[str, Any]]:
        """Return rows as Features."""
        return order_features(rows, self.scope)

    def require_create(self) -> None:
        """Whoever holds a role may try; under which agreement is the service's to judge."""
        if not (self.scope.everything or self.scope.grants):
            raise Problem("forbidden")

    def require_change(self, row: WorkOrder) -> None:
        """Leave it to the service: parties issue orders as well as the office."""

    def stale(self, pk: UUID) -> Problem:
        """Return the problem of an order that changed meanwhile, with what stands now."""
        return self.changed_meanwhile(self.rows().get(pk=pk))


@extend_schema(tags=["work orders"])
@collection(
    "work_order",
    OrderFeature,
    parameters=[parameter(name, entry.description) for name, entry in PARAMETERS.items()],
)
class OrderCollection(OrderResource, WritableCollection):
    """Work orders, as points where the work is."""

    def narrowed(self, rows: Any) -> Any:
        """Return the orders that the shared filter asks for."""
        return OrderFilter.from_query(self.params).apply(rows, self.scope)

    def created(self, values: Mapping[str, Any]) -> WorkOrder:
        """Issue the order; executor, inspector and confirmer follow from the agreement."""
        properties = dict(values["properties"])
        asset = Asset.objects.visible_to(self.scope).filter(pk=properties.pop("asset")).first()
        if asset is None:
            raise invalid("properties.asset", "does_not_exist", _("There is no such record."))
        planned = [PlannedQuantity(**dict(row)) for row in properties.pop("quantities")]
        return order_issue(
            **properties,
            asset=asset,
            quantities=planned,
            point=values.get("geometry"),
            at=timezone.now(),
            actor=self.actor,
            scope=self.scope,
        )


@extend_schema(tags=["work orders"])
@record("work_order", OrderFeature)
class OrderRecord(OrderResource, WritableRecord):
    """One work order; what it asks for changes until it is submitted, its state by moves."""

    http_method_names = ["get", "head", "options", "patch"]

    def parsed(self, *, row: Any = None, partial: bool = False) -> dict[str, Any]:
        """Return the columns to change; what is fixed since the issue is refused by name."""
        properties = dict(super().parsed(row=row, partial=partial).get("properties", {}))
        fixed = sorted(set(properties) - set(CHANGEABLE))
        if fixed or dict(self.request.data).get("geometry"):
            sentence = str(_("This value stays as it was when the order was issued."))
            names = [f"properties.{name}" for name in fixed] or ["geometry"]
            raise Problem("invalid", errors=[FieldProblem(n, "read_only", sentence) for n in names])
        return properties

    def changed(self, row: WorkOrder, values: Mapping[str, Any]) -> WorkOrder:
        """Change the order."""
        return order_update(
            order=row,
            values=values,
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )
