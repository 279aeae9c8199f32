"""Who answers for what: the responsibility matrix."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from oversight.kinds import ResponsibleRole
from oversight.querysets import ResponsibilityQuerySet
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class Responsibility(VersionedRecord):
    """One named person in one role 责任落实, of a site, of a programme, or of its part in an area.

    What stands for the site comes before what stands for the programme in its area, and that
    before what stands for the whole programme.
    """

    site = models.ForeignKey(
        "sites.ProjectSite",
        verbose_name=_("site"),
        related_name="responsibilities",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    programme = models.ForeignKey(
        "sites.Programme",
        verbose_name=_("programme"),
        related_name="responsibilities",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
    )
    area = models.ForeignKey(
        "sites.Area",
        verbose_name=_("area"),
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    role = models.CharField(_("role"), max_length=16, choices=ResponsibleRole)
    person = models.CharField(_("person"), max_length=60)
    post = models.CharField(_("post"), max_length=120, blank=True, db_default="")
    phone = models.CharField(_("telephone"), max_length=30, blank=True, db_default="")
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("organisation"),
        related_name="responsibilities",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("to"), null=True, blank=True)

    objects = ResponsibilityQuerySet.as_manager()

    class Meta:
        verbose_name = _("responsibility")
        verbose_name_plural = _("responsibilities")
        ordering = ["role", "starts_on"]
        indexes = [
            models.Index(fields=["site", "role"], name="responsibility_of_site"),
            models.Index(fields=["programme", "area", "role"], name="responsibility_programme"),
        ]
        constraints = [
            models.CheckConstraint(
                name="responsibility_of_site_or_programme",
                condition=Q(site__isnull=False, programme__isnull=True, area__isnull=True)
                | Q(site__isnull=True, programme__isnull=False),
                violation_error_message=_("A person answers for a site or for a programme."),
            ),
            models.CheckConstraint(
                name="responsibility_role_known", condition=Q(role__in=ResponsibleRole.values)
            ),
            models.CheckConstraint(
                name="responsibility_days_in_order",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                name="responsibility_has_a_name",
                condition=~Q(person=""),
                violation_error_message=_("Name the person."),
            ),
            ExclusionConstraint(
                name="responsibility_one_at_a_time",
                expressions=[
                    (Coalesce("site", "programme"), RangeOperators.EQUAL),
                    (Coalesce("area", "site", "programme"), RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (
                        Func(
                            F("starts_on"),
                            F("ends_on"),
                            RangeBoundary(inclusive_upper=True),
                            function="DATERANGE",
                            output_field=DateRangeField(),
                        ),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("Somebody else is named for this role at that time."),
            ),
        ]
        triggers = [touch()]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.person}"
