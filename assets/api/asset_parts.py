"""What the parts of assets share over HTTP: structures, closures, condition surveys."""

from __future__ import annotations

from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from rest_framework import serializers

from assets.models import Asset
from sites.access import code_prefix_condition
from sites.api.resource import Resource
from sites.api.schema import parameter
from sites.filter_values import AREA_CODE, matching, moment_of, parsed
from sites.problems import Problem

PART_PARAMETERS = (
    parameter("asset", "Identifiers of assets, separated by commas."),
    parameter("area", "Area codes with all below them, separated by commas."),
    parameter("updated_since", "RFC 3339 time with offset."),
)


class AssetField(serializers.PrimaryKeyRelatedField[Asset]):
    """An asset by its identifier."""

    def __init__(self, **options: Any) -> None:
        super().__init__(pk_field=serializers.UUIDField(), queryset=Asset.objects.none(), **options)

    def get_queryset(self) -> QuerySet[Asset]:
        """Return the assets in scope."""
        found: QuerySet[Asset] = Asset.objects.visible_to(self.context["scope"])
        return found


class AssetPart(Resource):
    """Rows that belong to one asset each; `changed_at` is the column of `updated_since`."""

    parameters: ClassVar[frozenset[str]] = frozenset({"asset", "area", "updated_since"})
    changed_at: ClassVar[str] = "updated_at"

    def narrowed(self, rows: Any) -> Any:
        """Return the rows of the assets and areas asked for, changed since a time."""
        if assets := parsed(self.params, "asset", UUID):
            rows = rows.filter(asset__in=assets)
        if codes := matching(self.params, "area", AREA_CODE):
            inside = Asset.objects.filter(code_prefix_condition("area_code", codes))
            rows = rows.filter(asset__in=inside.values("pk"))
        if since := moment_of(self.params, "updated_since"):
            rows = rows.filter(**{f"{self.changed_at}__gte": since})
        return rows

    def require_create(self) -> None:
        """Only the office records parts of assets; where is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def require_change(self, row: Any) -> None:
        """Only the office in whose scope the asset lies changes its parts."""
        if not (self.scope.edits_sites and self.scope.covers_area(row.asset.area_code)):
            raise Problem("forbidden")
