"""The folium map of our pages: its own local files, its script under the page's nonce.

folium's stock `Map` links nine files on other hosts from lists that all maps share, and writes
style blocks that a strict content security policy refuses. `AtlasMap` replaces the lists and the
template of its class; nothing shared is changed. The vector layers are put in by the page's own
modules, which know the theme, the filter and the language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import folium
from branca.element import CssLink, Element, Figure, JavascriptLink, MacroElement
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe
from folium.elements import JSCSSMixin
from folium.template import Template

ELEMENT_ID = "atlas_map"
"""Identifier of the map's element and name of the map's variable in the browser."""

Assets = list[tuple[str, str]]
LEAFLET_JS = "vendor/leaflet/leaflet.js"
LEAFLET_CSS = "vendor/leaflet/leaflet.css"
VECTOR_CSS = "vendor/maplibre/maplibre-gl.css"
OLD_BROWSERS_JS = "maps/old-browsers.js"
VECTOR_JS = "vendor/maplibre/maplibre-gl-csp.js"
VECTOR_LEAFLET_JS = "vendor/maplibre/leaflet-maplibre-gl.js"
VECTOR_WORKER = "vendor/maplibre/maplibre-gl-csp-worker.js"
WORKER_JS = "maps/worker.js"
"""Our own first lines of the worker: they fill in for old browsers, then load the engine's."""


class AtlasMap(folium.Map):
    """A Leaflet map without inline styles: its size stands in the page's style sheet."""

    default_js: Assets = []
    default_css: Assets = []
    _template = Template(
        """
        {% macro header(this, kwargs) %}{% endmacro %}
        {% macro html(this, kwargs) %}
            <div class="folium-map" id={{ this.get_name()|tojson }}></div>
        {% endmacro %}
        {% macro script(this, kwargs) %}
            var {{ this.get_name() }} = L.map(
                {{ this.get_name()|tojson }},
                {
                    center: {{ this.location|tojson }},
                    ...{{ this.options|tojavascript }}
                }
            );
        {% endmacro %}
        """
    )

    def __init__(self, *, min_zoom: int, max_zoom: int, **options: Any) -> None:
        super().__init__(tiles=None, zoom_control=False, **options)
        # folium keeps these two for its tile layer; here they limit the map itself.
        self.options.update(min_zoom=min_zoom, max_zoom=max_zoom)
        self.default_js = [("leaflet", static(LEAFLET_JS))]
        self.default_css = [("leaflet_css", static(LEAFLET_CSS))]

    def get_name(self) -> str:
        """Return one fixed name, because the page's modules look for it."""
        return ELEMENT_ID


class VectorEngine(JSCSSMixin, MacroElement):
    """MapLibre GL in its build for strict policies, with a worker from our own host."""

    default_js: Assets = []
    default_css: Assets = []
    _template = Template(
        """
        {% macro script(this, kwargs) %}
            maplibregl.setWorkerUrl({{ this.worker_url|tojson }});
        {% endmacro %}
        """
    )

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "VectorEngine"
        parts = {"fill": static(OLD_BROWSERS_JS), "engine": static(VECTOR_WORKER)}
        self.worker_url = f"{static(WORKER_JS)}?{urlencode(parts)}"
        self.default_js = [
            ("old_browsers", static(OLD_BROWSERS_JS)),
            ("maplibre", static(VECTOR_JS)),
            ("maplibre_leaflet", static(VECTOR_LEAFLET_JS)),
        ]
        self.default_css = [("maplibre_css", static(VECTOR_CSS))]


@dataclass(frozen=True, slots=True)
class MapParts:
    """A rendered map in the pieces that our page puts where its policy wants them."""

    styles: SafeString
    html: SafeString
    libraries: SafeString
    script: SafeString


def map_parts(map_: AtlasMap) -> MapParts:
    """Render a map into its parts; the texts come from folium's escaping templates."""
    figure = map_.get_root()
    if not isinstance(figure, Figure):
        raise TypeError("a map is rendered as the child of its figure")
    figure.render()
    links = list(figure.header._children.values())
    return MapParts(
        styles=_joined(link for link in links if isinstance(link, CssLink)),
        html=_safe(figure.html.render()),
        libraries=_joined(link for link in links if isinstance(link, JavascriptLink)),
        script=_safe(figure.script.render()),
    )


def _joined(elements: Any) -> SafeString:
    return _safe(
        "\n".join(element.render() for element in elements if isinstance(element, Element))
    )


def _safe(text: str) -> SafeString:
    # Safe: made by the templates above from our own constants and numbers, all through `tojson`.
    return mark_safe(text)  # noqa: S308
