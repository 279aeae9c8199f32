"""At which chainage a field entry was made."""

from __future__ import annotations

from decimal import Decimal

from django.utils.translation import gettext as _

from assets.chainage import Chainage, ChainageError
from assets.models import Asset
from maintenance.order_place import section_stretch
from sites.services.errors import RefusedByRegister


def require_chainage(asset: Asset, metres: Decimal) -> None:
    """Raise `RefusedByRegister` for a chainage that the asset does not have."""
    try:
        whole = section_stretch(asset)
        if whole is None or not whole.holds(Chainage(metres)):
            sentence = _("The asset has no such chainage.")
            raise ChainageError("off_the_section", sentence)
    except ChainageError as error:
        raise RefusedByRegister([("chainage_m", error.code, error.reason)]) from error
