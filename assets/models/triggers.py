"""The mark that a change of assets or of their upkeep leaves for tile caches."""

from __future__ import annotations

import pgtrigger
from django.db import models

NOTE_UPKEEP_CHANGE_SQL = """
INSERT INTO assets_upkeepchange (xid, changed_at)
VALUES (pg_current_xact_id()::text::bigint, now())
ON CONFLICT (xid) DO NOTHING;
RETURN NULL;
"""


class UpkeepChange(models.Model):
    """One row for each transaction that changed assets or their upkeep; see `sites.data_version`.

    A table of its own: a busy day of work orders must not void the cached tiles of all sites.
    """

    xid = models.BigIntegerField(primary_key=True)
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "upkeep change"

    def __str__(self) -> str:
        return f"{self.xid}"


def note_upkeep_change() -> pgtrigger.Trigger:
    """Return the trigger that leaves one row a transaction, from which tile caches learn."""
    return pgtrigger.Trigger(
        name="note_upkeep_change",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=NOTE_UPKEEP_CHANGE_SQL,
    )
