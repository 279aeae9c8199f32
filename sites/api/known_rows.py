"""Records that many bodies of one request refer to, read once for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID

from sites.access import Scope


class KnownRows:
    """Records by model and key, as far as the caller may see them.

    What is not among them is not missing for that: it may have been written since.
    """

    def __init__(self) -> None:
        self._rows: dict[Any, dict[Any, Any]] = {}

    def read(
        self, model: Any, keys: Iterable[UUID], scope: Scope, related: tuple[str, ...]
    ) -> None:
        """Read records of a model in one statement, with what they refer to."""
        wanted = set(keys)
        if wanted:
            rows = model._default_manager.visible_to(scope).select_related(*related)
            self._rows[model] = rows.in_bulk(wanted)

    def find(self, model: Any, key: Any) -> Any:
        """Return a record that was read, or None."""
        return self._rows.get(model, {}).get(key)


def known_row(context: Mapping[str, Any], model: Any, key: Any) -> Any:
    """Return a record that was read for all bodies of a request (context `rows`), or None."""
    rows = context.get("rows")
    if rows is None:
        return None
    try:
        return rows.find(model, key if isinstance(key, UUID) else UUID(key))
    except (TypeError, ValueError, AttributeError):
        return None
