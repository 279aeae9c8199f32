"""Whole layers as files, streamed."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from maps.api.doors import MapView
from maps.exports.choice import ExportChoice, parse_names
from maps.exports.geojson import feature_collection
from sites.api.site_parameters import SITE_PARAMETERS
from sites.filters import SiteFilter

GEOJSON = "application/geo+json"
FIELDS = OpenApiParameter(
    "fields", OpenApiTypes.STR, description="Properties to write, separated by commas."
)


def file_headers(name: str) -> Mapping[str, str]:
    """Return the headers of a file that a browser saves and nobody keeps."""
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }


class GeoJSONView(MapView):
    """The sites under a filter as one GeoJSON file."""

    @extend_schema(
        operation_id="sites_geojson",
        parameters=[*SITE_PARAMETERS, FIELDS],
        responses={(200, GEOJSON): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """Stream exactly the filtered sites that the caller may see."""
        chosen = SiteFilter.from_query(request.query_params)
        names = parse_names(request.query_params.get("fields", ""))
        choice = ExportChoice.of(self.scope, chosen, names=names)
        return StreamingHttpResponse(
            feature_collection(choice),
            content_type=GEOJSON,
            headers=file_headers(f"sites-{chosen.as_of:%Y%m%d}.geojson"),
        )
