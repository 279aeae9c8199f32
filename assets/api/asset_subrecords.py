"""What belongs to one asset over HTTP: history, state changes, water tests, components."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils import timezone
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from assets.api.asset_properties import AssetFeature, asset_features
from assets.api.assets import one_asset
from assets.history import asset_history
from assets.kinds import AssetState, ComponentState, WaterSampleStage
from assets.models import Asset, Component, WaterQualityTest
from assets.services.asset_states import asset_move_state
from assets.services.components import component_save
from assets.services.water_tests import water_test_record
from assets.water_verdict import verdict_of
from sites.api.fields import NumberField, StrictSerializer, TextField
from sites.api.idempotency import once
from sites.api.paging import BY_ID, read_limit, read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.plain_values import plain
from sites.api.preconditions import entity_tag, require_match
from sites.api.resource import GEOJSON, Resource
from sites.api.schema import IDEMPOTENCY_KEY, IF_MATCH, page_of
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.site_parts import HistorySerializer
from sites.kinds import ComponentKind, Kind
from sites.problems import Problem
from sites.services import ConcurrentChange


class AssetPart(Resource):
    """Something of one asset that the caller may see."""

    def asset(self, pk: UUID) -> Asset:
        """Return the asset; raises `DoesNotExist` for what the caller may not know."""
        found: Asset = Asset.objects.visible_to(self.scope).get(pk=pk)
        return found

    def office_asset(self, pk: UUID) -> Asset:
        """Return the asset for a change; raises `Problem` 403 for who is not its office."""
        asset = self.asset(pk)
        if not self.scope.edits_sites or not self.scope.covers_area(asset.area_code):
            raise Problem("forbidden")
        return asset

    def expected_version(self, asset: Asset) -> int | None:
        """Return the version that `If-Match` asks for, None without it; raises `Problem` 412."""
        if "HTTP_IF_MATCH" not in self.request.META:
            return None
        if not require_match(self.request, asset.version):
            raise Problem("precondition_failed")
        return int(asset.version)


class AssetHistory(AssetPart):
    """Who changed what, when and why."""

    @extend_schema(
        tags=["assets"],
        operation_id="asset_history",
        parameters=[PAGING_PARAMETERS[0]],
        responses=HistorySerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the latest changes of every field, the newest first."""
        refuse_unknown(self.params, {"limit"})
        limit = read_limit(self.params.get("limit", ""))
        items = [
            {
                "at": plain(change.at),
                "user": change.user,
                "reason": change.reason,
                "field": change.field,
                "label": str(change.label),
                "old": plain(change.old),
                "new": plain(change.new),
            }
            for change in asset_history(self.asset(pk), limit=limit)
        ]
        return Response({"items": items})


class AssetMoveSerializer(StrictSerializer):
    """A move to another state; limits and endings need a reason."""

    to_state = serializers.ChoiceField(AssetState.choices)
    reason = TextField(max_length=2000, allow_blank=True, default="")


