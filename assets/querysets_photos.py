"""Reads of photos."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Self

from django.db import models
from django.db.models import Q

from assets.photo_access import linked_condition, public_condition
from sites.access import Scope, Viewer, scope_of
from sites.kinds import OFFICE_ROLES


class PhotoQuerySet(models.QuerySet[Any]):
    """Photos."""

    def visible_to(self, viewer: Viewer) -> Self:
        """The own ones, those of records that the viewer may see, and those open to everybody."""
        scope = scope_of(viewer)
        if scope.everything:
            return self
        if scope.is_public:
            return self.open_to_public()
        return self.filter(_own(scope) | linked_condition(scope) | public_condition())

    def open_to_public(self) -> Self:
        """Photos that a record shows to everybody; only their public version may be given."""
        return self.filter(public_condition())

    def original_open_to(self, viewer: Viewer) -> Self:
        """Photos whose original, with its place and device, the viewer may read.

        The own ones, and what the viewer sees through an office role; a role in a company or an
        association beside it opens no originals.
        """
        scope = scope_of(viewer)
        if scope.everything:
            return self
        if scope.is_public:
            return self.none()
        return self.filter(_own(scope) | linked_condition(_office_part(scope)))


def _own(scope: Scope) -> Q:
    return Q(uploaded_by_id=scope.user_id) if scope.user_id else Q(pk__in=[])


def _office_part(scope: Scope) -> Scope:
    return replace(
        scope,
        grants=tuple(grant for grant in scope.grants if grant.role in OFFICE_ROLES),
        roles=scope.roles & frozenset(OFFICE_ROLES),
    )
