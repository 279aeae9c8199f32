"""API addresses of layers, tiles, counts and exports."""

from __future__ import annotations

from django.urls import path

from maps.api.assets import MapAssetsView
from maps.api.counts import AssetCountsView, CountsView, LimitsView
from maps.api.coverage import (
    CoverageCollection,
    CoverageGaps,
    CoverageReach,
    CoverageRecord,
    CoverageRuleCollection,
)
from maps.api.exports import ExportCollection, ExportFile, ExportRecord
from maps.api.files import (
    AssetsGeoJSONView,
    AssetsGeoPackageView,
    DefectsGeoJSONView,
    GeoJSONView,
    GeoPackageView,
    OrdersGeoJSONView,
)
from maps.api.saved_views import SavedViewCollection, SavedViewRecord
from maps.api.tiles import TileJSONView, TileView

urlpatterns = [
    path("tiles/<str:layer>/<str:z>/<str:x>/<str:y>.mvt", TileView.as_view(), name="api-tile"),
    path("tiles/<str:layer>.json", TileJSONView.as_view(), name="api-tilejson"),
    path("sites/counts", CountsView.as_view(), name="api-site-counts"),
    path("sites.geojson", GeoJSONView.as_view(), name="api-sites-geojson"),
    path("sites.gpkg", GeoPackageView.as_view(), name="api-sites-gpkg"),
    path("map/assets", MapAssetsView.as_view(), name="api-map-assets"),
    path("assets/counts", AssetCountsView.as_view(), name="api-asset-counts"),
    path("assets.geojson", AssetsGeoJSONView.as_view(), name="api-assets-geojson"),
    path("assets.gpkg", AssetsGeoPackageView.as_view(), name="api-assets-gpkg"),
    path("defects.geojson", DefectsGeoJSONView.as_view(), name="api-defects-geojson"),
    path("work-orders.geojson", OrdersGeoJSONView.as_view(), name="api-work-orders-geojson"),
    path("exports", ExportCollection.as_view(), name="api-exports"),
    path("exports/<uuid:pk>", ExportRecord.as_view(), name="api-export"),
    path("exports/<uuid:pk>/file", ExportFile.as_view(), name="api-export-file"),
    path("coverage", CoverageCollection.as_view(), name="api-coverage"),
    path("coverage/<uuid:pk>", CoverageRecord.as_view(), name="api-coverage-run"),
    path("coverage/<uuid:pk>/gaps", CoverageGaps.as_view(), name="api-coverage-gaps"),
    path("coverage/<uuid:pk>/reach", CoverageReach.as_view(), name="api-coverage-reach"),
    path("coverage-rules", CoverageRuleCollection.as_view(), name="api-coverage-rules"),
    path("limits", LimitsView.as_view(), name="api-limits"),
    path("views", SavedViewCollection.as_view(), name="api-saved-views"),
    path("views/<uuid:pk>", SavedViewRecord.as_view(), name="api-saved-view"),
]
