"""What departments say about a figure, beside what the register says."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.definition import FigureDefinition
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaRowQuerySet


@pghistory.track(*old_values())
class StatedFigure(AreaRow, VersionedRecord):
    """A figure of a year as one body states it, in the figure's unit."""

    figure = models.ForeignKey(
        FigureDefinition,
        verbose_name=_("figure"),
        related_name="stated",
        on_delete=models.PROTECT,
    )
    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("stated by"),
        related_name="stated_figures",
        on_delete=models.PROTECT,
    )
    year = models.PositiveSmallIntegerField(_("year"))
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6)
    stated_on = models.DateField(_("stated on"))
    note = models.TextField(_("note"), blank=True, db_default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("stated figure")
        verbose_name_plural = _("stated figures")
        ordering = ["-year", "figure__key", "organisation__name"]
        constraints = [
            models.UniqueConstraint(
                name="stated_figure_once",
                fields=["figure", "organisation", "area", "year"],
                violation_error_message=_("This body has stated that figure already."),
            )
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return f"{self.year} {self.value}"
