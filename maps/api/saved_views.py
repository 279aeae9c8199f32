"""Saved views over HTTP."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers

from maps.kinds import Audience
from maps.models import SavedView
from maps.saved_pages import LONGEST_PATH, LONGEST_QUERY
from maps.services.saved_views import view_remove, view_save
from sites.api.fields import StrictSerializer, TextField
from sites.api.parameters import one_of
from sites.api.resource import Resource, WritableCollection, WritableRecord
from sites.api.schema import collection, parameter, record
from sites.problems import Problem


class SavedViewSerializer(StrictSerializer):
    """A page of ours with its parameters under a name; it shares no rows."""

    id = serializers.UUIDField(read_only=True)
    name = TextField(max_length=120)
    path = TextField(max_length=LONGEST_PATH)
    query = TextField(max_length=LONGEST_QUERY, allow_blank=True, default="")
    audience = serializers.ChoiceField(Audience.choices, default=Audience.OWN)
    owner = serializers.CharField(source="owner.username", read_only=True)
    version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class SavedViewResource(Resource):
    """Views of the caller and those shared with the caller."""

    serializer_class = SavedViewSerializer
    parameters: ClassVar[frozenset[str]] = frozenset({"audience"})

    def rows(self) -> Any:
        """Return the views that the caller may open."""
        return SavedView.objects.visible_to(self.scope).select_related("owner")

    def require_create(self) -> None:
        """Everybody who has signed in keeps views."""

    def require_change(self, row: SavedView) -> None:
        """A view is its owner's to change."""
        if row.owner_id != self.actor.pk:
            raise Problem("forbidden")


@extend_schema(tags=["views"])
@collection(
    "saved_view",
    SavedViewSerializer,
    parameters=[parameter("audience", "With whom views are shared.", enum=Audience.values)],
)
class SavedViewCollection(SavedViewResource, WritableCollection):
    """Saved views."""

    def narrowed(self, rows: Any) -> Any:
        """Return the views that the parameters ask for."""
        audience = one_of(self.params, "audience", Audience.values)
        return rows.filter(audience=audience) if audience else rows

    def created(self, values: Mapping[str, Any]) -> SavedView:
        """Keep the view."""
        return view_save(values=values, owner=self.actor, scope=self.scope)


@extend_schema(tags=["views"])
@record("saved_view", SavedViewSerializer)
class SavedViewRecord(SavedViewResource, WritableRecord):
    """One saved view."""

    def changed(self, row: SavedView, values: Mapping[str, Any]) -> SavedView:
        """Change the view."""
        return view_save(
            view=row,
            values=values,
            owner=self.actor,
            scope=self.scope,
            expected_version=row.version,
        )

    def removed(self, row: SavedView) -> None:
        """Remove the view."""
        view_remove(view=row, owner=self.actor, expected_version=row.version)
