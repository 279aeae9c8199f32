"""The moments in an outbox file, as the phone wrote them."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils.dateparse import parse_datetime


def moment_in(value: Any) -> datetime.datetime | None:
    """Return a moment with an offset between 1970 and 2200; None for whatever else it may be."""
    if not isinstance(value, str) or len(value) > 40:
        return None
    try:
        moment = parse_datetime(value)
    except ValueError:
        return None
    usable = moment is not None and moment.tzinfo is not None and 1970 <= moment.year < 2200
    return moment if usable else None
