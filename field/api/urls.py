"""Addresses of the phone's exchange with the register, under `/api/v1/`."""

from __future__ import annotations

from django.urls import URLPattern, path

from field.api.me import FieldMe
from field.api.pull import FieldPull
from field.api.push import SyncPush
from field.api.receipts import SyncReceipts

urlpatterns: list[URLPattern] = [
    path("field/me", FieldMe.as_view(), name="api-field-me"),
    path("sync/pull", FieldPull.as_view(), name="api-sync-pull"),
    path("sync/push", SyncPush.as_view(), name="api-sync-push"),
    path("sync/receipts", SyncReceipts.as_view(), name="api-sync-receipts"),
]
