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
from sites.views.programme_pages import (
    programme_detail,
    programme_edit,
    public_programme_detail,
    public_programme_list,
)
from sites.views.programmes import programme_list
from sites.views.quantities import quantities
from sites.views.service_records import (
    service_delete,
    service_detail,
    service_edit,
    service_list,
    service_new,
    service_review,
)
from sites.views.site_page import site_detail, site_edit, site_move, site_progress
from sites.views.site_plan import site_plan
from sites.views.targets import target_delete, target_edit, target_list, target_new
from sites.views.year_plan import year_plan_page

app_name = "sites"
urlpatterns: list[URLPattern] = [
    path("sites/", site_list, name="site-list"),
    path("sites/<uuid:pk>/", site_detail, name="site-detail"),
    path("sites/<uuid:pk>/edit/", site_edit, name="site-edit"),
    path("sites/<uuid:pk>/move/", site_move, name="site-move"),
    path("sites/<uuid:pk>/plan/", site_plan, name="site-plan"),
    path("sites/<uuid:pk>/progress/", site_progress, name="site-progress"),
    path("quantities/", quantities, name="quantities"),
    path("areas/", area_list, name="area-list"),
    path("areas/<str:code>/", area_detail, name="area-summary"),
    path("imports/", import_list, name="imports"),
    path("imports/<uuid:pk>/", import_run, name="import-run"),
    path("imports/<uuid:pk>/answer/", import_answer, name="import-answer"),
    path("imports/<uuid:pk>/commit/", import_commit, name="import-commit"),
    path("imports/<uuid:pk>/cancel/", import_cancel, name="import-cancel"),
    path("imports/<uuid:pk>/report.csv", import_report, name="import-report"),
    path("programmes/", programme_list, name="programme-list"),
    path("programmes/<str:code>/", programme_detail, name="programme-detail"),
    path("programmes/<str:code>/edit/", programme_edit, name="programme-edit"),
    path("public/programmes/", public_programme_list, name="public-programme-list"),
    path("public/programmes/<str:code>/", public_programme_detail, name="public-programme-detail"),
    path("targets/", target_list, name="target-list"),
    path("targets/new/", target_new, name="target-new"),
    path("targets/<uuid:pk>/edit/", target_edit, name="target-edit"),
    path("targets/<uuid:pk>/remove/", target_delete, name="target-delete"),
    path("services/", service_list, name="service-list"),
    path("services/new/", service_new, name="service-new"),
    path("services/<uuid:pk>/", service_detail, name="service-detail"),
    path("services/<uuid:pk>/edit/", service_edit, name="service-edit"),
    path("services/<uuid:pk>/review/", service_review, name="service-review"),
    path("services/<uuid:pk>/remove/", service_delete, name="service-delete"),
    path("year-plan/", year_plan_page, name="year-plan"),
]
