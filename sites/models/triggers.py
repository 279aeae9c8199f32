"""Triggers that several tables share."""

from __future__ import annotations

import pghistory
import pgtrigger

NOTE_CHANGE_SQL = """
INSERT INTO sites_datachange (xid, changed_at)
VALUES (pg_current_xact_id()::text::bigint, now())
ON CONFLICT (xid) DO NOTHING;
RETURN NULL;
"""


def touch(*, exclude: tuple[str, ...] = ()) -> pgtrigger.Trigger:
    """Return the trigger that counts `version` up and dates `updated_at` when a value changed.

    `exclude` names generated columns, which a trigger before the update cannot read.
    """
    return pgtrigger.Trigger(
        name="touch",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(exclude=["version", "updated_at", *exclude]),
        func="NEW.version = OLD.version + 1; NEW.updated_at = now(); RETURN NEW;",
    )


def note_data_change() -> pgtrigger.Trigger:
    """Return the trigger that leaves one row a transaction, from which tile caches learn.

    A row for each transaction, not a counter: counters would make writers wait for each other.
    """
    return pgtrigger.Trigger(
        name="note_data_change",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=NOTE_CHANGE_SQL,
    )


def append_only() -> pgtrigger.Trigger:
    """Return the trigger that refuses to change or delete a row."""
    return pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)


def old_values() -> tuple[pghistory.RowEvent, ...]:
    """Return the trackers that keep a row's values from before each change and deletion.

    New rows leave no event: they are the first state themselves, and an import of a hundred
    thousand rows need not be written twice.
    """
    return (
        pghistory.UpdateEvent("update", row=pghistory.Old),
        pghistory.DeleteEvent("delete", row=pghistory.Old),
    )
