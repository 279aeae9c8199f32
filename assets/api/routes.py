"""Road routes over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from django.db.models import Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from assets.filters import AssetFilter
from assets.models import RoadRoute
from assets.services.routes import may_write_routes, route_create, route_remove, route_update
from sites.api.fields import StrictSerializer, TextField
from sites.api.paging import Key, read_text
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.kinds import RoadClass
from sites.problems import Problem

BY_NUMBER = (Key("county_code", read_text), Key("route_no", read_text))


class RouteSerializer(StrictSerializer):
    """A route: number and county code name it together."""

    id = serializers.UUIDField(read_only=True)
    route_no = TextField(max_length=10)
    county_code = TextField(max_length=6)
    name = TextField(max_length=200)
    name_en = TextField(max_length=200, allow_blank=True, default="")
    road_class = serializers.ChoiceField(RoadClass.choices)
    start_name = TextField(max_length=120, allow_blank=True, default="")
    end_name = TextField(max_length=120, allow_blank=True, default="")
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class RouteResource(Resource):
    """Routes."""

    serializer_class = RouteSerializer
    keys = BY_NUMBER
    parameters: ClassVar[frozenset[str]] = frozenset({"q", "road_class", "updated_since"})

    def rows(self) -> Any:
        """Return the routes that the caller may see."""
        return RoadRoute.objects.visible_to(self.scope)

    def require_create(self) -> None:
        """Only the office writes routes; in which county is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: RoadRoute) -> None:
        """Only the office of the county changes its routes."""
        if not may_write_routes(self.scope, row.county_code):
            raise Problem("forbidden")


@extend_schema(tags=["assets"])
@collection(
    "route",
    RouteSerializer,
    parameters=[
        parameter("road_class", f"Road classes, separated by commas: {', '.join(RoadClass)}."),
        parameter("q", "Part of a name or the beginning of a number."),
        parameter("updated_since", "RFC 3339 time with offset."),
    ],
)
class RouteCollection(RouteResource, WritableCollection):
    """Routes of all counties."""

    def narrowed(self, rows: Any) -> Any:
        """Return the routes that the parameters ask for."""
        chosen = AssetFilter.from_query(self.params)
        conditions = Q()
        if chosen["road_class"]:
            conditions &= Q(road_class__in=chosen["road_class"])
        if chosen["q"]:
            text = chosen["q"]
            conditions &= (
                Q(name__icontains=text) | Q(name_en__icontains=text) | Q(route_no__istartswith=text)
            )
        if chosen["updated_since"]:
            conditions &= Q(updated_at__gte=chosen["updated_since"])
        return rows.filter(conditions)

    def created(self, values: Mapping[str, Any]) -> RoadRoute:
        """Create the route."""
        return route_create(values=values, actor=self.actor, scope=self.scope)


@extend_schema(tags=["assets"])
@record("route", RouteSerializer)
class RouteRecord(RouteResource, WritableRecord):
    """One route."""

    def changed(self, row: RoadRoute, values: Mapping[str, Any]) -> RoadRoute:
        """Change the route; its county stays."""
        return route_update(
            route=row,
            values=values,
            actor=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )

    def removed(self, row: RoadRoute) -> None:
        """Remove a route without sections."""
        route_remove(route=row, actor=self.actor, scope=self.scope, expected_version=row.version)
