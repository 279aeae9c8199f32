"""The shared site filter as the OpenAPI document describes it."""

from __future__ import annotations

from drf_spectacular.utils import OpenApiParameter

from sites.api.schema import parameter
from sites.filters import registered
from sites.kinds import Delay, Kind, RoadClass, State

_OWN = (
    parameter("kind", f"Kinds, separated by commas: {', '.join(Kind.values)}."),
    parameter("state", f"States, separated by commas: {', '.join(State.values)}."),
    parameter("delay", f"Delays, separated by commas: {', '.join(Delay.values)}."),
    parameter("road_class", f"Road classes, separated by commas: {', '.join(RoadClass.values)}."),
    parameter("programme", "Programme codes, separated by commas."),
    parameter("category", "Category codes, separated by commas."),
    parameter("area", "Area codes with all below them, separated by commas."),
    parameter("township", "Township codes, separated by commas."),
    parameter("year", "Years, separated by commas."),
    parameter("id", "Identifiers of sites, separated by commas."),
    parameter("q", "Words of name, code or route code."),
    parameter("bbox", "west,south,east,north in degrees."),
    parameter("updated_since", "RFC 3339 time with offset."),
    parameter("key_plan", "1 or 0."),
)


def site_parameters(*, public: bool = False) -> list[OpenApiParameter]:
    """Return the parameters of the filter of sites, those of apps above included."""
    added = [entry for entry in registered().values() if entry.is_open or not public]
    return [*_OWN, *(parameter(entry.name, entry.description) for entry in added)]
