"""Reads of steering: by area; what belongs to a site goes with the site."""

from __future__ import annotations

from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from sites.access import Viewer, code_prefix_condition, scope_of
from sites.querysets import AreaRowQuerySet


class ResponsibilityQuerySet(models.QuerySet[Any]):
    """Who answers for a site, a programme or a township's part of it."""

    def visible_to(self, viewer: Viewer) -> Self:
        """What stands for a site goes with the site; the rest is known to all with an area."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        sites = apps.get_model("sites", "ProjectSite")._default_manager.all()
        own = Q(Exists(sites.visible_to(scope).filter(pk=OuterRef("site_id"))))
        if scope.area_codes():
            own |= Q(site__isnull=True)
        return self.filter(own)


class CaseQuerySet(AreaRowQuerySet):
    """Cases of accountability."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The office and evaluators by area; a body the cases that were sent to it."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        own = Q(organisation_id__in=scope.organisation_ids()) & ~Q(state="raised")
        return self.filter(code_prefix_condition("area_code", scope.area_codes()) | own)
