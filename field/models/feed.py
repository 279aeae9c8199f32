"""What changed, in an order in which a phone can follow it without missing a row."""

from __future__ import annotations

from django.contrib.postgres.indexes import BrinIndex
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from maintenance.kinds import FieldEntity
from sites.models.state_change import CurrentTransaction


class FeedEntry(models.Model):
    """A note that a record changed, left by triggers in the transaction that changed it.

    `xid` is that transaction's: readers go up to the oldest one still running and no further, in
    the order (`xid`, `seq`), so that a transaction that commits late is never passed over.
    """

    seq = models.BigAutoField(primary_key=True)
    xid = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)
    entity = models.CharField(_("record"), max_length=20, choices=FieldEntity)
    entity_id = models.UUIDField()
    agreement_id = models.UUIDField(null=True)
    area_code = models.CharField(max_length=15, db_collation="C", db_default="")
    at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("change to be followed")
        verbose_name_plural = _("changes to be followed")
        ordering = ["xid", "seq"]
        indexes = [
            models.Index(fields=["xid", "seq"], name="field_feed_order"),
            models.Index(fields=["entity", "entity_id", "-seq"], name="field_feed_of_record"),
            models.Index(fields=["agreement_id", "xid", "seq"], name="field_feed_of_agreement"),
            models.Index(
                fields=["xid", "seq"],
                condition=Q(entity=FieldEntity.DEFECT),
                name="field_feed_defects",
            ),
            BrinIndex(fields=["at"], name="field_feed_at", pages_per_range=32),
        ]
        constraints = [
            models.CheckConstraint(
                name="field_feed_entity_known", condition=Q(entity__in=FieldEntity.values)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.xid}/{self.seq} {self.entity}"
