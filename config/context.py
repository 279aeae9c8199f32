"""What every page's template can use."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from sites.access import scope_of


def atlas(request: HttpRequest) -> dict[str, Any]:
    """Return the viewer's scope and the languages, for the frame of each page."""
    user = getattr(request, "user", None)
    return {
        "scope": scope_of(user) if user is not None else None,
        "languages": settings.LANGUAGES,
    }
