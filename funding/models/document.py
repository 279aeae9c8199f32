"""Official documents that money and decisions rest on."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from funding.kinds import DocumentKind
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaRowQuerySet


@pghistory.track(*old_values())
class OfficialDocument(AreaRow, VersionedRecord):
    """A document 文件 with its number; its file, if given, lies under `MEDIA_ROOT`."""

    kind = models.CharField(_("kind"), max_length=12, choices=DocumentKind)
    number = models.CharField(_("document number"), max_length=80)
    title = models.CharField(_("title"), max_length=200)
    issuer = models.CharField(_("issued by"), max_length=120, blank=True, db_default="")
    issued_on = models.DateField(_("issued on"))
    file_name = models.CharField(max_length=200, blank=True, db_default="", editable=False)
    content_type = models.CharField(max_length=80, blank=True, db_default="", editable=False)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("official document")
        verbose_name_plural = _("official documents")
        ordering = ["-issued_on", "number"]
        constraints = [
            models.UniqueConstraint(
                name="official_document_number_once",
                fields=["area", "number"],
                violation_error_message=_("A document of this number exists already."),
            ),
            models.CheckConstraint(
                name="official_document_kind_known", condition=Q(kind__in=DocumentKind.values)
            ),
            models.CheckConstraint(
                name="official_document_hash_form",
                condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"
