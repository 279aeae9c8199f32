"""Entries set aside for tests, as they stand after a phone's sending."""

from __future__ import annotations

from uuid import uuid4

from maintenance.models import SetAsideEntry
from maintenance.services.set_aside import content_sha256


def set_aside(sender, area_code, **values):
    """An entry of a cause, by default one that the register refused; nothing was sent for it."""
    body = values.pop("body", {"note": "清扫路面", "task": "routine"})
    return SetAsideEntry.objects.create(
        **{
            "cause": "refused",
            "code": "wrong_moment",
            "entity": "log",
            "entity_id": uuid4(),
            "type": "create",
            "sender": sender,
            "area_code": area_code,
            "body": body,
            "body_sha256": content_sha256(body),
            **values,
        }
    )
