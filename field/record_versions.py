"""What a record said at a version that a phone had seen, from the history."""

from __future__ import annotations

from typing import Any

import pghistory.models
from django.apps import apps


def at_version(record: Any, version: int | None) -> Any:
    """Return the record's values at one of its versions, None where the history has no such.

    The history keeps each row as it was before a change; the latest version is the row itself.
    """
    if version is None:
        return None
    if record.version == version:
        return record
    events: type[pghistory.models.Event] = apps.get_model(
        "maintenance", f"{type(record).__name__}Event"
    )
    return (
        events._default_manager.filter(pgh_obj_id=record.pk, version=version)
        .order_by("pgh_id")
        .first()
    )
