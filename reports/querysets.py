"""Reads of reports: the office and evaluators by area."""

from __future__ import annotations

from typing import Any, Self

from django.db import models

from sites.access import Viewer, scope_of


class DefinitionQuerySet(models.QuerySet[Any]):
    """Figures and templates, which are the same for everybody."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Whoever has an area sees how reports are made."""
        scope = scope_of(viewer)
        return self if scope.everything or scope.area_codes() else self.none()
