"""Standards with their checklists, the schedules that follow from them, and patrol plans."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assets.kinds import Severity
from assets.models.triggers import note_upkeep_change
from maintenance.kinds import DefectKind, OrderKind, PatrolKind, Priority, UpkeepTask
from maintenance.querysets import AgreementPartQuerySet, ScheduleQuerySet, StandardQuerySet
from sites.identifiers import new_id
from sites.kinds import Kind, WaterWorksKind
from sites.models.naming import NamedRecord
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class UpkeepStandard(NamedRecord, VersionedRecord):
    """A duty for one kind of asset: the task, every how many days, and its checklist."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    asset_kind = models.CharField(_("kind of asset"), max_length=20, choices=Kind)
    works_kind = models.CharField(
        _("works kind"), max_length=20, choices=WaterWorksKind, blank=True, db_default=""
    )
    task = models.CharField(_("task"), max_length=20, choices=UpkeepTask)
    frequency_days = models.PositiveSmallIntegerField(_("every (days)"))
    is_active = models.BooleanField(_("in use"), default=True, db_default=True)
    source = models.CharField(_("source"), max_length=200, blank=True, db_default="")

    objects = StandardQuerySet.as_manager()

    class Meta:
        verbose_name = _("upkeep standard")
        verbose_name_plural = _("upkeep standards")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="upkeep_standard_kind_known", condition=Q(asset_kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="upkeep_standard_task_known", condition=Q(task__in=UpkeepTask.values)
            ),
            models.CheckConstraint(
                name="upkeep_standard_frequency_in_range",
                condition=Q(frequency_days__gte=1, frequency_days__lte=3660),
                violation_error_message=_("A duty recurs every 1 to 3660 days."),
            ),
        ]
        triggers = [touch()]


@pghistory.track(*old_values())
class ChecklistItem(models.Model):
    """One question of a standard's checklist, and what a failed answer leads to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    standard = models.ForeignKey(UpkeepStandard, related_name="items", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("position"))
    text = models.CharField(_("question"), max_length=200)
    text_en = models.CharField(_("question in English"), max_length=200, blank=True, db_default="")
    points = models.DecimalField(
        _("points lost when it fails"), max_digits=5, decimal_places=2, default=0, db_default=0
    )
    defect_kind = models.CharField(
        _("defect it opens"), max_length=20, choices=DefectKind, default=DefectKind.OTHER
    )
    severity = models.CharField(
        _("severity"), max_length=10, choices=Severity, default=Severity.MINOR
    )
    opens_order = models.BooleanField(
        _("issues a work order at once"), default=False, db_default=False
    )
    order_kind = models.CharField(
        _("kind of order"), max_length=20, choices=OrderKind, default=OrderKind.MINOR_REPAIR
    )
    order_priority = models.CharField(
        _("priority"), max_length=10, choices=Priority, default=Priority.NORMAL
    )
    order_hours = models.PositiveSmallIntegerField(
        _("time limit (hours)"), default=168, db_default=168
    )
    is_active = models.BooleanField(_("in use"), default=True, db_default=True)

    class Meta:
        verbose_name = _("checklist item")
        verbose_name_plural = _("checklist items")
        ordering = ["standard", "position"]
        constraints = [
            models.UniqueConstraint(name="checklist_item_once", fields=["standard", "position"]),
            models.CheckConstraint(
                name="checklist_item_hours_in_range",
                condition=Q(order_hours__gte=1, order_hours__lte=8760),
                violation_error_message=_("A time limit lies between 1 hour and a year."),
            ),
            models.CheckConstraint(
                name="checklist_item_points_in_range",
                condition=Q(points__gte=0, points__lte=100),
            ),
        ]

    def __str__(self) -> str:
        return self.text


@pghistory.track(*old_values())
class UpkeepSchedule(VersionedRecord):
    """A standard applied to one asset: when it was last done and is next due."""

    asset = models.ForeignKey(
        "assets.Asset", verbose_name=_("asset"), related_name="schedules", on_delete=models.CASCADE
    )
    standard = models.ForeignKey(
        UpkeepStandard,
        verbose_name=_("standard"),
        related_name="schedules",
        on_delete=models.PROTECT,
    )
    frequency_days = models.PositiveSmallIntegerField(_("every (days)"))
    last_done_on = models.DateField(_("last done"), null=True, blank=True)
    next_due_on = models.DateField(_("next due"))
    is_active = models.BooleanField(_("in use"), default=True, db_default=True)

    objects = ScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("upkeep schedule")
        verbose_name_plural = _("upkeep schedules")
        ordering = ["next_due_on", "id"]
        indexes = [
            models.Index(
                fields=["next_due_on", "id"],
                condition=Q(is_active=True),
                name="schedule_due",
            )
        ]
        constraints = [
            models.UniqueConstraint(name="upkeep_schedule_once", fields=["asset", "standard"]),
            models.CheckConstraint(
                name="upkeep_schedule_frequency_in_range",
                condition=Q(frequency_days__gte=1, frequency_days__lte=3660),
                violation_error_message=_("A duty recurs every 1 to 3660 days."),
            ),
        ]
        triggers = [touch(), note_upkeep_change()]

    def __str__(self) -> str:
        return f"{self.standard_id} {self.next_due_on}"


@pghistory.track(*old_values())
class PatrolPlan(VersionedRecord):
    """A round that an agreement's parties make every so many days, stop by stop."""

    agreement = models.ForeignKey(
        "maintenance.Agreement",
        verbose_name=_("agreement"),
        related_name="patrol_plans",
        on_delete=models.PROTECT,
    )
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("who patrols"),
        related_name="patrol_plans",
        on_delete=models.PROTECT,
    )
    name = models.CharField(_("name"), max_length=200)
    kind = models.CharField(
        _("kind"), max_length=20, choices=PatrolKind, default=PatrolKind.PERIODIC
    )
    frequency_days = models.PositiveSmallIntegerField(_("every (days)"))
    next_due_on = models.DateField(_("next due"))
    is_active = models.BooleanField(_("in use"), default=True, db_default=True)

    objects = AgreementPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("patrol plan")
        verbose_name_plural = _("patrol plans")
        ordering = ["next_due_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="patrol_plan_kind_known", condition=Q(kind__in=PatrolKind.values)
            ),
            models.CheckConstraint(
                name="patrol_plan_frequency_in_range",
                condition=Q(frequency_days__gte=1, frequency_days__lte=3660),
                violation_error_message=_("A duty recurs every 1 to 3660 days."),
            ),
        ]
        triggers = [touch()]

    def __str__(self) -> str:
        return self.name


class PatrolStop(models.Model):
    """One asset on the way of a patrol plan."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(PatrolPlan, related_name="stops", on_delete=models.CASCADE)
    position = models.PositiveSmallIntegerField(_("position"))
    asset = models.ForeignKey(
        "assets.Asset", verbose_name=_("asset"), related_name="+", on_delete=models.PROTECT
    )

    class Meta:
        verbose_name = _("stop of a patrol")
        verbose_name_plural = _("stops of patrols")
        ordering = ["plan", "position"]
        constraints = [
            models.UniqueConstraint(name="patrol_stop_once", fields=["plan", "position"])
        ]

    def __str__(self) -> str:
        return f"{self.position}"
