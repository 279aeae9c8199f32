"""The map of the office `/` and the map of the public `/public/`."""

from __future__ import annotations

from typing import Any

import folium
from django.conf import settings
from django.contrib.auth.mixins import LoginRequiredMixin
from django.utils.html import escape
from django.views.generic import TemplateView

from maps.folium_map import AtlasMap, VectorEngine, map_parts
from maps.page_settings import page_settings
from maps.places import Bounds, places_for
from sites.access import Scope, scope_of

SMALLEST_ZOOM = 5
LARGEST_ZOOM = 20
WHOLE_COUNTRY: Bounds = (97.0, 21.0, 123.0, 42.0)
"""Where the map opens while the register holds no areas."""


def atlas_map(home: Bounds) -> AtlasMap:
    """Return the folium map that opens on a box of degrees, with the base map if there is one."""
    west, south, east, north = home
    map_ = AtlasMap(
        location=[(south + north) / 2, (west + east) / 2],
        zoom_start=11,
        min_zoom=SMALLEST_ZOOM,
        max_zoom=LARGEST_ZOOM,
        zoom_snap=0.25,
        zoom_delta=0.5,
        attribution_control=bool(settings.BASEMAP_URL),
        keyboard_pan_delta=120,
    )
    VectorEngine().add_to(map_)
    if settings.BASEMAP_URL:
        folium.TileLayer(
            tiles=settings.BASEMAP_URL,
            attr=escape(settings.BASEMAP_ATTRIBUTION) or " ",
            max_zoom=LARGEST_ZOOM,
            max_native_zoom=18,
            name="basemap",
        ).add_to(map_)
    return map_


class MapPage(TemplateView):
    """One map page; what it shows depends on `scope`."""

    template_name = "maps/map.html"
    public = False

    def scope(self) -> Scope:
        """Return what this page may show."""
        return scope_of(self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return the map's parts and the settings of its modules."""
        scope = self.scope()
        places = places_for(scope)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        context.update(
            public=self.public,
            map=map_parts(atlas_map(places.home or WHOLE_COUNTRY)),
            page_settings=page_settings(scope, places, public=self.public, query=self.request.GET),
        )
        return context


class OfficeMapPage(LoginRequiredMixin, MapPage):
    """The map `/`: everything that the signed-in person may see."""


class PublicMapPage(MapPage):
    """The map `/public/`: what everybody may see, whoever looks at it; no houses."""

    public = True

    def scope(self) -> Scope:
        """Return the public's scope, also for people who have signed in."""
        return Scope.public()
