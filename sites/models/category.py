"""Categories of sites as the yearly report names them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from sites.kinds import Kind
from sites.models.naming import NamedRecord


class SiteCategory(NamedRecord):
    """A category 工程类别, for example 农村公路畅通; the list is the office's to edit."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    is_private = models.BooleanField(
        _("private"),
        default=False,
        help_text=_("The public never sees a site of this category, only totals."),
    )

    class Meta:
        verbose_name = _("site category")
        verbose_name_plural = _("site categories")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                name="site_category_kind_known", condition=models.Q(kind__in=Kind.values)
            ),
            models.CheckConstraint(
                name="site_category_housing_is_private",
                condition=~models.Q(kind=Kind.HOUSING) | models.Q(is_private=True),
                violation_error_message=_("Housing categories are always private."),
            ),
        ]
