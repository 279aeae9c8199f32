"""The units by which the dashboard parts its numbers: townships, or districts of a wide scope."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import F, Value
from django.db.models.functions import Left

from sites.access import Scope, code_prefix_condition
from sites.kinds import AreaLevel
from sites.models import Area
from sites.townships import townships_of

DISTRICT_DIGITS = 6
TOWNSHIP_DIGITS = 9
MOST_TOWNSHIPS = 80
"""Beyond this number of townships in several districts, numbers are parted by district."""


@dataclass(frozen=True, slots=True)
class Place:
    """A unit of the map and the bars: its code and its name in the language in force."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Places:
    """The units that a viewer sees, all of one level, ordered by code."""

    level: AreaLevel
    units: tuple[Place, ...]

    @property
    def digits(self) -> int:
        """How long the codes of the units are."""
        return TOWNSHIP_DIGITS if self.level == AreaLevel.TOWNSHIP else DISTRICT_DIGITS

    @property
    def parameter(self) -> str:
        """The parameter of an address with which one unit is chosen."""
        return "township" if self.level == AreaLevel.TOWNSHIP else "area"


def places_of(scope: Scope, within: tuple[str, ...]) -> Places:
    """Return the units of a scope inside the given areas: one or two statements."""
    townships = townships_of(scope).defer("boundary", "centre")
    if within:
        above = {code[:TOWNSHIP_DIGITS] for code in within}
        townships = townships.filter(code_prefix_condition("code", above))
    found = [Place(area.code, area.label) for area in townships]
    districts = {place.code[:DISTRICT_DIGITS] for place in found}
    if len(found) <= MOST_TOWNSHIPS or len(districts) == 1:
        return Places(AreaLevel.TOWNSHIP, tuple(found))
    areas = Area.objects.visible_to(scope).filter(
        level=AreaLevel.DISTRICT, code__in=districts, valid_to__isnull=True
    )
    named = areas.order_by("code").defer("boundary", "centre")
    return Places(AreaLevel.DISTRICT, tuple(Place(area.code, area.label) for area in named))


def place_code(digits: int) -> Left:
    """Return the code of a row's unit; shorter where the row belongs to an area above the units."""
    return Left(F("area_code"), Value(digits))
