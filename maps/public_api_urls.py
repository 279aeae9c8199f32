"""API addresses that are open to everybody and show what everybody may see."""

from __future__ import annotations

from django.urls import path

from maps.api.assets import PublicAssetsView
from maps.api.counts import PublicAssetCountsView, PublicCountsView
from maps.api.public import PublicHousingTotalsView, PublicSitesView
from maps.api.tiles import PublicTileJSONView, PublicTileView

urlpatterns = [
    path(
        "tiles/<str:layer>/<str:z>/<str:x>/<str:y>.mvt",
        PublicTileView.as_view(),
        name="public-api-tile",
    ),
    path("tiles/<str:layer>.json", PublicTileJSONView.as_view(), name="public-api-tilejson"),
    path("sites", PublicSitesView.as_view(), name="public-api-sites"),
    path("housing-totals", PublicHousingTotalsView.as_view(), name="public-api-housing-totals"),
    path("assets", PublicAssetsView.as_view(), name="public-api-assets"),
    path("assets/counts", PublicAssetCountsView.as_view(), name="public-api-asset-counts"),
    path("sites/counts", PublicCountsView.as_view(), name="public-api-site-counts"),
]
