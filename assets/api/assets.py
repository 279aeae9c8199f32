"""Assets over HTTP."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.asset_properties import AssetFeature, asset_features, with_columns
from assets.api.asset_values import AssetValues, asset_values
from assets.filters import AssetFilter, parameters
from assets.kinds import AssetState
from assets.models import Asset
from assets.services.asset_records import asset_create, asset_remove, asset_update
from sites.api.paging import BY_CODE
from sites.api.parameters import a_reason, one_of, refuse_unknown
from sites.api.parsers import GeoJSONParser, StrictJSONParser
from sites.api.resource import GEOJSON, Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.problems import Problem, invalid

_FIXED = {
    "kind": _("The kind of an asset stays as it is."),
    "state": _("The state is moved at state-changes only."),
}


def filter_parameters() -> list[OpenApiParameter]:
    """Return the shared filter of assets as the OpenAPI document describes it."""
    return [parameter(name, entry.description) for name, entry in parameters().items()]


class AssetResource(Resource):
    """Assets as Features."""

    serializer_class = AssetFeature
    parser_classes = [StrictJSONParser, GeoJSONParser]
    keys = BY_CODE
    media_type = GEOJSON
    rows_name = "features"

    def rows(self) -> Any:
        """Return the assets that the caller may see."""
        return Asset.objects.visible_to(self.scope)

    def rendered(self, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
        """Return rows as Features."""
        return asset_features(rows, self.scope)

    def version_of(self, row: dict[str, Any]) -> int:
        """Return the version that a row stands at."""
        return int(row["version"])

    @cached_property
    def sent(self) -> Mapping[str, Any]:
        """The body as it was sent; only an object can be a Feature."""
        body = self.request.data
        if not isinstance(body, dict) or not isinstance(body.get("properties", {}), dict):
            raise invalid("", "not_a_feature", _("Give a GeoJSON Feature."))
        return body

    @property
    def given(self) -> frozenset[str]:
        """The properties that the client wrote."""
        return frozenset(self.sent.get("properties", {}))


@extend_schema(tags=["assets"])
@collection(
    "asset",
    AssetFeature,
    parameters=[
        *filter_parameters(),
        parameter("geometry", "Whether features carry geometry.", enum=("shown", "none")),
    ],
)
class AssetCollection(AssetResource, WritableCollection):
    """What was built and taken over: road sections, water works, village centres, and so on."""

    @property
    def parameters(self) -> frozenset[str]:  # type: ignore[override]
        """The shared filter's parameters, those of apps above included."""
        return frozenset(parameters()) | {"geometry"}

    def narrowed(self, rows: Any) -> Any:
        """Return the assets that the shared filter asks for."""
        wanted = one_of(self.params, "geometry", ("shown", "none"), "shown")
        chosen = AssetFilter.from_query(self.params).apply(rows)
        return with_columns(chosen, geometry=wanted == "shown")

    def require_create(self) -> None:
        """Only the office records assets; where is the service's to judge."""
        if not self.scope.edits_sites:
            raise Problem("forbidden")

    def created(self, values: Mapping[str, Any]) -> Asset:
        """Create the asset, in service unless it is said to be being built."""
        properties = values["properties"]
        wanted = asset_values(
            values, kind=properties["kind"], given=self.given, same_geometry=False
        )
        return asset_create(
            values=wanted.columns,
            detail=wanted.detail,
            actor=self.actor,
            scope=self.scope,
            sites=wanted.sites or (),
            state=properties.get("state", AssetState.IN_SERVICE),
        )

    def row(self, pk: UUID) -> dict[str, Any]:
        """Return the created asset."""
        return one_asset(self.rows(), pk)


@extend_schema(tags=["assets"])
@record(
    "asset",
    AssetFeature,
    on_delete=[parameter("reason", "Why the asset leaves the register.", required=True)],
)
class AssetRecord(AssetResource, WritableRecord):
    """One asset."""

    def row(self, pk: UUID) -> dict[str, Any]:
        """Return the asset."""
        return one_asset(self.rows(), pk)

    def require_change(self, row: dict[str, Any]) -> None:
        """Only the office in whose scope the asset lies changes it."""
        if not (self.scope.edits_sites and self.scope.covers_area(row["area_code"])):
            raise Problem("forbidden")

    def parsed(self, *, row: Any = None, partial: bool = False) -> dict[str, Any]:
        """Return the columns that the Feature asks to change."""
        values = super().parsed(row=row, partial=partial)
        for name, sentence in _FIXED.items():
            if self.sent.get("properties", {}).get(name, row[name]) != row[name]:
                raise invalid(f"properties.{name}", "read_only", sentence)
        shown = self.rendered([row])[0]
        wanted = asset_values(
            values,
            kind=row["kind"],
            given=self.given,
            same_geometry=self.sent.get("geometry") == shown["geometry"],
        )
        wanted.columns.pop("kind", None)
        return {"wanted": wanted}

    def changed(self, row: dict[str, Any], values: Mapping[str, Any]) -> Asset:
        """Change the asset."""
        wanted: AssetValues = values["wanted"]
        return asset_update(
            asset=Asset(pk=row["id"]),
            values=wanted.columns,
            detail=wanted.detail,
            actor=self.actor,
            scope=self.scope,
            expected_version=row["version"],
            sites=wanted.sites,
        )

    def delete(self, request: Request, pk: UUID) -> Response:
        """Take the asset out of the register; `reason` says why."""
        refuse_unknown(self.params, {"reason"})
        return super().delete(request, pk)

    def removed(self, row: dict[str, Any]) -> None:
        """Take the asset out of every view; the row and its history stay."""
        asset_remove(
            asset=Asset(pk=row["id"]),
            actor=self.actor,
            scope=self.scope,
            at=timezone.now(),
            reason=a_reason(self.params),
            expected_version=row["version"],
        )


def one_asset(assets: Any, pk: UUID) -> dict[str, Any]:
    """Return one asset with every column of its Feature; raises `DoesNotExist`."""
    row: dict[str, Any] = with_columns(assets, geometry=True).get(pk=pk)
    return row
