"""Vector tiles and their description."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_view,
)
from rest_framework.request import Request
from rest_framework.response import Response

from maps.api.doors import MapView, PublicDoor
from maps.layers import TILE_LAYERS, LayerDefinition, layer_named
from maps.subjects import subject_of
from maps.tile_address import TileAddress
from maps.tile_cache import MEDIA_TYPE
from maps.tilejson import tilejson
from maps.tiles import tile
from sites.api.site_parameters import site_parameters
from sites.data_version import current_version

LAYER = OpenApiParameter(
    "layer", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(TILE_LAYERS), description="Layer"
)


class LayerView(MapView):
    """What addresses of a layer share."""

    def chosen(self, layer: LayerDefinition) -> Any:
        """Return the filter of the address; raises `ParameterError`."""
        subject = subject_of(layer)
        return subject.read_public(self.params) if self.is_public else subject.read(self.params)


class TileView(LayerView):
    """One vector tile."""

    @extend_schema(
        operation_id="tile",
        parameters=[
            LAYER,
            *(
                OpenApiParameter(name, OpenApiTypes.INT, OpenApiParameter.PATH)
                for name in ("z", "x", "y")
            ),
            *site_parameters(),
        ],
        responses={
            (200, MEDIA_TYPE): OpenApiTypes.BINARY,
            204: OpenApiResponse(description="The tile is empty."),
            304: OpenApiResponse(description="The tile has not changed."),
        },
    )
    def get(self, request: Request, layer: str, z: str, x: str, y: str) -> HttpResponse:
        """Return the tile of a layer, narrowed by the same filter as its list and exports.

        Layers of sites take the parameters below; layers of assets, defects, work orders,
        closures and structures take those of their lists.
        """
        definition = _layer(layer, public=self.is_public)
        address = TileAddress.parse(z, x, y)
        chosen = self.chosen(definition)
        version = current_version(subject_of(definition).marks)
        found = tile(definition, address, self.scope, chosen, version)
        status, headers, body = found.response(
            request.META.get("HTTP_IF_NONE_MATCH", ""),
            request.META.get("HTTP_ACCEPT_ENCODING", ""),
        )
        response = HttpResponse(body, status=int(status.partition(" ")[0]), headers=headers)
        if not body:
            del response.headers["Content-Type"]
        return response


@extend_schema_view(get=extend_schema(operation_id="public_tile", auth=[]))
class PublicTileView(PublicDoor, TileView):
    """One vector tile of what is open to everybody."""


class TileJSONView(LayerView):
    """The description of a layer of tiles."""

    @extend_schema(
        operation_id="tilejson",
        parameters=[LAYER, *site_parameters()],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request, layer: str) -> Response:
        """Return TileJSON 3 with the bounds of what the caller may see."""
        definition = _layer(layer, public=self.is_public)
        chosen = self.chosen(definition)
        name = "public-api-tile" if self.is_public else "api-tile"
        template = reverse(name, args=(layer, "0", "1", "2"))
        template = template.removesuffix("/0/1/2.mvt") + "/{z}/{x}/{y}.mvt"
        address = request.build_absolute_uri("/").rstrip("/") + template
        query = chosen.to_query()
        body = tilejson(definition, self.scope, chosen, f"{address}?{query}" if query else address)
        response = Response(body)
        response["Cache-Control"] = "private, no-cache"
        return response


@extend_schema_view(get=extend_schema(operation_id="public_tilejson", auth=[]))
class PublicTileJSONView(PublicDoor, TileJSONView):
    """The description of a public layer of tiles."""


def _layer(name: str, **kind: Any) -> LayerDefinition:
    found = layer_named(name, **kind)
    if found is None:
        raise Http404
    return found
