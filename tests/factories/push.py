"""What phones send, for tests: operations, pushes and their answers."""

from __future__ import annotations

from uuid import uuid4

from django.utils import timezone

from tests.factories.field import on_road

PUSH = "/api/v1/sync/push"


def operation(entity, body, *, kind="create", **members):
    """An operation as a phone makes it; members replace what is proposed."""
    return {
        "op_id": str(uuid4()),
        "type": kind,
        "entity": entity,
        "entity_id": str(uuid4()),
        "base_version": None,
        "device_time": timezone.now().isoformat(),
        "body": body,
        **members,
    }


def log_body(asset, **values):
    """Routine work on an asset, noted where it was done."""
    return {
        "asset": str(asset.pk),
        "task": "routine",
        "device_time": timezone.now().isoformat(),
        "accuracy_m": 5,
        "note": "清扫路面",
        "geometry": {"type": "Point", "coordinates": [on_road(300).x, 31.05]},
        **values,
    }


def defect_body(asset, **values):
    """A pothole on an asset."""
    return {
        "asset": str(asset.pk),
        "kind": "pothole",
        "severity": "serious",
        "found_at": timezone.now().isoformat(),
        "description": "坑槽一处",
        "geometry": {"type": "Point", "coordinates": [on_road(300).x, 31.05]},
        **values,
    }


def envelope(*ops, **members):
    """A push of operations."""
    sent_at = timezone.now().isoformat()
    return {"device_id": "phone-1", "sent_at": sent_at, "ops": list(ops), **members}


def push(caller, *ops, **members):
    """Send operations and return their results."""
    answer = caller.post(PUSH, envelope(*ops, **members))
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]
