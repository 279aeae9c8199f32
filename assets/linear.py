"""Linear referencing on one section: chainage of a place, place of a chainage, part of a line.

The rule and the reasons stand in `sql/linear_referencing.sql`; here every impossible question
gets an error that says what is wrong.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.contrib.gis.geos import GEOSGeometry, LineString, Point
from django.db import connection
from django.utils.translation import gettext_lazy as _

from assets.chainage import Chainage, ChainageRange
from assets.models import RoadSection
from sites.geometry import STORED_SRID, WGS84_SRID
from sites.services.errors import ServiceError

FEET: Final = """
    SELECT place.number, assets_ground_length(axis.line), foot.chainage_m, foot.distance_m
    FROM (SELECT %s::geometry AS line) AS axis
    CROSS JOIN unnest(%s::bytea[]) WITH ORDINALITY AS place (wkb, number)
    LEFT JOIN LATERAL assets_feet(
        axis.line, %s, %s, ST_GeomFromWKB(place.wkb, %s)) AS foot ON true
    ORDER BY place.number, foot.chainage_m
"""
POINT: Final = "SELECT assets_point_at(%s::geometry, %s, %s, %s)"
PART: Final = "SELECT assets_part_between(%s::geometry, %s, %s, %s, %s)"
SAME_FOOT_M: Final = Decimal(10)
"""Two nearest points less than this apart along the line are one: our choice."""


class LinearReferenceError(ServiceError):
    """A place or a chainage has no answer on this line."""

    code = "no_linear_reference"
    message = _("This place has no chainage on the section.")


class NotALine(LinearReferenceError):
    """The geometry is not one unbroken line, or is shorter than a decimetre."""

    code = "not_a_line"
    message = _("The section needs one unbroken line of at least 0.1 m.")


class NotAPlace(LinearReferenceError):
    """The place is not a point with finite coordinates in degrees."""

    code = "not_a_place"
    message = _("Give one point with a longitude and a latitude in degrees.")


class OffTheSection(LinearReferenceError):
    """The chainage or the stretch lies outside the section."""

    code = "off_the_section"


class TooFar(LinearReferenceError):
    """The place is further from the line than the caller allows, or a degree off."""

    code = "too_far_from_line"


class AmbiguousFoot(LinearReferenceError):
    """Several points of the line are equally near, as where a road crosses itself."""

    code = "ambiguous_chainage"


@dataclass(frozen=True, slots=True)
class Axis:
    """The line of a section and its stretch: first vertex at the start, last at the end."""

    line: GEOSGeometry
    stretch: ChainageRange


def axis_of(section: RoadSection, line: GEOSGeometry) -> Axis:
    """Return the axis of a section whose asset has the line."""
    return Axis(line, ChainageRange(section.start_m, section.end_m))


@dataclass(frozen=True, slots=True)
class Foot:
    """The point of a line nearest to a place: its chainage, and how far the place is from it."""

    chainage: Chainage
    distance_m: float


def locate(
    axis: Axis, place: Point, *, within_m: float | None = None, near: Chainage | None = None
) -> Foot:
    """Return the foot of a place on the line, its chainage to the decimetre.

    A place beyond an end has its foot at that end. Where the line comes equally near several
    times, to a decimetre, the foot nearest to `near` is taken; without `near`, `AmbiguousFoot`
    names them.
    Raises `TooFar` beyond `within_m` metres, `NotALine` and `NotAPlace` for what they name.
    """
    _check_line(axis.line)
    _check_place(place)
    (found,) = _feet(axis, [place])
    if not found:
        raise TooFar(_("The place is nowhere near the section."))
    if within_m is not None and found[0].distance_m > within_m:
        raise TooFar(
            _("The place is %(distance)s m from the line; at most %(limit)s m are allowed.")
            % {"distance": f"{found[0].distance_m:.0f}", "limit": f"{within_m:g}"}
        )
    return _chosen(found, near)


def locate_all(axis: Axis, places: Sequence[tuple[Point, Chainage]]) -> list[Foot | None]:
    """Return the foot of each place, each given with the chainage that it had, in one statement.

    Among equally near points the one nearest to that chainage; None for a place that is nowhere
    near the line. Raises `NotALine` and `NotAPlace`.
    """
    _check_line(axis.line)
    for place, _near in places:
        _check_place(place)
    if not places:
        return []
    feet = _feet(axis, [place for place, _near in places])
    pairs = zip(feet, places, strict=True)
    return [_chosen(found, near) if found else None for found, (_place, near) in pairs]


def point_at(axis: Axis, place: Chainage) -> Point:
    """Return the point of the line at a chainage; raises `OffTheSection` and `NotALine`."""
    _check_line(axis.line)
    if not axis.stretch.holds(place):
        raise OffTheSection(
            _("%(chainage)s lies outside the section %(section)s.")
            % {"chainage": place, "section": axis.stretch}
        )
    point: Point = _computed(POINT, axis, place.metres)
    return point


def part_between(axis: Axis, part: ChainageRange) -> LineString:
    """Return the part of the line on a stretch; raises `OffTheSection` and `NotALine`."""
    _check_line(axis.line)
    if not axis.stretch.covers(part):
        raise OffTheSection(
            _("The stretch %(stretch)s is not wholly within the section %(section)s.")
            % {"stretch": part, "section": axis.stretch}
        )
    line: LineString = _computed(PART, axis, part.start_m, part.end_m)
    return line


def _chosen(found: list[Foot], near: Chainage | None) -> Foot:
    if near is not None:
        return min(found, key=lambda foot: abs(foot.chainage.metres - near.metres))
    if len(found) > 1:
        raise AmbiguousFoot(
            _("The line is equally near at %(chainages)s; say which chainage is meant.")
            % {"chainages": ", ".join(str(foot.chainage) for foot in found[:5])}
        )
    return found[0]


def _check_line(line: GEOSGeometry | None) -> None:
    if line is None or line.geom_type != "LineString" or line.srid != STORED_SRID:
        raise NotALine


def _check_place(place: Point | None) -> None:
    if place is None or place.geom_type != "Point" or place.empty:
        raise NotAPlace
    if place.srid not in (STORED_SRID, WGS84_SRID) or place.hasz:
        raise NotAPlace
    if not (abs(place.x) <= 180 and abs(place.y) <= 85):
        raise NotAPlace


def _feet(axis: Axis, places: Sequence[Point]) -> list[list[Foot]]:
    """Return for each place the nearest points of the line, those of one bend as one."""
    found: list[list[Foot]] = [[] for _place in places]
    shapes = [bytes(place.wkb) for place in places]
    ends = [axis.stretch.start_m, axis.stretch.end_m]
    with connection.cursor() as cursor:
        cursor.execute(FEET, [bytes(axis.line.ewkb), shapes, *ends, STORED_SRID])
        for number, length, metres, away in cursor:
            if length is None:
                raise NotALine
            if metres is not None:
                _add_foot(found[number - 1], Foot(Chainage.nearest(metres), away))
    return found


def _add_foot(feet: list[Foot], foot: Foot) -> None:
    if not feet or foot.chainage.metres - feet[-1].chainage.metres >= SAME_FOOT_M:
        feet.append(foot)
    elif foot.distance_m < feet[-1].distance_m:
        feet[-1] = foot


def _computed(statement: str, axis: Axis, *metres: Decimal) -> Any:
    ends = [axis.stretch.start_m, axis.stretch.end_m]
    with connection.cursor() as cursor:
        cursor.execute(statement, [bytes(axis.line.ewkb), *ends, *metres])
        (shape,) = cursor.fetchone()
    if shape is None:
        raise NotALine
    return GEOSGeometry(shape)
