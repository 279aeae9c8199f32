"""Programmes of livelihood projects by year and level."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from sites.kinds import ProgrammeKind, ProgrammeLevel, Unit
from sites.models.naming import NamedRecord
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import ProgrammeQuerySet


@pghistory.track(*old_values())
class Programme(NamedRecord, VersionedRecord):
    """A programme 民生工程项目: what is to be delivered in one year, in which unit."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    level = models.CharField(_("level"), max_length=10, choices=ProgrammeLevel)
    kind = models.CharField(
        _("kind"), max_length=20, choices=ProgrammeKind, default=ProgrammeKind.ENGINEERING
    )
    category = models.ForeignKey(
        "sites.SiteCategory",
        verbose_name=_("category"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    lead_organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("lead organisation"),
        related_name="programmes",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    year = models.PositiveSmallIntegerField(_("year"))
    measure = models.CharField(_("measure"), max_length=120, blank=True)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit, default=Unit.SITE)

    policy_text = models.TextField(_("policy"), blank=True, db_default="")
    beneficiaries_text = models.TextField(_("who benefits"), blank=True, db_default="")
    procedure_text = models.TextField(_("how to apply"), blank=True, db_default="")
    is_published = models.BooleanField(_("published"), default=False, db_default=False)

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme")
        verbose_name_plural = _("programmes")
        ordering = ["-year", "code"]
        constraints = [
            models.CheckConstraint(
                name="programme_code_form",
                condition=Q(code__regex=r"^[0-9A-Za-z][0-9A-Za-z._-]*$"),
                violation_error_message=_(
                    "A programme code is made of letters, digits, dot, dash and underscore."
                ),
            ),
            models.CheckConstraint(
                name="programme_year_in_range",
                condition=Q(year__gte=1949, year__lte=2100),
                violation_error_message=_("The year must lie between 1949 and 2100."),
            ),
            models.CheckConstraint(
                name="programme_level_known", condition=Q(level__in=ProgrammeLevel.values)
            ),
            models.CheckConstraint(
                name="programme_kind_known", condition=Q(kind__in=ProgrammeKind.values)
            ),
            models.CheckConstraint(name="programme_unit_known", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(
                name="programme_published_tells_all",
                condition=Q(is_published=False)
                | (~Q(policy_text="") & ~Q(beneficiaries_text="") & ~Q(procedure_text="")),
                violation_error_message=_(
                    "A programme is published with its policy, who benefits and how to apply."
                ),
            ),
        ]
        triggers = [touch()]
