"""Monthly plans: what a township or department means to reach in a month, and what it reached."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maintenance.models.changes import Change, change_recorded
from oversight.kinds import ItemResult, PlanState
from sites.identifiers import new_id
from sites.kinds import MilestoneKind
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import append_only, note_data_change, old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaRowQuerySet

PLAN_LOCKED_SQL = """
RAISE EXCEPTION 'a closed plan is locked'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'monthly_plan_closed_is_locked';
"""
ITEM_LOCKED_SQL = """
IF EXISTS (
    SELECT 1 FROM oversight_monthlyplan plan
    WHERE plan.id = CASE WHEN TG_OP = 'INSERT' THEN NEW.plan_id ELSE OLD.plan_id END
      AND plan.state = 'closed'
) THEN
    RAISE EXCEPTION 'the items of a closed plan are locked'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'monthly_plan_closed_is_locked';
END IF;
IF TG_OP = 'DELETE' THEN
    RETURN OLD;
END IF;
RETURN NEW;
"""


@pghistory.track(*old_values())
class MonthlyPlan(AreaRow, VersionedRecord):
    """The plan 月度方案 of one body for one month; `month` is its first day.

    It is filed until `due_on`, confirmed by the office, closed against facts after the month,
    and locked from then on: closed, it is the monthly report 月报.
    """

    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("filed by"),
        related_name="monthly_plans",
        on_delete=models.PROTECT,
    )
    month = models.DateField(_("month"))
    due_on = models.DateField(_("to be filed until"))
    state = models.CharField(_("state"), max_length=10, choices=PlanState, default=PlanState.DRAFT)
    submitted_at = models.DateTimeField(_("filed at"), null=True, blank=True, editable=False)
    closed_at = models.DateTimeField(_("closed at"), null=True, blank=True, editable=False)
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("monthly plan")
        verbose_name_plural = _("monthly plans")
        ordering = ["-month", "area_code"]
        indexes = [models.Index(fields=["area_code", "-month"], name="monthly_plan_area")]
        constraints = [
            models.UniqueConstraint(
                name="monthly_plan_once",
                fields=["organisation", "area", "month"],
                violation_error_message=_("There is a plan of this body for that month already."),
            ),
            models.CheckConstraint(
                name="monthly_plan_month_is_a_first_day",
                condition=Q(month__day=1),
                violation_error_message=_("A month is written as its first day."),
            ),
            models.CheckConstraint(
                name="monthly_plan_state_known", condition=Q(state__in=PlanState.values)
            ),
        ]
        triggers = [
            touch(),
            placed_by_area(),
            change_recorded("oversight_planchange", "plan_id"),
            pgtrigger.Trigger(
                name="closed_is_locked",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="closed"),
                func=PLAN_LOCKED_SQL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m}"


@pghistory.track(*old_values())
class PlanItem(models.Model):
    """One site of a plan: the node, percent, quantity or money (yuan) to reach in the month.

    The second half is filled from facts when the plan is closed.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    plan = models.ForeignKey(MonthlyPlan, related_name="items", on_delete=models.CASCADE)
    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="plan_items",
        on_delete=models.PROTECT,
    )
    milestone = models.CharField(
        _("milestone"), max_length=30, choices=MilestoneKind, blank=True, db_default=""
    )
    due_on = models.DateField(_("due"), null=True, blank=True)
    percent = models.DecimalField(
        _("progress (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )
    quantity = models.DecimalField(
        _("quantity"), max_digits=14, decimal_places=3, null=True, blank=True
    )
    money = models.DecimalField(
        _("to be paid (yuan)"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    note = models.CharField(_("note"), max_length=200, blank=True, db_default="")
    result = models.CharField(
        _("result"), max_length=10, choices=ItemResult, default=ItemResult.OPEN, editable=False
    )
    reached_on = models.DateField(_("reached on"), null=True, editable=False)
    reached_percent = models.DecimalField(
        _("reached (%)"), max_digits=5, decimal_places=2, null=True, editable=False
    )
    reached_quantity = models.DecimalField(
        _("reached (quantity)"), max_digits=14, decimal_places=3, null=True, editable=False
    )
    reached_money = models.DecimalField(
        _("paid (yuan)"), max_digits=16, decimal_places=2, null=True, editable=False
    )
    explanation = models.TextField(_("explanation"), blank=True, db_default="")

    class Meta:
        verbose_name = _("item of a monthly plan")
        verbose_name_plural = _("items of monthly plans")
        ordering = ["site__code"]
        constraints = [
            models.UniqueConstraint(
                name="plan_item_once",
                fields=["plan", "site", "milestone"],
                violation_error_message=_("This site and milestone stand in the plan already."),
            ),
            models.CheckConstraint(
                name="plan_item_sets_something",
                condition=~Q(milestone="")
                | Q(percent__isnull=False)
                | Q(quantity__isnull=False)
                | Q(money__isnull=False),
                violation_error_message=_("Say what is to be reached in the month."),
            ),
            models.CheckConstraint(
                name="plan_item_numbers_in_range",
                condition=(Q(percent__isnull=True) | Q(percent__gte=0, percent__lte=100))
                & (Q(quantity__isnull=True) | Q(quantity__gte=0))
                & (Q(money__isnull=True) | Q(money__gte=0)),
                violation_error_message=_("Amounts must not be negative."),
            ),
        ]
        triggers = [
            note_data_change(),
            pgtrigger.Trigger(
                name="closed_is_locked",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func=ITEM_LOCKED_SQL,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.site_id}"


class PlanChange(Change):
    """One move of a monthly plan: filed, returned, confirmed, closed."""

    plan = models.ForeignKey(MonthlyPlan, related_name="changes", on_delete=models.PROTECT)

    class Meta(Change.Meta):
        abstract = False
        verbose_name = _("change of a monthly plan")
        verbose_name_plural = _("changes of monthly plans")
        triggers = [append_only()]
