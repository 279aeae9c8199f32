"""The shared filter as the schema describes it."""

from __future__ import annotations

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from sites.kinds import Delay, Kind, RoadClass, State


def _text(name: str, description: str) -> OpenApiParameter:
    return OpenApiParameter(name, OpenApiTypes.STR, description=description)


FILTER_PARAMETERS = (
    _text("kind", f"Kinds, separated by commas: {', '.join(Kind.values)}."),
    _text("state", f"States, separated by commas: {', '.join(State.values)}."),
    _text("delay", f"Delays, separated by commas: {', '.join(Delay.values)}."),
    _text("road_class", f"Road classes, separated by commas: {', '.join(RoadClass.values)}."),
    _text("programme", "Programme codes, separated by commas."),
    _text("category", "Category codes, separated by commas."),
    _text("area", "Area codes with all below them, separated by commas."),
    _text("township", "Township codes, separated by commas."),
    _text("year", "Years, separated by commas."),
    _text("id", "Identifiers of sites, separated by commas."),
    _text("q", "Words of name, code or route code."),
    _text("bbox", "west,south,east,north in degrees."),
    _text("updated_since", "RFC 3339 time with offset."),
    _text("key_plan", "1 or 0."),
)
