"""API addresses of delivered things and of photos."""

from __future__ import annotations

from django.urls import URLPattern, path

from assets.api.acceptances import (
    AcceptanceCollection,
    AcceptanceConclude,
    AcceptanceRecord,
    AcceptanceSign,
)
from assets.api.asset_urls import asset_patterns
from assets.api.condition_urls import condition_patterns
from assets.api.findings import FindingCollection, FindingRecheck, FindingRecord, FindingRectify
from assets.api.handovers import (
    HandoverCollection,
    HandoverComplete,
    HandoverRecord,
    HandoverSign,
    SiteGates,
)
from assets.api.photos import PhotoDetails, PhotoRecord
from assets.api.progress import ProgressCollection, ProgressRecord, ProgressReviewed

urlpatterns: list[URLPattern] = [
    *asset_patterns,
    *condition_patterns,
    path("photos/<uuid:pk>", PhotoRecord.as_view(), name="api-photo"),
    path("photos/<uuid:pk>/details", PhotoDetails.as_view(), name="api-photo-details"),
    path("progress", ProgressCollection.as_view(), name="api-progress"),
    path("progress/<uuid:pk>", ProgressRecord.as_view(), name="api-progress-entry"),
    path("progress/<uuid:pk>/review", ProgressReviewed.as_view(), name="api-progress-review"),
    path("acceptances", AcceptanceCollection.as_view(), name="api-acceptances"),
    path("acceptances/<uuid:pk>", AcceptanceRecord.as_view(), name="api-acceptance"),
    path(
        "acceptances/<uuid:pk>/conclude",
        AcceptanceConclude.as_view(),
        name="api-acceptance-conclude",
    ),
    path("acceptances/<uuid:pk>/sign", AcceptanceSign.as_view(), name="api-acceptance-sign"),
    path("findings", FindingCollection.as_view(), name="api-findings"),
    path("findings/<uuid:pk>", FindingRecord.as_view(), name="api-finding"),
    path("findings/<uuid:pk>/rectify", FindingRectify.as_view(), name="api-finding-rectify"),
    path("findings/<uuid:pk>/recheck", FindingRecheck.as_view(), name="api-finding-recheck"),
    path("handovers", HandoverCollection.as_view(), name="api-handovers"),
    path("handovers/<uuid:pk>", HandoverRecord.as_view(), name="api-handover"),
    path("handovers/<uuid:pk>/sign", HandoverSign.as_view(), name="api-handover-sign"),
    path("handovers/<uuid:pk>/complete", HandoverComplete.as_view(), name="api-handover-complete"),
    path("sites/<uuid:pk>/gate", SiteGates.as_view(), name="api-site-gate"),
]
