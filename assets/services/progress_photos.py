"""Progress with its evidence: the entry, its photos, and the place and time that they tell."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from django.contrib.gis.geos import Point
from django.db import transaction

from assets.models import Photo, ProgressPhoto
from sites.access import Scope
from sites.models import ProgressEntry, ProjectSite
from sites.services import AlreadyReviewed, NotPermitted, progress_record

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def progress_report(
    *,
    site: ProjectSite,
    percent: Decimal,
    on: datetime.date,
    actor: User | None,
    scope: Scope,
    photos: Sequence[Photo] = (),
    note: str = "",
    quantity: Decimal | None = None,
    position: Point | None = None,
    accuracy_m: float | None = None,
    captured_at: datetime.datetime | None = None,
) -> ProgressEntry:
    """Record progress with the photos that prove it.

    Place and time are those given, else those of the first photo that tells them. Raises what
    `progress_record` raises.
    """
    placed = next((photo for photo in photos if photo.position), None)
    dated = next((photo for photo in photos if photo.taken_at), None)
    if position is None and placed is not None:
        position, accuracy_m = placed.position, placed.accuracy_m
    if captured_at is None and dated is not None:
        captured_at = dated.taken_at
    entry = progress_record(
        site=site,
        percent=percent,
        on=on,
        actor=actor,
        scope=scope,
        note=note,
        quantity=quantity,
        position=position,
        accuracy_m=accuracy_m,
        captured_at=captured_at,
        photo_sha256=photos[0].sha256 if photos else "",
    )
    _link(entry, photos)
    return entry


@transaction.atomic
def progress_photos(
    *, entry: ProgressEntry, photos: Iterable[Photo], actor: User | None, scope: Scope
) -> None:
    """Add photos to one's own entry as long as nobody has reviewed it; twice is once.

    Raises `NotPermitted` for an entry or a photo of somebody else, or `AlreadyReviewed`.
    """
    ProjectSite.objects.select_for_update(of=("self",)).get(pk=entry.site_id)
    chosen = list(photos)
    author = actor.pk if actor else None
    others = any(photo.uploaded_by_id != author for photo in chosen)
    if not scope.everything and (entry.reported_by_id != author or others):
        raise NotPermitted
    if entry.reviews.exists():
        raise AlreadyReviewed
    _link(entry, chosen)


def _link(entry: ProgressEntry, photos: Iterable[Photo]) -> None:
    ProgressPhoto.objects.bulk_create(
        (ProgressPhoto(entry=entry, photo=photo) for photo in photos), ignore_conflicts=True
    )
