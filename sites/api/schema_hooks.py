"""What every operation of the OpenAPI document has: the problems that it may answer."""

from __future__ import annotations

from typing import Any

from sites.api.same_user import HEADER
from sites.problems import MEDIA_TYPE

PROBLEM: dict[str, Any] = {
    "type": "object",
    "required": ["type", "title", "status", "code", "request_id"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string", "description": "In the caller's language."},
        "status": {"type": "integer"},
        "code": {"type": "string", "description": "Stable, ASCII."},
        "request_id": {"type": "string"},
        "detail": {"type": "string"},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["field", "code", "message"],
                "properties": {
                    "field": {"type": "string"},
                    "code": {"type": "string"},
                    "message": {"type": "string"},
                },
            },
        },
        "current": {"description": "The record as it stands now (412)."},
    },
}
ALWAYS = {"400": "The request cannot be read."}
SIGNED_IN = {"401": "Not signed in, or the token is no longer good."}
WRITING = {
    "403": "The caller may see this but not do it.",
    "409": "It clashes with what the register holds.",
    "413": "The body is too large.",
    "415": "The body's media type is not read here.",
    "422": "Some values cannot be accepted.",
}
VERSIONED = {"412": "The record has changed in the meantime.", "428": "If-Match is missing."}
ON_A_PHONE = {"409": "Somebody else is signed in on this device."}
WITH_PATH = {"404": "There is nothing here for the caller."}
READING = {"get", "head", "options"}
VERSIONED_METHODS = {"put", "patch", "delete"}


def add_problems(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """Add the problem answers that an operation may give, by its method and address."""
    result.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for path, item in result["paths"].items():
        for method, operation in item.items():
            for status, words in _problems(path, method, operation).items():
                operation["responses"].setdefault(status, _answer(words))
    return result


def _problems(path: str, method: str, operation: dict[str, Any]) -> dict[str, str]:
    found = dict(ALWAYS)
    if operation.get("security") != [{}] and operation.get("security", True):
        found |= SIGNED_IN
    if "{" in path:
        found |= WITH_PATH
    if any(entry["name"] == HEADER for entry in operation.get("parameters", ())):
        found |= ON_A_PHONE
    if method not in READING:
        found |= WRITING
    if method in VERSIONED_METHODS:
        found |= VERSIONED
    return found


def _answer(words: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": words, "content": {MEDIA_TYPE: {"schema": schema}}}
