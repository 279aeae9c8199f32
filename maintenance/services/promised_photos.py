"""Photos that an entry names before they have come: noted down, and linked when they are here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from assets.models import Photo
from maintenance.models import (
    CheckAnswer,
    Defect,
    DefectPhoto,
    Inspection,
    InspectionPhoto,
    LogPhoto,
    MaintenanceLog,
    PromisedPhoto,
)
from maintenance.photo_promise import PhotoPromise
from sites.services.errors import NotPermitted

if TYPE_CHECKING:
    from django.contrib.auth.models import User

Naming: TypeAlias = MaintenanceLog | Inspection | Defect
"""A record that may name photos before they have come."""
_COLUMNS: Mapping[type[Naming], str] = {
    MaintenanceLog: "log",
    Inspection: "inspection",
    Defect: "defect",
}


def photos_promised(
    record: Naming,
    promises: Sequence[PhotoPromise],
    *,
    by: User | None,
    stages: Mapping[str, str] | None = None,
    stage: str = "",
    answer: CheckAnswer | None = None,
) -> None:
    """Note which photos of the sender a record waits for; one that is noted stays as it is.

    `stages` gives a photo's stage by its hash, `stage` that of all. Whoever calls holds the
    photos' locks (see `evidence_taken`). Raises `NotPermitted` without a sender.
    """
    if not promises:
        return
    if by is None:
        raise NotPermitted
    PromisedPhoto.objects.bulk_create(
        [
            PromisedPhoto(
                **{_COLUMNS[type(record)]: record},
                photo_id=promise.photo_id,
                sha256=promise.sha256,
                stage=(stages or {}).get(promise.sha256, stage),
                answer=answer,
                promised_by=by,
            )
            for promise in promises
        ],
        ignore_conflicts=True,
    )


def photo_arrived(photo: Photo) -> None:
    """Link a new photo to the records of its sender that wait for it, in its transaction.

    Only a photo with the promised hash, from whoever promised it, keeps the promise.
    """
    if photo.uploaded_by_id is None:
        return
    awaited = PromisedPhoto.objects.filter(
        photo_id=photo.pk,
        sha256=photo.sha256,
        promised_by=photo.uploaded_by_id,
        arrived_at__isnull=True,
    )
    kept = list(awaited)
    for promise in kept:
        _link(promise, photo)
    if kept:
        rows = PromisedPhoto.objects.filter(pk__in=[promise.pk for promise in kept])
        rows.update(arrived_at=photo.received_at)


def _link(promise: PromisedPhoto, photo: Photo) -> None:
    """Write the link that the record would have got, had the photo come first."""
    if promise.log_id is not None:
        LogPhoto.objects.bulk_create(
            [LogPhoto(log_id=promise.log_id, photo=photo, stage=promise.stage)],
            ignore_conflicts=True,
        )
    if promise.inspection_id is not None:
        InspectionPhoto.objects.bulk_create(
            [
                InspectionPhoto(
                    inspection_id=promise.inspection_id, answer_id=promise.answer_id, photo=photo
                )
            ],
            ignore_conflicts=True,
        )
    if promise.defect_id is not None:
        DefectPhoto.objects.bulk_create(
            [DefectPhoto(defect_id=promise.defect_id, photo=photo, stage=promise.stage)],
            ignore_conflicts=True,
        )
