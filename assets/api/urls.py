"""API addresses of delivered things and of photos."""

from __future__ import annotations

from django.urls import URLPattern, path

from assets.api.photos import PhotoDetails, PhotoRecord

urlpatterns: list[URLPattern] = [
    path("photos/<uuid:pk>", PhotoRecord.as_view(), name="api-photo"),
    path("photos/<uuid:pk>/details", PhotoDetails.as_view(), name="api-photo-details"),
]
