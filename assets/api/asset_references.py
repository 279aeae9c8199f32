"""References of an asset's body to its route and to the sites that built it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from assets.models import RoadRoute
from sites.models import ProjectSite

MOST_SOURCES = 100


class RouteField(serializers.PrimaryKeyRelatedField[RoadRoute]):
    """A route by its identifier."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            pk_field=serializers.UUIDField(), queryset=RoadRoute.objects.none(), **options
        )

    def get_queryset(self) -> QuerySet[RoadRoute]:
        """Return the routes in scope."""
        found: QuerySet[RoadRoute] = RoadRoute.objects.visible_to(self.context["scope"])
        return found


@extend_schema_field({"type": "array", "items": {"type": "string"}})
class SourceSitesField(serializers.Field[Any, Any, Any, Any]):
    """Project sites by their codes, within what the caller may see."""

    default_error_messages = {
        "invalid": _("Give a list of codes."),
        "does_not_exist": _("There is no such record."),
    }

    def to_internal_value(self, data: Any) -> list[ProjectSite]:
        """Return the sites, each once."""
        if not isinstance(data, list) or len(data) > MOST_SOURCES:
            self.fail("invalid")
        if not all(isinstance(c, str) and c.isprintable() and len(c) <= 60 for c in data):
            self.fail("invalid")
        seen = ProjectSite.objects.visible_to(self.context["scope"])
        found = list(seen.filter(code__in=data))
        if {site.code for site in found} != set(data):
            self.fail("does_not_exist")
        return found

    def to_representation(self, value: Any) -> Any:
        """Return what was put together for the answer."""
        return value
