"""The record that every change of state leaves, and the trigger that insists on it."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sites.identifiers import new_id
from sites.kinds import Role
from sites.models.state_change import CurrentTransaction
from sites.models.triggers import append_only

RECORDED_SQL = """
IF NOT EXISTS (
    SELECT 1 FROM {table} change
    WHERE change.{key} = NEW.id AND change.from_state = OLD.state
      AND change.to_state = NEW.state AND change.xid = pg_current_xact_id()::text::bigint
) THEN
    RAISE EXCEPTION 'a state changed without a record'
        USING ERRCODE = 'check_violation', CONSTRAINT = '{table}_recorded';
END IF;
RETURN NULL;
"""


class Change(models.Model):
    """One move from a state to another: who, for which body, in which role, when and why.

    `xid` lets the database check that a state never changes without such a row. Append-only.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    from_state = models.CharField(_("from state"), max_length=20)
    to_state = models.CharField(_("to state"), max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("on behalf of"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True, db_default="")
    at = models.DateTimeField(_("at"))
    recorded_at = models.DateTimeField(_("recorded at"), db_default=Now(), editable=False)
    reason = models.TextField(_("reason"), blank=True, db_default="")
    xid = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    class Meta:
        abstract = True
        ordering = ["at", "id"]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.from_state} → {self.to_state}"


def change_recorded(table: str, key: str) -> pgtrigger.Trigger:
    """Return the trigger that refuses a new state without its row in the table of changes."""
    return pgtrigger.Trigger(
        name="change_recorded",
        when=pgtrigger.After,
        timing=pgtrigger.Deferred,
        operation=pgtrigger.UpdateOf("state"),
        condition=pgtrigger.Q(old__state__df=pgtrigger.F("new__state")),
        func=RECORDED_SQL.format(table=table, key=key),
    )
