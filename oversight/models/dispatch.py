"""Dispatch meetings: the agenda that makes itself, and what was decided."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from oversight.kinds import AgendaCause, DecisionState, MeetingLevel, MeetingState
from oversight.querysets import DecisionQuerySet, MeetingQuerySet
from sites.identifiers import new_id
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import note_data_change, old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class DispatchMeeting(AreaRow, VersionedRecord):
    """A meeting 会商调度 of a district or township."""

    level = models.CharField(_("kind"), max_length=10, choices=MeetingLevel)
    title = models.CharField(_("title"), max_length=200)
    held_on = models.DateField(_("day"))
    chair = models.CharField(_("chaired by"), max_length=60, blank=True, db_default="")
    place = models.CharField(_("place"), max_length=120, blank=True, db_default="")
    attendees = models.TextField(_("attended by"), blank=True, db_default="")
    state = models.CharField(
        _("state"), max_length=10, choices=MeetingState, default=MeetingState.PLANNED
    )
    minutes = models.TextField(_("minutes"), blank=True, db_default="")
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispatch meeting")
        verbose_name_plural = _("dispatch meetings")
        ordering = ["-held_on", "-id"]
        indexes = [models.Index(fields=["area_code", "-held_on"], name="dispatch_meeting_area")]
        constraints = [
            models.CheckConstraint(
                name="dispatch_meeting_codes_known",
                condition=Q(level__in=MeetingLevel.values, state__in=MeetingState.values),
            )
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """A site that a meeting is to speak about, why, and how many days it has waited.

    `responsible` is the name and role of who answers for it, as they stood when it was drawn.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(DispatchMeeting, related_name="agenda", on_delete=models.CASCADE)
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="agenda_items",
        on_delete=models.PROTECT,
    )
    cause = models.CharField(_("cause"), max_length=12, choices=AgendaCause)
    detail = models.CharField(_("detail"), max_length=30, blank=True, db_default="")
    days = models.PositiveIntegerField(_("days"), null=True, blank=True)
    responsible = models.JSONField(_("responsible"), default=list, blank=True)
    is_kept = models.BooleanField(_("on the agenda"), default=True, db_default=True)
    note = models.TextField(_("note"), blank=True, db_default="")

    class Meta:
        verbose_name = _("agenda item")
        verbose_name_plural = _("agenda items")
        ordering = ["-days", "site__code"]
        constraints = [
            models.UniqueConstraint(
                name="agenda_item_once", fields=["meeting", "site", "cause", "detail"]
            ),
            models.CheckConstraint(
                name="agenda_item_cause_known", condition=Q(cause__in=AgendaCause.values)
            ),
        ]
        triggers = [note_data_change()]

    def __str__(self) -> str:
        return f"{self.cause} {self.site_id}"


@pghistory.track(*old_values())
class Decision(AreaRow, VersionedRecord):
    """What a meeting decided 议定事项: what is to be done, by whom, until when."""

    meeting = models.ForeignKey(
        DispatchMeeting,
        verbose_name=_("meeting"),
        related_name="decisions",
        on_delete=models.PROTECT,
    )
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="decisions",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    action = models.TextField(_("what is to be done"))
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("by which body"),
        related_name="decisions",
        on_delete=models.PROTECT,
    )
    person = models.CharField(_("by whom"), max_length=60)
    due_on = models.DateField(_("until"))
    state = models.CharField(
        _("state"), max_length=10, choices=DecisionState, default=DecisionState.OPEN
    )
    done_on = models.DateField(_("done on"), null=True, blank=True)
    outcome = models.TextField(_("outcome"), blank=True, db_default="")

    objects = DecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["due_on", "id"]
        indexes = [models.Index(fields=["state", "due_on"], name="decision_due")]
        constraints = [
            models.CheckConstraint(
                name="decision_state_known", condition=Q(state__in=DecisionState.values)
            ),
            models.CheckConstraint(
                name="decision_done_has_day_and_outcome",
                condition=~Q(state="done") | (Q(done_on__isnull=False) & ~Q(outcome="")),
                violation_error_message=_("Say on which day it was done and what came of it."),
            ),
        ]
        triggers = [touch(), placed_by_area(), note_data_change()]

    def __str__(self) -> str:
        return self.action[:60]
