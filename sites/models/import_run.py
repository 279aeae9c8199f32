"""Import runs and saved field mappings."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sites.identifiers import new_id
from sites.kinds import Kind
from sites.models.versioned import VersionedRecord
from sites.querysets import ImportRunQuerySet


class ImportState(models.TextChoices):
    """Where an import run stands."""

    UPLOADING = "uploading", _("Uploading")
    VALIDATING = "validating", _("Checking")
    READY = "ready", _("Ready")
    COMMITTING = "committing", _("Writing")
    COMMITTED = "committed", _("Imported")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class ImportRun(VersionedRecord):
    """One file on its way into the register: its choices, its counts and its problems."""

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        related_name="import_runs",
        on_delete=models.PROTECT,
        null=True,
    )
    state = models.CharField(
        _("state"), max_length=12, choices=ImportState, default=ImportState.UPLOADING
    )
    target = models.CharField(_("target"), max_length=10, default="sites")
    file_name = models.CharField(_("file"), max_length=255)
    stored_path = models.CharField(max_length=400, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size_bytes = models.BigIntegerField(default=0)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind, blank=True)
    programme = models.ForeignKey(
        "sites.Programme", on_delete=models.PROTECT, null=True, blank=True
    )
    options = models.JSONField(default=dict, blank=True)
    mapping = models.JSONField(default=dict, blank=True)
    seen = models.JSONField(default=dict, blank=True)
    counts = models.JSONField(default=dict, blank=True)
    errors = models.JSONField(default=list, blank=True)
    message = models.TextField(blank=True)
    progress_done = models.BigIntegerField(default=0)
    progress_total = models.BigIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    heartbeat_at = models.DateTimeField(null=True, blank=True)

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = _("import run")
        verbose_name_plural = _("import runs")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                name="import_run_state_known", condition=Q(state__in=ImportState.values)
            )
        ]

    def __str__(self) -> str:
        return self.file_name


class ImportMapping(models.Model):
    """A field mapping that somebody saved to use again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="import_mappings", on_delete=models.CASCADE
    )
    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    fields = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("import mapping")
        verbose_name_plural = _("import mappings")
        constraints = [
            models.UniqueConstraint(
                name="import_mapping_name_once", fields=["owner", "kind", "name"]
            )
        ]

    def __str__(self) -> str:
        return self.name
