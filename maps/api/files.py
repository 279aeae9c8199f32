"""Whole layers as files at once: GeoJSON as a stream, GeoPackage as a file."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import IO, ClassVar

from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request

from assets.filters import parameters as asset_parameters
from maintenance.order_filter import PARAMETERS as ORDER_PARAMETERS
from maps.api.doors import MapView
from maps.exports.choice import ExportChoice, parse_names
from maps.exports.geojson import feature_collection
from maps.exports.geopackage import write_geopackage
from maps.exports.jobs import exports_folder
from maps.layers import LAYERS
from maps.subjects import subject_of
from sites.api.parameters import refuse_unknown
from sites.api.schema import parameter
from sites.api.site_parameters import site_parameters

GEOJSON = "application/geo+json"
GEOPACKAGE = "application/geopackage+sqlite3"
FIELDS = OpenApiParameter(
    "fields", OpenApiTypes.STR, description="Properties to write, separated by commas."
)
NOT_KEPT = {"Cache-Control": "private, no-store"}
"""No cache keeps what one person may see."""
ASSET_PARAMETERS = [
    parameter(name, entry.description) for name, entry in asset_parameters().items()
]
DEFECT_PARAMETERS = [
    parameter(name, f"As in the list of defects: {name}.")
    for name in sorted(subject_of(LAYERS["defects"]).names())
]
ORDER_LIST_PARAMETERS = [
    parameter(name, entry.description) for name, entry in ORDER_PARAMETERS.items()
]


class LayerFileView(MapView):
    """The rows of a layer under a filter as one file."""

    layer: ClassVar[str] = "sites"

    def choice(self) -> ExportChoice:
        """Return what the address asks for; raises `ParameterError` or `Problem` 400."""
        subject = subject_of(LAYERS[self.layer])
        refuse_unknown(self.params, subject.names() | {"fields"})
        names = parse_names(self.params.get("fields", ""))
        chosen = subject.read(self.params)
        return ExportChoice.of(self.scope, chosen, layer=self.layer, names=names)

    def file_name(self, suffix: str) -> str:
        """Return the name under which a browser saves the file."""
        return f"{self.layer}-{timezone.localdate():%Y%m%d}.{suffix}"

    def geojson(self) -> StreamingHttpResponse:
        """Stream exactly the filtered rows that the caller may see."""
        name = self.file_name("geojson")
        return StreamingHttpResponse(
            feature_collection(self.choice()),
            content_type=GEOJSON,
            headers={"Content-Disposition": f'attachment; filename="{name}"', **NOT_KEPT},
        )

    def geopackage(self) -> FileResponse:
        """Write exactly the filtered rows that the caller may see, then send the file."""
        return FileResponse(
            _written(self.choice()),
            as_attachment=True,
            filename=self.file_name("gpkg"),
            content_type=GEOPACKAGE,
            headers=NOT_KEPT,
        )


class GeoJSONView(LayerFileView):
    """The sites under a filter as one GeoJSON file."""

    @extend_schema(
        operation_id="sites_geojson",
        parameters=[*site_parameters(), FIELDS],
        responses={(200, GEOJSON): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """Stream exactly the filtered sites that the caller may see."""
        return self.geojson()


class GeoPackageView(LayerFileView):
    """The sites under a filter as one GeoPackage."""

    @extend_schema(
        operation_id="sites_gpkg",
        parameters=[*site_parameters(), FIELDS],
        responses={(200, GEOPACKAGE): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> FileResponse:
        """Write exactly the filtered sites that the caller may see, then send the file."""
        return self.geopackage()


class AssetsGeoJSONView(LayerFileView):
    """The assets under a filter as one GeoJSON file."""

    layer = "assets"

    @extend_schema(
        operation_id="assets_geojson",
        tags=["assets"],
        parameters=[*ASSET_PARAMETERS, FIELDS],
        responses={(200, GEOJSON): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """Stream exactly the filtered assets that the caller may see."""
        return self.geojson()


class AssetsGeoPackageView(LayerFileView):
    """The assets under a filter as one GeoPackage."""

    layer = "assets"

    @extend_schema(
        operation_id="assets_gpkg",
        tags=["assets"],
        parameters=[*ASSET_PARAMETERS, FIELDS],
        responses={(200, GEOPACKAGE): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> FileResponse:
        """Write exactly the filtered assets that the caller may see, then send the file."""
        return self.geopackage()


class DefectsGeoJSONView(LayerFileView):
    """The defects under a filter as one GeoJSON file."""

    layer = "defects"

    @extend_schema(
        operation_id="defects_geojson",
        tags=["defects"],
        parameters=[*DEFECT_PARAMETERS, FIELDS],
        responses={(200, GEOJSON): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """Stream exactly the filtered defects that the caller may see."""
        return self.geojson()


class OrdersGeoJSONView(LayerFileView):
    """The work orders under a filter as one GeoJSON file."""

    layer = "work_orders"

    @extend_schema(
        operation_id="work_orders_geojson",
        tags=["work-orders"],
        parameters=[*ORDER_LIST_PARAMETERS, FIELDS],
        responses={(200, GEOJSON): OpenApiTypes.OBJECT},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """Stream exactly the filtered work orders that the caller may see."""
        return self.geojson()


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
