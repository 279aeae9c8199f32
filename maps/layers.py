"""The layers that maps show: their names, what they hold and from which zoom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from sites.kinds import Kind

ROWS_FROM_ZOOM = 12
"""From here on a tile holds every row; below, roads are thinned and the rest is counted."""
NAMES_FROM_ZOOM = 14
"""From here on features carry `name` and `code`: texts cost half of a tile's time."""
STRUCTURES_FROM_ZOOM = 13
LARGEST_ZOOM = 22


class Topic(Enum):
    """What kind of record a layer holds."""

    SITES = "sites"
    AREAS = "areas"
    ASSETS = "assets"
    DEFECTS = "defects"
    ORDERS = "work_orders"
    CLOSURES = "closures"
    STRUCTURES = "structures"
    SCOPES = "agreement_scopes"
    LOGS = "maintenance_logs"


TEXTS: Mapping[Topic, tuple[str, ...]] = {
    Topic.SITES: ("id", "kind", "state", "delay", "name", "code"),
    Topic.AREAS: ("code", "name", "name_en", "level"),
    Topic.ASSETS: ("id", "kind", "state", "gap", "name", "code"),
    Topic.DEFECTS: ("id", "kind", "state", "severity", "asset"),
    Topic.ORDERS: ("id", "kind", "state", "priority", "asset", "name"),
    Topic.CLOSURES: ("id", "kind", "asset", "from_date", "until_date"),
    Topic.STRUCTURES: ("id", "kind", "asset", "name", "code"),
}
NUMBERS: Mapping[Topic, tuple[str, ...]] = {
    Topic.DEFECTS: ("number",),
    Topic.ORDERS: ("number",),
    Topic.STRUCTURES: ("rating_class",),
}
TRUTHS: Mapping[Topic, tuple[str, ...]] = {
    Topic.ASSETS: ("has_defects",),
    Topic.DEFECTS: ("overdue",),
    Topic.ORDERS: ("overdue",),
    Topic.CLOSURES: ("current",),
}
"""Properties of a feature by the type that TileJSON gives them."""
FOR_ROLES: Mapping[Topic, frozenset[str]] = {Topic.ASSETS: frozenset({"gap", "has_defects"})}
"""Properties that the public's tiles do not carry."""


@dataclass(frozen=True, slots=True)
class LayerDefinition:
    """One layer: `kind` is the kind of site or asset it is limited to, None for all kinds.

    `lines` says that low zooms show thinned lines instead of counts; `public` whether somebody
    who has not signed in may know the layer at all; `drawn` whether there are tiles of it.
    """

    name: str
    kind: Kind | None = None
    lines: bool = False
    public: bool = True
    topic: Topic = Topic.SITES
    drawn: bool = True
    from_zoom: int = 0

    @property
    def is_areas(self) -> bool:
        """Whether the layer holds administrative units instead of records."""
        return self.topic is Topic.AREAS

    @property
    def is_upkeep(self) -> bool:
        """Whether the layer holds assets or what their upkeep leaves behind."""
        return self.topic not in {Topic.SITES, Topic.AREAS}

    @property
    def clusters(self) -> str:
        """Name of the layer of counts below `ROWS_FROM_ZOOM`."""
        return f"{self.name}_clusters"

    @property
    def shows_lines(self) -> bool:
        """Whether tiles below `ROWS_FROM_ZOOM` hold lines."""
        return self.lines or self.name == "assets"

    @property
    def shows_counts(self) -> bool:
        """Whether tiles below `ROWS_FROM_ZOOM` hold counted groups."""
        return not (self.lines or self.is_areas or self.from_zoom)

    def fields(self, *, public: bool = False) -> dict[str, str]:
        """Return the properties of a feature and their types, as TileJSON writes them."""
        types = {
            **dict.fromkeys(TEXTS[self.topic], "String"),
            **dict.fromkeys(NUMBERS.get(self.topic, ()), "Number"),
            **dict.fromkeys(TRUTHS.get(self.topic, ()), "Boolean"),
        }
        if self.shows_lines and self.topic in {Topic.SITES, Topic.ASSETS}:
            types["road_class"] = "String"
        hidden = FOR_ROLES.get(self.topic, frozenset()) if public else frozenset()
        return {name: kind for name, kind in types.items() if name not in hidden}


_DEFINITIONS = (
    LayerDefinition("sites"),
    LayerDefinition("roads", Kind.ROAD, lines=True),
    LayerDefinition("village_centres", Kind.VILLAGE_CENTRE),
    LayerDefinition("water_works", Kind.WATER_WORKS),
    LayerDefinition("housing", Kind.HOUSING, public=False),
    LayerDefinition("facilities", Kind.FACILITY),
    LayerDefinition("areas", topic=Topic.AREAS),
    LayerDefinition("assets", topic=Topic.ASSETS),
    LayerDefinition("road_sections", Kind.ROAD, lines=True, topic=Topic.ASSETS),
    LayerDefinition("assets_village_centres", Kind.VILLAGE_CENTRE, topic=Topic.ASSETS),
    LayerDefinition("assets_water_works", Kind.WATER_WORKS, topic=Topic.ASSETS),
    LayerDefinition("assets_housing", Kind.HOUSING, public=False, topic=Topic.ASSETS),
    LayerDefinition("assets_facilities", Kind.FACILITY, topic=Topic.ASSETS),
    LayerDefinition("structures", topic=Topic.STRUCTURES, from_zoom=STRUCTURES_FROM_ZOOM),
    LayerDefinition("closures", lines=True, topic=Topic.CLOSURES),
    LayerDefinition("defects", public=False, topic=Topic.DEFECTS),
    LayerDefinition("work_orders", public=False, topic=Topic.ORDERS),
    LayerDefinition("agreement_scopes", public=False, topic=Topic.SCOPES, drawn=False),
    LayerDefinition("maintenance_logs", public=False, topic=Topic.LOGS, drawn=False),
)
LAYERS: Mapping[str, LayerDefinition] = {layer.name: layer for layer in _DEFINITIONS}
TILE_LAYERS = tuple(name for name, layer in LAYERS.items() if layer.drawn)
EXPORT_LAYERS = tuple(name for name, layer in LAYERS.items() if not layer.is_areas)


def layer_named(name: str, *, public: bool) -> LayerDefinition | None:
    """Return the layer of tiles, or None when there is none that this kind of viewer may know."""
    layer = LAYERS.get(name)
    return layer if layer and layer.drawn and (layer.public or not public) else None
