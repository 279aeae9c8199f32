"""The places that a map page needs at once: outline, townships to go to, names to write."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.gis.db.models.functions import AsGeoJSON, Envelope, PointOnSurface
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from maps.functions import Outline
from sites.access import Scope
from sites.kinds import AreaLevel
from sites.models import Area

MOST_OUTLINES = 12
"""With more districts than this the map covers a city or a province and draws no paper."""
MOST_TOWNSHIPS = 2000
MOST_VILLAGES = 1500

Bounds = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Place:
    """One area: `bounds` is west, south, east, north and `centre` lon, lat, all in degrees."""

    code: str
    name: str
    name_en: str
    level: str
    bounds: Bounds
    centre: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Places:
    """What is there to be seen; `home` is where a person's map opens."""

    districts: tuple[Place, ...]
    townships: tuple[Place, ...]
    villages: tuple[dict[str, Any], ...]
    outlines: tuple[dict[str, Any], ...]
    home: Bounds | None

    def as_json(self) -> dict[str, Any]:
        """Return the places as the page's modules read them."""
        return {
            "districts": [asdict(place) for place in self.districts],
            "townships": [asdict(place) for place in self.townships],
            "villages": list(self.villages),
            "outlines": list(self.outlines),
            "home": self.home,
        }


def places_for(scope: Scope) -> Places:
    """Return the places of one scope: five statements at most."""
    every_area = Area.objects.visible_to(scope).filter(valid_to__isnull=True)
    areas = every_area.filter(boundary__isnull=False)
    districts = _read(areas, AreaLevel.DISTRICT, MOST_TOWNSHIPS)
    villages = _names(every_area)
    own = {code for code in scope.area_codes() if len(code) > 2}
    townships = _read(areas, AreaLevel.TOWNSHIP, MOST_TOWNSHIPS)
    every = (*districts, *townships)
    return Places(
        districts=districts,
        townships=townships,
        villages=villages,
        outlines=_outlines(areas, len(districts)),
        home=_around([p for p in every if p.code in own] or districts or townships),
    )


def _read(areas: QuerySet[Area], level: AreaLevel, limit: int) -> tuple[Place, ...]:
    rows = (
        areas.filter(level=level)
        .annotate(box=Envelope("boundary"), middle=Coalesce("centre", PointOnSurface("boundary")))
        .order_by("code")
        .values_list("code", "name", "name_en", "box", "middle")[:limit]
    )
    return tuple(
        Place(
            code=code,
            name=name,
            name_en=name_en,
            level=level.value,
            bounds=_rounded(box.extent),
            centre=(round(middle.x, 6), round(middle.y, 6)),
        )
        for code, name, name_en, box, middle in rows
    )


def _outlines(areas: QuerySet[Area], count: int) -> tuple[dict[str, Any], ...]:
    if not 0 < count <= MOST_OUTLINES:
        return ()
    outlines = (
        areas.filter(level=AreaLevel.DISTRICT)
        .annotate(outline=AsGeoJSON(Outline("boundary"), precision=6))
        .order_by("code")
        .values_list("outline", flat=True)
    )
    return tuple(json.loads(outline) for outline in outlines)


def _rounded(extent: Iterable[float]) -> Bounds:
    west, south, east, north = (round(value, 6) for value in extent)
    return west, south, east, north


def _around(places: Iterable[Place]) -> Bounds | None:
    boxes = [place.bounds for place in places]
    if not boxes:
        return None
    return (
        min(box[0] for box in boxes),
        min(box[1] for box in boxes),
        max(box[2] for box in boxes),
        max(box[3] for box in boxes),
    )


def _names(areas: QuerySet[Area]) -> tuple[dict[str, Any], ...]:
    """Return the names of villages and where to write them; none when they are too many."""
    rows = (
        areas.filter(level=AreaLevel.VILLAGE)
        .annotate(middle=Coalesce("centre", PointOnSurface("boundary")))
        .filter(middle__isnull=False)
        .order_by("code")
        .values_list("name", "name_en", "middle")[: MOST_VILLAGES + 1]
    )
    names = tuple(
        {"name": name, "name_en": name_en, "centre": (round(middle.x, 6), round(middle.y, 6))}
        for name, name_en, middle in rows
    )
    return names if len(names) <= MOST_VILLAGES else ()
