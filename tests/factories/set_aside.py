"""Entries set aside for tests, as they stand after a phone's sending."""

from __future__ import annotations

from uuid import uuid4

from maintenance.models import Defect, SetAsideEntry
from maintenance.services.defect_changes import defect_change
from maintenance.services.set_aside import content_sha256
from tests.factories.orders import by
from tests.factories.push import defect_body, operation, push


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


def clashed(caller, asset, *, office, changes, body):
    """A defect that the phone changes as it was before somebody of the office changed it."""
    push(caller, operation("defect", defect_body(asset)))
    defect = Defect.objects.get()
    seen = defect.version
    defect_change(defect=defect, changes=changes, expected_version=seen, **by(office))
    same = {"kind": "update", "entity_id": str(defect.pk), "base_version": seen}
    (result,) = push(caller, operation("defect", body, **same))
    assert result["status"] == "conflict"
    return SetAsideEntry.objects.get()
