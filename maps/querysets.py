"""Reads of this app's own records."""

from __future__ import annotations

import datetime
from typing import Any, Self

from django.db import models
from django.db.models import Q

from sites.access import Viewer, scope_of
from sites.kinds import OFFICE_ROLES


class ExportJobQuerySet(models.QuerySet[Any]):
    """Exports."""

    def visible_to(self, viewer: Viewer) -> Self:
        """An export belongs to the person who asked for it, and to nobody else."""
        scope = scope_of(viewer)
        return self.filter(owner_id=scope.user_id) if scope.user_id else self.none()

    def silent_since(self, moment: datetime.datetime) -> Self:
        """Exports that claim to be at work and have not been heard of since."""
        return self.filter(state="running", heartbeat_at__lt=moment)

    def expired(self, moment: datetime.datetime) -> Self:
        """Exports whose file need not be kept any longer."""
        return self.filter(expires_at__lt=moment)


class SavedViewQuerySet(models.QuerySet[Any]):
    """Saved views."""

    def visible_to(self, viewer: Viewer) -> Self:
        """Everybody's own, what is shared with everybody, with the office or with the township."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        condition = Q(audience="public")
        if scope.user_id:
            condition |= Q(owner_id=scope.user_id)
        if any(role in OFFICE_ROLES for role in scope.roles):
            condition |= Q(audience="office")
            for code in scope.area_codes(OFFICE_ROLES):
                condition |= Q(audience="township", area_codes__contains=[code])
        return self.filter(condition)
