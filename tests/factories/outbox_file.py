"""Files of a phone's outbox, as the phone saves them."""

from __future__ import annotations

import json
from io import BytesIO

from django.utils import timezone


def header(sender, **members):
    """The first line of a file: whose it is and of which phone."""
    return {
        "format": "livelihood-atlas-outbox",
        "version": 1,
        "user": {"id": sender.pk, "username": sender.username},
        "device_id": "phone-1",
        "saved_at": timezone.now().isoformat(),
        **members,
    }


def outbox(user, *lines, end=True):
    """A file of a header, lines (values, or bytes as they are) and the counting end."""
    values = [header(user), *lines]
    if end:
        values.append({"end": {"lines": len(lines)}})
    parts = [v if isinstance(v, bytes) else json.dumps(v).encode() + b"\n" for v in values]
    return BytesIO(b"".join(parts))
