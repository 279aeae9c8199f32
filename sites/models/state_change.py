"""The record that every change of a site's state leaves."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Func, Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from sites.identifiers import new_id
from sites.kinds import Role, State
from sites.models.triggers import append_only
from sites.querysets import SitePartQuerySet


class CurrentTransaction(Func):
    """Number of the transaction in progress."""

    template = "(pg_current_xact_id()::text::bigint)"
    output_field = models.BigIntegerField()


class StateChange(models.Model):
    """One move of a site from a state to another: who, in which role, when and why.

    `xid` lets the database check that a state never changes without such a row.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="state_changes",
        on_delete=models.PROTECT,
    )
    from_state = models.CharField(_("from state"), max_length=20, choices=State)
    to_state = models.CharField(_("to state"), max_length=20, choices=State)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("changed by"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
    )
    role = models.CharField(_("role"), max_length=20, choices=Role, blank=True)
    effective_on = models.DateField(_("effective on"))
    at = models.DateTimeField(_("recorded at"), db_default=Now())
    reason = models.TextField(_("reason"), blank=True)
    evidence = models.TextField(_("evidence"), blank=True)
    xid = models.BigIntegerField(db_default=CurrentTransaction(), editable=False)

    objects = SitePartQuerySet.as_manager()

    class Meta:
        verbose_name = _("state change")
        verbose_name_plural = _("state changes")
        ordering = ["at", "id"]
        constraints = [
            models.CheckConstraint(
                name="state_change_states_known",
                condition=Q(from_state__in=State.values, to_state__in=State.values),
            ),
            models.CheckConstraint(
                name="state_change_moves", condition=~Q(from_state=models.F("to_state"))
            ),
        ]
        triggers = [append_only()]

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} → {self.get_to_state_display()}"
