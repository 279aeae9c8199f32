"""Photos that come with a record: kept once, linked to as many records as they prove."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

from assets.models import Photo
from assets.photos.intake import ReceivedPhoto
from assets.services.photos import photos_keep
from sites.access import Scope

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from sites.models import Organisation

Evidence: TypeAlias = Photo | ReceivedPhoto
"""A photo that is in the register already, or one that a form has just taken."""


def photos_taken(
    given: Sequence[Evidence],
    *,
    actor: User | None,
    scope: Scope,
    organisation: Organisation | None = None,
) -> list[Photo]:
    """Return the photos, each once, with rows for those that a form has just taken."""
    received = [photo for photo in given if isinstance(photo, ReceivedPhoto)]
    new = photos_keep(received=received, actor=actor, scope=scope, organisation=organisation)
    known = [photo for photo in given if isinstance(photo, Photo)]
    return list({photo.pk: photo for photo in (*known, *new)}.values())
