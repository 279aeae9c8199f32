"""The mark that a transaction leaves when it changed what maps show."""

from __future__ import annotations

from django.db import models


class DataChange(models.Model):
    """One row for each transaction that changed areas or sites; see `sites.data_version`."""

    xid = models.BigIntegerField(primary_key=True)
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "data change"
