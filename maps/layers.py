"""The layers that maps show: their names, what they hold and from which zoom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sites.kinds import Kind

ROWS_FROM_ZOOM = 12
"""From here on a tile holds every row; below, roads are thinned and the rest is counted."""
NAMES_FROM_ZOOM = 14
"""From here on features carry `name` and `code`: texts cost half of a tile's time."""
LARGEST_ZOOM = 22


@dataclass(frozen=True, slots=True)
class LayerDefinition:
    """One layer: `kind` is the kind of site it is limited to, None for all kinds or for areas.

    `lines` says that low zooms show thinned lines instead of counts; `public` whether somebody
    who has not signed in may know the layer at all.
    """

    name: str
    kind: Kind | None = None
    lines: bool = False
    public: bool = True

    @property
    def is_areas(self) -> bool:
        """Whether the layer holds administrative units instead of sites."""
        return self.name == "areas"

    @property
    def clusters(self) -> str:
        """Name of the layer of counts below `ROWS_FROM_ZOOM`."""
        return f"{self.name}_clusters"

    def fields(self) -> dict[str, str]:
        """Return the properties of a feature and their types, as TileJSON writes them."""
        if self.is_areas:
            return dict.fromkeys(("code", "name", "name_en", "level"), "String")
        names = ["id", "kind", "state", "delay", "name", "code"]
        return dict.fromkeys([*names, "road_class"] if self.lines else names, "String")


_DEFINITIONS = (
    LayerDefinition("sites"),
    LayerDefinition("roads", Kind.ROAD, lines=True),
    LayerDefinition("village_centres", Kind.VILLAGE_CENTRE),
    LayerDefinition("water_works", Kind.WATER_WORKS),
    LayerDefinition("housing", Kind.HOUSING, public=False),
    LayerDefinition("facilities", Kind.FACILITY),
    LayerDefinition("areas"),
)
LAYERS: Mapping[str, LayerDefinition] = {layer.name: layer for layer in _DEFINITIONS}


def layer_named(name: str, *, public: bool) -> LayerDefinition | None:
    """Return the layer, or None when there is none that this kind of viewer may know."""
    layer = LAYERS.get(name)
    return layer if layer and (layer.public or not public) else None
