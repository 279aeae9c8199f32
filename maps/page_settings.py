"""What a map page's modules are told: addresses, words of the codes, places and years."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db.models import TextChoices
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from assets.kinds import AssetState, ClosureKind, Severity, StructureKind
from maintenance.kinds import DefectKind, DefectState, OrderState, Priority, UpkeepGap
from maps.places import Places
from sites.access import Scope
from sites.filter_parameter import Parameter
from sites.filter_values import ParameterError, as_text
from sites.filters import registered
from sites.kinds import Delay, Kind, ProgrammeLevel, RoadClass, State
from sites.models import Programme

MOST_PROGRAMMES = 500
_UPKEEP_LAYERS = ["assets", "defects", "work_orders", "closures", "structures"]
_PUBLIC_LAYERS = ["assets", "closures", "structures"]
"""Layers of assets and upkeep that a map offers, in the order of its panel."""


def page_settings(
    scope: Scope, places: Places, *, public: bool, query: QueryDict
) -> dict[str, Any]:
    """Return the settings of the office's map, or of the public one, at an address's query."""
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
        "upkeep": _PUBLIC_LAYERS if public else _UPKEEP_LAYERS,
        "redDays": settings.DELAY_RED_DAYS,
        "added": _added_parameters(query, public=public),
    }


def words() -> dict[str, dict[str, str]]:
    """Return the words of every code that the map shows, in the language in force."""
    return {
        "kind": _labels(Kind),
        "state": _labels(State),
        "delay": _labels(Delay),
        "road_class": _labels(RoadClass),
        "level": _labels(ProgrammeLevel),
        "gap": {**_labels(UpkeepGap), "not_kept": _("Nobody has to keep it up")},
        "asset_state": _labels(AssetState),
        "defect_kind": _labels(DefectKind),
        "defect_state": _labels(DefectState),
        "severity": _labels(Severity),
        "order_state": _labels(OrderState),
        "priority": _labels(Priority),
        "closure_kind": _labels(ClosureKind),
        "structure_kind": _labels(StructureKind),
        "phase": {
            "before": _("Before work"),
            "work": _("Work in progress"),
            "done": _("Finished"),
            "halted": _("Suspended or cancelled"),
        },
    }


def _added_parameters(query: QueryDict, *, public: bool) -> list[dict[str, Any]]:
    """Return the registered parameters of the filter of sites, as the map's form asks for them.

    A value that is no choice comes with the address and is told in its own words.
    """
    return [
        {
            "name": entry.name,
            "title": str(entry.label),
            "control": entry.control.value,
            "values": (
                list(_labels(entry.choices).items()) if entry.choices else _told(entry, query)
            ),
        }
        for entry in registered().values()
        if entry.is_open or not public
    ]


def _told(entry: Parameter, query: QueryDict) -> list[tuple[str, str]]:
    """Return the words of the values that an address gives a parameter; none it cannot use."""
    if entry.words is None or entry.name not in query:
        return []
    try:
        value = entry.read(query)
    except ParameterError:
        return []
    single = [(one,) for one in value] if isinstance(value, tuple) else [value]
    return [(as_text(one), entry.words(one)) for one in single if as_text(one)]


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
        "assets": reverse("api-map-assets"),
        "assetCounts": reverse("api-asset-counts"),
        "assetsGeojson": reverse("api-assets-geojson"),
        "assetsGpkg": reverse("api-assets-gpkg"),
        "assetList": reverse("assets:asset-list"),
        "assetPage": "/assets/",
        "defects": reverse("api-defects"),
        "defectPage": reverse("maintenance:defect-list"),
        "defectNew": reverse("maintenance:defect-new"),
        "orders": reverse("api-orders"),
        "orderPage": reverse("maintenance:order-list"),
        "orderNew": reverse("maintenance:order-new"),
        "area": "/areas/",
        "signIn": "/accounts/sign-in/",
    }


def _public_urls() -> dict[str, str]:
    return {
        "tiles": "/api/public/v1/tiles/",
        "sites": reverse("public-api-sites"),
        "counts": "/api/public/v1/sites/counts",
        "assets": reverse("public-api-assets"),
        "assetCounts": reverse("public-api-asset-counts"),
        "platePage": "/public/a/",
        "housing": reverse("public-api-housing-totals"),
        "signIn": "/accounts/sign-in/",
    }
