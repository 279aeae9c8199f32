"""Pages of the `maps` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from maps.views.coverage import coverage_overview, coverage_run
from maps.views.coverage_rules import coverage_rule_new, coverage_rules
from maps.views.exports import export_remove, export_rows, exports
from maps.views.map_page import OfficeMapPage, PublicMapPage
from maps.views.populations import populations
from maps.views.saved_views import view_change, view_delete, view_list, view_open

app_name = "maps"
urlpatterns: list[URLPattern] = [
    path("", OfficeMapPage.as_view(), name="map"),
    path("exports/", exports, name="exports"),
    path("exports/rows/", export_rows, name="export-rows"),
    path("exports/<uuid:pk>/remove/", export_remove, name="export-remove"),
    path("coverage/", coverage_overview, name="coverage"),
    path("coverage/rules/", coverage_rules, name="coverage-rules"),
    path("coverage/rules/<slug:indicator>/new/", coverage_rule_new, name="coverage-rule-new"),
    path("coverage/populations/", populations, name="populations"),
    path("coverage/<uuid:pk>/", coverage_run, name="coverage-run"),
    path("public/", PublicMapPage.as_view(), name="public"),
    path("views/", view_list, name="view-list"),
    path("views/<uuid:pk>/", view_open, name="view-open"),
    path("views/<uuid:pk>/change/", view_change, name="view-change"),
    path("views/<uuid:pk>/remove/", view_delete, name="view-delete"),
]
