"""Field entries of what was done: kept once under the identifier that the device gave them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maintenance.acting import Acting
from maintenance.kinds import OrderState
from maintenance.log_entry import LogEntry
from maintenance.log_insert import log_inserted
from maintenance.log_place import require_chainage
from maintenance.log_review import returned, with_standing
from maintenance.log_writers import Known, Moment, writer_on_asset, writer_on_order
from maintenance.models import Agreement, LogPhoto, MaintenanceLog
from maintenance.photo_promise import PhotoPromise
from maintenance.services.errors import LogContentDiffers, WrongMoment
from maintenance.services.evidence import evidence_taken
from maintenance.services.field_errors import OutsideAgreement
from maintenance.services.promised_photos import photos_promised
from sites.access import Scope
from sites.services.errors import NotPermitted, RefusedByRegister, ServiceError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

OVER = (OrderState.CLOSED, OrderState.CANCELLED)
EARLIEST = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
LATEST = datetime.datetime(2200, 1, 1, tzinfo=datetime.UTC)


@transaction.atomic
def log_record(
    *,
    identifier: UUID,
    entry: LogEntry,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    clock_skew_s: float | None = None,
    known: Known | None = None,
) -> tuple[MaintenanceLog, bool]:
    """Keep an entry under the sender's identifier; return it and whether it is new.

    Sent again with the same content, the entry that is there is returned, whatever has become of
    its order since. Photos that are still to come are noted, and linked when they arrive. What is
    odd (far away, inaccurate, a wrong clock) is kept and marked, never refused. `clock_skew_s` is
    how far the device's clock was ahead of ours when it sent the entry, in seconds; `known` is
    shared by the entries of one request.

    Raises `LogContentDiffers` when the identifier stands for another content, `NotPermitted`,
    `OutsideAgreement` (on the day of the work), `WrongMoment` (the order is closed or cancelled)
    or `RefusedByRegister`.
    """
    return log_write(
        identifier=identifier,
        entry=entry,
        actor=actor,
        scope=scope,
        at=at,
        clock_skew_s=clock_skew_s,
        known=known,
    )


def log_write(
    *,
    identifier: UUID,
    entry: LogEntry,
    actor: User | None,
    scope: Scope,
    at: datetime.datetime,
    clock_skew_s: float | None = None,
    known: Known | None = None,
) -> tuple[MaintenanceLog, bool]:
    """Keep an entry as `log_record` does, inside the caller's own transaction or savepoint.

    The caller undoes that savepoint when this raises.
    """
    fingerprint = entry.fingerprint(actor.pk if actor else None)
    try:
        _require_sound(entry)
        by, agreement = _writer(entry, actor, scope, Moment(at, clock_skew_s), known or Known())
        if entry.corrects is not None:
            _require_correctable(entry, entry.corrects, by)
    except ServiceError:
        # An entry that stands was judged when it came, whatever has changed since.
        known = MaintenanceLog.objects.filter(pk=identifier).first()
        if known is None:
            raise
        return _same(known, fingerprint), False
    log = _row(identifier, entry, by, agreement, fingerprint)
    log.clock_skew_s = clock_skew_s
    if not log_inserted(log):
        return _same(MaintenanceLog.objects.get(pk=identifier), fingerprint), False
    if entry.photos:
        _keep_photos(log, entry, by, scope)
    return log, True


def _same(known: MaintenanceLog, fingerprint: str) -> MaintenanceLog:
    if known.content_hash != fingerprint:
        raise LogContentDiffers
    return known


def _writer(
    entry: LogEntry,
    actor: User | None,
    scope: Scope,
    moment: Moment,
    known: Known,
) -> tuple[Acting, Agreement]:
    if entry.order is not None:
        by = writer_on_order(entry.order, scope, actor)
        if by is None:
            raise NotPermitted
        if entry.order.state in OVER and not _puts_right(entry):
            raise WrongMoment(_("The order is closed or cancelled; no work is recorded on it."))
        return by, entry.order.agreement
    found = writer_on_asset(entry, scope, actor, moment, known)
    if found is None:
        raise OutsideAgreement
    return found


def _puts_right(entry: LogEntry) -> bool:
    """Whether an entry corrects one that was returned, which may happen after the order closed."""
    if entry.corrects is None:
        return False
    old = with_standing(MaintenanceLog.objects.filter(pk=entry.corrects.pk))
    return old.filter(returned()).exists()


def _require_sound(entry: LogEntry) -> None:
    if not EARLIEST <= entry.device_time < LATEST:
        sentence = _("Give a time between 1970 and 2200.")
        raise RefusedByRegister([("device_time", "out_of_range", sentence)])
    if not entry.has_finite_accuracy:
        sentence = _("The accuracy is a distance in metres.")
        raise RefusedByRegister([("accuracy_m", "out_of_range", sentence)])
    if _names_photo_twice(entry):
        sentence = _("The same photo is given twice; one photo proves one stage.")
        raise RefusedByRegister([("photos", "given_twice", sentence)])
    if entry.chainage_m is not None:
        require_chainage(entry.asset, entry.chainage_m)
    if entry.order is not None and entry.order.asset_id != entry.asset.pk:
        sentence = _("The order concerns another asset.")
        raise RefusedByRegister([("order", "other_asset", sentence)])


def _names_photo_twice(entry: LogEntry) -> bool:
    photos = [photo for photo, _stage in entry.photos]
    promised = [photo.photo_id for photo in photos if isinstance(photo, PhotoPromise)]
    hashes = {photo.sha256 for photo in photos}
    return len(hashes) < len(photos) or len(set(promised)) < len(promised)


def _require_correctable(entry: LogEntry, corrects: MaintenanceLog, by: Acting) -> None:
    """An entry is corrected once, by the body that wrote it, on the same asset and order."""
    old = MaintenanceLog.objects.select_for_update(of=("self",)).get(pk=corrects.pk)
    order_id = entry.order.pk if entry.order else None
    if old.organisation_id != by.organisation_id:
        raise NotPermitted
    if (old.asset_id, old.order_id) != (entry.asset.pk, order_id):
        sentence = _("A correction concerns the same asset and the same order.")
        raise RefusedByRegister([("corrects", "other_matter", sentence)])
    if MaintenanceLog.objects.filter(corrects=old).exists():
        sentence = _("This entry has been corrected already; correct the newer one.")
        raise RefusedByRegister([("corrects", "corrected_already", sentence)])


def _row(
    identifier: UUID, entry: LogEntry, by: Acting, agreement: Agreement, fingerprint: str
) -> MaintenanceLog:
    return MaintenanceLog(
        id=identifier,
        order=entry.order,
        agreement=agreement,
        asset=entry.asset,
        task=entry.task,
        device_time=entry.device_time,
        position=entry.position,
        accuracy_m=entry.accuracy_m,
        chainage_m=entry.chainage_m,
        quantity=entry.quantity,
        unit=entry.unit,
        labour_days=entry.labour_days,
        material=entry.material.strip(),
        note=entry.note.strip(),
        worker=by.actor,
        organisation=by.organisation,
        device_id=entry.device_id,
        corrects=entry.corrects,
        content_hash=fingerprint,
    )


def _keep_photos(log: MaintenanceLog, entry: LogEntry, by: Acting, scope: Scope) -> None:
    stages = {photo.sha256: stage for photo, stage in entry.photos}
    given = [photo for photo, _stage in entry.photos]
    taken = evidence_taken(given, actor=by.actor, scope=scope, organisation=by.organisation)
    LogPhoto.objects.bulk_create(
        [LogPhoto(log=log, photo=photo, stage=stages[photo.sha256]) for photo in taken.photos]
    )
    photos_promised(log, taken.promises, by=by.actor, stages=stages)
