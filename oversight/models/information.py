"""Information filed to the province and the city, and whether it was published."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from oversight.kinds import SentTo
from sites.models.area_row import AreaRow, placed_by_area
from sites.models.triggers import old_values, touch
from sites.models.versioned import VersionedRecord
from sites.querysets import AreaRowQuerySet


@pghistory.track(*old_values())
class InfoSubmission(AreaRow, VersionedRecord):
    """One piece of information 信息报送; the published share is counted from these rows."""

    organisation = models.ForeignKey(
        "sites.Organisation",
        verbose_name=_("filed by"),
        related_name="info_submissions",
        on_delete=models.PROTECT,
    )
    title = models.CharField(_("title"), max_length=200)
    sent_to = models.CharField(_("sent to"), max_length=10, choices=SentTo)
    sent_on = models.DateField(_("sent on"))
    published_on = models.DateField(_("published on"), null=True, blank=True)
    published_in = models.CharField(_("published in"), max_length=120, blank=True, db_default="")
    link = models.URLField(_("link"), max_length=300, blank=True, db_default="")

    objects = AreaRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("information filed")
        verbose_name_plural = _("information filed")
        ordering = ["-sent_on", "-id"]
        indexes = [models.Index(fields=["area_code", "-sent_on", "-id"], name="info_area")]
        constraints = [
            models.CheckConstraint(
                name="info_sent_to_known", condition=Q(sent_to__in=SentTo.values)
            ),
            models.CheckConstraint(
                name="info_published_after_sent",
                condition=Q(published_on__isnull=True) | Q(published_on__gte=F("sent_on")),
                violation_error_message=_("It cannot be published before it was sent."),
            ),
        ]
        triggers = [touch(), placed_by_area()]

    def __str__(self) -> str:
        return self.title
