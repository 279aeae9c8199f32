"""Addresses of the phone's exchange with the register, under `/api/v1/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from field.api.me import FieldMe
from field.api.packages import FieldPackage, FieldPackages
from field.api.pull import FieldPull
from field.api.push import SyncPush
from field.api.receipts import SyncReceipts
from field.api.set_aside import SetAsideCollection, SetAsideDecision, SetAsideRecord

urlpatterns: list[URLPattern] = [
    path("field/me", FieldMe.as_view(), name="api-field-me"),
    path("field/packages", FieldPackages.as_view(), name="api-field-packages"),
    path("field/packages/<str:key>", FieldPackage.as_view(), name="api-field-package"),
    path("set-aside", SetAsideCollection.as_view(), name="api-set-aside"),
    path("set-aside/<uuid:pk>", SetAsideRecord.as_view(), name="api-set-aside-entry"),
    path(
        "set-aside/<uuid:pk>/decision",
        SetAsideDecision.as_view(),
        name="api-set-aside-decision",
    ),
    path("sync/pull", FieldPull.as_view(), name="api-sync-pull"),
    path("sync/push", SyncPush.as_view(), name="api-sync-push"),
    path("sync/receipts", SyncReceipts.as_view(), name="api-sync-receipts"),
]
