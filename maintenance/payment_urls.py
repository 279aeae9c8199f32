"""Addresses of payments, assessments and coverage."""

from __future__ import annotations

from django.urls import URLPattern, path

from maintenance.views.assessments import assessment_detail, assessment_new
from maintenance.views.payment_draft import payment_bulk
from maintenance.views.payment_list import payment_list
from maintenance.views.payment_page import (
    payment_compute,
    payment_deduct,
    payment_detail,
    payment_print,
    payment_state,
    payment_undeduct,
)
from maintenance.views.upkeep_coverage import coverage_assets, coverage_csv, coverage_page

payment_patterns: list[URLPattern] = [
    path("maintenance/payments/", payment_list, name="payment-list"),
    path("maintenance/payments/draft/", payment_bulk, name="payment-bulk"),
    path("maintenance/payments/<uuid:pk>/", payment_detail, name="payment-detail"),
    path("maintenance/payments/<uuid:pk>/print/", payment_print, name="payment-print"),
    path("maintenance/payments/<uuid:pk>/move/", payment_state, name="payment-move"),
    path("maintenance/payments/<uuid:pk>/compute/", payment_compute, name="payment-compute"),
    path("maintenance/payments/<uuid:pk>/deductions/", payment_deduct, name="payment-deduct"),
    path(
        "maintenance/payments/<uuid:pk>/deductions/<uuid:deduction>/remove/",
        payment_undeduct,
        name="payment-undeduct",
    ),
    path("maintenance/agreements/<uuid:pk>/assess/", assessment_new, name="assessment-new"),
    path("maintenance/assessments/<uuid:pk>/", assessment_detail, name="assessment-detail"),
    path("maintenance/coverage/", coverage_page, name="coverage"),
    path("maintenance/coverage/assets/", coverage_assets, name="coverage-assets"),
    path("maintenance/coverage/csv/", coverage_csv, name="coverage-csv"),
]
