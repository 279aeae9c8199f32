"""API addresses of upkeep that are open to everybody."""

from __future__ import annotations

from django.urls import URLPattern, path

from maintenance.api.public_reports import PublicReportRecord, PublicReportReopen, PublicReports

urlpatterns: list[URLPattern] = [
    path("reports", PublicReports.as_view(), name="public-api-reports"),
    path("reports/<str:code>", PublicReportRecord.as_view(), name="public-api-report"),
    path(
        "reports/<str:code>/reopen",
        PublicReportReopen.as_view(),
        name="public-api-report-reopen",
    ),
]
