"""One phone of the demo: whose it is, on which asset they work, and what it sends."""

from __future__ import annotations

import datetime
import hashlib
from typing import Any
from uuid import UUID

from django.utils import timezone

from assets.models import Asset
from field.operation import OpResult, Sending
from field.services.operations import operation_take
from maintenance.models import AgreementScope
from sites.access import scope_of
from sites.identifiers import new_id


class Pocket:
    """A phone that sends operations as its owner; `asset` is one that an agreement covers today."""

    def __init__(self, user: Any, at: datetime.datetime) -> None:
        self.user, self.at = user, at
        self.scope = scope_of(user)
        self.device_id = f"demo-{user.get_username()}"
        self.asset = self._own_asset()

    def log(
        self,
        note: str,
        device_time: datetime.datetime,
        *,
        quantity: int,
        unit: str,
        photos: int = 0,
        shift: float = 0.0,
        skew_s: float = 4.0,
        key: UUID | None = None,
    ) -> UUID:
        """Send routine work on the asset; `photos` are promised, `shift` is degrees to the east."""
        identifier = key or new_id()
        body = {
            "asset": str(self.asset.pk),
            "task": "routine",
            "note": note,
            "quantity": quantity,
            "unit": unit,
            "accuracy_m": 8,
            "geometry": self.place(self.asset.geometry.point_on_surface, shift),
            "photos": [_promise(stage) for stage in ("before", "during", "after")[:photos]],
        }
        self.send("create", "log", body, key=identifier, device_time=device_time, skew_s=skew_s)
        return identifier

    def send(
        self,
        kind: str,
        entity: str,
        body: dict[str, Any],
        *,
        key: UUID | None = None,
        base: int | None = None,
        device_time: datetime.datetime | None = None,
        skew_s: float = 4.0,
    ) -> OpResult:
        """Send one operation and return what became of it."""
        op = {
            "op_id": str(new_id()),
            "type": kind,
            "entity": entity,
            "entity_id": str(key or new_id()),
            "base_version": base,
            "device_time": (device_time or self.at).isoformat(),
            "body": body,
        }
        sending = Sending(at=self.at, device_id=self.device_id, skew_s=skew_s)
        return operation_take(op=op, sender=self.user, scope=self.scope, sending=sending)

    def place(self, point: Any, shift: float) -> dict[str, Any]:
        """Return a point as GeoJSON, some degrees to the east of where it is."""
        return {"type": "Point", "coordinates": [round(point.x + shift, 7), round(point.y, 7)]}

    def _own_asset(self) -> Any:
        own = self.scope.organisation_ids()
        today = timezone.localdate(self.at)
        covered = AgreementScope.objects.binding(today).filter(
            agreement__parties__organisation_id__in=own, asset__road_section__isnull=False
        )
        row = covered.order_by("asset__code", "pk").values("asset_id").first()
        return Asset.objects.get(pk=row["asset_id"]) if row else None


def _promise(stage: str) -> dict[str, str]:
    """Return a photo that is still to come: its bytes lie on the phone."""
    key = new_id()
    return {"photo": str(key), "stage": stage, "sha256": hashlib.sha256(key.bytes).hexdigest()}
