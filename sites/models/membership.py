"""Which person holds which role, where and for how long."""

from __future__ import annotations

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from sites.kinds import Role
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import MembershipQuerySet


@pghistory.track(*old_values())
class Membership(VersionedRecord):
    """A role 任职 held by a person within areas and organisations between two dates."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("user"),
        related_name="memberships",
        on_delete=models.CASCADE,
    )
    role = models.CharField(_("role"), max_length=20, choices=Role)
    areas = models.ManyToManyField("sites.Area", verbose_name=_("areas"), blank=True)
    organisations = models.ManyToManyField(
        "sites.Organisation",
        verbose_name=_("organisations"),
        related_name="memberships",
        blank=True,
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        ordering = ["user", "role", "valid_from"]
        constraints = [
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="membership_dates_in_order",
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                violation_error_message=_("The end of validity must follow its beginning."),
            ),
        ]
        triggers = [touch()]

    def __str__(self) -> str:
        return f"{self.user} · {self.get_role_display()}"
