"""A field entry as it was sent, and the fingerprint that tells a repeat from another content."""

from __future__ import annotations

import datetime
import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, TypeAlias

from django.contrib.gis.geos import Point

from assets.models import Asset, Photo
from assets.photos.intake import ReceivedPhoto
from maintenance.models import Agreement, MaintenanceLog, WorkOrder
from maintenance.photo_promise import PhotoPromise

StagedPhoto: TypeAlias = tuple[Photo | ReceivedPhoto | PhotoPromise, str]
"""A photo, known already, just taken by a form or still to come, and at which stage of the work
it was taken."""


@dataclass(frozen=True, slots=True)
class LogEntry:
    """What somebody did on an asset: amounts in the units named, position in degrees.

    `device_time` is the device's clock. Without an order the entry is routine work under the
    agreement of the writer's body that covers the place. `corrects` is the entry it replaces.
    """

    asset: Asset
    task: str
    device_time: datetime.datetime
    order: WorkOrder | None = None
    agreement: Agreement | None = None
    position: Point | None = None
    accuracy_m: float | None = None
    chainage_m: Decimal | None = None
    quantity: Decimal | None = None
    unit: str = ""
    labour_days: Decimal | None = None
    material: str = ""
    note: str = ""
    device_id: str = ""
    corrects: MaintenanceLog | None = None
    photos: Sequence[StagedPhoto] = field(default=())

    def fingerprint(self, sender: int | None) -> str:
        """Return the SHA-256 of what was sent, by whom, in one canonical form.

        Photos are told by their hashes: it is the same before and after they have come.
        """
        place = [f"{number:.7f}" for number in self.position.coords] if self.position else None
        body = {
            "sender": sender,
            "asset": _key(self.asset),
            "order": _key(self.order),
            "agreement": _key(self.agreement),
            "corrects": _key(self.corrects),
            "task": self.task,
            "device_time": self.device_time.astimezone(datetime.UTC).isoformat(),
            "position": place,
            "accuracy_m": self.accuracy_m,
            "chainage_m": _number(self.chainage_m),
            "quantity": _number(self.quantity),
            "unit": self.unit,
            "labour_days": _number(self.labour_days),
            "material": self.material.strip(),
            "note": self.note.strip(),
            "device_id": self.device_id,
            "photos": sorted([photo.sha256, str(stage)] for photo, stage in self.photos),
        }
        text = json.dumps(body, sort_keys=True, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def has_finite_accuracy(self) -> bool:
        """Whether the accuracy, where given, is a number that can be a distance."""
        return self.accuracy_m is None or (math.isfinite(self.accuracy_m) and self.accuracy_m >= 0)


def _key(record: Any) -> str | None:
    return str(record.pk) if record is not None else None


def _number(value: Decimal | None) -> str | None:
    return format(value.normalize(), "f") if value is not None else None
