"""Every address of the service."""

from __future__ import annotations

from django.contrib import admin
from django.urls import include, path
from django.views.i18n import JavaScriptCatalog, set_language

from config.health import healthz, readyz

handler500 = "config.middleware.server_error"

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("i18n/setlang/", set_language, name="set_language"),
    path(
        "jsi18n/",
        JavaScriptCatalog.as_view(packages=["config"]),
        name="jsi18n",
    ),
    path("admin/", admin.site.urls),
    path("accounts/", include("config.accounts.urls")),
    path("api/v1/", include("config.api_urls")),
    path("api/public/v1/", include("maps.public_api_urls")),
    path("api/public/v1/", include("assets.api.public_urls")),
    path("api/public/v1/", include("maintenance.api.public_urls")),
    path("", include("sites.urls")),
    path("", include("assets.urls")),
    path("", include("funding.urls")),
    path("", include("maintenance.urls")),
    path("maintenance/", include("field.office_urls")),
    path("field/", include("field.urls")),
    path("oversight/", include("oversight.urls")),
    path("", include("reports.urls")),
    path("", include("maps.urls")),
]
