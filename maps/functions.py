"""Spatial functions of map pages for the ORM, each with the reason for its flags."""

from __future__ import annotations

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.db.models.functions import GeoFunc
from django.db.models import Value

OUTLINE_TOLERANCE_DEGREES = 0.0004
"""About 40 m: less than a pixel at the zooms where a whole district is seen."""


class Outline(GeoFunc):
    """A boundary simplified for the screen; topology is kept, so that no ring turns over."""

    function = "ST_SimplifyPreserveTopology"
    output_field = GeometryField()

    def __init__(self, boundary: str) -> None:
        super().__init__(boundary, Value(OUTLINE_TOLERANCE_DEGREES))
