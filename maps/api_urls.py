"""API addresses of layers, tiles, counts and exports."""

from __future__ import annotations

from django.urls import path

from maps.api.counts import CountsView, LimitsView
from maps.api.exports import GeoJSONView
from maps.api.tiles import TileJSONView, TileView

urlpatterns = [
    path("tiles/<str:layer>/<str:z>/<str:x>/<str:y>.mvt", TileView.as_view(), name="api-tile"),
    path("tiles/<str:layer>.json", TileJSONView.as_view(), name="api-tilejson"),
    path("sites/counts", CountsView.as_view(), name="api-site-counts"),
    path("sites.geojson", GeoJSONView.as_view(), name="api-sites-geojson"),
    path("limits", LimitsView.as_view(), name="api-limits"),
]
