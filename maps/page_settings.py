"""What a map page's modules are told: addresses, words of the codes, places and years."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.urls import reverse
from django.utils.translation import gettext as _

from maps.places import Places
from sites.access import Scope
from sites.kinds import Delay, Kind, ProgrammeLevel, RoadClass, State
from sites.models import Programme

MOST_PROGRAMMES = 500


def page_settings(scope: Scope, places: Places, *, public: bool) -> dict[str, Any]:
    """Return the settings of the office's map, or of the public one."""
    programmes = _programmes(scope)
    return {
        "public": public,
        "urls": _public_urls() if public else _office_urls(),
        "words": words(),
        "places": places.as_json(),
        "programmes": programmes,
        "years": sorted({entry["year"] for entry in programmes}, reverse=True),
        "kinds": [kind for kind in Kind.values if not (public and kind == Kind.HOUSING)],
        "basemap": bool(settings.BASEMAP_URL),
        "redDays": settings.DELAY_RED_DAYS,
    }


def words() -> dict[str, dict[str, str]]:
    """Return the words of every code that the map shows, in the language in force."""
    return {
        "kind": _labels(Kind),
        "state": _labels(State),
        "delay": _labels(Delay),
        "road_class": _labels(RoadClass),
        "level": _labels(ProgrammeLevel),
        "phase": {
            "before": _("Before work"),
            "work": _("Work in progress"),
            "done": _("Finished"),
            "halted": _("Suspended or cancelled"),
        },
    }


def _labels(choices: type[TextChoices]) -> dict[str, str]:
    return {str(value): str(label) for value, label in choices.choices}


def _programmes(scope: Scope) -> list[dict[str, Any]]:
    rows = Programme.objects.visible_to(scope).order_by("-year", "level", "code")
    return list(rows.values("code", "name", "name_en", "level", "year")[:MOST_PROGRAMMES])


def _office_urls() -> dict[str, str]:
    return {
        "tiles": "/api/v1/tiles/",
        "sites": "/api/v1/sites",
        "counts": "/api/v1/sites/counts",
        "geojson": "/api/v1/sites.geojson",
        "gpkg": "/api/v1/sites.gpkg",
        "exports": "/exports/",
        "list": "/sites/",
        "area": "/areas/",
        "signIn": "/accounts/sign-in/",
    }


def _public_urls() -> dict[str, str]:
    return {
        "tiles": "/api/public/v1/tiles/",
        "sites": reverse("public-api-sites"),
        "counts": "/api/public/v1/sites/counts",
        "housing": reverse("public-api-housing-totals"),
        "signIn": "/accounts/sign-in/",
    }
