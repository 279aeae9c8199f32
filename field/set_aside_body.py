"""An entry set aside as one JSON object: for its download, and for the API."""

from __future__ import annotations

from typing import Any

from field.standing_values import standing_record
from maintenance.set_aside_errors import errors_told
from sites.access import Scope


def as_sent(entry: Any) -> dict[str, Any]:
    """Return the entry whole: what the phone sent, when, and why it was not taken."""
    return {
        "id": str(entry.pk),
        "op_id": str(entry.op_id) if entry.op_id else None,
        "type": entry.type,
        "entity": entry.entity,
        "entity_id": str(entry.entity_id) if entry.entity_id else None,
        "base_version": entry.base_version,
        "current_version": entry.current_version,
        "device_id": entry.device_id,
        "device_time": entry.device_time,
        "received_at": entry.received_at,
        "times_sent": entry.times_sent,
        "sender": entry.sender.get_username(),
        "cause": entry.cause,
        "code": entry.code,
        "errors": errors_told(entry.errors),
        "sides": entry.sides,
        "body": entry.body,
        "body_sha256": entry.body_sha256,
        "state": entry.state,
        "choices": entry.choices,
        "reason": entry.reason,
        "became": str(entry.became) if entry.became else None,
        "decided_by": entry.decided_by.get_username() if entry.decided_by else None,
        "decided_at": entry.decided_at,
    }


def decision_of(entry: Any, scope: Scope) -> Any:
    """Return the record that an entry became, None where there is none that the viewer may see."""
    return standing_record(entry.entity, entry.became, scope)
