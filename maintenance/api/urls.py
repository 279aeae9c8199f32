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
from maintenance.api.order_urls import order_patterns
from maintenance.api.posts import AgreementPosts, PostAttendances, PostRecord

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
duties: list[URLPattern] = []
defects: list[URLPattern] = []
orders: list[URLPattern] = order_patterns
payments: list[URLPattern] = []

urlpatterns: list[URLPattern] = [
    *agreements,
    *duties,
    *defects,
    *orders,
    *payments,
]
