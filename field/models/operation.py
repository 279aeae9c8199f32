"""Operations that phones sent and that were dealt with for good."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from field.kinds import OpStatus, OpType
from maintenance.kinds import FieldEntity
from maintenance.models import SetAsideEntry
from maintenance.models.defect import NextNumber
from sites.models.triggers import append_only


class FieldOperation(models.Model):
    """One operation under the phone's identifier: taken in, or kept beside as a clash.

    Append-only, and the memory that makes a repeat a repeat: the same `id` with the same
    `body_sha256` is answered as it was, with another one it is refused. Refused operations leave
    no row here (see `SetAsideEntry`): sent again, they are judged again. `body` is kept for
    changes and moves; a new entry is its own record, and `body` holds only what a wrong clock said
    (`field.clock_notes`). `brought_by` took in a phone's saved file.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    device_id = models.CharField(max_length=80, db_default="")
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sender"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("brought by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )
    type = models.CharField(_("operation"), max_length=10, choices=OpType)
    entity = models.CharField(_("record"), max_length=20, choices=FieldEntity)
    entity_id = models.UUIDField()
    base_version = models.BigIntegerField(null=True)
    device_time = models.DateTimeField(_("time on the device"), null=True)
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)
    server_seq = models.BigIntegerField(
        unique=True, editable=False, db_default=NextNumber("field_operation_seq")
    )
    status = models.CharField(_("status"), max_length=12, choices=OpStatus)
    body_sha256 = models.CharField(max_length=64)
    body = models.JSONField(null=True)
    set_aside = models.ForeignKey(
        SetAsideEntry, related_name="operations", on_delete=models.PROTECT, null=True
    )

    class Meta:
        verbose_name = _("operation of a phone")
        verbose_name_plural = _("operations of phones")
        ordering = ["-server_seq"]
        indexes = [
            models.Index(fields=["entity", "entity_id"], name="field_operation_of_record"),
            models.Index(fields=["sender", "-server_seq"], name="field_operation_of_sender"),
        ]
        constraints = [
            models.CheckConstraint(
                name="field_operation_status_final",
                condition=Q(status=OpStatus.STORED)
                | Q(status=OpStatus.CONFLICT, set_aside__isnull=False),
            ),
            models.CheckConstraint(
                name="field_operation_type_known", condition=Q(type__in=OpType.values)
            ),
            models.CheckConstraint(
                name="field_operation_entity_known", condition=Q(entity__in=FieldEntity.values)
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.entity} {self.type} {self.server_seq}"
