"""What the OpenAPI document cannot read off the serializers of assets."""

from __future__ import annotations

from typing import Any

from assets.fields import fields_of
from sites.kinds import Kind

BY_SCOPE = {"plate_code"}
"""Shown to the office of the area alone."""


def loosen_asset_properties(result: dict[str, Any], **_given: Any) -> dict[str, Any]:
    """Require of an asset's properties only those that every kind has and every reader sees."""
    shared = set.intersection(*({entry.name for entry in fields_of(kind)} for kind in Kind))
    for name, schema in result["components"]["schemas"].items():
        if name.startswith("AssetProperties") and "required" in schema:
            schema["required"] = [
                member
                for member in schema["required"]
                if member in (shared | {"version"}) - BY_SCOPE
            ]
    return result
