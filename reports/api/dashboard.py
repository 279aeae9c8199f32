"""The dashboard over HTTP: its numbers, the outlines of its units, and what changed."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from funding.kinds import SourceLevel
from reports.dashboard.board import board
from reports.dashboard.changed_sites import ChangedSite, changed_counts, changed_page
from reports.dashboard.changes_choice import PAGE_SIZES, ChangesChoice
from reports.dashboard.choice import Choice
from reports.dashboard.kinds import ChangeKind, Rank
from reports.dashboard.shapes import shapes
from reports.dashboard.telling import told
from sites.api.parameters import refuse_unknown
from sites.api.resource import ApiView
from sites.api.schema import parameter
from sites.api.site_parameters import site_parameters
from sites.filters import SiteFilter

DASHBOARD_PARAMETERS = (
    parameter("month", "The month, such as 2026-03, at whose end everything is shown."),
    parameter("source", f"Levels of sources of money: {', '.join(SourceLevel.values)}."),
    parameter("rank", "By what the units are ranked.", enum=Rank.values),
)
CHANGES_PARAMETERS = (
    parameter("from", "The first day; 30 days before the last one if not given."),
    parameter("to", "The last day; today if not given."),
    parameter("what", f"Kinds of change, separated by commas: {', '.join(ChangeKind.values)}."),
    parameter("limit", "Sites a page.", enum=[str(size) for size in PAGE_SIZES]),
    parameter("cursor", "`next_cursor` of the page before."),
)


class ChangedStateSerializer(serializers.Serializer[Any]):
    """One change of state inside the two dates."""

    from_state = serializers.CharField()
    to_state = serializers.CharField()
    effective_on = serializers.DateField()
    reason = serializers.CharField(allow_blank=True)


class ChangedSiteSerializer(serializers.Serializer[Any]):
    """A site that changed: its state at both dates, its changes, and whether its geometry did."""

    id = serializers.UUIDField(source="site.pk")
    code = serializers.CharField(source="site.code")
    name = serializers.CharField(source="site.name")
    name_en = serializers.CharField(source="site.name_en", allow_blank=True)
    kind = serializers.CharField(source="site.kind")
    township = serializers.CharField(source="site.township_code", allow_blank=True)
    state_before = serializers.CharField()
    state_after = serializers.CharField()
    changes = ChangedStateSerializer(source="moves", many=True)
    geometry_changed = serializers.BooleanField(source="has_moved")
    what = serializers.SerializerMethodField()

    def get_what(self, row: ChangedSite) -> list[str]:
        """Return the kinds of the site's changes."""
        return [kind.value for kind in row.kinds]


class ChangesSerializer(serializers.Serializer[Any]):
    """What changed between two dates, a page of it."""

    first = serializers.DateField()
    last = serializers.DateField()
    counts = serializers.DictField(child=serializers.IntegerField())
    sites_url = serializers.CharField(help_text="Lists exactly these sites.")
    items = ChangedSiteSerializer(many=True)
    next_cursor = serializers.CharField(allow_null=True)


class DashboardView(ApiView):
    """The numbers of the dashboard, each with the query of the sites that it counts."""

    @extend_schema(
        tags=["figures"],
        operation_id="dashboard",
        parameters=[*site_parameters(), *DASHBOARD_PARAMETERS],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        """Return the numbers that the caller may see under a filter, as of a day."""
        choice = Choice.from_query(self.params, today=timezone.localdate())
        return Response(told(board(self.scope, choice)))


class DashboardShapesView(ApiView):
    """The outlines of the units by which the dashboard parts its numbers."""

    @extend_schema(
        tags=["figures"],
        operation_id="dashboard_shapes",
        parameters=[parameter("area", "Area codes with all below them, separated by commas.")],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request) -> Response:
        """Return coarse outlines as a GeoJSON FeatureCollection."""
        refuse_unknown(self.params, {"area"})
        return Response(shapes(self.scope, SiteFilter.from_query(self.params).area))


class ChangesView(ApiView):
    """What changed between two dates."""

    @extend_schema(
        tags=["figures"],
        operation_id="changes",
        parameters=[*site_parameters(), *CHANGES_PARAMETERS],
        responses=ChangesSerializer,
    )
    def get(self, request: Request) -> Response:
        """Return the sites that changed, in the order of their codes, with numbers by kind."""
        asked = ChangesChoice.from_query(self.params, today=timezone.localdate())
        chosen = asked.sites()
        page = changed_page(self.scope, chosen, asked.span, after=asked.after, limit=asked.size)
        counts = changed_counts(self.scope, asked.filter, asked.span)
        answer = ChangesSerializer(
            {
                "first": asked.span.first,
                "last": asked.span.last,
                "counts": {kind.value: number for kind, number in counts.items()},
                "sites_url": f"/api/v1/sites?{chosen.to_query()}",
                "items": page.rows,
                "next_cursor": page.following or None,
            }
        )
        return Response(answer.data)
