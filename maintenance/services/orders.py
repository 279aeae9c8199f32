"""Issuing of work orders under an agreement."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from assets.chainage import ChainageError, ChainageRange
from assets.models import Asset
from maintenance.acting import Acting, acting_as_office, acting_for
from maintenance.kinds import DefectState, PartyRole, PriceBasis
from maintenance.models import Agreement, Defect, WorkOrder
from maintenance.order_bodies import OrderBodies, Parties, bodies_for_order, parties_of
from maintenance.order_moves import BEFORE_SUBMISSION, Side
from maintenance.order_place import is_covered, point_on, scopes_on, section_stretch
from maintenance.order_roles import acting_on
from maintenance.services.errors import AgreementNotInForce, BodiesMissing, NotCovered, WrongMoment
from maintenance.services.order_quantities import PlannedQuantity, planned_written
from maintenance.services.order_records import change_record, defects_follow, order_locked
from sites.access import Scope
from sites.services.authorship import authored
from sites.services.errors import NotPermitted, RefusedByRegister
from sites.services.saving import assign, save_checked

if TYPE_CHECKING:
    from django.contrib.auth.models import User


@transaction.atomic
def order_issue(
    *,
    agreement: Agreement,
    asset: Asset,
    title: str,
    kind: str,
    priority: str,
    at: datetime.datetime,
    due_at: datetime.datetime,
    actor: User | None,
    scope: Scope,
    defects: Iterable[Defect] = (),
    start_m: Decimal | None = None,
    end_m: Decimal | None = None,
    point: Point | None = None,
    description: str = "",
    estimate: Decimal | None = None,
    agreed_price: Decimal | None = None,
    quantities: Sequence[PlannedQuantity] = (),
    by_rule: bool = False,
) -> WorkOrder:
    """Issue a work order; its defects, all of the same asset, become ordered.

    Office, client and supervisor issue; `by_rule` marks an order that a failed check opens.
    Amounts are yuan, chainage is metres. Raises `NotPermitted`, `AgreementNotInForce`,
    `NotCovered`, `BodiesMissing`, `RefusedByRegister`, or what `defect_move` refuses.
    """
    held = Agreement.objects.select_for_update(no_key=True, of=("self",)).get(pk=agreement.pk)
    parties = parties_of(held, asset)
    by = _issuer(held, asset, parties, actor, scope, by_rule=by_rule)
    stretch = _stretch(asset, start_m, end_m)
    found = sorted(defects, key=lambda defect: defect.pk)
    _require_covered(held, asset, stretch, found, at)
    order = WorkOrder(
        agreement=held,
        asset=asset,
        title=title.strip(),
        kind=kind,
        priority=priority,
        issued_at=at,
        due_at=due_at,
        start_m=start_m,
        end_m=end_m,
        point=point or (found[0].point if found else point_on(asset, stretch)),
        description=description.strip(),
        estimate=estimate,
        agreed_price=agreed_price,
        issued_by=actor,
    )
    return _written(order, _bodies(held, parties), quantities, found, by)


def _bodies(agreement: Agreement, parties: Parties) -> OrderBodies:
    found = bodies_for_order(agreement, parties)
    if found is None:
        raise BodiesMissing
    return found


def _written(
    order: WorkOrder,
    bodies: OrderBodies,
    quantities: Sequence[PlannedQuantity],
    defects: Sequence[Defect],
    by: Acting,
) -> WorkOrder:
    """Save an order with its bodies, its quantities and its first move; its defects follow."""
    order.executor, order.inspector = bodies.executor, bodies.inspector
    order.confirmer = bodies.confirmer
    require_price_fits(order)
    save_checked(order, force_insert=True)
    planned_written(order, quantities)
    change_record(order, from_state="", to_state=order.state, by=by, at=order.issued_at)
    defects_follow(order, DefectState.ORDERED, by=by, at=order.issued_at, defects=defects)
    order.refresh_from_db()
    return order


def _issuer(
    agreement: Agreement,
    asset: Asset,
    parties: Parties,
    actor: User | None,
    scope: Scope,
    *,
    by_rule: bool,
) -> Acting:
    """Return for whom the order is issued; raises `NotPermitted`."""
    for role in (PartyRole.CLIENT, PartyRole.SUPERVISOR):
        for organisation in parties.with_role(role):
            member = acting_for(scope, actor, organisation)
            if member:
                return member
    client = next(iter(parties.with_role(PartyRole.CLIENT)), None)
    office = acting_as_office(scope, actor, asset.area_code, client)
    if office:
        return office
    if by_rule:
        return Acting(actor, scope)
    raise NotPermitted


def _stretch(asset: Asset, start: Decimal | None, end: Decimal | None) -> ChainageRange | None:
    """Return the stretch that the order concerns; raises `RefusedByRegister`."""
    if start is None and end is None:
        return None
    try:
        if start is None or end is None:
            raise ChainageError("chainage_half", _("Give both ends of a stretch, or none."))
        stretch = ChainageRange(start, end)
        whole = section_stretch(asset)
        if whole is None or not whole.covers(stretch):
            raise ChainageError(
                "off_the_section", _("The stretch does not lie within the section of the asset.")
            )
    except ChainageError as error:
        raise RefusedByRegister([("start_m", error.code, error.reason)]) from error
    return stretch


def _require_covered(
    agreement: Agreement,
    asset: Asset,
    stretch: ChainageRange | None,
    defects: Sequence[Defect],
    at: datetime.datetime,
) -> None:
    day = timezone.localdate(at)
    if not Agreement.objects.in_force(day).filter(pk=agreement.pk).exists():
        raise AgreementNotInForce
    scopes = scopes_on(agreement, asset, day)
    places = [(defect.chainage_m, defect.chainage_m) for defect in defects]
    places.append((stretch.start_m, stretch.end_m) if stretch else (None, None))
    if not all(is_covered(scopes, start, end) for start, end in places):
        raise NotCovered
    if any(defect.asset_id != asset.pk for defect in defects):
        sentence = _("A defect of another asset cannot be part of this order.")
        raise RefusedByRegister([("defects", "other_asset", sentence)])


def require_price_fits(order: WorkOrder) -> None:
    """Refuse an agreed price where the agreement pays by length or by asset."""
    if order.agreed_price is None or order.agreement.price_basis == PriceBasis.PER_ORDER:
        return
    sentence = _("Only an agreement paid by work order has a price for each order.")
    raise RefusedByRegister([("agreed_price", "not_paid_by_order", sentence)])


CHANGEABLE = frozenset({"title", "description", "priority", "due_at", "estimate", "agreed_price"})


@transaction.atomic
def order_update(
    *,
    order: WorkOrder,
    values: Mapping[str, Any],
    actor: User | None,
    scope: Scope,
    expected_version: int,
) -> WorkOrder:
    """Change what an order asks for, before it is submitted, for whoever may issue it.

    `values` are columns of `CHANGEABLE`. Raises `NotPermitted`, `WrongMoment`,
    `RefusedByRegister` or `ConcurrentChange`.
    """
    current = order_locked(order, expected_version)
    if acting_on(Side.ISSUER, current, scope, actor) is None:
        raise NotPermitted
    if current.state not in BEFORE_SUBMISSION:
        raise WrongMoment
    assign(current, {name: values[name] for name in values if name in CHANGEABLE})
    require_price_fits(current)
    with authored(actor=actor):
        save_checked(current)
    current.refresh_from_db()
    return current
