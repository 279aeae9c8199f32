"""API addresses of the register."""

from __future__ import annotations

from django.urls import URLPattern, path

from sites.api.areas import AreaCollection, AreaRecord
from sites.api.docs import DocsPage, SchemaView
from sites.api.imports import ImportCollection, ImportCommit, ImportPart, ImportRecord
from sites.api.memberships import MembershipCollection, MembershipRecord
from sites.api.mileage import MileageView
from sites.api.organisations import OrganisationCollection, OrganisationRecord
from sites.api.programmes import CategoryCollection, ProgrammeCollection, ProgrammeRecord
from sites.api.service_records import (
    ServiceRecordCollection,
    ServiceRecordRecord,
    ServiceRecordReview,
)
from sites.api.site_parts import SiteHistory, SiteProgress
from sites.api.site_plan import MilestoneCollection, SiteCurve, SiteMilestones
from sites.api.sites import SiteCollection, SiteRecord
from sites.api.state_changes import SiteStateChanges, StateChangeCollection
from sites.api.targets import TargetCollection, TargetRecord
from sites.api.tokens import TokenView

urlpatterns: list[URLPattern] = [
    path("schema", SchemaView.as_view(), name="api-schema"),
    path("docs", DocsPage.as_view(), name="api-docs"),
    path("auth/token", TokenView.as_view(), name="api-token"),
    path("areas", AreaCollection.as_view(), name="api-areas"),
    path("areas/<uuid:pk>", AreaRecord.as_view(), name="api-area"),
    path("organisations", OrganisationCollection.as_view(), name="api-organisations"),
    path("organisations/<uuid:pk>", OrganisationRecord.as_view(), name="api-organisation"),
    path("memberships", MembershipCollection.as_view(), name="api-memberships"),
    path("memberships/<uuid:pk>", MembershipRecord.as_view(), name="api-membership"),
    path("programmes", ProgrammeCollection.as_view(), name="api-programmes"),
    path("programmes/<uuid:pk>", ProgrammeRecord.as_view(), name="api-programme"),
    path("categories", CategoryCollection.as_view(), name="api-categories"),
    path("sites", SiteCollection.as_view(), name="api-sites"),
    path("sites/<uuid:pk>", SiteRecord.as_view(), name="api-site"),
    path("sites/<uuid:pk>/history", SiteHistory.as_view(), name="api-site-history"),
    path("sites/<uuid:pk>/milestones", SiteMilestones.as_view(), name="api-site-milestones"),
    path("sites/<uuid:pk>/curve", SiteCurve.as_view(), name="api-site-curve"),
    path("milestones", MilestoneCollection.as_view(), name="api-milestones"),
    path("sites/<uuid:pk>/progress", SiteProgress.as_view(), name="api-site-progress"),
    path(
        "sites/<uuid:pk>/state-changes", SiteStateChanges.as_view(), name="api-site-state-changes"
    ),
    path("mileage", MileageView.as_view(), name="api-mileage"),
    path("imports", ImportCollection.as_view(), name="api-imports"),
    path("imports/<uuid:pk>", ImportRecord.as_view(), name="api-import"),
    path("imports/<uuid:pk>/parts/<int:number>", ImportPart.as_view(), name="api-import-part"),
    path("imports/<uuid:pk>/commit", ImportCommit.as_view(), name="api-import-commit"),
    path("state-changes", StateChangeCollection.as_view(), name="api-state-changes"),
    path("targets", TargetCollection.as_view(), name="api-targets"),
    path("targets/<uuid:pk>", TargetRecord.as_view(), name="api-target"),
    path("service-records", ServiceRecordCollection.as_view(), name="api-service-records"),
    path("service-records/<uuid:pk>", ServiceRecordRecord.as_view(), name="api-service-record"),
    path(
        "service-records/<uuid:pk>/review",
        ServiceRecordReview.as_view(),
        name="api-service-record-review",
    ),
]
