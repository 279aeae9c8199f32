"""Structures of road sections over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import F
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.api.asset_parts import PART_PARAMETERS, AssetField, AssetPart
from assets.functions import AsGeoJSONText
from assets.kinds import StructureKind
from assets.models import Structure
from assets.services.structures import structure_add, structure_change, structure_remove
from sites.api.features import FeatureSerializer, feature
from sites.api.fields import (
    GeometryField,
    NumberField,
    StrictSerializer,
    TextField,
    WholeNumberField,
)
from sites.api.geojson import write_geometry
from sites.api.parsers import GeoJSONParser, StrictJSONParser
from sites.api.resource import GEOJSON, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.filter_values import choices


class StructureProperties(StrictSerializer):
    """The flat properties of a structure.

    `chainage_m` may be left out where the geometry is given: it is that of the foot on the line.
    """

    asset = AssetField()
    kind = serializers.ChoiceField(StructureKind.choices)
    name = TextField(max_length=200)
    name_en = TextField(max_length=200, allow_blank=True, default="")
    code = TextField(max_length=60, allow_blank=True, default="")
    chainage_m = NumberField(max_digits=9, decimal_places=1, allow_null=True, default=None)
    length_m = NumberField(max_digits=8, decimal_places=2, allow_null=True, default=None)
    span_m = NumberField(max_digits=8, decimal_places=2, allow_null=True, default=None)
    rating_class = WholeNumberField(min_value=1, max_value=5, allow_null=True, default=None)
    needs_review = serializers.BooleanField(
        read_only=True, help_text="The point lies further than 50 m from the section's line."
    )
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class StructureFeature(FeatureSerializer):
    """A structure as a Feature; without a geometry it is put on the line at its chainage."""

    geometry = GeometryField(types=("Point",), allow_null=True, default=None)
    properties = StructureProperties()


class StructureResource(AssetPart):
    """Structures as Features."""

    serializer_class = StructureFeature
    parser_classes = [StrictJSONParser, GeoJSONParser]
    media_type = GEOJSON
    rows_name = "features"
    parameters = AssetPart.parameters | {"kind", "needs_review"}

    def rows(self) -> Any:
        """Return the structures that the caller may see."""
        found = Structure.objects.visible_to(self.scope).select_related("asset")
        shape = AsGeoJSONText(F("point"))
        return found.defer("asset__geometry", "asset__search_text").annotate(geojson=shape)

    def rendered(self, rows: Sequence[Structure]) -> list[dict[str, Any]]:
        """Return structures as Features."""
        show = StructureProperties(context=self.serializer_context())
        return [
            feature(row.pk, write_geometry(row.geojson), show.to_representation(row))  # type: ignore[attr-defined]
            for row in rows
        ]

    def parsed(self, *, row: Any = None, partial: bool = False) -> dict[str, Any]:
        """Return the values of columns: a Feature's properties and its point."""
        values = super().parsed(row=row, partial=partial)
        columns = dict(values.get("properties", {}))
        if values.get("geometry") is not None:
            columns["point"] = values["geometry"]
        return columns


@extend_schema(tags=["assets"])
@collection(
    "structure",
    StructureFeature,
    parameters=[
        *PART_PARAMETERS,
        parameter("kind", "Kinds of structures, separated by commas."),
        parameter("needs_review", "Those whose point lies far from the line.", enum=("true",)),
    ],
)
class StructureCollection(StructureResource, WritableCollection):
    """Bridges, culverts, safety facilities: by point and chainage."""

    def narrowed(self, rows: Any) -> Any:
        """Return the structures that the parameters ask for."""
        rows = super().narrowed(rows)
        if kinds := choices(self.params, "kind", StructureKind.values):
            rows = rows.filter(kind__in=kinds)
        if choices(self.params, "needs_review", ("true",)):
            rows = rows.filter(needs_review=True)
        return rows

    def created(self, values: Mapping[str, Any]) -> Structure:
        """Add the structure to its section."""
        columns = dict(values)
        asset = columns.pop("asset")
        return structure_add(asset=asset, values=columns, actor=self.actor, scope=self.scope)


@extend_schema(tags=["assets"])
@record("structure", StructureFeature)
class StructureRecord(StructureResource, WritableRecord):
    """One structure."""

    def changed(self, row: Structure, values: Mapping[str, Any]) -> Structure:
        """Change the structure; the section that it belongs to stays."""
        return structure_change(
            structure=row,
            values=values,
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )

    def removed(self, row: Structure) -> None:
        """Remove the structure."""
        structure_remove(
            structure=row, actor=self.actor, scope=self.scope, expected_version=row.version
        )
