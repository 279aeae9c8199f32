"""Reports, and the ledger of the figures that were told in them."""

from __future__ import annotations

import pghistory
import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports.kinds import Dimension, FigureUnit, ReportState
from reports.models.definition import ReportTemplate, SectionText
from sites.identifiers import new_id
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaRowQuerySet

FROZEN_SQL = """
IF (SELECT state FROM reports_report WHERE id = COALESCE(NEW.report_id, OLD.report_id))
   <> 'draft' THEN
    RAISE EXCEPTION 'a signed report is frozen'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'report_is_frozen';
END IF;
RETURN COALESCE(NEW, OLD);
"""
FROZEN_PART_SQL = """
IF (SELECT report.state FROM reports_report report
    JOIN reports_reportfigure figure ON figure.report_id = report.id
    WHERE figure.id = COALESCE(NEW.figure_id, OLD.figure_id)) <> 'draft' THEN
    RAISE EXCEPTION 'a signed report is frozen'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'report_is_frozen';
END IF;
RETURN COALESCE(NEW, OLD);
"""
SIGNED_SQL = """
IF OLD.state <> 'draft' AND (
    NEW.state = 'draft' OR NEW.as_of <> OLD.as_of OR NEW.title <> OLD.title
    OR NEW.period_start <> OLD.period_start OR NEW.period_end <> OLD.period_end
    OR NEW.area_id <> OLD.area_id OR NEW.signed_at IS DISTINCT FROM OLD.signed_at
    OR NEW.signer_name <> OLD.signer_name
) THEN
    RAISE EXCEPTION 'a signed report is frozen'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'report_is_frozen';
END IF;
RETURN NEW;
"""


def frozen_with_report(func: str = FROZEN_SQL) -> pgtrigger.Trigger:
    """Return the trigger that refuses to touch what belongs to a report that is no draft."""
    return pgtrigger.Trigger(
        name="frozen_with_report",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=func,
    )


@pghistory.track(*old_values())
class Report(AreaRow, VersionedRecord):
    """A report of an area about a period (both days included), as of a day."""

    template = models.ForeignKey(
        ReportTemplate,
        verbose_name=_("template"),
        related_name="reports",
        on_delete=models.PROTECT,
    )
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, db_default="")
    period_start = models.DateField(_("from"))
    period_end = models.DateField(_("to"))
    as_of = models.DateField(_("as of"))
    state = models.CharField(
        _("state"), max_length=10, choices=ReportState, default=ReportState.DRAFT
    )
    computed_at = models.DateTimeField(_("computed at"), null=True, editable=False)
    signer_name = models.CharField(
        _("signed by"), max_length=60, blank=True, db_default="", editable=False
    )
    signed_at = models.DateTimeField(_("signed at"), null=True, editable=False)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )
    withdrawal_reason = models.TextField(
        _("reason for withdrawal"), blank=True, db_default="", editable=False
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        related_name="+",
        on_delete=models.PROTECT,
        null=True,
        editable=False,
    )

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        ordering = ["-period_end", "-id"]
        indexes = [
            models.Index(fields=["area_code", "-period_end", "-id"], name="work_report_area")
        ]
        constraints = [
            models.CheckConstraint(
                name="report_days_in_order",
                condition=Q(period_end__gte=F("period_start")),
                violation_error_message=_("The last day must not come before the first."),
            ),
            models.CheckConstraint(
                name="report_state_known", condition=Q(state__in=ReportState.values)
            ),
            models.CheckConstraint(
                name="report_signed_by_somebody",
                condition=Q(state="draft") | (Q(signed_at__isnull=False) & ~Q(signer_name="")),
                violation_error_message=_("A report is signed by a named person."),
            ),
        ]
        triggers = [
            touch(),
            placed_by_area(),
            pgtrigger.Trigger(
                name="signed_is_frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                func=SIGNED_SQL,
            ),
        ]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        """The title in the language in force, else the Chinese one."""
        return self.title_en if get_language() == "en" and self.title_en else self.title


class ReportSection(SectionText):
    """One section of a report, copied from its template and edited with it."""

    report = models.ForeignKey(Report, related_name="sections", on_delete=models.CASCADE)

    class Meta(SectionText.Meta):
        abstract = False
        verbose_name = _("section of a report")
        verbose_name_plural = _("sections of reports")
        triggers = [frozen_with_report()]


class ReportFigure(models.Model):
    """A figure as it was told: its question and its answer, with the sites behind it.

    `value` is exact: money in yuan, whatever unit it is told in, all else in the unit; pages round
    it to `decimals`. `mapped` is the same quantity as measured on the map. `identifiers` and
    `amounts` go together: each site and its part of the value; what of the value belongs to no
    site is the difference. `identifiers_sha256` is the hash of the identifiers, one a line, in
    order. Rates keep numerator and denominator.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    report = models.ForeignKey(Report, related_name="figures", on_delete=models.CASCADE)
    key = models.CharField(_("key"), max_length=60)
    title = models.CharField(_("title"), max_length=200)
    title_en = models.CharField(_("title in English"), max_length=200, blank=True, db_default="")
    query = models.CharField(_("question"), max_length=40)
    filter = models.TextField(_("filter"), blank=True, db_default="")
    unit = models.CharField(_("unit"), max_length=12, choices=FigureUnit)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    value = models.DecimalField(_("value"), max_digits=24, decimal_places=6, null=True, blank=True)
    numerator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    denominator = models.DecimalField(max_digits=24, decimal_places=6, null=True, blank=True)
    mapped = models.DecimalField(
        _("measured on the map"), max_digits=24, decimal_places=6, null=True, blank=True
    )
    as_of = models.DateField(_("as of"))
    site_count = models.PositiveIntegerField(_("sites"), default=0)
    identifiers = ArrayField(models.UUIDField(), default=list)
    amounts = ArrayField(models.DecimalField(max_digits=20, decimal_places=6), default=list)
    identifiers_sha256 = models.CharField(max_length=64, blank=True, db_default="")
    computed_at = models.DateTimeField(_("computed at"), db_default=Now(), editable=False)

    class Meta:
        verbose_name = _("figure of a report")
        verbose_name_plural = _("figures of reports")
        ordering = ["key"]
        constraints = [models.UniqueConstraint(name="report_figure_once", fields=["report", "key"])]
        triggers = [frozen_with_report()]

    def __str__(self) -> str:
        return f"{self.key} {self.value}"

    @property
    def label(self) -> str:
        """The title in the language in force, else the Chinese one."""
        return self.title_en if get_language() == "en" and self.title_en else self.title


class FigurePart(models.Model):
    """The part of a report's figure that belongs to one township or programme, as it was told."""

    id = models.BigAutoField(primary_key=True)
    figure = models.ForeignKey(ReportFigure, related_name="parts", on_delete=models.CASCADE)
    dimension = models.CharField(max_length=10, choices=Dimension)
    code = models.CharField(max_length=40, db_collation="C")
    amount = models.DecimalField(max_digits=24, decimal_places=6)
    sites = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("part of a figure")
        verbose_name_plural = _("parts of figures")
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                name="figure_part_once", fields=["figure", "dimension", "code"]
            ),
            models.CheckConstraint(
                name="figure_part_dimension_known", condition=Q(dimension__in=Dimension.values)
            ),
        ]
        triggers = [frozen_with_report(FROZEN_PART_SQL)]

    def __str__(self) -> str:
        return f"{self.code} {self.amount}"
