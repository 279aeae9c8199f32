"""How work orders look over HTTP: Features with flat properties."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from typing import Any

from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone
from rest_framework import serializers

from maintenance.kinds import OrderKind, OrderState, Priority, QuantityUnit
from maintenance.models import Agreement, Defect, OrderQuantity, WorkOrder
from maintenance.order_moves import Side
from maintenance.order_waiting import WAITS_FOR, is_overdue, waits_for
from maintenance.services.order_quantities import MOST as MOST_QUANTITIES
from sites.access import Scope
from sites.api.features import FeatureSerializer, feature
from sites.api.fields import (
    GeometryField,
    MoneyField,
    NumberField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.geojson import write_geometry
from sites.api.projections import AsRfc7946
from sites.kinds import Role

MOST_DEFECTS = 100


class AgreementField(serializers.PrimaryKeyRelatedField[Agreement]):
    """An agreement by its identifier, within what the caller may see."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            pk_field=serializers.UUIDField(), queryset=Agreement.objects.none(), **options
        )

    def get_queryset(self) -> QuerySet[Agreement]:
        """Return the agreements in scope."""
        found: QuerySet[Agreement] = Agreement.objects.visible_to(self.context["scope"])
        return found


class DefectsField(serializers.ListField):
    """Defects by their identifiers, within what the caller may see."""

    child = serializers.UUIDField()

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MOST_DEFECTS, **options)

    def to_internal_value(self, data: Any) -> list[Any]:
        """Return the defects; raises `ValidationError` when one is not known to the caller."""
        wanted = super().to_internal_value(data)
        rows = Defect.objects.visible_to(self.context["scope"]).filter(pk__in=wanted)
        found = {row.pk: row for row in rows}
        if set(wanted) - set(found):
            raise serializers.ValidationError(
                serializers.PrimaryKeyRelatedField.default_error_messages["does_not_exist"].format(
                    pk_value=""
                ),
                code="does_not_exist",
            )
        return list(found.values())


class PlannedQuantitySerializer(StrictSerializer):
    """A quantity of work: planned, and as done."""

    position = serializers.IntegerField(read_only=True)
    item = TextField(max_length=120)
    unit = serializers.ChoiceField(QuantityUnit.choices)
    planned = NumberField(
        max_digits=12, decimal_places=2, min_value=0, allow_null=True, default=None
    )
    done = NumberField(max_digits=12, decimal_places=2, read_only=True)


class DoneQuantitySerializer(StrictSerializer):
    """How much of a planned quantity was done."""

    position = WholeNumberField(min_value=1, max_value=MOST_QUANTITIES)
    done = NumberField(max_digits=12, decimal_places=2, min_value=0)


class OrderProperties(StrictSerializer):
    """The properties of a work order; lengths in metres of chainage, amounts in yuan as text."""

    number = serializers.IntegerField(read_only=True)
    title = TextField(max_length=200)
    description = TextField(max_length=5000, allow_blank=True, default="")
    kind = serializers.ChoiceField(OrderKind.choices)
    priority = serializers.ChoiceField(Priority.choices, default=Priority.NORMAL)
    state = serializers.ChoiceField(OrderState.choices, read_only=True)
    agreement = AgreementField()
    agreement_number = serializers.CharField(read_only=True)
    asset = serializers.UUIDField()
    asset_code = serializers.CharField(read_only=True)
    asset_name = serializers.CharField(read_only=True)
    area = serializers.CharField(source="area_code", read_only=True)
    township = serializers.CharField(source="township_code", read_only=True)
    start_m = NumberField(max_digits=9, decimal_places=1, allow_null=True, default=None)
    end_m = NumberField(max_digits=9, decimal_places=1, allow_null=True, default=None)
    issued_at = serializers.DateTimeField(read_only=True)
    due_at = serializers.DateTimeField()
    submitted_at = serializers.DateTimeField(read_only=True)
    closed_at = serializers.DateTimeField(read_only=True)
    is_overdue = serializers.BooleanField(read_only=True)
    waits_for = serializers.ChoiceField([side.value for side in Side], read_only=True)
    waits_for_me = serializers.BooleanField(read_only=True)
    estimate = MoneyField(max_digits=14, min_value=0, allow_null=True, default=None)
    agreed_price = MoneyField(max_digits=14, min_value=0, allow_null=True, default=None)
    executor = serializers.UUIDField(source="executor_id", read_only=True)
    executor_name = serializers.CharField(read_only=True)
    inspector = serializers.UUIDField(source="inspector_id", read_only=True)
    inspector_name = serializers.CharField(read_only=True)
    confirmer = serializers.UUIDField(source="confirmer_id", read_only=True)
    confirmer_name = serializers.CharField(read_only=True)
    rework_count = serializers.IntegerField(read_only=True)
    defects = DefectsField(default=list)
    quantities = PlannedQuantitySerializer(many=True, default=list)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class OrderFeature(FeatureSerializer):
    """A work order as a Feature; its point is where the work is."""

    geometry = GeometryField(types=("Point",), allow_null=True, required=False)
    properties = OrderProperties()


class OrderChangeSerializer(StrictSerializer):
    """A move of an order: who, for which body, in which role, when and why."""

    id = serializers.UUIDField(read_only=True)
    from_state = serializers.CharField(read_only=True)
    to_state = serializers.ChoiceField(OrderState.choices)
    reason = TextField(max_length=2000, allow_blank=True, default="")
    done = DoneQuantitySerializer(many=True, write_only=True, default=list)
    actor = serializers.CharField(source="actor.username", read_only=True, default=None)
    organisation = serializers.UUIDField(source="organisation_id", read_only=True)
    organisation_name = serializers.CharField(
        source="organisation.name", read_only=True, default=None
    )
    role = serializers.ChoiceField(Role.choices, read_only=True)
    at = serializers.DateTimeField(read_only=True)


def with_columns(orders: QuerySet[Any]) -> QuerySet[Any]:
    """Add to orders what their Features show, in a fixed number of queries."""
    rows: QuerySet[Any] = (
        orders.select_related("agreement")
        .annotate(
            geojson=AsRfc7946(F("point")),
            agreement_number=F("agreement__number"),
            asset_code=F("asset__code"),
            asset_name=F("asset__name"),
            executor_name=F("executor__name"),
            inspector_name=F("inspector__name"),
            confirmer_name=F("confirmer__name"),
        )
        .prefetch_related(
            Prefetch("quantities", OrderQuantity.objects.order_by("position")),
            Prefetch("defects", Defect.objects.only("pk", "order_id").order_by("pk")),
        )
    )
    return rows


def order_features(orders: Sequence[Any], scope: Scope) -> list[dict[str, Any]]:
    """Return orders of `with_columns` as Features."""
    now = timezone.now()
    members = OrderProperties().fields
    found = []
    for order in orders:
        computed = _computed(order, scope, now)
        properties = {
            name: computed[name] if name in computed else _shown(entry, order)
            for name, entry in members.items()
        }
        found.append(feature(order.pk, write_geometry(order.geojson), properties))
    return found


def _computed(order: WorkOrder, scope: Scope, now: datetime.datetime) -> dict[str, Any]:
    return {
        "agreement": str(order.agreement_id),
        "asset": str(order.asset_id),
        "defects": [str(defect.pk) for defect in order.defects.all()],
        "is_overdue": is_overdue(order, now),
        "waits_for": WAITS_FOR.get(order.state),
        "waits_for_me": waits_for(order, scope),
    }


def _shown(entry: Any, order: Any) -> Any:
    value = entry.get_attribute(order)
    return None if value is None else entry.to_representation(value)
