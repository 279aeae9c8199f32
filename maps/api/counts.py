"""Numbers for the legend, and the limits of the service."""

from __future__ import annotations

from dataclasses import asdict

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema, extend_schema_view, inline_serializer
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from maps.api.doors import MapView, PublicDoor
from maps.api.files import ASSET_PARAMETERS
from maps.counts import asset_counts, site_counts
from maps.layers import Topic
from maps.limits import limits
from maps.subjects import SUBJECTS
from sites.api.parameters import refuse_unknown
from sites.api.site_parameters import site_parameters
from sites.filters import SiteFilter, parameter_names

NUMBERS = serializers.DictField(child=serializers.IntegerField())
COUNTS = inline_serializer(
    "SiteCounts",
    {
        "total": serializers.IntegerField(),
        "kind": NUMBERS,
        "state": NUMBERS,
        "delay": NUMBERS,
        "township": inline_serializer(
            "TownshipCount",
            {
                "code": serializers.CharField(),
                "name": serializers.CharField(),
                "count": serializers.IntegerField(),
            },
            many=True,
        ),
        "declared_length_m": serializers.FloatField(),
        "measured_length_m": serializers.FloatField(),
    },
)

ASSET_COUNTS = inline_serializer(
    "AssetCounts",
    {
        "total": serializers.IntegerField(),
        "kind": NUMBERS,
        "state": NUMBERS,
        "gap": NUMBERS,
        "township": inline_serializer(
            "AssetTownshipCount",
            {
                "code": serializers.CharField(),
                "name": serializers.CharField(),
                "count": serializers.IntegerField(),
            },
            many=True,
        ),
    },
)


class CountsView(MapView):
    """How many sites there are under a filter."""

    @extend_schema(operation_id="site_counts", parameters=site_parameters(), responses=COUNTS)
    def get(self, request: Request) -> Response:
        """Return the numbers by kind, state, delay and township."""
        refuse_unknown(self.params, parameter_names(public=self.is_public))
        chosen = SiteFilter.from_query(self.params)
        return Response(asdict(site_counts(self.scope, chosen)))


@extend_schema_view(get=extend_schema(operation_id="public_site_counts", auth=[]))
class PublicCountsView(PublicDoor, CountsView):
    """How many public sites there are under a filter."""


class AssetCountsView(MapView):
    """How many assets there are under a filter, and how they stand with their upkeep."""

    @extend_schema(
        operation_id="asset_counts",
        tags=["assets"],
        parameters=[*ASSET_PARAMETERS],
        responses=ASSET_COUNTS,
    )
    def get(self, request: Request) -> Response:
        """Return the numbers by kind, state, gap and township."""
        subject = SUBJECTS[Topic.ASSETS]
        refuse_unknown(self.params, subject.names(public=self.is_public))
        return Response(asdict(asset_counts(self.scope, subject.read(self.params))))


@extend_schema_view(get=extend_schema(operation_id="public_asset_counts", auth=[]))
class PublicAssetCountsView(PublicDoor, AssetCountsView):
    """How many public assets there are under a filter."""


class LimitsView(PublicDoor):
    """Every limit that a client can meet; the same for everybody."""

    @extend_schema(operation_id="limits", auth=[], responses=OpenApiTypes.OBJECT)
    def get(self, request: Request) -> Response:
        """Return the limits by name."""
        return Response(limits())
