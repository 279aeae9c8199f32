"""What a work order still lacks before its executor may submit it: our rule, not a standard's.

An order needs a log by the executor that stands; a repair needs photos from before and from after
the work. A photo that a log names and that is still on the phone counts for the submission, but
nobody passes the work before it has come. What was sent back needs a new log with a new photo.
Planned quantities need the quantity that was done.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from assets.kinds import PhotoStage
from maintenance.kinds import OrderState
from maintenance.log_review import standing
from maintenance.models import (
    LogPhoto,
    MaintenanceLog,
    OrderChange,
    OrderQuantity,
    PromisedPhoto,
    WorkOrder,
)
from maintenance.order_moves import CHECKED_STATES, REPAIRS


@dataclass(frozen=True, slots=True)
class Gap:
    """One thing that is missing: where, a stable code, and a sentence."""

    field: str
    code: str
    sentence: str


def missing_for_submission(order: WorkOrder) -> list[Gap]:
    """Return everything that the order lacks, empty when it may be submitted."""
    return [*_missing_logs(order), *_missing_quantities(order)]


def sent_back_at(order: WorkOrder) -> datetime.datetime | None:
    """Return when the order was last sent back, by our clock."""
    back = OrderChange.objects.filter(
        order=order, from_state__in=CHECKED_STATES, to_state=OrderState.DOING
    )
    return back.order_by("-recorded_at").values_list("recorded_at", flat=True).first()


def _missing_logs(order: WorkOrder) -> Iterator[Gap]:
    logs = standing(MaintenanceLog.objects.filter(order=order, organisation=order.executor_id))
    since = sent_back_at(order)
    recent = logs.filter(received_at__gt=since) if since else logs
    if not recent.exists():
        yield Gap("logs", "log_missing", _log_sentence(since))
    if order.kind not in REPAIRS:
        return
    if not _has_photo(logs, PhotoStage.BEFORE):
        yield Gap("logs", "photo_before_missing", _("A photo from before the work is missing."))
    if not _has_photo(recent, PhotoStage.AFTER):
        yield Gap("logs", "photo_after_missing", _("A photo from after the work is missing."))


def _has_photo(logs: QuerySet[Any], stage: PhotoStage) -> bool:
    """Whether a log has a photo of a stage, here or still to come."""
    named = {"log__in": logs.values("pk"), "stage": stage}
    return (
        LogPhoto.objects.filter(**named).exists() or PromisedPhoto.objects.filter(**named).exists()
    )


def photos_to_come(order: WorkOrder) -> list[Gap]:
    """Return that photos of the executor's standing logs are still on the phone, else nothing."""
    logs = standing(MaintenanceLog.objects.filter(order=order, organisation=order.executor_id))
    awaited = PromisedPhoto.objects.filter(log__in=logs.values("pk"), arrived_at__isnull=True)
    if not awaited.exists():
        return []
    sentence = _("Photos of the work are still on the phone; they must come first.")
    return [Gap("logs", "photos_to_come", sentence)]


def _log_sentence(since: datetime.datetime | None) -> str:
    if since:
        return _("The order was sent back: record in a new log what was done since.")
    return _("There is no log of the work on this order.")


def _missing_quantities(order: WorkOrder) -> Iterator[Gap]:
    rows = OrderQuantity.objects.filter(order=order, planned__isnull=False, done__isnull=True)
    for item in rows.order_by("position").values_list("item", flat=True):
        yield Gap(
            "quantities",
            "quantity_missing",
            _("How much of “%(item)s” was done is missing.") % {"item": item},
        )
