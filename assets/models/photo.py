"""Photos: evidence of what was found, done and repaired."""

from __future__ import annotations

from django.conf import settings
from django.contrib.gis.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.querysets_photos import PhotoQuerySet
from sites.functions import GeometryIsSound
from sites.geometry import STORED_SRID
from sites.models.triggers import append_only

LARGEST_ACCURACY_M = 100_000


class PhotoType(models.TextChoices):
    """The kinds of image that are kept, told by their content."""

    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    WEBP = "image/webp", "WebP"
    HEIC = "image/heic", "HEIC"


class Photo(models.Model):
    """One photo under the identifier that the sender gave it; the bytes lie beside, by hash.

    `width` and `height` are pixels as shown, after the camera's orientation. `taken_at` and
    `position` are the camera's or the sender's word, `received_at` is our clock. Append-only:
    a photo is evidence. `uploaded_by` is empty when the public sent it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    sha256 = models.CharField(_("SHA-256"), max_length=64, db_index=True)
    content_type = models.CharField(_("type"), max_length=20, choices=PhotoType)
    size_bytes = models.BigIntegerField(_("size (bytes)"))
    width = models.PositiveIntegerField(_("width (pixels)"))
    height = models.PositiveIntegerField(_("height (pixels)"))
    taken_at = models.DateTimeField(_("taken at"), null=True, blank=True)
    position = models.PointField(_("position"), srid=STORED_SRID, null=True, blank=True)
    accuracy_m = models.FloatField(_("accuracy (m)"), null=True, blank=True)
    original_name = models.CharField(_("file name"), max_length=255, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("organisation"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("photo")
        verbose_name_plural = _("photos")
        ordering = ["received_at", "id"]
        constraints = [
            models.CheckConstraint(
                name="photo_sha256_form", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")
            ),
            models.CheckConstraint(
                name="photo_type_known", condition=Q(content_type__in=PhotoType.values)
            ),
            models.CheckConstraint(
                name="photo_has_a_size",
                condition=Q(size_bytes__gt=0, width__gt=0, height__gt=0),
            ),
            models.CheckConstraint(
                name="photo_position_is_sound",
                condition=GeometryIsSound(F("position")),
                violation_error_message=_("The position of the photo is outside the map."),
            ),
            models.CheckConstraint(
                # An upper end keeps NaN out, which PostgreSQL holds to be the largest number.
                name="photo_accuracy_in_range",
                condition=Q(accuracy_m__isnull=True)
                | Q(accuracy_m__gte=0, accuracy_m__lte=LARGEST_ACCURACY_M),
                violation_error_message=_("The accuracy must lie between 0 and 100 km."),
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return self.original_name or str(self.pk)


class ProgressPhoto(models.Model):
    """A photo that proves a progress entry. Append-only."""

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(
        "sites.ProgressEntry", related_name="photos", on_delete=models.PROTECT
    )
    photo = models.ForeignKey("assets.Photo", related_name="+", on_delete=models.PROTECT)

    class Meta:
        verbose_name = _("photo of progress")
        verbose_name_plural = _("photos of progress")
        constraints = [
            models.UniqueConstraint(name="progress_photo_once", fields=["entry", "photo"])
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.entry_id}"