class AssetStateChanges(AssetPart):
    """The way to move an asset to another state; its history tells the moves."""

    serializer_class = AssetMoveSerializer

    @extend_schema(
        tags=["assets"],
        operation_id="asset_state_change_create",
        parameters=[IDEMPOTENCY_KEY],
        request=AssetMoveSerializer,
        responses={(201, GEOJSON): AssetFeature},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Move the asset; `If-Match` is honoured where it is sent."""
        asset = self.office_asset(pk)
        expected = self.expected_version(asset)
        return once(request, lambda: self._move(asset, expected))

    def _move(self, asset: Asset, expected: int | None) -> Response:
        values = self.parsed()
        try:
            asset_move_state(
                asset=asset,
                to_state=values["to_state"],
                actor=self.actor,
                scope=self.scope,
                reason=values["reason"],
                expected_version=expected,
            )
        except ConcurrentChange as error:
            raise Problem("precondition_failed") from error
        row = one_asset(Asset.objects.visible_to(self.scope), asset.pk)
        headers = {"ETag": entity_tag(row["version"])}
        answer = Response(asset_features([row], self.scope)[0], status=201, headers=headers)
        answer.content_type = GEOJSON
        return answer


class WaterTestSerializer(StrictSerializer):
    """A water sample and whether it met the standard that the laboratory names."""

    id = serializers.UUIDField(read_only=True)
    tested_on = serializers.DateField()
    stage = serializers.ChoiceField(WaterSampleStage.choices)
    passed = serializers.BooleanField()
    standard = TextField(max_length=60, allow_blank=True, default="")
    laboratory = TextField(max_length=120, allow_blank=True, default="")
    items = TextField(max_length=5000, allow_blank=True, default="")
    supersedes = serializers.UUIDField(allow_null=True, default=None, source="supersedes_id")
    recorded_at = serializers.DateTimeField(read_only=True)


class AssetWaterTests(AssetPart):
    """Water quality tests of a works: recorded once, corrected by a newer record."""

    serializer_class = WaterTestSerializer

    @extend_schema(
        tags=["assets"],
        operation_id="asset_water_test_list",
        parameters=[*PAGING_PARAMETERS],
        responses=page_of(WaterTestSerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer one page of tests in the order in which they were recorded."""
        refuse_unknown(self.params, PAGING)
        rows = WaterQualityTest.objects.visible_to(self.scope).filter(asset=self.asset(pk))
        page = read_page(rows, BY_ID, self.params)
        return Response({"items": self.rendered(page.rows), **page.links(request)})

    @extend_schema(
        tags=["assets"],
        operation_id="asset_water_test_create",
        parameters=[IDEMPOTENCY_KEY],
        request=WaterTestSerializer,
        responses={201: WaterTestSerializer},
    )
    def post(self, request: Request, pk: UUID) -> Response:
        """Record a test; `supersedes` names the one that it corrects."""
        asset = self.office_asset(pk)
        return once(request, lambda: self._record(asset))

    def _record(self, asset: Asset) -> Response:
        values = self.parsed()
        corrected = values.pop("supersedes_id")
        own = WaterQualityTest.objects.visible_to(self.scope).filter(asset=asset)
        test = water_test_record(
            asset=asset,
            values=values,
            actor=self.actor,
            scope=self.scope,
            today=timezone.localdate(),
            supersedes=own.get(pk=corrected) if corrected else None,
        )
        test.refresh_from_db()
        return Response(self.rendered([test])[0], status=201)


class CriterionSerializer(serializers.Serializer[Any]):
    """One criterion, how far it is met, and by which rule."""

    criterion = serializers.CharField()
    grade = serializers.CharField()
    rule = serializers.CharField()
    reason = serializers.CharField(allow_blank=True)
    is_verified = serializers.BooleanField()


class WaterVerdictSerializer(serializers.Serializer[Any]):
    """The verdict on a works that supplies people."""

    overall = serializers.CharField()
    rule = serializers.CharField()
    remarks = serializers.ListField(child=serializers.CharField())
    criteria = CriterionSerializer(many=True)


class AssetWaterVerdict(AssetPart):
    """The verdict on a water works by four criteria."""

    @extend_schema(
        tags=["assets"], operation_id="asset_water_verdict", responses=WaterVerdictSerializer
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the verdict; 404 for what supplies nobody."""
        refuse_unknown(self.params, ())
        asset = self.asset(pk)
        verdict = verdict_of(asset) if asset.kind == Kind.WATER_WORKS else None
        if verdict is None:
            raise Problem("not_found")
        return Response(WaterVerdictSerializer(verdict).data)


class ComponentSerializer(StrictSerializer):
    """A component of a village centre."""

    id = serializers.UUIDField(read_only=True)
    kind = serializers.ChoiceField(ComponentKind.choices)
    quantity = NumberField(
        max_digits=12, decimal_places=2, min_value=0, allow_null=True, required=False
    )
    unit = TextField(max_length=20, allow_blank=True, required=False)
    weight = NumberField(max_digits=5, decimal_places=2, required=False)
    state = serializers.ChoiceField(ComponentState.choices, required=False)


class ComponentsSerializer(serializers.Serializer[Any]):
    """All components of a village centre."""

    items = ComponentSerializer(many=True)


class AssetComponents(AssetPart):
    """Components of a village centre; there are ten kinds at most."""

    serializer_class = ComponentSerializer

    @extend_schema(
        tags=["assets"], operation_id="asset_component_list", responses=ComponentsSerializer
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer all components, by kind."""
        refuse_unknown(self.params, ())
        asset = self.asset(pk)
        rows = Component.objects.visible_to(self.scope).filter(asset=asset).order_by("kind")
        headers = {"ETag": entity_tag(asset.version)}
        return Response({"items": self.rendered(list(rows))}, headers=headers)

    @extend_schema(
        tags=["assets"],
        operation_id="asset_component_save",
        parameters=[IF_MATCH],
        request=ComponentSerializer,
        responses={200: ComponentSerializer},
    )
    def put(self, request: Request, pk: UUID) -> Response:
        """Record the component of a kind, or change the fields given of the one there is.

        The components are part of the asset's record: `If-Match` takes the asset's version.
        """
        asset = self.office_asset(pk)
        if not require_match(request, asset.version):
            raise Problem("precondition_failed", headers={"ETag": entity_tag(asset.version)})
        values: Mapping[str, Any] = self.parsed()
        component = component_save(
            asset=asset,
            kind=values["kind"],
            values={name: value for name, value in values.items() if name != "kind"},
            actor=self.actor,
            scope=self.scope,
            expected_version=asset.version,
        )
        asset.refresh_from_db(fields=["version"])
        headers = {"ETag": entity_tag(asset.version)}
        return Response(self.rendered([component])[0], headers=headers)
