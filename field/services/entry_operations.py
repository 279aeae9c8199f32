"""New entries from a phone: their bodies are those of the API, their services the same."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext as _

from field.operation import Operation, Sending
from maintenance.api.defect_fields import DefectFeature
from maintenance.api.duty_fields import PatrolSerializer
from maintenance.api.inspections import InspectionSerializer, read_answers
from maintenance.api.log_fields import LogFeature
from maintenance.api.logs import entry_of
from maintenance.log_writers import Known
from maintenance.models import MaintenanceLog
from maintenance.services import defect_report, inspection_record, log_write, patrol_record
from sites.access import Scope
from sites.api.bodies import checked
from sites.api.known_rows import KnownRows
from sites.services.errors import NotPermitted, RefusedByRegister

if TYPE_CHECKING:
    from django.contrib.auth.models import User

MEMBERS_OF_FEATURE = ("type", "id", "geometry", "properties")


class Taker:
    """Takes in the new entries of one sender; `rows` are records that were read for all of them."""

    def __init__(self, sender: User, scope: Scope, sending: Sending, rows: KnownRows) -> None:
        self.sender = sender
        self.scope = scope
        self.sending = sending
        self.context = {"scope": scope, "rows": rows}
        self.known = Known()
        self.untouched: dict[UUID, MaintenanceLog] = {}
        """Log entries as just inserted, of no photos and not corrected since."""

    def take(self, op: Operation) -> bool:
        """Write the entry under the phone's identifier; return whether it is new.

        The caller holds a savepoint for it, and undoes that when this raises.

        Raises what the entry's service raises, or DRF's `ValidationError`.
        """
        if not (self.scope.everything or self.scope.grants):
            raise NotPermitted
        _require_own_id(op)
        return _TAKERS[op.entity](self, op)

    def log(self, op: Operation) -> bool:
        """Take in a log entry."""
        values = self._parsed(LogFeature, _feature(op.body, _circumstances(op)))
        entry = entry_of(values)
        log, is_new = log_write(
            identifier=op.entity_id,
            entry=entry,
            known=self.known,
            **self._who(),
        )
        if is_new and not entry.photos:
            self.untouched[log.pk] = log
        if entry.corrects is not None:
            self.untouched.pop(entry.corrects.pk, None)
        return is_new

    def inspection(self, op: Operation) -> bool:
        """Take in an inspection with its answers."""
        values = self._parsed(InspectionSerializer, _flat(op.body))
        values.pop("id", None)
        outcome = inspection_record(
            identifier=op.entity_id,
            answers=read_answers(values["standard"].pk, values.pop("answers")),
            photos=values.pop("add_photos"),
            **values,
            **self._who(),
        )
        return outcome.is_new

    def patrol(self, op: Operation) -> bool:
        """Take in a round that was made."""
        values = self._parsed(PatrolSerializer, _flat(op.body))
        values.pop("id", None)
        _patrol, is_new = patrol_record(identifier=op.entity_id, **values, **self._who())
        return is_new

    def defect(self, op: Operation) -> bool:
        """Take in a defect."""
        body = _feature(op.body)
        body.pop("id", None)
        values = self._parsed(DefectFeature, body)
        given = dict(values["properties"])
        _defect, is_new = defect_report(
            identifier=op.entity_id,
            point=values["geometry"],
            photos=given.pop("add_photos"),
            **given,
            **self._who(),
        )
        return is_new

    def _who(self) -> dict[str, Any]:
        skew = {"clock_skew_s": self.sending.skew_s}
        return {"actor": self.sender, "scope": self.scope, "at": self.sending.at, **skew}

    def _parsed(self, serializer_class: Any, body: Mapping[str, Any]) -> dict[str, Any]:
        return checked(serializer_class, body, self.context)


_TAKERS: Mapping[str, Callable[[Taker, Operation], bool]] = {
    "log": Taker.log,
    "inspection": Taker.inspection,
    "patrol": Taker.patrol,
    "defect": Taker.defect,
}


def _require_own_id(op: Operation) -> None:
    """An entry that names itself names the identifier under which it is sent."""
    named = op.body.get("id")
    if named is None:
        return
    try:
        same = isinstance(named, str) and UUID(named) == op.entity_id
    except ValueError:
        same = False
    if not same:
        sentence = _("The entry names another identifier than the one it is sent under.")
        raise RefusedByRegister([("id", "other_identifier", sentence)])


def _circumstances(op: Operation) -> dict[str, Any]:
    """Return what an entry's own body may leave out, for its operation says it."""
    told: dict[str, Any] = {"device_id": op.device_id} if op.device_id else {}
    if op.device_time is not None:
        told["device_time"] = op.device_time.isoformat()
    return told


def _feature(body: Mapping[str, Any], told: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Return a body as a Feature; a flat one has its geometry beside its properties.

    `told` are properties for which the body has no own value.
    """
    if "properties" in body:
        own = body["properties"]
        # What is no object is left for the serializer to refuse by name.
        properties = {**(told or {}), **own} if isinstance(own, Mapping) else own
        return {**body, "properties": properties}
    flat = {name: value for name, value in body.items() if name not in MEMBERS_OF_FEATURE}
    properties = {**(told or {}), **flat}
    return {"type": "Feature", "geometry": body.get("geometry"), "properties": properties}


def _flat(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return a body without a Feature around it; a point's position is its geometry."""
    if not isinstance(body.get("properties"), Mapping):
        return dict(body)
    flat = dict(body["properties"])
    geometry = body.get("geometry")
    if isinstance(geometry, Mapping):
        place = "track" if geometry.get("type") == "LineString" else "position"
        flat.setdefault(place, geometry)
    return flat
