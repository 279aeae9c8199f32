"""Pages of the `maps` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from maps.views.map_page import OfficeMapPage, PublicMapPage

app_name = "maps"
urlpatterns: list[URLPattern] = [
    path("", OfficeMapPage.as_view(), name="map"),
    path("public/", PublicMapPage.as_view(), name="public"),
]
