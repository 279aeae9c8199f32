"""What every reader gives: the layer that was opened, and its rows one after another."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from sites.imports.reader.coordinates import FileCrs
from sites.imports.reader.outcome import AskedError, Problem, RefusedError


class Row(NamedTuple):
    """One row of a file: its number there, its attributes, its geometry as WKB.

    Rows of tables have the number that a spreadsheet shows; features count from one.
    """

    number: int
    properties: dict[str, Any]
    geometry: bytes | None
    own_id: str | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer, sheet or shapefile of a file; `count` is its rows, None if unknown."""

    name: str
    count: int | None
    geometry_type: str = ""
    is_spatial: bool = True


@dataclass(slots=True)
class Source:
    """An opened file. `crs` is None where the file says nothing of it.

    `crs_is_default` marks a CRS that the format implies but this file doesn't state;
    `place_fields` are the columns of a table that the geometry was read from.
    """

    format: str
    layer: Layer
    layers: list[Layer]
    crs: FileCrs | None
    rows: Callable[[], Iterator[Row]]
    encoding: str = ""
    crs_is_default: bool = False
    fields: list[str] = field(default_factory=list)
    place_fields: list[str] = field(default_factory=list)


def choose_layer(layers: list[Layer], wanted: str | None) -> Layer:
    """Return the wanted layer, or the only one; asks when there are several."""
    spatial = [layer for layer in layers if layer.is_spatial]
    if wanted is not None:
        for layer in layers:
            if layer.name == wanted:
                if not layer.is_spatial:
                    raise RefusedError("layer_not_spatial", layer=layer.name)
                return layer
        raise RefusedError("layer_unknown", layer=wanted, layers=", ".join(x.name for x in layers))
    if not spatial:
        raise RefusedError("no_spatial_layer")
    if len(spatial) > 1:
        choices = [
            {
                "value": layer.name,
                "label": layer.name,
                "count": layer.count,
                "geometry_type": layer.geometry_type,
            }
            for layer in spatial
        ]
        raise AskedError("layer_needed", choices=choices)
    return spatial[0]
