"""Where a defect lies: from a point to the chainage of a road section, and the other way round."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point
from django.db.models import F, Value
from django.utils.translation import gettext as _

from assets.chainage import Chainage, ChainageError, ChainageRange
from assets.linear import Axis, LinearReferenceError, locate, point_at
from assets.models import Asset, RoadSection
from maintenance.order_place import point_on
from sites.functions import GroundDistance
from sites.geometry import STORED_SRID
from sites.services.errors import RefusedByRegister

FAR_FROM_ASSET_M: Final = 200
"""A place further from its asset than this is kept and marked for a look: our choice."""


@dataclass(frozen=True, slots=True)
class Place:
    """A point on the ground, its chainage where the asset is a road, and whether to look again."""

    point: Point
    chainage_m: Decimal | None = None
    needs_review: bool = False


def place_on(
    asset: Asset, *, point: Point | None = None, chainage_m: Decimal | None = None
) -> Place:
    """Return the place that a point, a chainage, both or neither mean on an asset.

    A chainage alone gets the point of the line; a point alone the chainage of its foot, unless
    it is far off; neither means the asset as a whole. Raises `RefusedByRegister` for a chainage
    that the asset does not have.
    """
    axis = axis_of(asset)
    if chainage_m is not None:
        on_line = _point_at(axis, chainage_m)
        return Place(point or on_line, chainage_m, _is_far(asset, point))
    if point is None:
        return Place(point_on(asset, None))
    if axis is None:
        return Place(point, None, _is_far(asset, point))
    try:
        foot = locate(axis, point, within_m=FAR_FROM_ASSET_M)
    except LinearReferenceError:
        # Far away, or where the road meets itself: the point stands, a person says which place.
        return Place(point, None, needs_review=True)
    return Place(point, foot.chainage.metres)


def at_place(point: Point) -> Value:
    """Return a point as a value that functions of the database take."""
    return Value(point, output_field=PointField(srid=STORED_SRID))


def axis_of(asset: Asset) -> Axis | None:
    """Return the line of a road section with its stretch, None for other assets."""
    ends = RoadSection.objects.filter(asset_id=asset.pk).values_list("start_m", "end_m").first()
    return Axis(asset.geometry, ChainageRange(*ends)) if ends else None


def _point_at(axis: Axis | None, chainage_m: Decimal) -> Point:
    if axis is None:
        sentence = _("Only a road section has a chainage.")
        raise RefusedByRegister([("chainage_m", "not_a_section", sentence)])
    try:
        return point_at(axis, Chainage(chainage_m))
    except ChainageError as error:
        raise RefusedByRegister([("chainage_m", error.code, error.reason)]) from error
    except LinearReferenceError as error:
        raise RefusedByRegister([("chainage_m", error.code, str(error.message))]) from error


def _is_far(asset: Asset, point: Point | None) -> bool:
    if point is None:
        return False
    away = GroundDistance(F("geometry"), at_place(point))
    metres: float = Asset.objects.filter(pk=asset.pk).values_list(away, flat=True).get()
    return metres > FAR_FROM_ASSET_M
