"""What the register holds of a sender's entries, in the form in which phones compare it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from assets.models import Photo
from field.models import FieldOperation
from field.operation import Operation, OpResult
from maintenance.log_review import LogStanding, standing_of, with_standing
from maintenance.models import (
    Defect,
    DefectPhoto,
    Inspection,
    InspectionPhoto,
    LogPhoto,
    MaintenanceLog,
    Patrol,
    PromisedPhoto,
)
from sites.access import Scope

LINKS: dict[str, Any] = {"log": LogPhoto, "inspection": InspectionPhoto, "defect": DefectPhoto}
ENTRIES: dict[str, tuple[Any, str, str]] = {
    "log": (MaintenanceLog, "worker_id", "received_at"),
    "inspection": (Inspection, "performed_by_id", "received_at"),
    "patrol": (Patrol, "performed_by_id", "received_at"),
    "defect": (Defect, "reported_by_id", "created_at"),
}
"""Entries: their model, who made them, and when they came."""


class Receipts:
    """Receipts of the operations of one push, read in a few statements when all are in."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._wanted: list[tuple[OpResult, Operation, FieldOperation]] = []

    def wanted(self, result: OpResult, op: Operation, row: FieldOperation) -> None:
        """Note that an operation that went in is to get its receipt."""
        self._wanted.append((result, op, row))

    def fill(self, untouched: Mapping[UUID, MaintenanceLog]) -> None:
        """Give every noted result its receipt.

        `untouched` are log entries as just inserted, without photos, and not corrected since:
        they are not read again.
        """
        created: dict[str, set[UUID]] = {}
        for _result, op, _row in self._wanted:
            if op.type == "create":
                created.setdefault(op.entity, set()).add(op.entity_id)
        logs = {pk: untouched[pk] for pk in created.get("log", set()) & untouched.keys()}
        if logs:
            created["log"] -= logs.keys()
        found = {name: entry_receipts(name, keys, self.scope) for name, keys in created.items()}
        for pk, log in logs.items():
            found["log"][pk] = _entry_receipt("log", log, LogStanding.PENDING)
        for result, op, row in self._wanted:
            own = found.get(op.entity, {}).get(op.entity_id) if op.type == "create" else None
            result.receipt = own or operation_receipt(row)
            if result.receipt["server_seq"] is None:
                result.receipt["server_seq"] = row.server_seq


def operation_receipt(row: FieldOperation) -> dict[str, Any]:
    """Return the receipt of a change or move."""
    return {
        "entity": row.entity,
        "id": str(row.entity_id),
        "received_at": row.received_at,
        "content_hash": row.body_sha256,
        "server_seq": row.server_seq,
        "standing": None,
        "photos": [],
    }


def entry_receipts(entity: str, keys: Iterable[UUID], scope: Scope) -> dict[UUID, dict[str, Any]]:
    """Return the receipts of the sender's own entries of one kind, by identifier."""
    wanted = list(keys)
    if not wanted:
        return {}
    model, maker, moment = ENTRIES[entity]
    rows = model._default_manager.filter(pk__in=wanted, **{maker: scope.user_id})
    if entity == "log":
        rows = with_standing(rows)
    columns = ("id", "content_hash", moment, *(("server_seq",) if entity == "log" else ()))
    found = {row.pk: row for row in rows.only(*columns)}
    photos = _photos(entity, list(found))
    return {
        pk: _entry_receipt(
            entity, row, standing_of(row) if entity == "log" else None, photos.get(pk, [])
        )
        for pk, row in found.items()
    }


def _entry_receipt(
    entity: str, row: Any, standing: LogStanding | None, photos: Sequence[dict[str, Any]] = ()
) -> dict[str, Any]:
    return {
        "entity": entity,
        "id": str(row.pk),
        "received_at": getattr(row, ENTRIES[entity][2]),
        "content_hash": row.content_hash,
        "server_seq": row.server_seq if entity == "log" else None,
        "standing": standing.value if standing else None,
        "photos": list(photos),
    }


def photo_receipts(keys: Iterable[UUID], scope: Scope) -> list[dict[str, Any]]:
    """Return the receipts of the sender's own photos."""
    rows = Photo.objects.filter(pk__in=list(keys), uploaded_by_id=scope.user_id).order_by("pk")
    return [_photo(*values) for values in rows.values_list("pk", "sha256", "received_at")]


def _photos(entity: str, keys: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    """Return the photos of entries: those that came, and those that are still to come."""
    found: dict[UUID, list[dict[str, Any]]] = {}
    link = LINKS.get(entity)
    if link is None or not keys:
        return found
    own = {f"{entity}_id__in": keys}
    came = link._default_manager.filter(**own).order_by("pk")
    columns = (f"{entity}_id", "photo_id", "photo__sha256", "photo__received_at")
    for key, *facts in came.values_list(*columns):
        found.setdefault(key, []).append(_photo(*facts))
    awaited = PromisedPhoto.objects.filter(arrived_at__isnull=True, **own).order_by("pk")
    for key, photo_id, sha256 in awaited.values_list(f"{entity}_id", "photo_id", "sha256"):
        found.setdefault(key, []).append(_photo(photo_id, sha256, None))
    return found


def _photo(pk: UUID, sha256: str, received_at: Any) -> dict[str, Any]:
    return {"id": str(pk), "sha256": sha256, "received_at": received_at}
