"""Handover of what a site built to its owner and to who keeps it up."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.kinds import DocumentKind
from assets.models.asset import Asset
from assets.querysets import AcceptanceQuerySet, HandoverPartQuerySet
from sites.identifiers import new_id
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class Handover(VersionedRecord):
    """A handover 移交 of a site's assets: from whom, to which owner, kept up by whom, since when.

    It is a draft until all three parties signed; then it is fixed.
    """

    site = models.OneToOneField(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="handover",
        on_delete=models.PROTECT,
    )
    from_organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("handed over by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    owner = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("owner"),
        related_name="handovers_owned",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    upkeep_party = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("upkeep party"),
        related_name="handovers_kept_up",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    warranty_until = models.DateField(_("warranty until"), null=True, blank=True)
    assets = models.ManyToManyField(
        Asset, verbose_name=_("assets"), related_name="handovers", blank=True
    )
    from_name = models.CharField(_("signed for the builder by"), max_length=60, blank=True)
    from_signed_on = models.DateField(_("builder signed on"), null=True, blank=True)
    owner_name = models.CharField(_("signed for the owner by"), max_length=60, blank=True)
    owner_signed_on = models.DateField(_("owner signed on"), null=True, blank=True)
    upkeep_name = models.CharField(_("signed for the upkeep party by"), max_length=60, blank=True)
    upkeep_signed_on = models.DateField(_("upkeep party signed on"), null=True, blank=True)
    completed_on = models.DateField(_("handed over on"), null=True, blank=True, editable=False)
    completed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AcceptanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("handover")
        verbose_name_plural = _("handovers")
        constraints = [
            models.CheckConstraint(
                name="handover_completed_is_whole",
                condition=Q(completed_on__isnull=True)
                | Q(
                    from_organisation__isnull=False,
                    owner__isnull=False,
                    upkeep_party__isnull=False,
                    warranty_until__isnull=False,
                    from_signed_on__isnull=False,
                    owner_signed_on__isnull=False,
                    upkeep_signed_on__isnull=False,
                ),
                violation_error_message=_(
                    "A handover needs its three parties, their signatures and the warranty's end."
                ),
            )
        ]
        triggers = [touch()]

    def __str__(self) -> str:
        return f"{self.site_id}"


class Document(models.Model):
    """A document that goes with a handover; its file, if given, lies under `MEDIA_ROOT`."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    handover = models.ForeignKey(Handover, related_name="documents", on_delete=models.PROTECT)
    kind = models.CharField(_("kind"), max_length=24, choices=DocumentKind)
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("document number"), max_length=80, blank=True, db_default="")
    issued_on = models.DateField(_("issued on"), null=True, blank=True)
    file_name = models.CharField(max_length=200, blank=True, db_default="", editable=False)
    content_type = models.CharField(max_length=80, blank=True, db_default="", editable=False)
    size_bytes = models.PositiveBigIntegerField(null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    added_at = models.DateTimeField(db_default=Now(), editable=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT, null=True
    )

    objects = HandoverPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["kind", "title"]
        constraints = [
            models.CheckConstraint(
                name="document_kind_known", condition=Q(kind__in=DocumentKind.values)
            ),
            models.CheckConstraint(
                name="document_hash_form",
                condition=Q(sha256="") | Q(sha256__regex=r"^[0-9a-f]{64}$"),
            ),
        ]

    def __str__(self) -> str:
        return self.title
