"""What phones sent and the register could not take: kept whole, with the reason, until decided."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from maintenance.kinds import FieldEntity, SetAsideCause, SetAsideState
from maintenance.querysets import SetAsideQuerySet
from sites.identifiers import new_id


class SetAsideEntry(models.Model):
    """An entry or change that was sent and not taken, as it was sent.

    `sides` holds, for a clash, `{field, base, office, phone}` for each field on which both sides
    differ; `errors` what was wrong, `{field, code, key, values}`: a sentence's key in the
    catalogues and its values, or `message` where no catalogue holds it. What cannot be read at all
    has no `entity` or `entity_id`. `area_code` is the asset's, or the sender's where the entry
    names none that is known; empty it concerns the offices of the root areas. Sent again
    unchanged, it is the same row.
    A decision is made once: taken (`became` names the record), or dismissed with a reason.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    cause = models.CharField(_("cause"), max_length=20, choices=SetAsideCause)
    code = models.CharField(_("code"), max_length=60)
    errors = models.JSONField(default=list)
    sides = models.JSONField(default=list)
    op_id = models.UUIDField(null=True)
    type = models.CharField(max_length=10, db_default="create")
    entity = models.CharField(_("record"), max_length=20, choices=FieldEntity, blank=True)
    entity_id = models.UUIDField(null=True)
    base_version = models.BigIntegerField(null=True)
    current_version = models.BigIntegerField(null=True)
    body = models.JSONField()
    body_sha256 = models.CharField(max_length=64)
    device_id = models.CharField(max_length=80, blank=True, db_default="")
    device_time = models.DateTimeField(_("time on the device"), null=True)
    received_at = models.DateTimeField(_("received at"), db_default=Now(), editable=False)
    times_sent = models.PositiveIntegerField(_("times sent"), default=1, db_default=1)
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("sender"),
        related_name="+",
        on_delete=models.PROTECT,
    )
    asset = models.ForeignKey(
        "assets.Asset",
        verbose_name=_("asset"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )
    area_code = models.CharField(max_length=15, db_collation="C", db_default="")
    state = models.CharField(
        _("state"),
        max_length=12,
        choices=SetAsideState,
        default=SetAsideState.OPEN,
        db_default=SetAsideState.OPEN,
    )
    clock_skew_s = models.FloatField(null=True, editable=False)
    """How far the device's clock was ahead of ours when it sent the entry; null: not told."""
    choices = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True, db_default="")
    became = models.UUIDField(null=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("decided by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)

    objects = SetAsideQuerySet.as_manager()

    class Meta:
        verbose_name = _("entry set aside")
        verbose_name_plural = _("entries set aside")
        ordering = ["-received_at", "-id"]
        indexes = [
            models.Index(
                fields=["area_code", "-received_at"],
                condition=Q(state="open"),
                name="set_aside_open",
            ),
            models.Index(fields=["sender", "-received_at"], name="set_aside_of_sender"),
            models.Index(fields=["-received_at", "-id"], name="set_aside_latest"),
        ]
        constraints = [
            models.UniqueConstraint(
                name="set_aside_once",
                fields=["entity", "entity_id", "sender", "type", "body_sha256"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="set_aside_cause_known", condition=Q(cause__in=SetAsideCause.values)
            ),
            models.CheckConstraint(
                name="set_aside_entity_known", condition=Q(entity__in=["", *FieldEntity.values])
            ),
            models.CheckConstraint(
                name="set_aside_decided_whole",
                condition=Q(state="open", decided_at__isnull=True)
                | Q(state="taken", decided_at__isnull=False)
                | (Q(state="dismissed", decided_at__isnull=False) & ~Q(reason="")),
                violation_error_message=_("An entry is dismissed with a reason."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity} {self.code}"
