"""What the office edits: figures, templates and their sections."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reports.kinds import FigureUnit, ReportKind, SectionKind
from reports.querysets import DefinitionQuerySet
from sites.identifiers import new_id
from sites.models.naming import NamedRecord
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord


@pghistory.track(*old_values())
class FigureDefinition(NamedRecord, VersionedRecord):
    """A figure 数字: which question it asks (`query`, see `reports.queries`), of which sites.

    `filter` is written like the address of a list. A report adds its area and period to it.
    """

    key = models.CharField(_("key"), max_length=60, unique=True)
    query = models.CharField(_("question"), max_length=40)
    filter = models.TextField(_("filter"), blank=True, db_default="")
    unit = models.CharField(_("unit"), max_length=12, choices=FigureUnit)
    decimals = models.PositiveSmallIntegerField(_("decimals"), default=0)
    note = models.TextField(_("note"), blank=True, db_default="")

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("figure")
        verbose_name_plural = _("figures")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                name="figure_key_form",
                condition=Q(key__regex=r"^[a-z][a-z0-9_]*$"),
                violation_error_message=_("A key is made of small letters, digits and underscore."),
            ),
            models.CheckConstraint(
                name="figure_unit_known", condition=Q(unit__in=FigureUnit.values)
            ),
            models.CheckConstraint(name="figure_decimals_in_range", condition=Q(decimals__lte=4)),
        ]
        triggers = [touch()]


@pghistory.track(*old_values())
class ReportTemplate(NamedRecord, VersionedRecord):
    """A report's sections in order; `document_sha256` is the office's own Word layout, if any."""

    code = models.CharField(_("code"), max_length=60, unique=True)
    kind = models.CharField(_("kind"), max_length=10, choices=ReportKind)
    document_name = models.CharField(max_length=200, blank=True, db_default="", editable=False)
    document_sha256 = models.CharField(max_length=64, blank=True, db_default="", editable=False)
    is_active = models.BooleanField(_("in use"), default=True, db_default=True)

    objects = DefinitionQuerySet.as_manager()

    class Meta:
        verbose_name = _("report template")
        verbose_name_plural = _("report templates")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="report_template_code_form",
                condition=Q(code__regex=r"^[a-z][a-z0-9_-]*$"),
                violation_error_message=_(
                    "A code is made of small letters, digits, dash and underscore."
                ),
            ),
            models.CheckConstraint(
                name="report_template_kind_known", condition=Q(kind__in=ReportKind.values)
            ),
        ]
        triggers = [touch()]


class SectionText(models.Model):
    """Heading and text in both languages; `{{ key }}` in the text stands for a figure."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    position = models.PositiveSmallIntegerField(_("place"))
    kind = models.CharField(
        _("shows"), max_length=12, choices=SectionKind, default=SectionKind.TEXT
    )
    heading = models.CharField(_("heading"), max_length=200, blank=True, db_default="")
    heading_en = models.CharField(
        _("heading in English"), max_length=200, blank=True, db_default=""
    )
    body = models.TextField(_("text"), blank=True, db_default="")
    body_en = models.TextField(_("text in English"), blank=True, db_default="")

    class Meta:
        abstract = True
        ordering = ["position"]

    def __str__(self) -> str:
        return self.shown_heading

    @property
    def shown_heading(self) -> str:
        """The heading in the language in force, else the Chinese one."""
        return self.heading_en if get_language() == "en" and self.heading_en else self.heading

    @property
    def shown_body(self) -> str:
        """The text in the language in force, else the Chinese one."""
        return self.body_en if get_language() == "en" and self.body_en else self.body


@pghistory.track(*old_values())
class TemplateSection(SectionText):
    """One section of a template."""

    template = models.ForeignKey(
        ReportTemplate,
        verbose_name=_("template"),
        related_name="sections",
        on_delete=models.CASCADE,
    )

    class Meta(SectionText.Meta):
        abstract = False
        verbose_name = _("section of a template")
        verbose_name_plural = _("sections of templates")
        constraints = [
            models.UniqueConstraint(
                name="template_section_place_once",
                fields=["template", "position"],
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(
                name="template_section_kind_known", condition=Q(kind__in=SectionKind.values)
            ),
        ]
