"""Pages of the `reports` app."""

from __future__ import annotations

from django.urls import URLPattern, path

from reports.views.changes import changes
from reports.views.dashboard import dashboard, screen
from reports.views.documents import report_annex, report_word
from reports.views.figure_pages import figure_detail, ledger
from reports.views.report_pages import (
    report_detail,
    report_drift,
    report_list,
    report_new,
    report_refreshed,
    report_removed,
    report_section_edit,
    report_signed,
    report_withdrawn,
)
from reports.views.stated_pages import stated_edit, stated_list, stated_new, stated_removed
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
told: list[URLPattern] = [
    path("reports/", report_list, name="report-list"),
    path("reports/new/", report_new, name="report-new"),
    path("reports/ledger/", ledger, name="ledger"),
    path("reports/stated/", stated_list, name="stated-list"),
    path("reports/stated/new/", stated_new, name="stated-new"),
    path("reports/stated/<uuid:pk>/", stated_edit, name="stated-edit"),
    path("reports/stated/<uuid:pk>/remove/", stated_removed, name="stated-remove"),
    path("reports/<uuid:pk>/", report_detail, name="report-detail"),
    path("reports/<uuid:pk>/drift/", report_drift, name="report-drift"),
    path("reports/<uuid:pk>/refresh/", report_refreshed, name="report-refresh"),
    path("reports/<uuid:pk>/sign/", report_signed, name="report-sign"),
    path("reports/<uuid:pk>/withdraw/", report_withdrawn, name="report-withdraw"),
    path("reports/<uuid:pk>/remove/", report_removed, name="report-remove"),
    path(
        "reports/<uuid:pk>/sections/<uuid:section>/",
        report_section_edit,
        name="report-section-edit",
    ),
    path("reports/<uuid:pk>/figures/<slug:key>/", figure_detail, name="figure-detail"),
]
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
