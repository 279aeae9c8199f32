"""API addresses of upkeep."""

from __future__ import annotations

from django.urls import URLPattern, path

from maintenance.api.agreement_actions import (
    AgreementKeepers,
    AgreementMoves,
    AgreementRenewals,
    AgreementSignatures,
)
from maintenance.api.agreements import AgreementCollection, AgreementRecord
from maintenance.api.claims import ClaimCollection, ClaimMoves, ClaimRecord
from maintenance.api.defects import (
    DefectCollection,
    DefectMoves,
    DefectNearby,
    DefectPhotos,
    DefectRecord,
)
from maintenance.api.duties import (
    PatrolCollection,
    PatrolDetail,
    PlanCollection,
    PlanRecord,
    ScheduleCollection,
    ScheduleRecord,
    StandardCollection,
    StandardRecord,
)
from maintenance.api.inspections import InspectionCollection, InspectionDetail
from maintenance.api.order_urls import order_patterns
from maintenance.api.payment_urls import payment_patterns
from maintenance.api.posts import AgreementPosts, PostAttendances, PostRecord
from maintenance.api.reports import ReportCollection, ReportMoves, ReportRecord

agreements: list[URLPattern] = [
    path("agreements", AgreementCollection.as_view(), name="api-agreements"),
    path("agreements/<uuid:pk>", AgreementRecord.as_view(), name="api-agreement"),
    path("agreements/<uuid:pk>/moves", AgreementMoves.as_view(), name="api-agreement-moves"),
    path(
        "agreements/<uuid:pk>/signatures",
        AgreementSignatures.as_view(),
        name="api-agreement-signatures",
    ),
    path(
        "agreements/<uuid:pk>/renewals", AgreementRenewals.as_view(), name="api-agreement-renewals"
    ),
    path("agreements/<uuid:pk>/keepers", AgreementKeepers.as_view(), name="api-agreement-keepers"),
    path("agreements/<uuid:pk>/posts", AgreementPosts.as_view(), name="api-agreement-posts"),
    path("upkeep-posts/<uuid:pk>", PostRecord.as_view(), name="api-upkeep-post"),
    path(
        "upkeep-posts/<uuid:pk>/attendance",
        PostAttendances.as_view(),
        name="api-upkeep-post-attendance",
    ),
]
duties: list[URLPattern] = [
    path("standards", StandardCollection.as_view(), name="api-standards"),
    path("standards/<uuid:pk>", StandardRecord.as_view(), name="api-standard"),
    path("schedules", ScheduleCollection.as_view(), name="api-schedules"),
    path("schedules/<uuid:pk>", ScheduleRecord.as_view(), name="api-schedule"),
    path("patrol-plans", PlanCollection.as_view(), name="api-patrol-plans"),
    path("patrol-plans/<uuid:pk>", PlanRecord.as_view(), name="api-patrol-plan"),
    path("patrols", PatrolCollection.as_view(), name="api-patrols"),
    path("patrols/<uuid:pk>", PatrolDetail.as_view(), name="api-patrol"),
    path("inspections", InspectionCollection.as_view(), name="api-inspections"),
    path("inspections/<uuid:pk>", InspectionDetail.as_view(), name="api-inspection"),
]
defects: list[URLPattern] = [
    path("defects", DefectCollection.as_view(), name="api-defects"),
    path("defects/<uuid:pk>", DefectRecord.as_view(), name="api-defect"),
    path("defects/<uuid:pk>/moves", DefectMoves.as_view(), name="api-defect-moves"),
    path("defects/<uuid:pk>/photos", DefectPhotos.as_view(), name="api-defect-photos"),
    path("defects/<uuid:pk>/nearby", DefectNearby.as_view(), name="api-defect-nearby"),
    path("claims", ClaimCollection.as_view(), name="api-claims"),
    path("claims/<uuid:pk>", ClaimRecord.as_view(), name="api-claim"),
    path("claims/<uuid:pk>/moves", ClaimMoves.as_view(), name="api-claim-moves"),
    path("public-reports", ReportCollection.as_view(), name="api-public-reports"),
    path("public-reports/<uuid:pk>", ReportRecord.as_view(), name="api-public-report"),
    path("public-reports/<uuid:pk>/moves", ReportMoves.as_view(), name="api-public-report-moves"),
]
orders: list[URLPattern] = order_patterns
payments: list[URLPattern] = payment_patterns

urlpatterns: list[URLPattern] = [
    *agreements,
    *duties,
    *defects,
    *orders,
    *payments,
]
