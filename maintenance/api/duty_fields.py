"""How standards, schedules, patrol plans and patrols look over HTTP."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from rest_framework import serializers

from assets.kinds import Severity
from maintenance.api.field_references import AgreementKey, AssetKey, PartyKey, PlanKey
from maintenance.kinds import DefectKind, OrderKind, PatrolKind, Priority, UpkeepTask
from maintenance.models import PatrolPlan
from maintenance.services.patrols import MOST_STOPS
from maintenance.services.standards import MOST_ITEMS
from sites.api.fields import (
    GeometryField,
    NumberField,
    OrganisationField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.geojson import write_geometry
from sites.kinds import Kind, WaterWorksKind

LONGEST_PERIOD = 3660


def _days(**options: Any) -> WholeNumberField:
    return WholeNumberField(min_value=1, max_value=LONGEST_PERIOD, **options)


class ChecklistItemSerializer(StrictSerializer):
    """A question of a checklist, and what a failed answer leads to."""

    id = serializers.UUIDField(read_only=True)
    text = TextField(max_length=200)
    text_en = TextField(max_length=200, allow_blank=True, default="")
    points = NumberField(max_digits=5, decimal_places=2, min_value=0, max_value=100, default=0)
    defect_kind = serializers.ChoiceField(DefectKind.choices, default=DefectKind.OTHER)
    severity = serializers.ChoiceField(Severity.choices, default=Severity.MINOR)
    opens_order = serializers.BooleanField(default=False)
    order_kind = serializers.ChoiceField(OrderKind.choices, default=OrderKind.MINOR_REPAIR)
    order_priority = serializers.ChoiceField(Priority.choices, default=Priority.NORMAL)
    order_hours = WholeNumberField(min_value=1, max_value=8760, default=168)


class StandardSerializer(StrictSerializer):
    """A standard: the duty for one kind of asset, its period and its checklist."""

    id = serializers.UUIDField(read_only=True)
    code = TextField(max_length=40)
    name = TextField(max_length=200)
    name_en = TextField(max_length=200, allow_blank=True, default="")
    asset_kind = serializers.ChoiceField(Kind.choices)
    works_kind = serializers.ChoiceField(WaterWorksKind.choices, allow_blank=True, default="")
    task = serializers.ChoiceField(UpkeepTask.choices, default=UpkeepTask.ROUTINE)
    frequency_days = _days()
    is_active = serializers.BooleanField(default=True)
    source = TextField(max_length=200, allow_blank=True, default="")  # type: ignore[assignment]
    items = serializers.ListField(
        child=ChecklistItemSerializer(), min_length=1, max_length=MOST_ITEMS, source="used_items"
    )
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class ScheduleSerializer(StrictSerializer):
    """A duty of one asset: when it was last done and is next due."""

    id = serializers.UUIDField(read_only=True)
    asset = serializers.UUIDField(source="asset_id", read_only=True)
    asset_code = serializers.CharField(source="asset.code", read_only=True)
    asset_name = serializers.CharField(source="asset.name", read_only=True)
    asset_kind = serializers.ChoiceField(Kind.choices, source="asset.kind", read_only=True)
    township = serializers.CharField(source="asset.township_code", read_only=True)
    standard = serializers.UUIDField(source="standard_id", read_only=True)
    standard_code = serializers.CharField(source="standard.code", read_only=True)
    frequency_days = _days()
    last_done_on = serializers.DateField(read_only=True, allow_null=True)
    next_due_on = serializers.DateField()
    is_active = serializers.BooleanField()
    is_overdue = serializers.SerializerMethodField()
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_is_overdue(self, schedule: Any) -> bool:
        """Whether the duty was due before today."""
        return bool(schedule.is_active and schedule.next_due_on < timezone.localdate())


class StopsField(serializers.ListField):
    """The assets of a round in their order, by identifier."""

    child = AssetKey()

    def __init__(self, **options: Any) -> None:
        super().__init__(min_length=1, max_length=MOST_STOPS, **options)

    def to_representation(self, data: Any) -> list[str]:
        """Return the identifiers in the order of the round."""
        stops = sorted(data.all(), key=lambda stop: stop.position)
        return [str(stop.asset_id) for stop in stops]


class PlanSerializer(StrictSerializer):
    """A round that a party of an agreement makes every so many days."""

    id = serializers.UUIDField(read_only=True)
    agreement = AgreementKey()
    organisation = PartyKey()
    name = TextField(max_length=200)
    kind = serializers.ChoiceField(PatrolKind.choices, default=PatrolKind.PERIODIC)
    frequency_days = _days()
    next_due_on = serializers.DateField()
    is_active = serializers.BooleanField(default=True)
    is_missed = serializers.SerializerMethodField()
    stops = StopsField()
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)

    def get_is_missed(self, plan: PatrolPlan) -> bool:
        """Whether the round was due before today and nobody made it."""
        return plan.is_active and plan.next_due_on < timezone.localdate()


class PatrolSerializer(StrictSerializer):
    """A round that was made; a client may bring its own identifier, and send it twice."""

    id = serializers.UUIDField(required=False)
    agreement = AgreementKey()
    plan = PlanKey(allow_null=True, default=None)
    organisation = OrganisationField(allow_null=True, default=None)
    kind = serializers.ChoiceField(PatrolKind.choices, default=PatrolKind.PERIODIC)
    started_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField()
    track = GeometryField(types=("LineString",), allow_null=True, default=None)
    note = TextField(max_length=2000, allow_blank=True, default="")
    performed_by = serializers.CharField(
        source="performed_by.username", read_only=True, default=None, allow_null=True
    )
    received_at = serializers.DateTimeField(read_only=True)

    def to_representation(self, instance: Any) -> dict[str, Any]:
        """Return the round with its track as the database wrote it."""
        shown = super().to_representation(instance)
        return {**shown, "track": write_geometry(instance.geojson)}
