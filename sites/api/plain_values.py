"""Values of columns as JSON: times with offset, decimals as numbers, the rest as text."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django.utils import timezone


def plain(value: Any) -> Any:
    """Return a column's value as JSON can hold it."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, datetime.datetime):
        return timezone.localtime(value).isoformat()
    return value.isoformat() if isinstance(value, datetime.date) else str(value)
