"""Whole layers as files at once: GeoJSON as a stream, GeoPackage as a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO

from django.http import FileResponse, StreamingHttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from maps.api.doors import MapView
from maps.exports.choice import ExportChoice, parse_names
from maps.exports.geojson import feature_collection
from maps.exports.geopackage import write_geopackage
from maps.exports.jobs import exports_folder
from sites.api.parameters import SITE_FILTER, refuse_unknown
from sites.api.site_parameters import SITE_PARAMETERS
from sites.filters import SiteFilter

GEOJSON = "application/geo+json"
GEOPACKAGE = "application/geopackage+sqlite3"
FIELDS = OpenApiParameter(
    "fields", OpenApiTypes.STR, description="Properties to write, separated by commas."
)


def file_headers(name: str) -> dict[str, str]:
    """Return the headers of a file that a browser saves and no cache keeps."""
    return {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "private, no-store",
    }


class SitesFileView(MapView):
    """The sites under a filter as one file."""

    def choice(self) -> ExportChoice:
        """Return what the address asks for; raises `ParameterError` or `Problem` 400."""
        refuse_unknown(self.params, SITE_FILTER | {"fields"})
        names = parse_names(self.params.get("fields", ""))
        return ExportChoice.of(self.scope, SiteFilter.from_query(self.params), names=names)


class GeoJSONView(SitesFileView):
    """The sites under a filter as one GeoJSON file."""

    @extend_schema(
        operation_id="sites_geojson",
        parameters=[*SITE_PARAMETERS, FIELDS],
        responses={(200, GEOJSON): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """Stream exactly the filtered sites that the caller may see."""
        choice = self.choice()
        return StreamingHttpResponse(
            feature_collection(choice),
            content_type=GEOJSON,
            headers=file_headers(f"sites-{choice.chosen.as_of:%Y%m%d}.geojson"),
        )


class GeoPackageView(SitesFileView):
    """The sites under a filter as one GeoPackage."""

    @extend_schema(
        operation_id="sites_gpkg",
        parameters=[*SITE_PARAMETERS, FIELDS],
        responses={(200, GEOPACKAGE): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> FileResponse:
        """Write exactly the filtered sites that the caller may see, then send the file."""
        choice = self.choice()
        return FileResponse(
            _written(choice),
            content_type=GEOPACKAGE,
            headers=file_headers(f"sites-{choice.chosen.as_of:%Y%m%d}.gpkg"),
        )


def _written(choice: ExportChoice) -> IO[bytes]:
    """Return the file open and already without a name: nothing is left when the reader is gone."""
    handle, name = tempfile.mkstemp(suffix=".gpkg", dir=exports_folder())
    os.close(handle)
    path = Path(name)
    try:
        write_geopackage(choice, path)
        return path.open("rb")
    finally:
        path.unlink(missing_ok=True)
