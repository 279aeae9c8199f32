"""What was wrong with an entry set aside: kept as key and values, said to each reader anew."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sites.sentence_keys import keyed, said


def error_kept(error: Mapping[str, Any]) -> dict[str, Any]:
    """Return how a `{field, code, message}` is kept.

    A sentence that the catalogues do not hold (plural forms, another service's own words) is kept
    as it was said to the sender.
    """
    found = keyed(str(error["message"]))
    if found is None:
        return {**error, "message": str(error["message"])}
    told = {"field": error["field"], "code": error["code"]}
    return {**told, "key": found.key, "values": dict(found.values)}


def errors_told(errors: Any) -> list[dict[str, str]]:
    """Return kept errors as `{field, code, message}` in the language in force."""
    return [_told(error) for error in errors if isinstance(error, Mapping)]


def _told(error: Mapping[str, Any]) -> dict[str, str]:
    key = error.get("key")
    message = said(key, error.get("values") or {}) if key else str(error.get("message") or "")
    named = {name: str(error.get(name) or "") for name in ("field", "code")}
    return {**named, "message": message}
