"""One record by its key within what the caller may see, by a statement built once for each scope.

`visible_to` stays the only door: it is asked what its SQL is, and that is remembered for the day.
"""

from __future__ import annotations

import datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.utils import timezone

from sites.access import Scope
from sites.prepared import loaded, prepared_rows

MOST_STATEMENTS: Final = 1024
_ANY_KEY: Final = UUID(int=2**128 - 1)


def row_in_scope(model: Any, scope: Scope, key: UUID) -> Any:
    """Return the record with nothing but its key loaded, or None; other values load when read."""
    text, values = _statement(model, scope, timezone.localdate())
    if not text:
        return None
    found = prepared_rows(text, [key if value == _ANY_KEY else value for value in values])
    return loaded(model, **{model._meta.pk.attname: key}) if found else None


@lru_cache(maxsize=MOST_STATEMENTS)
def _statement(model: Any, scope: Scope, day: datetime.date) -> tuple[str, tuple[Any, ...]]:
    """Return the SQL and its values; `day` is in the key because agreements end."""
    rows = model._default_manager.visible_to(scope).filter(pk=_ANY_KEY).order_by()
    try:
        text, values = rows.values_list("pk").query.sql_with_params()
    except EmptyResultSet:
        return "", ()
    return text, values
