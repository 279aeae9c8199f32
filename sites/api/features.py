"""GeoJSON Features: what surrounds the flat properties."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from rest_framework import serializers

from sites.api.fields import StrictSerializer


class FeatureSerializer(StrictSerializer):
    """A Feature with the identifier as `id`; a subclass adds `geometry` and `properties`."""

    type = serializers.ChoiceField(["Feature"], default="Feature")
    id = serializers.UUIDField(read_only=True)


def feature(pk: UUID, geometry: Any, properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return an RFC 7946 Feature."""
    return {
        "type": "Feature",
        "id": str(pk),
        "geometry": geometry,
        "properties": dict(properties),
    }
