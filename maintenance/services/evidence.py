"""Photos that come with a record: kept once, linked to as many records as they prove."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from django.utils.translation import gettext as _

from assets.models import Photo
from assets.photo_arrival import photo_lock
from assets.photos.intake import ReceivedPhoto
from assets.services.photos import photos_keep
from maintenance.photo_promise import PhotoPromise
from sites.access import Scope
from sites.services.errors import NotPermitted, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from sites.models import Organisation

Evidence: TypeAlias = Photo | ReceivedPhoto
"""A photo that is in the register already, or one that a form has just taken."""
FieldEvidence: TypeAlias = Evidence | PhotoPromise
"""Evidence, or a photo that is still on its sender's phone."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a record was given: photos that are here, and photos that are still to come."""

    photos: list[Photo]
    promises: list[PhotoPromise]


def photos_taken(
    given: Sequence[Evidence],
    *,
    actor: User | None,
    scope: Scope,
    organisation: Organisation | None = None,
) -> list[Photo]:
    """Return the photos, each once, with rows for those that a form has just taken."""
    received = [photo for photo in given if isinstance(photo, ReceivedPhoto)]
    who: dict[str, Any] = {"actor": actor, "scope": scope, "organisation": organisation}
    new = photos_keep(received=received, **who) if received else []
    known = [photo for photo in given if isinstance(photo, Photo)]
    return list({photo.pk: photo for photo in (*known, *new)}.values())


def evidence_taken(
    given: Sequence[FieldEvidence],
    *,
    actor: User | None,
    scope: Scope,
    organisation: Organisation | None = None,
) -> Taken:
    """Return the photos, each once, and the promises of the actor that are still open.

    Whether a promised photo has come is looked up under its lock, which stays until the end of
    the transaction: a photo that comes from now on finds the promise that is about to be written.
    Raises `RefusedByRegister` when the identifier stands for another photo of the actor.
    """
    at_hand = [photo for photo in given if not isinstance(photo, PhotoPromise)]
    promises = promises_among(given)
    come, open_promises = _come_since(promises, actor)
    photos = photos_taken([*at_hand, *come], actor=actor, scope=scope, organisation=organisation)
    return Taken(photos, open_promises)


def promises_among(given: Iterable[FieldEvidence]) -> list[PhotoPromise]:
    """Return the promises among what was given, each identifier once."""
    found = {
        entry.photo_id: entry for entry in reversed(list(given)) if isinstance(entry, PhotoPromise)
    }
    return list(reversed(found.values()))


def lock_promised(given: Iterable[FieldEvidence]) -> None:
    """Hold the locks of all photos that are promised, before any record is locked."""
    photo_lock(*(promise.photo_id for promise in promises_among(given)))


def _come_since(
    promises: Sequence[PhotoPromise], actor: User | None
) -> tuple[list[Photo], list[PhotoPromise]]:
    if not promises:
        return [], []
    if actor is None:
        raise NotPermitted
    photo_lock(*(promise.photo_id for promise in promises))
    keys = [promise.photo_id for promise in promises]
    own = Photo.objects.filter(uploaded_by=actor).in_bulk(keys)
    if any(p.photo_id in own and own[p.photo_id].sha256 != p.sha256 for p in promises):
        sentence = _("Another photo is already stored under this identifier.")
        raise RefusedByRegister([("photos", "photo_content_differs", sentence)])
    still = [promise for promise in promises if promise.photo_id not in own]
    return list(own.values()), still
