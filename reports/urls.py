"""Pages of the `reports` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.views.changes import changes
from reports.views.dashboard import dashboard, screen
from reports.views.documents import report_annex, report_word
from reports.views.templates import (
    figure_edit,
    section_action,
    section_edit,
    template_detail,
    template_layout,
    template_list,
    template_new,
)

app_name = "reports"

# Each owner of a part adds the addresses of that part to its own list.
told: list[URLPattern] = []
boards: list[URLPattern] = [
    path("dashboard/", dashboard, name="dashboard"),
    path("screen/", screen, name="screen"),
    path("changes/", changes, name="changes"),
]
outputs: list[URLPattern] = [
    path("reports/<uuid:pk>/word/", report_word, name="report-word"),
    path("reports/<uuid:pk>/annex/", report_annex, name="report-annex"),
    path("reports/templates/", template_list, name="template-list"),
    path("reports/templates/new/", template_new, name="template-new"),
    path("reports/templates/<slug:code>/", template_detail, name="template-detail"),
    path("reports/templates/<slug:code>/layout/", template_layout, name="template-layout"),
    path("reports/templates/<slug:code>/sections/new/", section_edit, name="section-new"),
    path(
        "reports/templates/<slug:code>/sections/<int:position>/", section_edit, name="section-edit"
    ),
    path(
        "reports/templates/<slug:code>/sections/<int:position>/action/",
        section_action,
        name="section-action",
    ),
    path("reports/definitions/new/", figure_edit, name="definition-new"),
    path("reports/definitions/<slug:key>/", figure_edit, name="definition-edit"),
]

urlpatterns: list[URLPattern] = [*told, *boards, *outputs]
