"""The API, version 1: what each app offers under `/api/v1/`."""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("sites.api.urls")),
    path("", include("maps.api_urls")),
]
