"""What the register holds of a record, under the names that a phone's body uses."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from maintenance.kinds import FieldEntity
from maintenance.models import (
    CheckAnswer,
    Defect,
    DefectPhoto,
    Inspection,
    InspectionPhoto,
    LogPhoto,
    MaintenanceLog,
    OrderQuantity,
    Patrol,
    PromisedPhoto,
    WorkOrder,
)
from sites.access import Scope

_MODELS: Final[Mapping[str, Any]] = {
    FieldEntity.LOG: MaintenanceLog,
    FieldEntity.INSPECTION: Inspection,
    FieldEntity.PATROL: Patrol,
    FieldEntity.DEFECT: Defect,
    FieldEntity.ORDER: WorkOrder,
}
_RECORDS: Final = ("asset", "order", "agreement", "standard", "plan", "patrol", "corrects")
_PLAIN: Final[Mapping[str, tuple[str, ...]]] = {
    FieldEntity.LOG: ("task", "accuracy_m", "chainage_m", "quantity", "unit", "labour_days",
                      "material", "note", "device_time"),
    FieldEntity.INSPECTION: ("kind", "inspected_at", "accuracy_m", "note"),
    FieldEntity.PATROL: ("kind", "started_at", "ended_at", "note"),
    FieldEntity.DEFECT: ("kind", "severity", "source", "found_at", "chainage_m", "description"),
    FieldEntity.ORDER: ("state",),
}  # fmt: skip
_PLACES: Final[Mapping[str, tuple[str, str]]] = {
    FieldEntity.LOG: ("geometry", "position"),
    FieldEntity.INSPECTION: ("position", "position"),
    FieldEntity.PATROL: ("track", "track"),
    FieldEntity.DEFECT: ("geometry", "point"),
}
"""The name in a body, and the column, of a record's place."""


def standing_record(entity: str, key: UUID | None, scope: Scope) -> Any:
    """Return the record as it stands, None where there is none that the scope may see."""
    model = _MODELS.get(entity)
    if model is None or key is None:
        return None
    return model.objects.visible_to(scope).filter(pk=key).first()


def values_of(entity: str, record: Any) -> dict[str, Any]:
    """Return a record's values as JSON values by the names of a body."""
    values = {name: _plain(getattr(record, name)) for name in _PLAIN[entity]}
    for name in _RECORDS:
        key = getattr(record, f"{name}_id", None)
        if key is not None and entity != FieldEntity.ORDER:
            values[name] = str(key)
    if entity in _PLACES:
        name, column = _PLACES[entity]
        values[name] = _geometry(getattr(record, column))
    more = _MORE.get(entity)
    return {**values, **(more(record) if more else {})}


def version_of(record: Any) -> int | None:
    """Return the version of a shared record, None for what never changes."""
    version: int | None = getattr(record, "version", None)
    return version


def _plain(value: Any) -> Any:
    if isinstance(value, datetime.datetime):
        return value.isoformat()
    return float(value) if isinstance(value, Decimal) else value


def _geometry(geometry: Any) -> dict[str, Any] | None:
    if geometry is None:
        return None
    coordinates = geometry.tuple
    return {"type": geometry.geom_type, "coordinates": coordinates}


def _of_log(log: Any) -> dict[str, Any]:
    links = LogPhoto.objects.filter(log=log).values("stage")
    waited = PromisedPhoto.objects.filter(log=log, arrived_at__isnull=True).values("stage")
    return {"photos": [*links, *waited]}


def _of_inspection(inspection: Any) -> dict[str, Any]:
    answers = CheckAnswer.objects.filter(inspection=inspection).order_by("item__position", "pk")
    links = InspectionPhoto.objects.filter(inspection=inspection, answer__isnull=True)
    waited = PromisedPhoto.objects.filter(
        inspection=inspection, answer__isnull=True, arrived_at__isnull=True
    )
    return {
        "answers": [
            {"item": str(row.item_id), "result": row.result, "note": row.note} for row in answers
        ],
        "add_photos": [*links.values("pk"), *waited.values("pk")],
    }


def _of_defect(defect: Any) -> dict[str, Any]:
    links = DefectPhoto.objects.filter(defect=defect).values("stage")
    waited = PromisedPhoto.objects.filter(defect=defect, arrived_at__isnull=True)
    return {"add_photos": [*links, *waited.values("stage")]}


def _of_order(order: Any) -> dict[str, Any]:
    return {"done": done_of(order.quantities.all())}


def done_of(rows: Iterable[OrderQuantity]) -> list[dict[str, Any]]:
    """Return an order's quantities as they stand, as JSON values."""
    return [
        {"position": row.position, "item": row.item, "unit": row.unit, "done": _plain(row.done)}
        for row in rows
    ]


_MORE: Final[Mapping[str, Callable[[Any], dict[str, Any]]]] = {
    FieldEntity.LOG: _of_log,
    FieldEntity.INSPECTION: _of_inspection,
    FieldEntity.DEFECT: _of_defect,
    FieldEntity.ORDER: _of_order,
}
