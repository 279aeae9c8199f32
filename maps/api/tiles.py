"""Vector tiles and their description."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_vary_headers
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from maps.api.doors import MapView, PublicDoor
from maps.layers import LAYERS, LayerDefinition, layer_named
from maps.tile_address import TileAddress
from maps.tile_cache import Tile
from maps.tilejson import tilejson
from maps.tiles import tile
from sites.api.site_parameters import SITE_PARAMETERS
from sites.data_version import current_version
from sites.filters import SiteFilter

MVT = "application/vnd.mapbox-vector-tile"
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
            (200, MVT): OpenApiTypes.BINARY,
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
        return tile_response(
            found,
            request.META.get("HTTP_IF_NONE_MATCH", ""),
            request.META.get("HTTP_ACCEPT_ENCODING", ""),
        )


class PublicTileView(PublicDoor, TileView):
    """One vector tile of what is open to everybody."""

    @extend_schema(operation_id="public_tile", auth=[])
    def get(self, request: Request, layer: str, z: str, x: str, y: str) -> HttpResponse:
        """Return the tile of a public layer."""
        return super().get(request, layer, z, x, y)


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


class PublicTileJSONView(PublicDoor, TileJSONView):
    """The description of a public layer of tiles."""

    @extend_schema(operation_id="public_tilejson", auth=[])
    def get(self, request: Request, layer: str) -> Response:
        """Return TileJSON 3 with the bounds of what everybody may see."""
        return super().get(request, layer)


def tile_response(found: Tile, known: str, accepted: str) -> HttpResponse:
    """Return 200, 204 for an empty tile, or 304 when the caller's copy is the same."""
    headers = tile_headers(found)
    if found.etag in known:
        return HttpResponse(status=304, headers=headers)
    if not found.body:
        return HttpResponse(status=204, headers=headers)
    packed = found.pack() if "gzip" in accepted else None
    if packed:
        headers["Content-Encoding"] = "gzip"
    response = HttpResponse(packed or found.body, content_type=MVT, headers=headers)
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def tile_headers(found: Tile) -> dict[str, str]:
    """Return the headers by which a browser keeps a tile but asks each time whether it may."""
    return {"ETag": found.etag, "Cache-Control": "private, no-cache"}


def _layer(name: str, **kind: Any) -> LayerDefinition:
    found = layer_named(name, **kind)
    if found is None:
        raise Http404
    return found
