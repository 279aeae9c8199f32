"""What a phone with a wrong clock said: kept with its operation, as the entry holds what is right.

A log entry has columns for the phone's time and skew and keeps both itself.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from field.body_fields import flat
from field.operation import Operation
from maintenance.device_clock import is_off
from maintenance.kinds import FieldEntity

_MOMENTS: Final[Mapping[str, tuple[str, ...]]] = {
    FieldEntity.INSPECTION: ("inspected_at",),
    FieldEntity.PATROL: ("started_at", "ended_at"),
    FieldEntity.DEFECT: ("found_at",),
}
"""The moments of an entry that are put right by the phone's skew (`maintenance.device_clock`)."""


def clock_note(op: Operation, skew_s: float | None) -> dict[str, Any] | None:
    """Return the skew in seconds and the moments as they were sent; None where none was changed."""
    names = _MOMENTS.get(op.entity, ()) if op.type == "create" and is_off(skew_s) else ()
    values = flat(op.body)
    sent = {name: values[name] for name in names if values.get(name) is not None}
    return {"clock_skew_s": skew_s, "as_sent": sent} if sent else None
