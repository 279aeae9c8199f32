"""What everybody may read of an asset by the code on its plate: no people, no money of people."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from assets.models import Asset, RoadClosure
from maintenance.kinds import PartyRole
from maintenance.models import AgreementParty, Inspection, UpkeepSchedule
from sites.access import Scope

FIELDS = ("area", "owner", "contractor", "road_section__route", "water_works")


@dataclass(frozen=True, slots=True)
class PublicAsset:
    """The public's passport of an asset."""

    asset: Asset
    parties: Sequence[AgreementParty]
    last_inspected_on: datetime.date | None
    next_due_on: datetime.date | None
    closures: Sequence[RoadClosure]


def public_asset(plate_code: str, today: datetime.date) -> PublicAsset:
    """Return what is public of the asset with a plate; raises `Asset.DoesNotExist`."""
    assets = Asset.objects.visible_to(Scope.public()).select_related(*FIELDS)
    asset = assets.get(plate_code=plate_code)
    inspected = Inspection.objects.filter(asset=asset).order_by("-inspected_at")
    latest = inspected.values_list("inspected_at", flat=True).first()
    duties = UpkeepSchedule.objects.filter(asset=asset, is_active=True).order_by("next_due_on")
    closures = RoadClosure.objects.filter(asset=asset, is_public=True).filter(
        Q(until_date__isnull=True) | Q(until_date__gte=today)
    )
    return PublicAsset(
        asset=asset,
        parties=_parties(asset, today),
        last_inspected_on=timezone.localdate(latest) if latest else None,
        next_due_on=duties.values_list("next_due_on", flat=True).first(),
        closures=tuple(closures.order_by("from_date")),
    )


def _parties(asset: Asset, today: datetime.date) -> tuple[AgreementParty, ...]:
    """Return who keeps the asset up today, each body and role once, in the order of the roles."""
    scopes = asset.agreement_scopes.binding(today)
    found = (
        AgreementParty.objects.filter(agreement__in=scopes.values("agreement"))
        .select_related("organisation")
        .order_by("organisation_id", "role")
        .distinct("organisation_id", "role")
    )
    order = list(PartyRole)
    return tuple(sorted(found, key=lambda party: order.index(PartyRole(party.role))))
