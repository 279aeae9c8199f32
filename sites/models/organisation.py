"""Offices, departments, companies, associations and cooperatives."""

from __future__ import annotations

import pghistory
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.kinds import OrganisationKind
from sites.models.naming import NamedRecord
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import OrganisationQuerySet


@pghistory.track(*old_values())
class Organisation(NamedRecord, VersionedRecord):
    """A body 单位 that plans, builds, supervises or keeps up sites."""

    kind = models.CharField(_("kind"), max_length=20, choices=OrganisationKind)
    credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        blank=True,
        validators=[
            RegexValidator(r"^[0-9A-Z]{18}$", _("A credit code has 18 digits or capitals."))
        ],
    )
    area = models.ForeignKey(
        "sites.Area",
        verbose_name=_("area"),
        related_name="organisations",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
    )
    contact = models.CharField(_("contact"), max_length=200, blank=True)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["name", "id"]
        constraints = [
            models.CheckConstraint(
                name="organisation_kind_known",
                condition=models.Q(kind__in=OrganisationKind.values),
            ),
            models.CheckConstraint(
                name="organisation_credit_code_form",
                condition=models.Q(credit_code="") | models.Q(credit_code__regex=r"^[0-9A-Z]{18}$"),
                violation_error_message=_("A credit code has 18 digits or capitals."),
            ),
            models.UniqueConstraint(
                name="organisation_credit_code_once",
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
            ),
        ]
        triggers = [touch()]
