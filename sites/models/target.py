"""What each township is to deliver in a year."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sites.kinds import TargetMeasure
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaRowQuerySet


@pghistory.track(*old_values())
class Target(AreaRow, VersionedRecord):
    """A target 目标任务: the assigned number 下达任务数 of a programme in an area and year.

    A quantity is in the programme's unit, a rate in percent. What was executed is computed from
    sites and service records (`sites.targets`), never typed.
    """

    programme = models.ForeignKey(
        "sites.Programme",
        verbose_name=_("programme"),
        related_name="targets",
        on_delete=models.PROTECT,
    )
    year = models.PositiveSmallIntegerField(_("year"))
    measure = models.CharField(
        _("measure"), max_length=20, choices=TargetMeasure, default=TargetMeasure.QUANTITY
    )
    assigned = models.DecimalField(_("assigned"), max_digits=16, decimal_places=3)
    document_number = models.CharField(
        _("document number"), max_length=80, blank=True, db_default=""
    )
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ["-year", "programme__code", "area_code", "measure"]
        constraints = [
            models.UniqueConstraint(
                name="target_once_a_year",
                fields=["programme", "area", "year", "measure"],
                violation_error_message=_(
                    "This programme already has a target for that area and year."
                ),
            ),
            models.CheckConstraint(
                name="target_measure_known", condition=Q(measure__in=TargetMeasure.values)
            ),
            models.CheckConstraint(
                name="target_assigned_in_range",
                condition=Q(assigned__gte=0) & (Q(measure="quantity") | Q(assigned__lte=100)),
                violation_error_message=_(
                    "A target is not negative, and a rate lies between 0 and 100 percent."
                ),
            ),
            models.CheckConstraint(
                name="target_year_in_range",
                condition=Q(year__gte=1949, year__lte=2100),
                violation_error_message=_("The year must lie between 1949 and 2100."),
            ),
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return f"{self.year} {self.assigned}"
