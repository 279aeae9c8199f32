"""Pages of the `maps` app."""

from __future__ import annotations

from django.urls import URLPattern

app_name = "maps"
urlpatterns: list[URLPattern] = []
