"""The API of the `reports` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.api.dashboard import ChangesView, DashboardShapesView, DashboardView
from reports.api.figures import FigureCollection, LiveFigure
from reports.api.reports import (
    ReportCollection,
    ReportRecord,
    ReportRefresh,
    ReportSign,
    ReportTemplateCollection,
    ReportWithdraw,
)
from reports.api.stated import StatedCollection, StatedRecord
from reports.api.told import FigureLedger, ReportDrift, ReportFigureRecord, ReportFigures

# Each owner of a part adds the addresses of that part to its own list.
told: list[URLPattern] = [
    path("figures", FigureCollection.as_view(), name="api-figures"),
    path("figures/<slug:key>", LiveFigure.as_view(), name="api-figure"),
    path("report-templates", ReportTemplateCollection.as_view(), name="api-report-templates"),
    path("reports", ReportCollection.as_view(), name="api-reports"),
    path("reports/<uuid:pk>", ReportRecord.as_view(), name="api-report"),
    path("reports/<uuid:pk>/refresh", ReportRefresh.as_view(), name="api-report-refresh"),
    path("reports/<uuid:pk>/sign", ReportSign.as_view(), name="api-report-sign"),
    path("reports/<uuid:pk>/withdraw", ReportWithdraw.as_view(), name="api-report-withdraw"),
    path("reports/<uuid:pk>/drift", ReportDrift.as_view(), name="api-report-drift"),
    path("reports/<uuid:pk>/figures", ReportFigures.as_view(), name="api-report-figures"),
    path(
        "reports/<uuid:pk>/figures/<slug:key>",
        ReportFigureRecord.as_view(),
        name="api-report-figure",
    ),
    path("figure-ledger", FigureLedger.as_view(), name="api-figure-ledger"),
    path("stated-figures", StatedCollection.as_view(), name="api-stated-figures"),
    path("stated-figures/<uuid:pk>", StatedRecord.as_view(), name="api-stated-figure"),
]
boards: list[URLPattern] = [
    path("dashboard", DashboardView.as_view(), name="api-dashboard"),
    path("dashboard/shapes", DashboardShapesView.as_view(), name="api-dashboard-shapes"),
    path("changes", ChangesView.as_view(), name="api-changes"),
]

urlpatterns: list[URLPattern] = [*told, *boards]
