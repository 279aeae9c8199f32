"""How far from its asset a field entry was made, and at which chainage."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point
from django.db.models import F, Value
from django.utils.translation import gettext as _

from assets.chainage import Chainage, ChainageError
from assets.functions import ChainageAt
from assets.models import Asset, RoadSection
from maintenance.order_place import section_stretch
from sites.functions import GroundDistance
from sites.geometry import STORED_SRID
from sites.services.errors import RefusedByRegister


def distance_from(asset: Asset, position: Point) -> float:
    """Return the metres on the ellipsoid between a position and the asset."""
    away = GroundDistance(F("geometry"), _place(position))
    metres: float = Asset.objects.filter(pk=asset.pk).values_list(away, flat=True).get()
    return round(metres, 1)


def chainage_near(asset: Asset, position: Point) -> Decimal | None:
    """Return the chainage of the section's point nearest to a position; None off the roads."""
    line = (F("asset__geometry"), F("start_m"), F("end_m"))
    sections = RoadSection.objects.filter(asset=asset)
    found = sections.values_list(ChainageAt(*line, _place(position)), flat=True).first()
    return Chainage.nearest(found).metres if found is not None else None


def require_chainage(asset: Asset, metres: Decimal) -> None:
    """Raise `RefusedByRegister` for a chainage that the asset does not have."""
    try:
        whole = section_stretch(asset)
        if whole is None or not whole.holds(Chainage(metres)):
            sentence = _("The asset has no such chainage.")
            raise ChainageError("off_the_section", sentence)
    except ChainageError as error:
        raise RefusedByRegister([("chainage_m", error.code, error.reason)]) from error


def _place(position: Point) -> Value:
    return Value(position, output_field=PointField(srid=STORED_SRID))
