"""What belongs to one site over HTTP: its history and its reported progress."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from sites.api.paging import BY_ID, read_limit, read_page
from sites.api.parameters import PAGING, refuse_unknown
from sites.api.plain_values import plain
from sites.api.resource import ApiView
from sites.api.schema import PAGING as PAGING_PARAMETERS
from sites.api.schema import page_of
from sites.history import site_history
from sites.models import ProgressEntry, ProjectSite
from sites.progress_standing import Standing, with_standing


class FieldChangeSerializer(serializers.Serializer[Any]):
    """One field that changed."""

    at = serializers.DateTimeField()
    user = serializers.CharField(allow_blank=True)
    reason = serializers.CharField(allow_blank=True)
    field = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]
    old = serializers.JSONField(allow_null=True)
    new = serializers.JSONField(allow_null=True)


class HistorySerializer(serializers.Serializer[Any]):
    """The latest changes, the newest first."""

    items = FieldChangeSerializer(many=True)


class ProgressEntrySerializer(serializers.Serializer[Any]):
    """Reported progress and its evidence."""

    id = serializers.UUIDField()
    reported_on = serializers.DateField()
    percent = serializers.FloatField()
    quantity = serializers.FloatField(allow_null=True, help_text="In the programme's unit.")
    standing = serializers.ChoiceField(Standing.choices)
    note = serializers.CharField(allow_blank=True)
    reported_by = serializers.CharField(source="reported_by.username", default=None)
    captured_at = serializers.DateTimeField(allow_null=True)
    received_at = serializers.DateTimeField()
    photo_sha256 = serializers.CharField(allow_blank=True)


class SitePart(ApiView):
    """Something of one site that the caller may see."""

    def site(self, pk: UUID) -> ProjectSite:
        """Return the site; raises `DoesNotExist` for what the caller may not know."""
        sites = ProjectSite.objects.visible_to(self.scope)
        found: ProjectSite = sites.only("pk", "kind").get(pk=pk)
        return found


class SiteHistory(SitePart):
    """Who changed what, when and why."""

    @extend_schema(
        tags=["sites"],
        operation_id="site_history",
        parameters=[PAGING_PARAMETERS[0]],
        responses=HistorySerializer,
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer the latest changes of every field, the newest first."""
        refuse_unknown(self.params, {"limit"})
        limit = read_limit(self.params.get("limit", ""))
        changes = site_history(self.site(pk), scope=self.scope, limit=limit)
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
            for change in changes
        ]
        return Response({"items": items})


class SiteProgress(SitePart):
    """Reported progress of a site."""

    @extend_schema(
        tags=["sites"],
        operation_id="site_progress_list",
        parameters=[*PAGING_PARAMETERS],
        responses=page_of(ProgressEntrySerializer, features=False),
    )
    def get(self, request: Request, pk: UUID) -> Response:
        """Answer one page of progress entries in the order in which they came in."""
        refuse_unknown(self.params, PAGING)
        rows = ProgressEntry.objects.visible_to(self.scope).filter(site=self.site(pk))
        page = read_page(with_standing(rows).select_related("reported_by"), BY_ID, self.params)
        items = ProgressEntrySerializer(page.rows, many=True).data
        return Response({"items": items, **page.links(request)})
