"""Pages of the `sites` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from sites.views.areas import area_detail, area_list
from sites.views.imports import (
    import_answer,
    import_cancel,
    import_commit,
    import_list,
    import_report,
    import_run,
)
from sites.views.listing import site_list
from sites.views.programmes import programme_list
from sites.views.site_page import site_detail, site_edit, site_move, site_progress

app_name = "sites"
urlpatterns: list[URLPattern] = [
    path("sites/", site_list, name="site-list"),
    path("sites/<uuid:pk>/", site_detail, name="site-detail"),
    path("sites/<uuid:pk>/edit/", site_edit, name="site-edit"),
    path("sites/<uuid:pk>/move/", site_move, name="site-move"),
    path("sites/<uuid:pk>/progress/", site_progress, name="site-progress"),
    path("areas/", area_list, name="area-list"),
    path("areas/<str:code>/", area_detail, name="area-summary"),
    path("imports/", import_list, name="imports"),
    path("imports/<uuid:pk>/", import_run, name="import-run"),
    path("imports/<uuid:pk>/answer/", import_answer, name="import-answer"),
    path("imports/<uuid:pk>/commit/", import_commit, name="import-commit"),
    path("imports/<uuid:pk>/cancel/", import_cancel, name="import-cancel"),
    path("imports/<uuid:pk>/report.csv", import_report, name="import-report"),
    path("programmes/", programme_list, name="programme-list"),
]
