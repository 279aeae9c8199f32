"""What the register knows of a road site's route, stretch and line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.geos import GEOSGeometry, LineString
from django.db.models import Max, Value
from django.utils.translation import gettext as _

from assets.chainage import Chainage
from assets.models import RoadRoute, RoadSection
from sites.functions import EllipsoidLength
from sites.geometry import STORED_SRID
from sites.kinds import RoadClass
from sites.models import ProjectSite
from sites.services.errors import RefusedByRegister

COUNTY_DIGITS: Final = 6
SHORTEST_NUMBER: Final = 4
LETTERS: Final[Mapping[str, str]] = {
    "X": RoadClass.COUNTY,
    "Y": RoadClass.TOWNSHIP,
    "C": RoadClass.VILLAGE,
    "Z": RoadClass.SPECIAL,
}
"""First letter of a route number and the road class that it names (GB/T 917)."""


@dataclass(frozen=True, slots=True)
class SectionProposal:
    """Where a site's road lies on its route, as far as the register can tell.

    `route` is None where the register has none yet, `route_no` is empty where the site names none.
    The stretch follows the last section of the route and is as long as the road: our choice, for
    an officer to correct.
    """

    route_no: str
    county_code: str
    route: RoadRoute | None
    start_m: Decimal
    end_m: Decimal


def section_proposal(
    site: ProjectSite, *, route: RoadRoute | None = None, part: int | None = None
) -> SectionProposal:
    """Return the route that a road site names, or the one given, and the next stretch of it.

    Raises `RefusedByRegister` when the site's road is not one line.
    """
    number, county = route_key(site)
    route = route or RoadRoute.objects.filter(route_no=number, county_code=county).first()
    start = _last_end(route) if route else Decimal(0)
    line = one_line(geometry_of(site), part)
    length = site.declared_length_m if part is None else None
    length = length or Chainage.nearest(_ground_length(site, line)).metres
    return SectionProposal(number, county, route, start, start + length)


def geometry_of(site: ProjectSite) -> GEOSGeometry:
    """Return where the site was built, else where it was planned; it has one of the two."""
    shown: Any = site.actual_geometry or site.planned_geometry
    found: GEOSGeometry = shown
    return found


def route_key(site: ProjectSite) -> tuple[str, str]:
    """Return route number and county code of a site; the number is empty where it names none.

    A route code may end with the six digits of the county, as in the national road database.
    """
    detail: Any = getattr(site, "road", None)
    code = detail.route_code if detail else ""
    tail = code[-COUNTY_DIGITS:]
    if len(code) >= SHORTEST_NUMBER + COUNTY_DIGITS and tail.isdecimal():
        return code[:-COUNTY_DIGITS], tail
    return code, site.area.code[:COUNTY_DIGITS]


def route_values(site: ProjectSite) -> dict[str, Any]:
    """Return the columns of the route that a site names; raises `RefusedByRegister` without one."""
    number, county = route_key(site)
    if not number:
        sentence = _("The site has no route code: choose the route that the section belongs to.")
        raise RefusedByRegister([("route", "required", sentence)])
    detail: Any = site.road
    return {
        "route_no": number,
        "county_code": county,
        "name": site.name,
        "name_en": site.name_en,
        "road_class": detail.road_class or LETTERS.get(number[:1], ""),
        "start_name": detail.start_name,
        "end_name": detail.end_name,
    }


def one_line(geometry: GEOSGeometry, part: int | None = None) -> GEOSGeometry:
    """Return a road's geometry as one line; raises `RefusedByRegister` saying how to get there.

    Parts are joined where each begins at the last one's end. Otherwise `part`, counted from 1,
    says which of them is meant.
    """
    if geometry.geom_type != "MultiLineString":
        return geometry
    lines: list[Any] = list(geometry)  # type: ignore[call-overload]
    if part is not None:
        if not 1 <= part <= len(lines):
            raise _parted(len(lines), "part")
        return LineString(lines[part - 1].coords, srid=geometry.srid)
    joined = list(lines[0].coords)
    for line in lines[1:]:
        if line.coords[0] != joined[-1]:
            raise _parted(len(lines), "geometry")
        joined += line.coords[1:]
    return LineString(joined, srid=geometry.srid)


def _parted(count: int, field: str) -> RefusedByRegister:
    sentence = _(
        "The road has %(count)s parts that do not join end to end. Give one line, or make a "
        "section of each part, numbered from 1 to %(count)s."
    ) % {"count": count}
    return RefusedByRegister([(field, "several_parts", sentence)])


def _last_end(route: RoadRoute) -> Decimal:
    sections = RoadSection.objects.filter(route=route, is_current=True)
    last: Decimal | None = sections.aggregate(last=Max("end_m"))["last"]
    return last or Decimal(0)


def _ground_length(site: ProjectSite, line: GEOSGeometry) -> float:
    length = EllipsoidLength(Value(line, output_field=GeometryField(srid=STORED_SRID)))
    return float(ProjectSite.objects.filter(pk=site.pk).values_list(length, flat=True).get())
