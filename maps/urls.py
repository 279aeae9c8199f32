"""Pages of the `maps` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from maps.views.exports import export_remove, export_rows, exports
from maps.views.map_page import OfficeMapPage, PublicMapPage

app_name = "maps"
urlpatterns: list[URLPattern] = [
    path("", OfficeMapPage.as_view(), name="map"),
    path("exports/", exports, name="exports"),
    path("exports/rows/", export_rows, name="export-rows"),
    path("exports/<uuid:pk>/remove/", export_remove, name="export-remove"),
    path("public/", PublicMapPage.as_view(), name="public"),
]
