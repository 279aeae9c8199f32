"""What the public may know of housing: houses made safe, as totals of villages.

A house, its place and its people are never public. Counts under `SMALLEST_TOLD` are withheld,
because one or two houses in a village name a family.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count
from django.db.models.functions import Left

from sites.access import Scope
from sites.kinds import AreaLevel, Kind
from sites.models import Area, ProjectSite

SMALLEST_TOLD = 3
VILLAGE_DIGITS = 12
TOWNSHIP_DIGITS = 9


@dataclass(frozen=True, slots=True)
class VillageHousing:
    """Finished housing sites of one village; `count` is None when it is too small to be told."""

    code: str
    name: str
    name_en: str
    township: str
    township_name: str
    count: int | None


def housing_totals() -> tuple[VillageHousing, ...]:
    """Return the totals of all villages with finished housing sites, by code: two statements."""
    # The public's scope holds no house; this is the one reduced read beside it.
    houses = ProjectSite.objects.visible_to(Scope.internal()).of_kind(Kind.HOUSING).finished()
    counts = dict(
        houses.order_by()
        .annotate(village=Left("area_code", VILLAGE_DIGITS))
        .values_list("village")
        .annotate(count=Count("pk"))
    )
    townships = {code[:TOWNSHIP_DIGITS] for code in counts}
    levels = (AreaLevel.VILLAGE, AreaLevel.TOWNSHIP)
    areas = {
        area.code: area
        for area in Area.objects.filter(level__in=levels, code__in={*counts, *townships})
        .order_by("valid_from")
        .only("code", "name", "name_en")
    }
    return tuple(
        VillageHousing(
            code=code,
            name=areas[code].name,
            name_en=areas[code].name_en,
            township=code[:TOWNSHIP_DIGITS],
            township_name=areas[code[:TOWNSHIP_DIGITS]].label
            if code[:TOWNSHIP_DIGITS] in areas
            else "",
            count=count if count >= SMALLEST_TOLD else None,
        )
        for code, count in sorted(counts.items())
        if code in areas and len(code) == VILLAGE_DIGITS
    )
