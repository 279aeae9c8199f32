"""The API, version 1: what each app offers under `/api/v1/`.

The maps come first: `sites/counts` must not be taken for the identifier of a site.
"""

from __future__ import annotations

from django.urls import include, path

urlpatterns = [
    path("", include("maps.api_urls")),
    path("", include("sites.api.urls")),
    path("", include("assets.api.urls")),
    path("", include("funding.api.urls")),
    path("", include("maintenance.api.urls")),
    path("", include("field.api.urls")),
    path("", include("reports.api.urls")),
    path("", include("oversight.api.urls")),
]
