"""How far from its asset a field entry was made, and at which chainage."""

from __future__ import annotations

from decimal import Decimal

from django.contrib.gis.db.models import PointField
from django.contrib.gis.geos import Point
from django.db.models import F, Value
from django.utils.translation import gettext as _

from assets.chainage import Chainage, ChainageError
from assets.functions import ChainageAt
from assets.models import Asset
from maintenance.order_place import section_stretch
from sites.functions import GroundDistance
from sites.geometry import STORED_SRID
from sites.services.errors import RefusedByRegister


def measured_from(asset: Asset, position: Point) -> tuple[float, Decimal | None]:
    """Return the metres on the ellipsoid between a position and the asset, and its chainage.

    The chainage is that of the section's point nearest to the position; None off the roads.
    """
    place = _place(position)
    line = (F("geometry"), F("road_section__start_m"), F("road_section__end_m"))
    columns = (GroundDistance(F("geometry"), place), ChainageAt(*line, place))
    metres, found = Asset.objects.filter(pk=asset.pk).values_list(*columns).get()
    return round(metres, 1), Chainage.nearest(found).metres if found is not None else None


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
