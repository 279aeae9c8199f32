"""Photos that an entry names and that are still on the phone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from assets.kinds import PhotoStage


class PromisedPhoto(models.Model):
    """A photo that an entry names by identifier and hash before it has come.

    The entry stands at once, and everybody sees what is still to come; when the sender's photo
    with this identifier and hash arrives, it is linked and `arrived_at` is set, both in the
    photo's own transaction. Exactly one of `log`, `inspection` and `defect` is given; `answer`
    belongs to an inspection.
    """

    id = models.BigAutoField(primary_key=True)
    photo_id = models.UUIDField()
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    stage = models.CharField(_("stage"), max_length=10, choices=PhotoStage, blank=True)
    log = models.ForeignKey(
        "maintenance.MaintenanceLog",
        related_name="promised_photos",
        on_delete=models.PROTECT,
        null=True,
    )
    inspection = models.ForeignKey(
        "maintenance.Inspection",
        related_name="promised_photos",
        on_delete=models.PROTECT,
        null=True,
    )
    answer = models.ForeignKey(
        "maintenance.CheckAnswer", related_name="+", on_delete=models.PROTECT, null=True
    )
    defect = models.ForeignKey(
        "maintenance.Defect", related_name="promised_photos", on_delete=models.PROTECT, null=True
    )
    promised_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, related_name="+", on_delete=models.PROTECT
    )
    promised_at = models.DateTimeField(db_default=Now(), editable=False)
    arrived_at = models.DateTimeField(_("arrived at"), null=True)

    class Meta:
        verbose_name = _("promised photo")
        verbose_name_plural = _("promised photos")
        indexes = [
            models.Index(
                fields=["photo_id"],
                condition=Q(arrived_at__isnull=True),
                name="promised_photo_awaited",
            )
        ]
        constraints = [
            models.UniqueConstraint(name="promised_photo_of_log_once", fields=["log", "photo_id"]),
            models.UniqueConstraint(
                name="promised_photo_of_inspection_once", fields=["inspection", "photo_id"]
            ),
            models.UniqueConstraint(
                name="promised_photo_of_defect_once", fields=["defect", "photo_id"]
            ),
            models.CheckConstraint(
                name="promised_photo_of_one_record",
                condition=Q(log__isnull=False, inspection__isnull=True, defect__isnull=True)
                | Q(log__isnull=True, inspection__isnull=False, defect__isnull=True)
                | Q(log__isnull=True, inspection__isnull=True, defect__isnull=False),
            ),
            models.CheckConstraint(
                name="promised_photo_answer_of_inspection",
                condition=Q(answer__isnull=True) | Q(inspection__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.photo_id}"
