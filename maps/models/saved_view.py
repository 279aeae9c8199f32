"""Views of the map, lists and the dashboard that people keep and share."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from maps.kinds import Audience
from maps.querysets import SavedViewQuerySet
from sites.models.triggers import touch
from sites.models.versioned import VersionedRecord


class SavedView(VersionedRecord):
    """A page of ours with its parameters under a name: `path` and `query` of its address.

    What it shows is cut by the scope of whoever opens it; sharing a view shares no rows.
    """

    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("owner"),
        related_name="saved_views",
        on_delete=models.CASCADE,
    )
    name = models.CharField(_("name"), max_length=120)
    path = models.CharField(_("page"), max_length=120)
    query = models.TextField(_("parameters"), blank=True, db_default="")
    audience = models.CharField(
        _("shared with"), max_length=10, choices=Audience, default=Audience.OWN
    )
    area_codes = models.JSONField(_("areas"), default=list, editable=False)

    objects = SavedViewQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                name="saved_view_name_once",
                fields=["owner", "name"],
                violation_error_message=_("You already have a view of that name."),
            ),
            models.CheckConstraint(
                name="saved_view_audience_known", condition=Q(audience__in=Audience.values)
            ),
            models.CheckConstraint(
                name="saved_view_page_is_ours",
                condition=Q(path__startswith="/") & ~Q(path__startswith="//"),
            ),
        ]
        triggers = [touch()]

    def __str__(self) -> str:
        return self.name
