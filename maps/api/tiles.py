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
from maps.layers import LAYERS, LayerDefinition, layer_named
from maps.tile_address import TileAddress
from maps.tile_cache import MEDIA_TYPE
from maps.tilejson import tilejson
from maps.tiles import tile
from sites.api.site_parameters import SITE_PARAMETERS
from sites.data_version import current_version
from sites.filters import SiteFilter

LAYER = OpenApiParameter(
    "layer", OpenApiTypes.STR, OpenApiParameter.PATH, enum=list(LAYERS), description="Layer"
)


class TileView(MapView):
    """One vector tile."""

    @extend_schema(
        operation_id="tile",
        parameters=[
            LAYER,
            *(
                OpenApiParameter(name, OpenApiTypes.INT, OpenApiParameter.PATH)
                for name in ("z", "x", "y")
            ),
            *SITE_PARAMETERS,
        ],
        responses={
            (200, MEDIA_TYPE): OpenApiTypes.BINARY,
            204: OpenApiResponse(description="The tile is empty."),
            304: OpenApiResponse(description="The tile has not changed."),
        },
    )
    def get(self, request: Request, layer: str, z: str, x: str, y: str) -> HttpResponse:
        """Return the tile of a layer, narrowed by the same filter as lists and exports."""
        definition = _layer(layer, public=self.is_public)
        address = TileAddress.parse(z, x, y)
        chosen = SiteFilter.from_query(self.params)
        found = tile(definition, address, self.scope, chosen, current_version())
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


class TileJSONView(MapView):
    """The description of a layer of tiles."""

    @extend_schema(
        operation_id="tilejson",
        parameters=[LAYER, *SITE_PARAMETERS],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request, layer: str) -> Response:
        """Return TileJSON 3 with the bounds of what the caller may see."""
        definition = _layer(layer, public=self.is_public)
        chosen = SiteFilter.from_query(self.params)
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
