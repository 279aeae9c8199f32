"""API addresses of assessments and payments."""

from __future__ import annotations

from django.urls import URLPattern, path

from maintenance.api.assessments import AssessmentCollection, AssessmentProposal, AssessmentRecord
from maintenance.api.payments import (
    PaymentBlocks,
    PaymentCollection,
    PaymentDeductionRecord,
    PaymentDeductions,
    PaymentMoves,
    PaymentRecord,
    PaymentRefresh,
)
from maintenance.api.upkeep_coverage import CoverageView

payment_patterns: list[URLPattern] = [
    path("assessments", AssessmentCollection.as_view(), name="api-assessments"),
    path("assessments/<uuid:pk>", AssessmentRecord.as_view(), name="api-assessment"),
    path(
        "agreements/<uuid:pk>/assessment-proposal",
        AssessmentProposal.as_view(),
        name="api-assessment-proposal",
    ),
    path("payments", PaymentCollection.as_view(), name="api-payments"),
    path("payments/<uuid:pk>", PaymentRecord.as_view(), name="api-payment"),
    path("payments/<uuid:pk>/blocks", PaymentBlocks.as_view(), name="api-payment-blocks"),
    path("payments/<uuid:pk>/moves", PaymentMoves.as_view(), name="api-payment-moves"),
    path("payments/<uuid:pk>/refresh", PaymentRefresh.as_view(), name="api-payment-refresh"),
    path(
        "payments/<uuid:pk>/deductions", PaymentDeductions.as_view(), name="api-payment-deductions"
    ),
    path(
        "payments/<uuid:pk>/deductions/<uuid:deduction>",
        PaymentDeductionRecord.as_view(),
        name="api-payment-deduction",
    ),
    path("upkeep-coverage", CoverageView.as_view(), name="api-upkeep-coverage"),
]
