"""Changes and moves from a phone: merged with what the office did meanwhile, or a clash."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from rest_framework import serializers

from assets.kinds import Severity
from field.clashes import Merge, merge
from field.operation import Operation, Sending
from field.packages import without_houses
from field.record_versions import at_version
from field.standing_values import done_of
from maintenance.api.defect_fields import LONGEST_TEXT, defect_features
from maintenance.api.defect_fields import with_feature_columns as defect_columns
from maintenance.api.order_fields import OrderChangeSerializer, order_features
from maintenance.api.order_fields import with_columns as order_columns
from maintenance.kinds import DefectKind
from maintenance.models import Defect, WorkOrder
from maintenance.services import order_move
from maintenance.services.defect_changes import defect_change, may_change
from sites.access import Scope
from sites.api.fields import GeometryField, NumberField, StrictSerializer, TextField
from sites.services.errors import ConcurrentChange, NotPermitted, ServiceError

if TYPE_CHECKING:
    from django.contrib.auth.models import User

PLACE: Final = ("geometry", "chainage_m")
COLUMNS: Final = {"geometry": "point"}
"""Names of a body whose column has another name."""


class Clash(ServiceError):
    """Both sides changed the same; nothing of the operation went in."""

    code = "stale_version"
    problem = "conflict"
    message = ConcurrentChange.message

    def __init__(self, merged: Merge, current_version: int) -> None:
        super().__init__()
        self.sides = merged.sides
        self.current_version = current_version


class DefectChangeProperties(StrictSerializer):
    """What a phone may change of a defect."""

    kind = serializers.ChoiceField(DefectKind.choices, required=False)
    severity = serializers.ChoiceField(Severity.choices, required=False)
    description = TextField(max_length=LONGEST_TEXT, allow_blank=True, required=False)
    chainage_m = NumberField(
        max_digits=9, decimal_places=1, min_value=0, allow_null=True, required=False
    )
    geometry = GeometryField(types=("Point",), required=False)


class Changer:
    """Makes the changes of one sender."""

    def __init__(self, sender: User, scope: Scope, sending: Sending) -> None:
        self.sender = sender
        self.scope = scope
        self.sending = sending

    def change_defect(self, op: Operation) -> None:
        """Change a defect; raises `Clash`, what its service raises, or `ValidationError`."""
        body = DefectChangeProperties(data=_flat(op.body), context={"scope": self.scope})
        body.is_valid(raise_exception=True)
        values = dict(body.validated_data)
        seen = Defect.objects.visible_to(self.scope).get(pk=op.entity_id)
        current = Defect.objects.select_for_update(of=("self",)).get(pk=seen.pk)
        if not may_change(current, self.sender, self.scope):
            raise NotPermitted
        base = at_version(current, op.base_version)
        merged = merge(
            base=None if base is None else defect_values(base),
            office=defect_values(current),
            phone={name: _told(name, value) for name, value in values.items()},
            together=(PLACE,),
        )
        if merged.is_clash:
            raise Clash(merged, current.version)
        if merged.changed:
            defect_change(
                defect=current,
                changes={COLUMNS.get(name, name): values[name] for name in merged.changed},
                actor=self.sender,
                scope=self.scope,
                expected_version=current.version,
            )

    def move_order(self, op: Operation) -> None:
        """Move an order; raises `Clash`, what its service raises, or `ValidationError`."""
        body = OrderChangeSerializer(data=dict(op.body), context={"scope": self.scope})
        body.is_valid(raise_exception=True)
        values = dict(body.validated_data)
        seen = WorkOrder.objects.visible_to(self.scope).get(pk=op.entity_id)
        current = WorkOrder.objects.select_for_update(of=("self",)).get(pk=seen.pk)
        if op.base_version is not None and current.version != op.base_version:
            if current.state == values["to_state"] and not values["done"]:
                return
            base = at_version(current, op.base_version)
            _require_unchanged(base, current, values)
        order_move(
            order=current,
            to_state=values["to_state"],
            reason=values["reason"],
            done={entry["position"]: entry["done"] for entry in values["done"]},
            actor=self.sender,
            scope=self.scope,
            at=self.sending.at,
        )


def current_of(entity: str, pk: Any, scope: Scope) -> dict[str, Any] | None:
    """Return a record as it stands now, as the API shows it; None where it may not be seen.

    What belongs to a house is not shown either: no phone holds it, whoever asks.
    """
    found: list[dict[str, Any]] = []
    if entity == "defect":
        defects = Defect.objects.visible_to(scope).filter(without_houses("asset__"), pk=pk)
        found = defect_features(defect_columns(defects))
    elif entity == "order":
        orders = WorkOrder.objects.visible_to(scope).filter(without_houses("asset__"), pk=pk)
        found = order_features(list(order_columns(orders)), scope)
    return found[0] if found else None


def defect_values(defect: Any) -> dict[str, Any]:
    """Return what a phone may change of a defect, or of a version of it, as JSON values."""
    return {
        "kind": defect.kind,
        "severity": defect.severity,
        "description": defect.description,
        "chainage_m": _told("chainage_m", defect.chainage_m),
        "geometry": _told("geometry", defect.point),
    }


def _told(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name == "geometry":
        place = [round(number, 7) for number in json.loads(value.geojson)["coordinates"]]
        return {"type": "Point", "coordinates": place}
    if name == "chainage_m":
        return float(value)
    return value.strip() if name == "description" else value


def _require_unchanged(base: Any, current: WorkOrder, values: Mapping[str, Any]) -> None:
    """Raise `Clash` when the order was moved since the phone saw it: a move is no value to merge.

    Nor are quantities: versions of an order do not hold them, so any that would become others are
    shown to the office. Other changes do not stand in the way of the order's next state.
    """
    done = {entry["position"]: entry["done"] for entry in values["done"]}
    rows = list(current.quantities.filter(position__in=done))
    overwrites = any(row.done != done[row.position] for row in rows)
    was = None if base is None else base.state
    if was == current.state and not overwrites:
        return
    sides = [
        {"field": "state", "base": was, "office": current.state, "phone": values["to_state"]},
    ]
    if overwrites:
        phone = [{"position": key, "done": float(amount)} for key, amount in done.items()]
        sides.append({"field": "done", "base": None, "office": done_of(rows), "phone": phone})
    raise Clash(Merge(changed=(), sides=tuple(sides), is_clash=True), current.version)


def _flat(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the values of a change, be it flat or a Feature."""
    inner = body.get("properties")
    if not isinstance(inner, Mapping):
        return dict(body)
    place = {} if body.get("geometry") is None else {"geometry": body["geometry"]}
    return {**inner, **place}
