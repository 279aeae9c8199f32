"""API addresses that are open to everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from assets.api.photos import PublicPhoto

urlpatterns: list[URLPattern] = [
    path("photos/<uuid:pk>", PublicPhoto.as_view(), name="public-api-photo"),
]
