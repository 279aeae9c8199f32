"""Answers kept for requests that may be sent again."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from sites.identifiers import new_id


class IdempotentRequest(models.Model):
    """One POST with an `Idempotency-Key`: what was asked, by hash, and what was answered.

    The row is written in the transaction of the work itself: either both are there or neither.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, related_name="+", on_delete=models.CASCADE)
    key = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    headers = models.JSONField(default=dict)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(db_default=Now(), db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="idempotent_request_once", fields=["user", "key"])
        ]

    def __str__(self) -> str:
        return self.key
