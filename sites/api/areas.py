"""Administrative units over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.http import QueryDict
from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from sites.access import code_prefix_condition
from sites.api.features import FeatureSerializer, feature
from sites.api.fields import AreaField, GeometryField, StrictSerializer, TextField, WholeNumberField
from sites.api.geojson import write_geometry
from sites.api.paging import BY_CODE_AND_ID
from sites.api.parameters import one_day, one_of
from sites.api.parsers import GeoJSONParser, StrictJSONParser
from sites.api.projections import AsRfc7946
from sites.api.resource import (
    GEOJSON,
    Resource,
    WritableCollection,
    WritableRecord,
)
from sites.api.schema import collection, parameter, record
from sites.filters import SiteFilter
from sites.geometry import STORED_SRID, Box
from sites.kinds import AreaLevel, UrbanRuralClass
from sites.models import Area
from sites.problems import Problem
from sites.services import area_create, area_remove, area_update

GEOMETRIES = ("boundary", "centre", "none")
BOUNDARY_TYPES = ("Polygon", "MultiPolygon")


class AreaProperties(StrictSerializer):
    """The flat properties of an area."""

    code = TextField(max_length=15)
    name = TextField(max_length=200)
    name_en = TextField(max_length=200, allow_blank=True, default="")
    level = serializers.ChoiceField(AreaLevel.choices)
    parent = AreaField(allow_null=True, default=None)  # type: ignore[assignment]
    urban_rural_class = serializers.ChoiceField(
        UrbanRuralClass.choices, allow_blank=True, default=""
    )
    population = WholeNumberField(
        min_value=0, max_value=2_000_000_000, allow_null=True, default=None
    )
    households = WholeNumberField(
        min_value=0, max_value=2_000_000_000, allow_null=True, default=None
    )
    valid_from = serializers.DateField()
    valid_to = serializers.DateField(allow_null=True, default=None)
    source = TextField(max_length=120, allow_blank=True, default="")  # type: ignore[assignment]
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class AreaFeature(FeatureSerializer):
    """An area as a Feature; the geometry is its boundary, else its centre."""

    geometry = GeometryField(types=(*BOUNDARY_TYPES, "Point"), allow_null=True, default=None)
    properties = AreaProperties()


class AreaResource(Resource):
    """Areas as Features."""

    serializer_class = AreaFeature
    parser_classes = [StrictJSONParser, GeoJSONParser]
    keys = BY_CODE_AND_ID
    media_type = GEOJSON
    rows_name = "features"
    parameters: ClassVar[frozenset[str]] = frozenset(
        {"area", "bbox", "code", "geometry", "level", "on", "parent", "q", "updated_since"}
    )

    def rows(self) -> Any:
        """Return the areas that the caller may see, with the geometry asked for as text."""
        wanted = one_of(self.params, "geometry", GEOMETRIES, "boundary")
        areas = Area.objects.visible_to(self.scope).select_related("parent")
        areas = areas.defer("boundary", "centre", "parent__boundary", "parent__centre")
        if wanted == "none":
            return areas
        shown = "centre" if wanted == "centre" else Coalesce("boundary", "centre")
        return areas.annotate(geojson=AsRfc7946(shown))

    def rendered(self, rows: Sequence[Area]) -> list[dict[str, Any]]:
        """Return areas as Features."""
        show = AreaProperties(context=self.serializer_context())
        return [
            feature(
                row.pk, write_geometry(getattr(row, "geojson", None)), show.to_representation(row)
            )
            for row in rows
        ]

    def require_create(self) -> None:
        """Only who manages the register creates areas."""
        if not self.scope.manages_register:
            raise Problem("forbidden")

    def require_change(self, row: Area) -> None:
        """Only who manages the register there changes an area."""
        if not (self.scope.manages_register and self.scope.covers_area(row.code)):
            raise Problem("forbidden")

    def parsed(self, *, row: Any = None, partial: bool = False) -> dict[str, Any]:
        """Return the values of columns: a Feature's properties and its geometry."""
        values = super().parsed(row=row, partial=partial)
        columns = dict(values.get("properties", {}))
        if "geometry" in values:
            columns.update(_geometry_columns(values["geometry"]))
        return columns


def _geometry_columns(geometry: Any) -> dict[str, Any]:
    if geometry is None:
        return {"boundary": None}
    if geometry.geom_type == "Point":
        return {"centre": geometry}
    if isinstance(geometry, Polygon):
        geometry = MultiPolygon(geometry, srid=STORED_SRID)
    return {"boundary": geometry}


def _codes(params: QueryDict) -> Q:
    conditions = Q()
    for name, path in (("code", "code__in"), ("parent", "parent__code__in")):
        if codes := SiteFilter.from_query({"area": params.get(name, "")}).area:
            conditions &= Q(**{path: codes})
    return conditions


def _words(text: str) -> Q:
    if not text:
        return Q()
    return Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__startswith=text)


def _envelope(box: Box) -> Polygon:
    envelope = Polygon.from_bbox((box.west, box.south, box.east, box.north))
    envelope.srid = STORED_SRID
    return envelope


@extend_schema(tags=["areas"])
@collection(
    "area",
    AreaFeature,
    parameters=[
        parameter("area", "Area codes with all below them, separated by commas."),
        parameter("bbox", "west,south,east,north in degrees."),
        parameter("code", "Exact codes, separated by commas."),
        parameter("level", "A level of areas.", enum=AreaLevel.values),
        parameter("parent", "Code of the area directly above."),
        parameter("on", "The day on which the code is in force; today where none is given."),
        parameter("q", "Part of a name or the beginning of a code."),
        parameter("updated_since", "RFC 3339 time with offset."),
        parameter("geometry", "Which geometry is answered.", enum=GEOMETRIES),
    ],
)
class AreaCollection(AreaResource, WritableCollection):
    """Areas from province to natural village."""

    def narrowed(self, rows: Any) -> Any:
        """Return the areas that the parameters ask for."""
        chosen = SiteFilter.from_query(self.params)
        level = one_of(self.params, "level", AreaLevel.values)
        found = rows.in_force(one_day(self.params, "on") or timezone.localdate())
        conditions = _codes(self.params) & _words(chosen.q)
        if chosen.area:
            conditions &= code_prefix_condition("code", chosen.area)
        if level:
            conditions &= Q(level=level)
        if chosen.updated_since:
            conditions &= Q(updated_at__gte=chosen.updated_since)
        if chosen.bbox:
            conditions &= Q(boundary__bboverlaps=_envelope(chosen.bbox))
        return found.filter(conditions)

    def created(self, values: Mapping[str, Any]) -> Area:
        """Create the area."""
        return area_create(values=values, scope=self.scope)


@extend_schema(tags=["areas"])
@record("area", AreaFeature)
class AreaRecord(AreaResource, WritableRecord):
    """One area."""

    def changed(self, row: Area, values: Mapping[str, Any]) -> Area:
        """Change the area; code and level stay."""
        return area_update(area=row, values=values, scope=self.scope, expected_version=row.version)

    def removed(self, row: Area) -> None:
        """Remove an area that nothing refers to."""
        area_remove(area=row, scope=self.scope, expected_version=row.version)
