"""The plate of an asset 公示牌: the five fixed things 五定 and the QR code that opens its page.

Length, person, money, content and standard are read from the agreement in force, so that a plate
printed today says what holds today.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

import segno
from django.urls import reverse

from assets.models import Asset
from maintenance.kinds import PartyRole
from maintenance.models import ChecklistItem, UpkeepSchedule
from maintenance.passport import Cover, passport_of
from sites.access import Scope
from sites.models import Organisation

QR_ERROR_CORRECTION = "q"
"""A quarter of the code may be dirty or scratched."""


@dataclass(frozen=True, slots=True)
class Plate:
    """What stands on a plate; `address` is the public page, `qr` its code as SVG text."""

    asset: Asset
    address: str
    qr: str
    covers: Sequence[Cover]
    duties: Sequence[UpkeepSchedule]
    items: Sequence[ChecklistItem]
    complaints: Organisation | None


def public_path(asset: Asset) -> str:
    """Return the path of an asset's public page."""
    return reverse("maintenance:public-asset", args=[asset.plate_code])


def qr_svg(address: str) -> str:
    """Return the QR code of an address as an SVG element without a fixed size."""
    code = segno.make(address, error=QR_ERROR_CORRECTION, micro=False)
    return code.svg_inline(omitsize=True, border=4)


def plate_of(asset: Asset, scope: Scope, today: datetime.date, *, root: str) -> Plate:
    """Return the plate of an asset; `root` is the service's address without a slash at its end."""
    passport = passport_of(asset, scope, today)
    address = root + public_path(asset)
    standards = [schedule.standard_id for schedule in passport.schedules]
    clients = [cover.holder(PartyRole.CLIENT) for cover in passport.covers]
    return Plate(
        asset=asset,
        address=address,
        qr=qr_svg(address),
        covers=passport.covers,
        duties=passport.schedules,
        items=tuple(
            ChecklistItem.objects.filter(standard__in=standards, is_active=True).order_by(
                "standard", "position"
            )
        ),
        complaints=next((party.organisation for party in clients if party), None),
    )
