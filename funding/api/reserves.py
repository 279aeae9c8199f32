"""Reserves and draws from them over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import DecimalField, Sum, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.api.actions import Action
from funding.api.fields import RowField
from funding.kinds import DrawReason
from funding.models import OfficialDocument, Reserve
from funding.services import reserve_draw, reserve_save
from sites.api.fields import (
    AreaField,
    MoneyField,
    ProgrammeField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import IDEMPOTENCY_KEY, collection, record
from sites.models import ProjectSite
from sites.problems import Problem

MONEY: DecimalField[Any, Any] = DecimalField(max_digits=18, decimal_places=2)


class ReserveSerializer(StrictSerializer):
    """A reserve; with a budget and a share in percent its amount is computed."""

    id = serializers.UUIDField(read_only=True)
    area = AreaField()
    year = WholeNumberField(min_value=1949, max_value=2100)
    name = TextField(max_length=200)
    budget = MoneyField(max_digits=18, allow_null=True, default=None)
    percent = MoneyField(max_digits=5, allow_null=True, default=None)
    amount = MoneyField(max_digits=16, required=False)
    document = RowField(OfficialDocument, allow_null=True, default=None)
    note = TextField(max_length=2000, allow_blank=True, default="")
    drawn = MoneyField(max_digits=18, read_only=True)
    version = serializers.IntegerField(read_only=True)


class ReserveResource(Resource):
    """Reserves that the caller may see."""

    serializer_class = ReserveSerializer

    def rows(self) -> Any:
        """Return the reserves with what was drawn from them."""
        rows = Reserve.objects.visible_to(self.scope).select_related("area")
        nothing = Value(0, output_field=MONEY)
        return rows.defer("area__boundary").annotate(drawn=Coalesce(Sum("draws__amount"), nothing))

    def require_create(self) -> None:
        """The district's planner keeps the reserve."""
        if not self.scope.manages_register:
            raise Problem("forbidden")

    def require_change(self, row: Reserve) -> None:
        """The district's planner keeps the reserve."""
        if not self.scope.manages_area(row.area_code):
            raise Problem("forbidden")


@extend_schema(tags=["reserves"])
@collection("reserve", ReserveSerializer)
class ReserveCollection(ReserveResource, WritableCollection):
    """Reserves, in the order in which they were set aside."""

    def created(self, values: Mapping[str, Any]) -> Reserve:
        """Set it aside."""
        return reserve_save(values=values, actor=self.actor, scope=self.scope)


@extend_schema(tags=["reserves"])
@record("reserve", ReserveSerializer)
class ReserveRecord(ReserveResource, WritableRecord):
    """One reserve."""

    http_method_names = ["get", "head", "options", "put", "patch"]

    def changed(self, row: Reserve, values: Mapping[str, Any]) -> Reserve:
        """Change it, if its version still stands."""
        return reserve_save(
            values=values,
            reserve=row,
            expected_version=row.version,
            actor=self.actor,
            scope=self.scope,
        )


class DrawSerializer(StrictSerializer):
    """A use of a reserve; below zero it puts money back."""

    programme = ProgrammeField()
    site = RowField(ProjectSite, allow_null=True, default=None)
    reason = serializers.ChoiceField(DrawReason.choices)
    amount = MoneyField(max_digits=16)
    drawn_on = serializers.DateField()
    document_number = TextField(max_length=80, allow_blank=True, default="")
    note = TextField(max_length=2000, allow_blank=True, default="")


class ReserveDraws(ReserveResource, Action):
    """Draws from one reserve; the answer is the reserve as it stands afterwards."""

    input_class = DrawSerializer

    @extend_schema(
        tags=["reserves"],
        operation_id="reserve_draw",
        parameters=[IDEMPOTENCY_KEY],
        request=DrawSerializer,
        responses=ReserveSerializer,
    )
    def post(self, request: Any, pk: Any) -> Any:
        """Draw from the reserve."""
        return super().post(request, pk)

    def done(self, row: Any, values: Mapping[str, Any], expected_version: int | None) -> Any:
        """Draw."""
        reserve_draw(
            reserve=row, actor=self.actor, scope=self.scope, on=timezone.localdate(), **values
        )
        return row
