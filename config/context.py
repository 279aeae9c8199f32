"""What every page's template can use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from config.navigation import navigation
from sites.access import Scope, scope_of_request
from sites.kinds import Role
from sites.models import Area, Organisation


def atlas(request: HttpRequest) -> dict[str, Any]:
    """Return the viewer's scope, in words too, and the languages, for the frame of each page."""
    scope = scope_of_request(request) if hasattr(request, "user") else None
    return {
        "scope": scope,
        "viewer_roles": [role.label for role in Role if scope and role in scope.roles],
        "viewer_places": SimpleLazyObject(lambda: _places(scope)),
        "languages": settings.LANGUAGES,
        "navigation": navigation(scope, request.path) if scope else (),
        "theme": _theme(request),
    }


def _theme(request: HttpRequest) -> str:
    chosen = request.COOKIES.get("atlas-theme", "")
    return chosen if chosen in {"light", "dark"} else "auto"


def _places(scope: Scope | None) -> list[str]:
    if scope is None or scope.everything:
        return []
    areas = Area.objects.filter(code__in=scope.area_codes(), valid_to__isnull=True)
    bodies = Organisation.objects.filter(pk__in=scope.organisation_ids())
    return [
        *(area.label for area in areas.only("name", "name_en")),
        *(body.label for body in bodies.only("name", "name_en")),
    ]
