"""Public-benefit posts under an agreement, and how they were attended."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assets.models.road import chainage, chainage_in_order
from maintenance.models.agreement import Agreement
from maintenance.querysets import AgreementPartQuerySet
from sites.identifiers import new_id
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class UpkeepPost(VersionedRecord):
    """A public-benefit post 公益性岗位 on an asset or stretch: who, from when, yuan a month.

    The person's name is restricted to the office and the parties of the agreement.
    """

    agreement = models.ForeignKey(Agreement, related_name="posts", on_delete=models.PROTECT)
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("employer"),
        related_name="upkeep_posts",
        on_delete=models.PROTECT,
    )
    asset = models.ForeignKey(
        "assets.Asset", verbose_name=_("asset"), related_name="posts", on_delete=models.PROTECT
    )
    start_m = chainage(_("from chainage (m)"), optional=True)
    end_m = chainage(_("to chainage (m)"), optional=True)
    person_name = models.CharField(_("name"), max_length=60)
    monthly_pay = models.DecimalField(_("pay a month (yuan)"), max_digits=10, decimal_places=2)
    from_date = models.DateField(_("from"))
    until_date = models.DateField(_("until"), null=True, blank=True)

    objects = AgreementPartQuerySet.as_manager()

    class Meta:
        verbose_name = _("public-benefit post")
        verbose_name_plural = _("public-benefit posts")
        ordering = ["agreement", "from_date"]
        constraints = [
            chainage_in_order("upkeep_post", optional=True),
            models.CheckConstraint(
                name="upkeep_post_pay_not_negative",
                condition=Q(monthly_pay__gte=0),
                violation_error_message=_("The pay must not be negative."),
            ),
            models.CheckConstraint(
                name="upkeep_post_dates_in_order",
                condition=Q(until_date__isnull=True) | Q(until_date__gte=F("from_date")),
                violation_error_message=_("The last day must not come before the first."),
            ),
        ]
        triggers = [touch()]

    def __str__(self) -> str:
        return f"{self.asset_id} {self.from_date}"


@pghistory.track(*old_values())
class PostAttendance(models.Model):
    """Days that a post was attended in one month."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    post = models.ForeignKey(UpkeepPost, related_name="attendance", on_delete=models.CASCADE)
    month = models.DateField(_("month"), help_text=_("The first day of the month."))
    days = models.DecimalField(_("days attended"), max_digits=4, decimal_places=1)

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendance")
        ordering = ["post", "month"]
        constraints = [
            models.UniqueConstraint(name="post_attendance_once", fields=["post", "month"]),
            models.CheckConstraint(
                name="post_attendance_is_a_month",
                condition=Q(month__day=1, days__gte=0, days__lte=31),
                violation_error_message=_("A month has 0 to 31 days and begins on its first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month}: {self.days}"
