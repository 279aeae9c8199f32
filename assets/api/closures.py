"""Closures of road stretches over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.api.asset_parts import PART_PARAMETERS, AssetField, AssetPart
from assets.functions import AsGeoJSONText, derived_line
from assets.kinds import ClosureKind
from assets.models import RoadClosure
from assets.services.closures import closure_announce, closure_change, closure_remove
from sites.api.features import FeatureSerializer, feature
from sites.api.fields import NumberField, StrictSerializer, TextField
from sites.api.geojson import write_geometry
from sites.api.parameters import one_day
from sites.api.parsers import GeoJSONParser, StrictJSONParser
from sites.api.resource import GEOJSON, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record


class ClosureProperties(StrictSerializer):
    """The flat properties of a closure: a stretch, days, a reason."""

    asset = AssetField()
    kind = serializers.ChoiceField(ClosureKind.choices)
    start_m = NumberField(max_digits=9, decimal_places=1)
    end_m = NumberField(max_digits=9, decimal_places=1)
    from_date = serializers.DateField()
    until_date = serializers.DateField(allow_null=True, default=None)
    reason = TextField(max_length=2000)
    detour = TextField(max_length=2000, allow_blank=True, default="")
    is_public = serializers.BooleanField(default=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class ClosureFeature(FeatureSerializer):
    """A closure as a Feature; its line is cut from the section's, null where that ends before."""

    geometry = serializers.JSONField(read_only=True, allow_null=True)
    properties = ClosureProperties()


class ClosureResource(AssetPart):
    """Closures as Features."""

    serializer_class = ClosureFeature
    parser_classes = [StrictJSONParser, GeoJSONParser]
    media_type = GEOJSON
    rows_name = "features"
    parameters = AssetPart.parameters | {"on"}

    def rows(self) -> Any:
        """Return the closures that the caller may see, each with its line as text."""
        found = RoadClosure.objects.visible_to(self.scope).select_related("asset")
        found = found.defer("asset__geometry", "asset__search_text")
        return found.annotate(geojson=AsGeoJSONText(derived_line()))

    def rendered(self, rows: Sequence[RoadClosure]) -> list[dict[str, Any]]:
        """Return closures as Features."""
        show = ClosureProperties(context=self.serializer_context())
        return [
            feature(row.pk, write_geometry(row.geojson), show.to_representation(row))  # type: ignore[attr-defined]
            for row in rows
        ]

    def parsed(self, *, row: Any = None, partial: bool = False) -> dict[str, Any]:
        """Return the values of columns: a Feature's properties."""
        return dict(super().parsed(row=row, partial=partial).get("properties", {}))


@extend_schema(tags=["assets"])
@collection(
    "closure",
    ClosureFeature,
    parameters=[*PART_PARAMETERS, parameter("on", "A day: closures in force on it.")],
)
class ClosureCollection(ClosureResource, WritableCollection):
    """Closures of all sections."""

    def narrowed(self, rows: Any) -> Any:
        """Return the closures that the parameters ask for."""
        rows, day = super().narrowed(rows), one_day(self.params, "on")
        return rows.in_force(day) if day else rows

    def created(self, values: Mapping[str, Any]) -> RoadClosure:
        """Announce the closure."""
        columns = dict(values)
        asset = columns.pop("asset")
        return closure_announce(asset=asset, values=columns, actor=self.actor, scope=self.scope)


@extend_schema(tags=["assets"])
@record("closure", ClosureFeature)
class ClosureRecord(ClosureResource, WritableRecord):
    """One closure."""

    def changed(self, row: RoadClosure, values: Mapping[str, Any]) -> RoadClosure:
        """Change the closure; the section that it belongs to stays."""
        return closure_change(
            closure=row,
            values=values,
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )

    def removed(self, row: RoadClosure) -> None:
        """Remove the closure."""
        closure_remove(
            closure=row, actor=self.actor, scope=self.scope, expected_version=row.version
        )
