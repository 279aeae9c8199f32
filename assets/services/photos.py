"""Keeping photos: the files first, the record last, the same photo twice only once."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING
from uuid import UUID

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from assets import photo_arrival
from assets.models.photo import Photo
from assets.photos.intake import Readable, ReceivedPhoto, receive
from assets.photos.refusals import PhotoContentDiffers
from sites.access import Scope
from sites.identifiers import new_id
from sites.services.errors import NotPermitted, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

    from sites.models import Organisation

_SAME_IDENTIFIER = "assets_photo_pkey"


def photo_store(
    *,
    identifier: UUID,
    stream: Readable,
    actor: User | None,
    scope: Scope,
    organisation: Organisation | None = None,
    name: str = "",
    expected_sha256: str = "",
    taken_at: datetime.datetime | None = None,
    position: Point | None = None,
    accuracy_m: float | None = None,
) -> tuple[Photo, bool]:
    """Read a photo from a stream and keep it under the sender's identifier.

    Return the photo and whether it is new.

    Sent again with the same bytes, the photo that is there is returned, as it was first stored.
    A given moment or position goes before the camera's; `accuracy_m` (metres) belongs to the
    given position. The stream is read outside of any transaction of ours, for it may be slow.
    Raises `NotPermitted`, a `PhotoRefused`, or `RefusedByRegister`.
    """
    _require_sender(scope)
    received = receive(stream, name=name, expected_sha256=expected_sha256)
    if taken_at is not None:
        received = replace(received, taken_at=taken_at)
    if position is not None:
        received = replace(received, position=position, accuracy_m=accuracy_m)
    return photo_keep(
        identifier=identifier,
        received=received,
        actor=actor,
        scope=scope,
        organisation=organisation,
    )


@transaction.atomic
def photos_keep(
    *,
    received: Iterable[ReceivedPhoto],
    actor: User | None,
    scope: Scope,
    organisation: Organisation | None = None,
) -> list[Photo]:
    """Write the records of photos that a form took (see `PhotosField`), in their order."""
    return [
        photo_keep(
            identifier=new_id(),
            received=photo,
            actor=actor,
            scope=scope,
            organisation=organisation,
        )[0]
        for photo in received
    ]


@transaction.atomic
def photo_keep(
    *,
    identifier: UUID,
    received: ReceivedPhoto,
    actor: User | None,
    scope: Scope,
    organisation: Organisation | None = None,
) -> tuple[Photo, bool]:
    """Write the record of a photo whose files are stored; the primary key decides who is first.

    Return what stands under the identifier now, and whether it is new. Records that wait for a
    new photo (see `assets.photo_arrival`) get it in this transaction.
    Raises `PhotoContentDiffers` when the identifier stands for other bytes or another sender.
    """
    _require_sender(scope)
    photo = Photo(
        id=identifier,
        sha256=received.sha256,
        content_type=received.content_type,
        size_bytes=received.size_bytes,
        width=received.width,
        height=received.height,
        taken_at=received.taken_at,
        position=received.position,
        accuracy_m=received.accuracy_m,
        original_name=received.original_name,
        uploaded_by=actor,
        organisation=organisation,
    )
    photo_arrival.photo_lock(identifier)
    is_new = _inserted(photo)
    # What stands is read, not what was sent: another request may have been first.
    kept = Photo.objects.get(pk=identifier)
    if (kept.sha256, kept.uploaded_by_id) != (photo.sha256, photo.uploaded_by_id):
        raise PhotoContentDiffers
    if is_new:
        photo_arrival.announce(kept)
    return kept, is_new


def _inserted(photo: Photo) -> bool:
    """Insert, or do nothing when the identifier is taken; never look first and insert then."""
    try:
        photo.full_clean(validate_unique=False)
        with transaction.atomic():
            photo.save(force_insert=True)
        return True
    except ValidationError as error:
        raise RefusedByRegister.from_validation(error) from error
    except IntegrityError as error:
        name = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
        if name != _SAME_IDENTIFIER:
            raise RefusedByRegister.from_integrity(error, Photo) from error
        return False


def _require_sender(scope: Scope) -> None:
    """The public may send photos with what it reports; a person signed in needs a role."""
    if not (scope.everything or scope.is_public or scope.grants):
        raise NotPermitted
