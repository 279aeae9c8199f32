"""API addresses of the register of assets."""

from __future__ import annotations

from django.urls import URLPattern, path

from assets.api.asset_subrecords import (
    AssetComponents,
    AssetHistory,
    AssetStateChanges,
    AssetWaterTests,
    AssetWaterVerdict,
)
from assets.api.assets import AssetCollection, AssetRecord
from assets.api.routes import RouteCollection, RouteRecord

asset_patterns: list[URLPattern] = [
    path("assets", AssetCollection.as_view(), name="api-assets"),
    path("assets/<uuid:pk>", AssetRecord.as_view(), name="api-asset"),
    path("assets/<uuid:pk>/history", AssetHistory.as_view(), name="api-asset-history"),
    path("assets/<uuid:pk>/components", AssetComponents.as_view(), name="api-asset-components"),
    path("assets/<uuid:pk>/water-tests", AssetWaterTests.as_view(), name="api-asset-water-tests"),
    path(
        "assets/<uuid:pk>/water-verdict",
        AssetWaterVerdict.as_view(),
        name="api-asset-water-verdict",
    ),
    path(
        "assets/<uuid:pk>/state-changes",
        AssetStateChanges.as_view(),
        name="api-asset-state-changes",
    ),
    path("routes", RouteCollection.as_view(), name="api-routes"),
    path("routes/<uuid:pk>", RouteRecord.as_view(), name="api-route"),
]
