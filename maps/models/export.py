"""Exports that people asked for."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maps.querysets import ExportJobQuerySet
from sites.models.versioned import VersionedRecord


class ExportState(models.TextChoices):
    """Where an export stands."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Writing the file")
    READY = "ready", _("Ready to download")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class ExportJob(VersionedRecord):
    """One export that somebody asked for: its choices, its progress and its file.

    `query` is the filter as an address writes it; `scope_key` the scope that the rows were read
    under: when the owner's scope is another one, the file is no longer handed out.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="export_jobs", on_delete=models.CASCADE
    )
    state = models.CharField(
        _("state"), max_length=10, choices=ExportState, default=ExportState.QUEUED
    )
    layer = models.CharField(_("layer"), max_length=30)
    format = models.CharField(_("format"), max_length=10)
    query = models.TextField(_("filter"), blank=True)
    fields = models.JSONField(_("fields"), default=list, blank=True)
    srid = models.IntegerField(_("reference system"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    scope_key = models.TextField(blank=True)
    sites = models.BigIntegerField(_("sites"), default=0)
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(default=0)
    size_bytes = models.BigIntegerField(default=0)
    message = models.TextField(blank=True)
    cancel_requested = models.BooleanField(default=False)
    heartbeat_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    objects = ExportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["owner", "-created_at"], name="export_job_of_owner")]
        constraints = [
            models.CheckConstraint(
                name="export_job_state_known", condition=Q(state__in=ExportState.values)
            )
        ]

    def __str__(self) -> str:
        return f"{self.layer}.{self.format}"

    @property
    def is_open(self) -> bool:
        """Whether the export still waits or is at work."""
        return self.state in {ExportState.QUEUED, ExportState.RUNNING}
