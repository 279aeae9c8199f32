"""The API of the `reports` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.api.dashboard import ChangesView, DashboardShapesView, DashboardView

# Each owner of a part adds the addresses of that part to its own list.
told: list[URLPattern] = []
boards: list[URLPattern] = [
    path("dashboard", DashboardView.as_view(), name="api-dashboard"),
    path("dashboard/shapes", DashboardShapesView.as_view(), name="api-dashboard-shapes"),
    path("changes", ChangesView.as_view(), name="api-changes"),
]

urlpatterns: list[URLPattern] = [*told, *boards]
