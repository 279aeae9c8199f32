"""Who stands where in an agreement, and which agreement covers a place on a day.

Organisations act through the roles that they hold in an agreement; the office acts by area. The
two never stand in for each other.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from assets.models import Asset
from maintenance.kinds import AgreementState, PartyRole, UpkeepTask
from maintenance.models import Agreement, AgreementParty, AgreementScope
from sites.access import Scope
from sites.kinds import OFFICE_ROLES, Role
from sites.models import Organisation
from sites.services.errors import NotPermitted

NEGOTIATED_STATES = tuple(state for state in AgreementState if state != AgreementState.DRAFT)
"""States in which an agreement is known to its parties."""


def roles_in(scope: Scope, agreement: Agreement) -> frozenset[PartyRole]:
    """Return the roles that the scope's organisations hold in an agreement; one query.

    An administrator belongs to no organisation and so holds none.
    """
    own = scope.organisation_ids()
    if not own:
        return frozenset()
    held = AgreementParty.objects.filter(agreement=agreement, organisation_id__in=own)
    return frozenset(PartyRole(role) for role in held.values_list("role", flat=True))


def organisation_for(scope: Scope, agreement: Agreement, role: PartyRole) -> Organisation:
    """Return the caller's own organisation that holds a role in an agreement.

    Raises `NotPermitted` when none of them does: nobody stands in for another body.
    """
    own = scope.organisation_ids()
    parties = AgreementParty.objects.filter(agreement=agreement, role=role)
    party = (
        parties.filter(organisation_id__in=own)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
        .first()
        if own
        else None
    )
    if party is None:
        raise NotPermitted
    organisation: Organisation = party.organisation
    return organisation


def holder_of(agreement: Agreement, role: PartyRole) -> Organisation | None:
    """Return the organisation that holds a role in an agreement, the first by name of several."""
    party = (
        AgreementParty.objects.filter(agreement=agreement, role=role)
        .select_related("organisation")
        .order_by("organisation__name", "pk")
        .first()
    )
    return party.organisation if party else None


def office_of(scope: Scope, area_code: str) -> Role | None:
    """Return the office role in which the scope acts for an area, None when it does not."""
    if scope.everything:
        return Role.DISTRICT_PLANNER
    for role in OFFICE_ROLES:
        if scope.covers_area(area_code, (role,)):
            return role
    return None


def scopes_covering(
    asset_ids: Iterable[UUID], *, on: datetime.date, task: str = UpkeepTask.ROUTINE
) -> Mapping[UUID, Sequence[AgreementScope]]:
    """Return the stretches of agreements in force on a day, by asset, from the first metre on.

    One query for any number of assets; each scope comes with its agreement.
    """
    found: dict[UUID, list[AgreementScope]] = defaultdict(list)
    scopes = (
        AgreementScope.objects.binding(on)
        .filter(asset_id__in=list(asset_ids), task=task)
        .select_related("agreement")
        .order_by("asset_id", "start_m", "pk")
    )
    for scope in scopes:
        found[scope.asset_id].append(scope)
    return found


def scope_at(
    scopes: Sequence[AgreementScope], chainage_m: Decimal | None = None
) -> AgreementScope | None:
    """Return which of an asset's stretches holds a chainage; without one, the longest.

    A stretch holds its first metre; its last only where no other one begins there.
    """
    whole = [scope for scope in scopes if scope.start_m is None]
    if whole or not scopes:
        return whole[0] if whole else None
    if chainage_m is None:
        return max(scopes, key=_length)
    touching = [s for s in scopes if _bounds(s)[0] <= chainage_m <= _bounds(s)[1]]
    return next((s for s in touching if chainage_m < _bounds(s)[1]), next(iter(touching), None))


def _bounds(scope: AgreementScope) -> tuple[Decimal, Decimal]:
    return scope.start_m or Decimal(0), scope.end_m or Decimal(0)


def _length(scope: AgreementScope) -> Decimal:
    first, last = _bounds(scope)
    return last - first


def agreement_covering(
    asset: Asset,
    *,
    on: datetime.date,
    chainage_m: Decimal | None = None,
    task: str = UpkeepTask.ROUTINE,
) -> Agreement | None:
    """Return the agreement in force on a day that covers an asset, or a chainage of it."""
    scopes = scopes_covering([asset.pk], on=on, task=task)
    found = scope_at(scopes.get(asset.pk, ()), chainage_m)
    return found.agreement if found else None


def agreements_covering(
    places: Iterable[tuple[UUID, Decimal | None]],
    *,
    on: datetime.date,
    task: str = UpkeepTask.ROUTINE,
) -> dict[tuple[UUID, Decimal | None], Agreement]:
    """Return the agreement of each place (asset, chainage or None) that has one; one query."""
    wanted = list(places)
    scopes = scopes_covering({asset_id for asset_id, _metre in wanted}, on=on, task=task)
    found = {place: scope_at(scopes.get(place[0], ()), place[1]) for place in wanted}
    return {place: scope.agreement for place, scope in found.items() if scope}


def assets_under_agreement(scope: Scope) -> Q:
    """Return the condition on `Asset` that the scope's agreements in force or coming cover it.

    Registered with `assets.access`: what only a competitor's agreement covers stays unknown.
    """
    own = scope.organisation_ids()
    if not own:
        return Q(pk__in=[])
    parties = AgreementParty.objects.filter(organisation_id__in=own)
    covered = AgreementScope.objects.filter(
        is_binding=True,
        valid_to__gte=timezone.localdate(),
        agreement_id__in=parties.values("agreement_id"),
    )
    return Q(pk__in=covered.values("asset_id"))
