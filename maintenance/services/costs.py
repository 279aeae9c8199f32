"""What upkeep cost: entries are never changed, a mistake is reversed by a negative entry."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from assets.models import Asset
from maintenance.acting import Acting, acting_as_office, acting_for
from maintenance.kinds import PartyRole
from maintenance.models import Agreement, AgreementParty, CostEntry, WorkOrder
from maintenance.services.errors import WrongMoment
from sites.access import Scope
from sites.services.errors import NotPermitted, ReasonMissing, RefusedByRegister
from sites.services.saving import save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def cost_record(
    *,
    asset: Asset,
    kind: str,
    source: str,
    amount: Decimal,
    incurred_on: datetime.date,
    actor: User | None,
    scope: Scope,
    agreement: Agreement | None = None,
    order: WorkOrder | None = None,
    note: str = "",
) -> CostEntry:
    """Record a cost in yuan, for the office of the area or the agreement's client.

    An order brings its agreement. Raises `NotPermitted` or `RefusedByRegister`.
    """
    if order is not None:
        agreement = _agreement_of(order, asset, agreement)
    _require_bookkeeper(asset.area_code, agreement, scope, actor)
    entry = CostEntry(
        asset=asset,
        agreement=agreement,
        order=order,
        kind=kind,
        source=source,
        amount=amount,
        incurred_on=incurred_on,
        note=note.strip(),
        recorded_by=actor,
    )
    save_checked(entry, force_insert=True)
    entry.refresh_from_db()
    return entry


@transaction.atomic
def cost_reverse(*, cost: CostEntry, reason: str, actor: User | None, scope: Scope) -> CostEntry:
    """Take an entry back by one of the opposite amount, on the day of the first, once.

    Raises `NotPermitted`, `ReasonMissing` or `WrongMoment`.
    """
    current = CostEntry.objects.select_for_update(of=("self",)).get(pk=cost.pk)
    _require_bookkeeper(current.area_code, current.agreement, scope, actor)
    if not reason.strip():
        raise ReasonMissing(field="reason")
    if current.reverses_id is not None:
        raise WrongMoment(_("A reversal is not reversed; record the cost anew."))
    if CostEntry.objects.filter(reverses=current).exists():
        raise WrongMoment(_("This cost has been reversed already."))
    reversal = CostEntry(
        asset_id=current.asset_id,
        agreement_id=current.agreement_id,
        order_id=current.order_id,
        kind=current.kind,
        source=current.source,
        amount=-current.amount,
        incurred_on=current.incurred_on,
        note=reason.strip(),
        reverses=current,
        recorded_by=actor,
    )
    save_checked(reversal, force_insert=True)
    reversal.refresh_from_db()
    return reversal


def bookkeeper_of(
    area_code: str, agreement: Agreement | None, scope: Scope, actor: User | None
) -> Acting | None:
    """Return somebody who keeps the costs of a place, or `None`."""
    if agreement is not None and scope.organisation_ids():
        clients = AgreementParty.objects.filter(agreement=agreement, role=PartyRole.CLIENT)
        for party in clients.select_related("organisation"):
            member = acting_for(scope, actor, party.organisation)
            if member:
                return member
    return acting_as_office(scope, actor, area_code)


def _require_bookkeeper(
    area_code: str, agreement: Agreement | None, scope: Scope, actor: User | None
) -> None:
    if bookkeeper_of(area_code, agreement, scope, actor) is None:
        raise NotPermitted


def _agreement_of(order: WorkOrder, asset: Asset, agreement: Agreement | None) -> Agreement:
    if order.asset_id != asset.pk:
        sentence = _("The order concerns another asset.")
        raise RefusedByRegister([("order", "other_asset", sentence)])
    if agreement is not None and agreement.pk != order.agreement_id:
        sentence = _("The order belongs to another agreement.")
        raise RefusedByRegister([("agreement", "other_agreement", sentence)])
    return order.agreement
