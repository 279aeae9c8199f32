"""What a measure is asked: a district or a part of it, a day, a rule's values, a population."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import shapely
from django.contrib.gis.db.models.functions import AsWKB

from maps.coverage.cells import Cells, kept_cells, register_cells
from maps.coverage.metric import Geometries, Zone, zone_of
from maps.coverage.parameters import Values
from maps.coverage.roads import BoxOfDegrees
from maps.models import PopulationSet
from sites.models import Area

METRES_PER_DEGREE = 111_000.0
FARTHEST_COSINE = 0.5
"""Of a latitude of 60 degrees: boxes are wide enough up to there."""


@dataclass(frozen=True)
class Question:
    """One district (or township) on a day under a rule.

    `population` None means the villages of the register in force on the day. `without_year`
    leaves out the roads of one year.
    """

    code: str
    as_of: datetime.date
    values: Values
    population: PopulationSet | None = None
    without_year: int | None = None

    def cells(self, *, rural: Sequence[str] | None, unclassed: bool = True) -> Cells:
        """Return the people of the area; `rural` None takes everybody."""
        if self.population is None:
            return register_cells(self.code, self.as_of, rural=rural, unclassed=unclassed)
        return kept_cells(self.population, self.code, rural=rural, unclassed=unclassed)

    def rural_cells(self) -> Cells:
        """Return the rural people, as the rule tells who is rural."""
        return self.cells(
            rural=self.values["rural_classes"], unclassed=self.values["unclassed_rural"]
        )

    @cached_property
    def outline(self) -> Any:
        """The area's boundary on the day in degrees (shapely); None without one."""
        found = (
            Area.objects.filter(code=self.code)
            .in_force(self.as_of)
            .annotate(wkb=AsWKB("boundary"))
            .values_list("wkb", flat=True)
            .first()
        )
        return shapely.force_2d(shapely.from_wkb(bytes(found))) if found else None

    def ground(self, places: Geometries, around_m: float) -> Ground | None:
        """Return where to compute: the zone and the box of the places; None without any."""
        shapes = list(places) + ([self.outline] if self.outline is not None else [])
        if not shapes:
            return None
        west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
        step = around_m / METRES_PER_DEGREE
        wide = step / FARTHEST_COSINE
        box = (
            max(west - wide, -180.0),
            max(south - step, -90.0),
            min(east + wide, 180.0),
            min(north + step, 90.0),
        )
        return Ground(zone_of((west + east) / 2), box, self.outline)


@dataclass(frozen=True)
class Ground:
    """The metric zone of a district, the box of degrees to read, and its outline (degrees)."""

    zone: Zone
    box: BoxOfDegrees
    outline: Any

    @cached_property
    def metric_outline(self) -> Any:
        """The outline in metres of the zone; None without one."""
        if self.outline is None:
            return None
        return self.zone.to_metric(np.array([self.outline], dtype=object))[0]

    def cut_outside(self, lines: Geometries, outside_m: float) -> Geometries:
        """Return lines without what lies further outside the outline than the given metres."""
        if self.metric_outline is None or not len(lines):
            return lines
        region = shapely.buffer(shapely.simplify(self.metric_outline, 1), outside_m, quad_segs=32)
        shapely.prepare(region)
        lines = lines[shapely.intersects(region, lines)]
        crossing = ~shapely.covers(region, lines)
        lines = lines.copy()
        lines[crossing] = shapely.intersection(lines[crossing], region)
        parts: Geometries = shapely.get_parts(lines)
        return parts[shapely.length(parts) > 0]
